from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from headway.accounts.api import REFUSALS, Listed, Paging, listed
from headway.core.marks import Source
from headway.initiatives.access import MemberRequest
from headway.initiatives.api import within_initiative
from headway.initiatives.queries.panel import as_source
from headway.pilots.models import FollowUp, Lesson, Pilot, PilotFinding, Review, SmallTest
from headway.pilots.queries import learning
from headway.pilots.queries.cautions import caution_words
from headway.pilots.queries.lesson import CaseLine, lesson_page
from headway.pilots.queries.register import pilots as visible_pilots
from headway.pilots.queries.register import small_tests as visible_tests
from headway.pilots.queries.scores import scored
from headway.pilots.queries.words import iso

router = Router(tags=["tests"])


@dataclass(frozen=True, slots=True)
class TestItem:
    """A small test in a list."""

    id: str
    tries: str
    expects: str
    organisation: str
    look_on: str
    state: str
    result: str
    saw: str
    decision: str
    because: str
    ended_on: str
    decided_on: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class PilotItem:
    """A pilot in a list, with what its card says."""

    id: str
    title: str
    sort: str
    state: str
    hypothesis: str
    affected: str
    consent: str
    measure: str
    unit: str
    better: str
    baseline: str
    design: str
    comparison: str
    minimum_effect: float | None
    stop_for_harm: str
    stop_for_cost: str
    stop_for_futility: str
    organisation: str
    decider: str
    starts_on: str
    ends_on: str
    ended_on: str
    result: str
    saw: str
    decision: str
    because: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a team expected; `chance` is from 0 to 1, `score` from 0 (best) to 1."""

    team: str
    low: float
    high: float
    chance: float
    locked_at: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What the numbers of a pilot say, in its unit."""

    estimate: float | None
    low: float | None
    high: float | None
    p: float | None
    n: int | None
    design: str
    caveats: list[str]
    note: str


@dataclass(frozen=True, slots=True)
class OnePilot:
    """A pilot with what was expected and found."""

    pilot: PilotItem
    expected: list[Expectation]
    found: list[Finding]


def _test(row: SmallTest) -> TestItem:
    return TestItem(
        id=str(row.pk),
        tries=row.tries,
        expects=row.expects,
        organisation=row.owner.canonical.name if row.owner else "",
        look_on=iso(row.look_on),
        state=row.state,
        result=row.result,
        saw=row.saw,
        decision=row.decision,
        because=row.because,
        ended_on=iso(row.ended_on),
        decided_on=iso(row.decided_on),
        source=as_source(row.record),
    )


def _decider(row: Pilot) -> str:
    """Who decides at the end: a seat with its organisation, or an organisation."""
    if row.decider_post is not None:
        return str(row.decider_post.label)
    return row.decider.canonical.name if row.decider else ""


def _pilot(row: Pilot) -> PilotItem:
    return PilotItem(
        id=str(row.pk),
        title=row.record.title,
        sort=row.sort,
        state=row.state,
        hypothesis=row.hypothesis,
        affected=row.affected,
        consent=row.consent,
        measure=row.measure,
        unit=row.unit,
        better=row.better,
        baseline=row.baseline,
        design=row.design,
        comparison=row.comparison,
        minimum_effect=None if row.minimum_effect is None else float(row.minimum_effect),
        stop_for_harm=row.stop_for_harm,
        stop_for_cost=row.stop_for_cost,
        stop_for_futility=row.stop_for_futility,
        organisation=row.owner.canonical.name if row.owner else "",
        decider=_decider(row),
        starts_on=iso(row.starts_on),
        ends_on=iso(row.ends_on),
        ended_on=iso(row.ended_on),
        result=row.result,
        saw=row.saw,
        decision=row.decision,
        because=row.because,
        source=as_source(row.record),
    )


