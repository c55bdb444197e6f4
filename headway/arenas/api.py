from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from headway.accounts.api import REFUSALS, Listed, Paging, listed
from headway.arenas.models import Arena, Ask, BodyDecision
from headway.arenas.queries.arena import visible_arenas
from headway.arenas.queries.decisions import visible_decisions
from headway.arenas.queries.path import owner_words
from headway.arenas.queries.requests import said_lines, visible_asks
from headway.arenas.queries.rules import rule_today, rules_of, sentence
from headway.arenas.queries.seats import seat_lines, seats_of
from headway.core.marks import Source
from headway.initiatives.access import MemberRequest
from headway.initiatives.api import within_initiative
from headway.initiatives.queries.panel import as_source
from headway.initiatives.reader import Reader

router = Router(tags=["decisions"])


@dataclass(frozen=True, slots=True)
class SeatItem:
    """One seat, whether or not somebody holds it."""

    seat: str
    votes: bool
    holders: list[str]
    until: list[str]
    deputies: list[str]


@dataclass(frozen=True, slots=True)
class BodyItem:
    """A decision body with its seats and the sentence of its rule."""

    id: str
    name: str
    about: str
    rule: str
    seats: list[SeatItem]
    source: Source | None


@dataclass(frozen=True, slots=True)
class StepItem:
    """One step on the path to the agenda."""

    title: str
    due: str
    done_on: str
    owner: str


@dataclass(frozen=True, slots=True)
class RequestItem:
    """A request to a body with its path to the agenda."""

    id: str
    title: str
    text: str
    body: str
    state: str
    vote_on: str
    steps: list[StepItem]
    source: Source | None


@dataclass(frozen=True, slots=True)
class SaidItem:
    """What somebody said on the record, with its source."""

    who: str
    kind: str
    stance: str
    text: str
    when: str
    link: str


@dataclass(frozen=True, slots=True)
class RequestDetail:
    """A request with what was said on the record, newest first."""

    request: RequestItem
    said: list[SaidItem]


@dataclass(frozen=True, slots=True)
class DecisionItem:
    """What a body decided; the numbers are null where nobody recorded the vote."""

    id: str
    title: str
    body: str
    result: str
    text: str
    yes: int | None
    no: int | None
    abstained: int | None
    absent: int | None
    happened_from: str
    happened_to: str
    link: str
    source: Source | None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _body(arena: Arena, reader: Reader) -> BodyItem:
    rule = rule_today(list(rules_of(arena, reader)), reader)
    return BodyItem(
        id=str(arena.pk),
        name=arena.organisation.canonical.name,
        about=arena.about,
        rule=sentence(rule) if rule else "",
        seats=[
            SeatItem(
                seat=line.label,
                votes=line.votes,
                holders=[holder.name for holder in line.holders],
                until=[_iso(holder.ends_on) for holder in line.holders],
                deputies=list(line.deputies),
            )
            for line in seat_lines(seats_of([arena.pk]), reader)
        ],
        source=as_source(arena.record),
    )


def _request(ask: Ask) -> RequestItem:
    return RequestItem(
        id=str(ask.pk),
        title=ask.record.title,
        text=ask.text,
        body=ask.arena.organisation.canonical.name,
        state=ask.state,
        vote_on=_iso(ask.vote_on),
        steps=[
            StepItem(
                title=step.title,
                due=_iso(step.due_on(ask.vote_on)),
                done_on=_iso(step.done_on),
                owner=owner_words(step),
            )
            for step in ask.steps.all()
        ],
        source=as_source(ask.record),
    )


def _decision(row: BodyDecision) -> DecisionItem:
    return DecisionItem(
        id=str(row.pk),
        title=row.record.title,
        body=row.arena.organisation.canonical.name,
        result=row.result,
        text=row.text,
        yes=row.yes,
        no=row.no,
        abstained=row.abstained,
        absent=row.absent,
        happened_from=_iso(row.record.happened_from),
        happened_to=_iso(row.record.happened_to),
        link=row.link,
        source=as_source(row.record),
    )


@router.get("/initiatives/{slug}/bodies", response={200: Listed[BodyItem], **REFUSALS})
@within_initiative("arenas.view")
def bodies(request: MemberRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """The decision bodies with their seats today, by name."""
    found = visible_arenas(request.initiative, request.reader)
    return listed(found, paging, lambda row: _body(row, request.reader))


@router.get("/initiatives/{slug}/requests", response={200: Listed[RequestItem], **REFUSALS})
@within_initiative("arenas.view")
def requests(
    request: MemberRequest, paging: Annotated[Paging, Query()], state: str = ""
) -> dict[str, Any]:
    """The requests to decision bodies, whole or by state, the next vote first."""
    found = visible_asks(request.initiative, request.reader, state)
    return listed(found, paging, _request)


@router.get("/initiatives/{slug}/requests/{request_id}", response={200: RequestDetail, **REFUSALS})
@within_initiative("arenas.view")
def one_request(request: MemberRequest, request_id: UUID) -> RequestDetail:
    """One request with its path and what was said on the record."""
    ask = get_object_or_404(visible_asks(request.initiative, request.reader), pk=request_id)
    said = [
        SaidItem(line.who, str(line.kind), str(line.stance), line.text, line.when, line.link)
        for line in said_lines(ask, request.reader)
    ]
    return RequestDetail(_request(ask), said)


@router.get(
    "/initiatives/{slug}/bodies/decisions", response={200: Listed[DecisionItem], **REFUSALS}
)
@within_initiative("arenas.view")
def decisions(request: MemberRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """What decision bodies decided, the latest first."""
    return listed(visible_decisions(request.initiative, request.reader), paging, _decision)
