from django.db import transaction

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, accounts_stream, append_event
from headway.accounts.models import Authority, Event


@transaction.atomic
def note_export(*, by: Actor, authority: Authority, file: str, with_emails: bool) -> Event:
    """Note in the log that the directory left the house: which file, with addresses or without."""
    return append_event(
        stream=accounts_stream(authority),
        by=by,
        verb="directory_exported",
        subject=Subject("authority", authority.pk, authority.name),
        changes={"file": ("", file), "emails": ("", "yes" if with_emails else "no")},
    )
