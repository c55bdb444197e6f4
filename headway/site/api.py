from dataclasses import dataclass
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Router

from headway.accounts.api import REFUSALS, make_api
from headway.accounts.api import router as accounts
from headway.arenas.api import router as arenas
from headway.commitments.api import router as commitments
from headway.diagnosis.api import router as diagnosis
from headway.directory.api import router as directory
from headway.forums.api import router as forums
from headway.forums.models import Meeting
from headway.initiatives.access import MemberRequest
from headway.initiatives.api import router as initiatives
from headway.initiatives.api import within_initiative
from headway.initiatives.models import Record
from headway.measures.api import router as measures
from headway.notices.api import router as notices
from headway.partners.api import router as partners
from headway.pilots.api import router as pilots
from headway.problems.api import router as problems
from headway.site.queries.agenda import Section
from headway.site.queries.next_meeting import (
    NextMeetingPage,
    next_meeting_page,
    planned_meetings,
)
from headway.site.queries.trace import PathStep, trace_page
from headway.solutions.api import router as solutions

site = Router(tags=["overview"])


@dataclass(frozen=True, slots=True)
class OnTheAgenda:
    """One line that stands on the agenda."""

    number: int
    about: str
    text: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Suggested:
    """One record that the agenda drafts by itself, and why."""

    record: str
    title: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class SuggestedFor:
    """What is suggested for one reason, like "overdue"."""

    reason: str
    heading: str
    suggestions: list[Suggested]


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next meeting with its agenda; where none is planned, `id` is empty."""

    id: str
    title: str
    starts_at: str
    group: str
    place: str
    posted: str
    agenda: list[OnTheAgenda]
    suggested: list[SuggestedFor]
    last_title: str
    last_sent: bool | None


@dataclass(frozen=True, slots=True)
class TraceStepItem:
    """One record of a path, and how it is joined to the one nearer to the record asked about."""

    id: str
    title: str
    kind: str
    when: str
    joined: str


@dataclass(frozen=True, slots=True)
class TraceOfRecord:
    """Where a record came from, its first beginning first, and what came of it."""

    record: TraceStepItem
    before: list[TraceStepItem]
    after: list[TraceStepItem]


def _suggested(section: Section) -> SuggestedFor:
    return SuggestedFor(
        reason=section.reason,
        heading=str(section.heading),
        suggestions=[
            Suggested(each.key.rpartition(":")[2], each.title, str(each.kind), each.why)
            for each in section.suggestions
        ],
    )


def _next_meeting(page: NextMeetingPage, meeting: Meeting | None) -> NextMeeting:
    begins = meeting is not None and not meeting.day_only
    return NextMeeting(
        id=str(meeting.pk) if meeting else "",
        title=page.meeting,
        starts_at=meeting.starts_at.isoformat() if meeting and begins else "",
        group=page.group,
        place=page.place,
        posted=page.posted,
        agenda=[
            OnTheAgenda(each.number, each.about, each.text, each.minutes) for each in page.agenda
        ],
        suggested=[_suggested(section) for section in page.sections],
        last_title=page.last.title if page.last else "",
        last_sent=page.last.sent if page.last else None,
    )


@site.get("/initiatives/{slug}/next-meeting", response={200: NextMeeting, **REFUSALS})
@within_initiative("site.next_meeting")
def next_meeting(request: MemberRequest) -> NextMeeting:
    """The next meeting, its agenda, and what is suggested for it."""
    meeting = planned_meetings(request.initiative, request.reader, request.now).first()
    planned = [meeting] if meeting else []
    page = next_meeting_page(request.initiative, request.reader, planned, meeting)
    return _next_meeting(page, meeting)


def _step(step: PathStep) -> TraceStepItem:
    return TraceStepItem(step.id, step.title, str(step.kind), step.when, step.words)


@site.get(
    "/initiatives/{slug}/records/{record_id}/trace", response={200: TraceOfRecord, **REFUSALS}
)
@within_initiative("site.trace")
def trace(request: MemberRequest, record_id: UUID) -> TraceOfRecord:
    """The path of a record to both ends, as far as one may see it."""
    found = request.reader.readable(Record.objects.in_initiative(request.initiative))
    record = get_object_or_404(found.select_related("initiative__stream"), pk=record_id)
    page = trace_page(record, request.initiative, request.reader)
    return TraceOfRecord(
        record=_step(page.here),
        before=[_step(step) for step in page.before],
        after=[_step(step) for step in page.after],
    )


api = make_api()
for router in (
    accounts,
    directory,
    initiatives,
    problems,
    partners,
    forums,
    commitments,
    diagnosis,
    solutions,
    arenas,
    pilots,
    measures,
    notices,
    site,
):
    api.add_router("", router)
