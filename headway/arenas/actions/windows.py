from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, accounts_stream, append_event
from headway.accounts.models import Authority
from headway.arenas.models import ElectionWindow
from headway.core.errors import RuleError


@transaction.atomic
def set_window(
    *, by: Actor, authority: Authority, name: str, starts_on: date, ends_on: date
) -> ElectionWindow:
    """Set a time before an election in which public employees make no requests.

    Raises:
        RuleError: where it has no name or ends before it starts.

    """
    if not name.strip():
        raise RuleError(_("Name it, like “General election 2026”."), "name")
    if ends_on < starts_on:
        raise RuleError(_("It ends before it starts. Enter a later day."), "ends_on")
    window = ElectionWindow(
        authority=authority, name=name.strip(), starts_on=starts_on, ends_on=ends_on
    )
    window.save(force_insert=True)
    _note(by, window, "window_set")
    return window


@transaction.atomic
def withdraw_window(*, by: Actor, window: ElectionWindow) -> None:
    """Take a window back; the log keeps that it stood."""
    current = ElectionWindow.objects.select_for_update().get(pk=window.pk)
    if current.withdrawn_at is None:
        current.change(withdrawn_at=by.at)
        _note(by, current, "window_withdrawn")


def _note(by: Actor, window: ElectionWindow, verb: str) -> None:
    days = f"{window.starts_on.isoformat()} – {window.ends_on.isoformat()}"
    append_event(
        stream=accounts_stream(window.authority),
        by=by,
        verb=verb,
        subject=Subject("election_window", window.pk, window.name),
        changes={"days": ("", days)},
    )