@router.get("/initiatives/{slug}/small-tests", response={200: Listed[TestItem], **REFUSALS})
@within_initiative("pilots.view")
def small_tests(request: MemberRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """The small tests, newest first."""
    return listed(visible_tests(request.initiative, request.reader), paging, _test)


@router.get("/initiatives/{slug}/pilots", response={200: Listed[PilotItem], **REFUSALS})
@within_initiative("pilots.view")
def pilots(request: MemberRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """The pilots, newest first."""
    return listed(visible_pilots(request.initiative, request.reader), paging, _pilot)


@router.get("/initiatives/{slug}/pilots/{record_id}", response={200: OnePilot, **REFUSALS})
@within_initiative("pilots.view")
def pilot(request: MemberRequest, record_id: UUID) -> OnePilot:
    """One pilot, what teams expected of it, and what was found."""
    row = get_object_or_404(visible_pilots(request.initiative, request.reader), pk=record_id)
    found = [each for each in row.findings.all() if each.withdrawn_at is None]
    said = row.predictions.filter(withdrawn_at__isnull=True)
    expected = []
    for each in said:
        score = scored(each, found)
        expected.append(
            Expectation(
                team=each.team,
                low=float(each.low),
                high=float(each.high),
                chance=each.percent / 100,
                locked_at=each.locked_at.isoformat() if each.locked_at else "",
                score=score.brier if score else None,
            )
        )
    return OnePilot(_pilot(row), expected, [_finding(each) for each in found])


def _finding(found: PilotFinding) -> Finding:
    return Finding(
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        p=found.p_value,
        n=found.count,
        design=found.design,
        caveats=[caution_words(each) for each in found.caveats],
        note=found.note,
    )


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A learning review; the answers are empty until it is closed."""

    id: str
    title: str
    occasion: str
    state: str
    due_on: str
    expected: str
    happened: str
    difference: str
    learned: str


@dataclass(frozen=True, slots=True)
class FollowUpItem:
    """What follows from a review."""

    id: str
    text: str
    who: str
    due_on: str
    state: str
    because: str
    ended_on: str
    review: str


@dataclass(frozen=True, slots=True)
class LessonItem:
    """A lesson, with how many cases the reader may see."""

    id: str
    text: str
    applies_to: str
    supporting: int
    contradicting: int
    visibility: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class OneLesson:
    """A lesson with its cases, and what was changed because of it."""

    lesson: LessonItem
    supporting: list[str]
    contradicting: list[str]
    changed: list[str]


def _review(row: Review) -> ReviewItem:
    return ReviewItem(
        id=str(row.pk),
        title=row.record.title,
        occasion=row.occasion,
        state=row.state,
        due_on=iso(row.due_on),
        expected=row.expected,
        happened=row.happened,
        difference=row.difference,
        learned=row.learned,
    )


def _follow_up(row: FollowUp) -> FollowUpItem:
    return FollowUpItem(
        id=str(row.pk),
        text=row.text,
        who=learning.who_does(row),
        due_on=iso(row.due_on),
        state=row.state,
        because=row.because,
        ended_on=iso(row.ended_on),
        review=str(row.review_id),
    )


def _lesson(row: Lesson) -> LessonItem:
    return LessonItem(
        id=str(row.pk),
        text=row.text,
        applies_to=row.applies_to,
        supporting=getattr(row, "supporting", 0),
        contradicting=getattr(row, "contradicting", 0),
        visibility=row.record.visibility,
        source=as_source(row.record),
    )


def _titles(cases: tuple[CaseLine, ...]) -> list[str]:
    return [case.title for case in cases]


@router.get("/initiatives/{slug}/reviews", response={200: Listed[ReviewItem], **REFUSALS})
@within_initiative("pilots.view")
def reviews(request: MemberRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """The learning reviews; raw notes are handed out to nobody here."""
    return listed(learning.reviews(request.initiative, request.reader), paging, _review)


@router.get("/initiatives/{slug}/follow-ups", response={200: Listed[FollowUpItem], **REFUSALS})
@within_initiative("pilots.view")
def follow_ups(request: MemberRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """What follows from the reviews, open ones first."""
    return listed(learning.follow_ups(request.initiative, request.reader), paging, _follow_up)


@router.get("/initiatives/{slug}/lessons", response={200: Listed[LessonItem], **REFUSALS})
@within_initiative("pilots.view")
def lessons(request: MemberRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """The lessons, newest first."""
    return listed(learning.lessons(request.initiative, request.reader), paging, _lesson)


@router.get("/initiatives/{slug}/lessons/{record_id}", response={200: OneLesson, **REFUSALS})
@within_initiative("pilots.view")
def lesson(request: MemberRequest, record_id: UUID) -> OneLesson:
    """One lesson, the cases for and against it, and what it changed."""
    row = get_object_or_404(learning.lessons(request.initiative, request.reader), pk=record_id)
    page = lesson_page(row, request.reader)
    return OneLesson(
        lesson=_lesson(row),
        supporting=_titles(page.supporting),
        contradicting=_titles(page.contradicting),
        changed=[each.title for each in page.changed],
    )
