from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from headway.accounts.api import REFUSALS, Listed, Paging, listed
from headway.core.marks import Source
from headway.initiatives.access import MemberRequest
from headway.initiatives.api import within_initiative
from headway.initiatives.queries.panel import as_source
from headway.pilots.models import Pilot, PilotFinding, SmallTest
from headway.pilots.queries.register import pilots as visible_pilots
from headway.pilots.queries.register import small_tests as visible_tests
from headway.pilots.queries.scores import scored

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


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _test(row: SmallTest) -> TestItem:
    return TestItem(
        id=str(row.pk),
        tries=row.tries,
        expects=row.expects,
        organisation=row.owner.canonical.name if row.owner else "",
        look_on=_iso(row.look_on),
        state=row.state,
        result=row.result,
        saw=row.saw,
        decision=row.decision,
        because=row.because,
        ended_on=_iso(row.ended_on),
        decided_on=_iso(row.decided_on),
        source=as_source(row.record),
    )


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
        decider=row.decider.canonical.name if row.decider else "",
        starts_on=_iso(row.starts_on),
        ends_on=_iso(row.ends_on),
        ended_on=_iso(row.ended_on),
        result=row.result,
        saw=row.saw,
        decision=row.decision,
        because=row.because,
        source=as_source(row.record),
    )


@router.get("/initiatives/{slug}/small-tests", response={200: Listed[TestItem], **REFUSALS})
@within_initiative("pilots.view")
def small_tests(
    request: MemberRequest,
    slug: str,  # noqa: ARG001  # in the path
    paging: Annotated[Paging, Query()],
) -> dict[str, Any]:
    """The small tests, newest first."""
    return listed(visible_tests(request.initiative, request.reader), paging, _test)


@router.get("/initiatives/{slug}/pilots", response={200: Listed[PilotItem], **REFUSALS})
@within_initiative("pilots.view")
def pilots(
    request: MemberRequest,
    slug: str,  # noqa: ARG001  # in the path
    paging: Annotated[Paging, Query()],
) -> dict[str, Any]:
    """The pilots, newest first."""
    return listed(visible_pilots(request.initiative, request.reader), paging, _pilot)


@router.get("/initiatives/{slug}/pilots/{record_id}", response={200: OnePilot, **REFUSALS})
@within_initiative("pilots.view")
def pilot(
    request: MemberRequest,
    slug: str,  # noqa: ARG001  # in the path
    record_id: UUID,
) -> OnePilot:
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
        caveats=[str(each) for each in found.caveats],
        note=found.note,
    )
