from collections.abc import Mapping

from django.db import transaction

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, accounts_stream, append_event
from headway.accounts.models import Authority, Event


@transaction.atomic
def note_export(
    *, by: Actor, authority: Authority, form: str, count: int, asked: Mapping[str, str]
) -> Event:
    """Note in the log that records left the house: which search, how many, in which form."""
    changes: dict[str, tuple[object, object]] = {
        "form": ("", form),
        "records": ("", count),
        **{name: ("", value) for name, value in asked.items() if value},
    }
    return append_event(
        stream=accounts_stream(authority),
        by=by,
        verb="records_exported",
        subject=Subject("authority", authority.pk, authority.name),
        changes=changes,
    )
