from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from headway.accounts.api import REFUSALS, Listed, Paging, listed
from headway.core.marks import Source
from headway.forums.models import Conversation, Meeting, MinuteLine
from headway.forums.queries.conversations import visible_conversations
from headway.forums.queries.meeting import agenda_entries, people_of
from headway.forums.queries.meetings import visible_meetings
from headway.forums.queries.minutes import lines_with_owners
from headway.forums.queries.parts import due_words, owner_words
from headway.forums.queries.results import Tally, tallies
from headway.initiatives.access import MemberRequest
from headway.initiatives.api import within_initiative
from headway.initiatives.queries.panel import as_source
from headway.initiatives.reader import Reader

if TYPE_CHECKING:
    from headway.forums.queries.conversations import CountedConversation
    from headway.forums.queries.meetings import CountedMeeting

router = Router(tags=["meetings"])


@dataclass(frozen=True, slots=True)
class MeetingItem:
    """A meeting in a list."""

    id: str
    title: str
    group: str
    state: str
    starts_at: str
    ends_at: str
    date_as_said: str
    place: str
    lines: int
    source: Source | None


@dataclass(frozen=True, slots=True)
class AgendaLineItem:
    """One line of an agenda."""

    number: int
    about: str
    text: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class PersonItem:
    """Somebody who was there; visitors read no names but of public bodies."""

    name: str
    organisation: str
    was: str


@dataclass(frozen=True, slots=True)
class LineItem:
    """One line of the minutes."""

    id: str
    number: int
    kind: str
    text: str
    owner: str
    due: str
    due_from: str
    due_to: str
    unsure: list[str]


@dataclass(frozen=True, slots=True)
class MeetingWithMinutes:
    """One meeting with its agenda, who was there and what was agreed."""

    meeting: MeetingItem
    notes: str
    agenda: list[AgendaLineItem]
    people: list[PersonItem]
    lines: list[LineItem]


def _item(meeting: "CountedMeeting") -> MeetingItem:
    return MeetingItem(
        id=str(meeting.pk),
        title=meeting.record.title,
        group=meeting.forum.name,
        state=meeting.state,
        starts_at="" if meeting.day_only else meeting.starts_at.isoformat(),
        ends_at=meeting.ends_at.isoformat() if meeting.ends_at else "",
        date_as_said=meeting.record.date_as_said,
        place=meeting.place,
        lines=meeting.kept,
        source=as_source(meeting.record),
    )


def _line(line: MinuteLine) -> LineItem:
    return LineItem(
        id=str(line.pk),
        number=line.number,
        kind=line.kind,
        text=line.text,
        owner=owner_words(line),
        due=due_words(line),
        due_from=line.due_from.isoformat() if line.due_from else "",
        due_to=line.due_to.isoformat() if line.due_to else "",
        unsure=list(line.unsure),
    )


def _whole(meeting: "CountedMeeting", reader: Reader) -> MeetingWithMinutes:
    lines = MinuteLine.objects.of(meeting).live().visible_to(reader.readers)
    return MeetingWithMinutes(
        meeting=_item(meeting),
        notes=meeting.notes,
        agenda=[
            AgendaLineItem(entry.number, entry.about, entry.text, entry.minutes)
            for entry in agenda_entries(meeting, reader)
        ],
        people=[
            PersonItem(each.name, each.organisation, each.state)
            for each in people_of(meeting, reader)
        ],
        lines=[_line(line) for line in lines_with_owners(lines)],
    )


@router.get("/initiatives/{slug}/meetings", response={200: Listed[MeetingItem], **REFUSALS})
@within_initiative("forums.view")
def meetings(
    request: MemberRequest, paging: Annotated[Paging, Query()], state: str = ""
) -> dict[str, Any]:
    """The meetings, the last one first, whole or by state: planned, held, cancelled."""
    found = visible_meetings(request.initiative, request.reader)
    found = found.filter(state=state) if state in Meeting.State.values else found
    return listed(found, paging, _item)


@router.get(
    "/initiatives/{slug}/meetings/{record_id}", response={200: MeetingWithMinutes, **REFUSALS}
)
@within_initiative("forums.view")
def meeting(request: MemberRequest, record_id: UUID) -> MeetingWithMinutes:
    """One meeting with its minutes."""
    found = visible_meetings(request.initiative, request.reader)
    return _whole(get_object_or_404(found, pk=record_id), request.reader)


@dataclass(frozen=True, slots=True)
class ConversationItem:
    """A conversation in a list."""

    id: str
    question: str
    introduction: str
    group: str
    state: str
    open_to: str
    opens_at: str
    closes_at: str
    statements: int
    people: int


@dataclass(frozen=True, slots=True)
class StatementItem:
    """A statement; its votes are given once the conversation is closed."""

    id: str
    number: int
    text: str
    replaced: bool
    merged_with: int | None
    agree: int | None
    disagree: int | None
    passed: int | None
    votes: int | None


def _conversation(row: "CountedConversation") -> ConversationItem:
    return ConversationItem(
        id=str(row.pk),
        question=row.record.title,
        introduction=row.introduction,
        group=row.forum.record.title,
        state=row.state,
        open_to=row.open_to,
        opens_at=row.opens_at.isoformat() if row.opens_at else "",
        closes_at=row.closes_at.isoformat() if row.closes_at else "",
        statements=row.statements,
        people=row.people,
    )


def _statement(tally: Tally, *, closed: bool) -> StatementItem:
    return StatementItem(
        id=tally.id,
        number=tally.number,
        text=tally.text,
        replaced=tally.replaced,
        merged_with=tally.merged_with,
        agree=tally.agree if closed else None,
        disagree=tally.disagree if closed else None,
        passed=tally.passed if closed else None,
        votes=tally.votes if closed else None,
    )


@router.get(
    "/initiatives/{slug}/conversations", response={200: Listed[ConversationItem], **REFUSALS}
)
@within_initiative("forums.view")
def conversations(request: MemberRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """The conversations of an initiative, newest first."""
    found = visible_conversations(request.initiative, request.reader)
    return listed(found, paging, _conversation)


@router.get(
    "/initiatives/{slug}/conversations/{record_id}/statements",
    response={200: list[StatementItem], **REFUSALS},
)
@within_initiative("forums.view")
def statements(request: MemberRequest, record_id: UUID) -> list[StatementItem]:
    """The published statements of a conversation, with their votes once it is closed."""
    found = visible_conversations(request.initiative, request.reader)
    conversation = get_object_or_404(found, pk=record_id)
    closed = conversation.state == Conversation.State.CLOSED
    return [_statement(tally, closed=closed) for tally in tallies(conversation)]
