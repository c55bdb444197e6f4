from secrets import token_urlsafe

from django.db import transaction

from headway.accounts.actions.tokens import digest
from headway.accounts.actor import Actor
from headway.accounts.events import Subject, append_event
from headway.accounts.models.authority import Visibility
from headway.commitments.models import CalendarFeed
from headway.initiatives.models import Member


@transaction.atomic
def make_calendar_feed(*, by: Actor, member: Member) -> str:
    """The secret part of a new calendar address, shown once; an earlier one stops working."""
    Member.objects.select_for_update().get(pk=member.pk)
    revoke_calendar_feed(by=by, member=member)
    secret = token_urlsafe(32)
    CalendarFeed(member=member, digest=digest(secret), made_at=by.at).save(force_insert=True)
    _note(by, member, "calendar_opened")
    return secret


@transaction.atomic
def revoke_calendar_feed(*, by: Actor, member: Member) -> bool:
    """Stop a member's calendar address; answers whether there was one."""
    rows = CalendarFeed.objects.select_for_update().filter(member=member, revoked_at__isnull=True)
    feed = rows.first()
    if feed is None:
        return False
    feed.change(revoked_at=by.at)
    _note(by, member, "calendar_closed")
    return True


def _note(by: Actor, member: Member, verb: str) -> None:
    append_event(
        stream=member.initiative.stream,
        by=by,
        verb=verb,
        subject=Subject("member", member.pk, member.name),
        visibility=Visibility.OFFICE,
    )
