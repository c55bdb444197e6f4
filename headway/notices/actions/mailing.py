"""Turns notices whose mail is due into mails: those of one person that are due together in one.

The mails and the note in which of them a notice went are written in one transaction, block by
block. Whenever a worker dies, the next one goes on with what is left, and nothing goes out twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, starmap
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.accounts.actions import write_mail
from headway.accounts.models import Event, OutboxMessage
from headway.accounts.replies import web_address
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Member, Record
from headway.notices.actions.stopping import Stop, stop_address
from headway.notices.models import Notice, Why
from headway.notices.queries.audience import READABLE, readers_of
from headway.notices.queries.words import notice_words

BLOCK: Final = 2_000
# What fits into one mail, and into the outbox's column, whatever the titles.
MOST_IN_A_MAIL: Final = 50
FIRST_MEMBER: Final = UUID(int=0)


class Due(NamedTuple):
    """A notice whose mail is due."""

    pk: UUID
    member_id: UUID
    event_id: UUID
    why: str


@dataclass(frozen=True, slots=True)
class Block:
    """Due notices with what their mails say."""

    notices: tuple[Due, ...]
    events: dict[UUID, Event]
    records: dict[UUID, Record]
    members: dict[UUID, Member]
    readers: frozenset[UUID]
    # Many people are told of one event: its words are put together once for each language.
    lines: dict[tuple[UUID, str], "Line"] = field(default_factory=dict)

    def speaks_of(self, notice: Due) -> Record | None:
        """The record that a notice is about, where its reader may still open it."""
        event = self.events[notice.event_id]
        record = self.records.get(event.subject_id)
        user = self.members[notice.member_id].user
        if record is None or user is None or "@" not in user.email:
            return None
        may = notice.member_id in self.readers and record.visibility in READABLE
        return record if may else None


def mail_due(*, now: datetime) -> int:
    """Write every mail that is due; answers how many. Safe to run twice and by several workers."""
    written, member = 0, FIRST_MEMBER
    while True:
        mails, last = _mail_block(member, now)
        written += mails
        if last is None:
            return written
        member = last


@transaction.atomic
def _mail_block(first: UUID, now: datetime) -> tuple[int, UUID | None]:
    """Mail one block, in the order of members; answers how many mails, and where to go on."""
    due = Notice.objects.to_mail(now).filter(member_id__gte=first)
    held = due.select_for_update().order_by("member_id", "mail_due_at", "noted_at", "pk")
    rows = held.values_list("pk", "member_id", "event_id", "why")
    notices = tuple(starmap(Due, rows[:BLOCK]))
    if not notices:
        return 0, None
    block = _block(notices, now)
    mails = list(_mails(block, now))
    OutboxMessage.objects.insert_all(message for message, _ids in mails)
    for message, ids in mails:
        Notice.objects.filter(pk__in=ids).update(mailed_in=message)
    mute = [each.pk for each in notices if block.speaks_of(each) is None]
    Notice.objects.filter(pk__in=mute).update(mail_due_at=None)
    return len(mails), notices[-1].member_id if len(notices) == BLOCK else None


def _block(notices: tuple[Due, ...], now: datetime) -> Block:
    events = Event.objects.select_related("user").in_bulk({each.event_id for each in notices})
    records = Record.objects.filter(expunged_at__isnull=True)
    members = Member.objects.select_related("user", "initiative__authority")
    found = members.in_bulk({each.member_id for each in notices})
    initiatives = {member.initiative_id: member.initiative for member in found.values()}
    return Block(
        notices=notices,
        events=events,
        records=records.in_bulk({event.subject_id for event in events.values()}),
        members=found,
        readers=frozenset(
            reader
            for initiative in initiatives.values()
            for reader in readers_of(initiative, initiative.today(now), list(found))
        ),
    )


def _mails(block: Block, now: datetime) -> Iterator[tuple[OutboxMessage, list[UUID]]]:
    """Each mail with the notices that it holds."""
    for member_id, of_member in groupby(block.notices, key=lambda each: each.member_id):
        spoken = [each for each in of_member if block.speaks_of(each) is not None]
        for start in range(0, len(spoken), MOST_IN_A_MAIL):
            part = spoken[start : start + MOST_IN_A_MAIL]
            message = _mail(block, block.members[member_id], part, now)
            yield message, [each.pk for each in part]


def _mail(block: Block, member: Member, notices: Sequence[Due], now: datetime) -> OutboxMessage:
    initiative, user = member.initiative, member.user
    stop = stop_address(initiative.authority, Stop("member", member.pk))
    language = (user.language if user else "") or initiative.language
    with translation.override(language):
        lines = [_line(block, notice, initiative, language) for notice in notices]
        told = [line.because(each.why) for line, each in zip(lines, notices, strict=True)]
        return write_mail(
            at=now,
            authority=initiative.authority,
            kind="notice",
            recipient=user.email if user else "",
            subject=_subject(initiative, lines),
            text="\n\n".join([f"{member.name},", *told, _foot(initiative, stop)]),
            unsubscribe=stop,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """What a mail says of one event, and where one reads more."""

    words: str
    where: str

    def because(self, why: str) -> str:
        """The same with the reason why somebody is told."""
        return f"{self.words}\n({Why(why).label})\n{self.where}"


def _line(block: Block, notice: Due, initiative: Initiative, language: str) -> Line:
    key = (notice.event_id, language)
    if key not in block.lines:
        event = block.events[notice.event_id]
        record = block.records[event.subject_id]
        where = web_address(initiative.authority, kinds.href(record, initiative.slug))
        block.lines[key] = Line(notice_words(event, record), where)
    return block.lines[key]


def _subject(initiative: Initiative, lines: Sequence[Line]) -> str:
    if len(lines) == 1:
        return lines[0].words
    return ngettext(
        "%(count)s piece of news from “%(title)s”",
        "%(count)s pieces of news from “%(title)s”",
        len(lines),
    ) % {"count": len(lines), "title": initiative.title}


def _foot(initiative: Initiative, stop: str) -> str:
    choose = web_address(initiative.authority, reverse("notices:rhythms"))
    return "\n".join(
        [
            initiative.title,
            _("Choose how often you hear from us: %s") % choose,
            _("No more mail about this initiative: %s") % stop,
            "",
        ]
    )
