from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from headway.accounts.api import REFUSALS, Listed, Paging, listed
from headway.core.marks import Source
from headway.initiatives.access import MemberRequest
from headway.initiatives.api import within_initiative
from headway.initiatives.queries.panel import as_source
from headway.initiatives.reader import Reader
from headway.solutions.models import Barrier, Funding, Outcome, Solution
from headway.solutions.queries.ballots.detail import option_lines
from headway.solutions.queries.ballots.lists import visible_ballots
from headway.solutions.queries.ballots.standing import standing_of
from headway.solutions.queries.ballots.words import rule_sentences
from headway.solutions.queries.barriers import Blocks, held_up, visible_barriers, waiver_words
from headway.solutions.queries.board import Around, around, open_suggestions, visible_solutions
from headway.solutions.queries.money import giver_words, visible_funding
from headway.solutions.queries.outcomes import solution_title, visible_outcomes
from headway.solutions.queries.parts import author_names, organisation_words

if TYPE_CHECKING:
    from headway.solutions.queries.ballots.lists import CountedBallot

router = Router(tags=["recommendations"])


@dataclass(frozen=True, slots=True)
class BallotItem:
    """A vote in a list; while it is open only how many have voted."""

    id: str
    question: str
    state: str
    rule: str
    method: str
    voices: str
    secret: bool
    opens_at: str
    closes_at: str
    entitled: int
    voted: int


@dataclass(frozen=True, slots=True)
class BallotDetail:
    """One vote with its rule in words, its options, and once it is closed its result."""

    ballot: BallotItem
    rule_in_words: str
    options: list[str]
    decided: str
    result: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class OutcomeItem:
    """A decision that partners took."""

    id: str
    title: str
    text: str
    happened_from: str
    happened_to: str
    date_as_said: str
    organisation: str
    recommendation: str
    decision: str
    review_on: str
    reviewed: bool
    finding: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class RecommendationItem:
    """An idea or a recommendation in a list; amounts are exact, written as text."""

    id: str
    title: str
    text: str
    expects: str
    state: str
    authors: list[str]
    owner: str
    seat: str
    cost: str
    committed: str
    asked: str
    gap: str
    currency: str
    in_the_way: int
    open_suggestions: int
    source: Source | None


@dataclass(frozen=True, slots=True)
class BarrierItem:
    """Something that is in the way, what it holds up and who can waive or change it."""

    id: str
    title: str
    text: str
    kind: str
    state: str
    who_can_waive: str
    answer: str
    holds_up: list[str]
    source: Source | None


@dataclass(frozen=True, slots=True)
class FundingItem:
    """A source of money for a recommendation; the amount is exact, written as text."""

    id: str
    recommendation: str
    giver: str
    amount: str
    currency: str
    status: str
    fiscal_year: str
    restriction: str
    deadline: str
    note: str
    source: Source | None


def _recommendation(row: Solution, near: Around, waits: int) -> RecommendationItem:
    sums = near.sums(row)
    return RecommendationItem(
        id=str(row.pk),
        title=row.record.title,
        text=row.text,
        expects=row.expects,
        state=row.state,
        authors=list(author_names(row)),
        owner=organisation_words(row.owner),
        seat=row.owner_post.label if row.owner_post else "",
        cost=_amount(sums.cost),
        committed=str(sums.committed),
        asked=str(sums.asked),
        gap=_amount(sums.gap),
        currency=sums.currency,
        in_the_way=near.in_the_way[row.pk],
        open_suggestions=waits,
        source=as_source(row.record),
    )


