"""A form that is sent twice is carried out once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction

from headway.accounts.actor import Actor
from headway.initiatives.models import SentForm

ResultT = TypeVar("ResultT")
KEPT = timedelta(days=7)


def answered(mark: str) -> str:
    """Where the sender of this form was led when it was carried out; empty where it was not."""
    sent = SentForm.objects.filter(mark=mark).first() if mark else None
    return sent.address if sent else ""


@transaction.atomic
def once(*, by: Actor, mark: str, act: Callable[[], ResultT], to: Callable[[ResultT], str]) -> str:
    """Carry a form out unless it was, and answer where its sender goes on.

    A second one that arrives while the first is carried out waits for it, as the mark is unique.
    Without a mark it is carried out each time.
    """
    if not mark:
        return to(act())
    sent, first = SentForm.objects.get_or_create(mark=mark, defaults={"sent_at": by.at})
    if first:
        sent.change(address=to(act()))
    return sent.address


def forget_sent_forms(*, now: datetime) -> int:
    """Forget forms that nobody sends a second time any more."""
    gone, _kinds = SentForm.objects.filter(sent_at__lt=now - KEPT).delete()
    return gone
