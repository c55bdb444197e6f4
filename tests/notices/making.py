"""Makers for tests of notices: news that concern people, and people who want to hear of them."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from headway.accounts.models import OutboxMessage
from headway.forums.models import Comment, Follow, Mention
from headway.initiatives.actions import link_records, note_event
from headway.initiatives.models import Happening, Link, Record
from headway.notices.actions import choose_rhythm, tell
from headway.notices.models import Notice, Rhythm
from tests.world import NOON, World, a_happening

LATER = NOON + timedelta(hours=1)
# 7:00 in Minneapolis, the morning after NOON and the Monday after it.
MORNING = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 30, 12, 0, tzinfo=UTC)


def a_followed(world: World, *roles: str, text: str = "The commission meets") -> Happening:
    """Something that some people follow."""
    happening = a_happening(world, text)
    for role in roles:
        Follow.objects.create(record=happening.record, member=world.members[role], since=NOON)
    return happening


def news(
    world: World,
    record: Record,
    role: str = "facilitator",
    at: datetime = LATER,
    verb: str = "revised",
) -> None:
    """That somebody changed something about a record."""
    with transaction.atomic():
        note_event(by=world.actor(role, at), record=record, verb=verb)


def a_comment(world: World, record: Record, role: str, *mentioned: str, at: datetime) -> Comment:
    """What somebody said about a record, naming others."""
    comment = Comment(
        record=record, member=world.members[role], text="See this", written_at=at, thread_at=at
    )
    comment.thread_id = comment.pk
    comment.save(force_insert=True)
    for other in mentioned:
        Mention.objects.create(comment=comment, member=world.members[other])
    with transaction.atomic():
        note_event(by=world.actor(role, at), record=record, verb="commented")
    return comment


def grown(world: World, record: Record, text: str) -> Happening:
    """A record that came from another one."""
    later = a_happening(world, text)
    link_records(by=world.actor(), origin=later.record, target=record, kind=Link.Kind.CAME_FROM)
    return later


def wants(world: World, role: str, rhythm: Rhythm, at: datetime = NOON) -> None:
    """How often somebody wants mail."""
    choose_rhythm(
        by=world.actor(role, at),
        user=world.people[role],
        initiative=world.hennepin,
        rhythm=rhythm,
    )


def told(world: World, role: str) -> list[Notice]:
    """What somebody was told."""
    return list(Notice.objects.filter(member=world.members[role]).order_by("event__position"))


def mails_to(world: World, role: str) -> list[OutboxMessage]:
    """The mails that were written to somebody."""
    to = OutboxMessage.objects.filter(recipient=world.people[role].email, kind="notice")
    return list(to.order_by("written_at"))


def fill(world: World) -> None:
    """Notices of every state: read and unread, waiting for mail, and wanted by nobody."""
    wants(world, "partner", Rhythm.IMMEDIATE)
    wants(world, "observer", Rhythm.NEVER)
    for number in range(3):
        followed = a_followed(world, "partner", "observer", "liaison", text=f"Meeting {number}")
        news(world, followed.record)
    tell(now=LATER)
    Notice.objects.filter(pk=told(world, "partner")[0].pk).update(read_at=LATER)