def _amount(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _barrier(row: Barrier, blocks: Blocks) -> BarrierItem:
    return BarrierItem(
        id=str(row.pk),
        title=row.record.title,
        text=row.text,
        kind=row.kind,
        state=row.state,
        who_can_waive=waiver_words(row),
        answer=row.answer,
        holds_up=[str(link.text) for link in blocks.get(row.pk, ())],
        source=as_source(row.record),
    )


def _funding(row: Funding) -> FundingItem:
    return FundingItem(
        id=str(row.pk),
        recommendation=row.solution.record.title,
        giver=giver_words(row),
        amount=str(row.amount),
        currency=row.solution.currency,
        status=row.status,
        fiscal_year=row.fiscal_year,
        restriction=row.restriction,
        deadline=row.deadline.isoformat() if row.deadline else "",
        note=row.note,
        source=as_source(row.record),
    )


def _ballot(ballot: "CountedBallot") -> BallotItem:
    return BallotItem(
        id=str(ballot.pk),
        question=ballot.record.title,
        state=ballot.state,
        rule=ballot.rule,
        method=ballot.method,
        voices=ballot.voices,
        secret=ballot.secret,
        opens_at=ballot.opens_at.isoformat() if ballot.opens_at else "",
        closes_at=ballot.closes_at.isoformat() if ballot.closes_at else "",
        entitled=ballot.voices_left,
        voted=ballot.voted,
    )


def _detail(ballot: "CountedBallot", reader: Reader) -> BallotDetail:
    hidden = ballot.hides_its_result()
    return BallotDetail(
        ballot=_ballot(ballot),
        rule_in_words=rule_sentences(ballot),
        options=[line.title for line in option_lines(ballot, reader)],
        decided="" if hidden else standing_of(ballot).code,
        result=None if hidden else ballot.result,
    )


def _outcome(outcome: Outcome, reader: Reader) -> OutcomeItem:
    record = outcome.record
    return OutcomeItem(
        id=str(outcome.pk),
        title=record.title,
        text=outcome.text,
        happened_from=record.happened_from.isoformat() if record.happened_from else "",
        happened_to=record.happened_to.isoformat() if record.happened_to else "",
        date_as_said=record.date_as_said,
        organisation=record.organisation.canonical.name if record.organisation else "",
        recommendation=solution_title(outcome, reader),
        decision=outcome.decision,
        review_on=outcome.review_on.isoformat() if outcome.review_on else "",
        reviewed=outcome.reviewed_at is not None,
        finding=outcome.review,
        source=as_source(record),
    )


@router.get(
    "/initiatives/{slug}/recommendations", response={200: Listed[RecommendationItem], **REFUSALS}
)
@within_initiative("solutions.view")
def recommendations(
    request: MemberRequest, paging: Annotated[Paging, Query()], state: str = ""
) -> dict[str, Any]:
    """Ideas and recommendations, whole or by state: idea, draft, adopted, set_aside."""
    found = visible_solutions(request.initiative, request.reader, state)
    near = around(request.initiative, request.reader)
    waits = open_suggestions(request.initiative, request.reader)
    return listed(found, paging, lambda row: _recommendation(row, near, waits[row.pk]))


@router.get("/initiatives/{slug}/barriers", response={200: Listed[BarrierItem], **REFUSALS})
@within_initiative("solutions.view")
def barriers(
    request: MemberRequest, paging: Annotated[Paging, Query()], state: str = ""
) -> dict[str, Any]:
    """What is in the way, whole or by state: open, asked, waived, changed, refused."""
    found = visible_barriers(request.initiative, request.reader, state)
    blocks = held_up(request.initiative, request.reader)
    return listed(found, paging, lambda row: _barrier(row, blocks))


@router.get("/initiatives/{slug}/funding", response={200: Listed[FundingItem], **REFUSALS})
@within_initiative("solutions.view")
def funding(request: MemberRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """Who pays for which recommendation, committed or asked for."""
    found = visible_funding(request.initiative, request.reader)
    return listed(found, paging, _funding)


@router.get("/initiatives/{slug}/ballots", response={200: Listed[BallotItem], **REFUSALS})
@within_initiative("solutions.view")
def ballots(
    request: MemberRequest, paging: Annotated[Paging, Query()], state: str = ""
) -> dict[str, Any]:
    """The votes, whole or by state: draft, open, closed."""
    found = visible_ballots(request.initiative, request.reader, state)
    return listed(found, paging, _ballot)


@router.get("/initiatives/{slug}/ballots/{record_id}", response={200: BallotDetail, **REFUSALS})
@within_initiative("solutions.view")
def ballot(request: MemberRequest, record_id: UUID) -> BallotDetail:
    """One vote; the result is hidden until the close."""
    found = visible_ballots(request.initiative, request.reader)
    full = found.select_related("record__initiative", "forum__record")
    return _detail(get_object_or_404(full, pk=record_id), request.reader)


@router.get("/initiatives/{slug}/outcomes", response={200: Listed[OutcomeItem], **REFUSALS})
@within_initiative("solutions.view")
def outcomes(request: MemberRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """The decisions that partners took, the last one first."""
    found = visible_outcomes(request.initiative, request.reader)
    return listed(found, paging, lambda each: _outcome(each, request.reader))
