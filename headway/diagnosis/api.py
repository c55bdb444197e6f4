from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from ninja import Query, Router

from headway.accounts.api import REFUSALS, Listed, Paging, listed
from headway.diagnosis.models import Activity
from headway.diagnosis.queries.practices.activities import (
    activity_label,
    counted_activities,
    took_part,
)
from headway.diagnosis.queries.standing import Figured, Standing, standing
from headway.diagnosis.queries.told import AnsweredLine, ConditionLine, MoveLine
from headway.initiatives.access import MemberRequest
from headway.initiatives.api import within_initiative

router = Router(tags=["standing"])


@dataclass(frozen=True, slots=True)
class ConditionItem:
    """One condition; empty where it is not told."""

    key: str
    label: str
    state: str
    words: str
    since: str
    records: int
    open: int
    line: str
    source: str
    href: str


@dataclass(frozen=True, slots=True)
class MoveItem:
    """A next move that would help, and why."""

    key: str
    label: str
    reason: str
    source: str
    condition: str
    start_href: str
    evidence_href: str


@dataclass(frozen=True, slots=True)
class StepItem:
    """How many recommendations came from one step to the next; `share` is from 0 to 1."""

    start: str
    end: str
    there: int
    further: int
    share: float | None
    median_days: int | None
    href: str


@dataclass(frozen=True, slots=True)
class FigureItem:
    """One figure with the address of the records behind it."""

    key: str
    label: str
    words: str
    number: float | None
    alarm: bool
    href: str


@dataclass(frozen=True, slots=True)
class AnsweredItem:
    """A next move that was taken or declined lately, why, and the addresses of what followed."""

    label: str
    taken: bool
    words: str
    because: str
    about: str
    followed: list[str]
    href: str


@dataclass(frozen=True, slots=True)
class StandingItem:
    """Where an initiative stands on a day."""

    as_of: str
    known_at: str
    waited_on: str
    conditions: list[ConditionItem]
    moves: list[MoveItem]
    answered: list[AnsweredItem]
    readings: list[FigureItem]
    conversions: list[StepItem]
    promises: list[FigureItem]
    warnings: list[FigureItem]
    weeks_since_result: int | None


def _figure(found: Figured) -> FigureItem:
    return FigureItem(
        found.key, str(found.label), found.words, found.number, found.alarm, found.href
    )


def _condition(one: ConditionLine) -> ConditionItem:
    return ConditionItem(
        key=one.key,
        label=str(one.label),
        state=one.state,
        words=one.words,
        since=one.since.isoformat() if one.since else "",
        records=one.count,
        open=one.open,
        line=one.line,
        source=one.source,
        href=one.href,
    )


def _move(one: MoveLine) -> MoveItem:
    return MoveItem(
        key=one.key,
        label=str(one.label),
        reason=one.reason,
        source=one.source,
        condition=str(one.condition),
        start_href=one.start_href,
        evidence_href=one.evidence_href,
    )


def _answered(found: AnsweredLine) -> AnsweredItem:
    return AnsweredItem(
        label=str(found.label),
        taken=found.taken,
        words=found.words,
        because=found.because,
        about=found.about.href if found.about else "",
        followed=[each.href for each in found.followed],
        href=found.href,
    )


def standing_item(found: Standing) -> StandingItem:
    """The page's dataclass as programs read it."""
    weeks = found.weeks_since_result
    return StandingItem(
        as_of=found.as_of.isoformat(),
        known_at=found.known_at.isoformat() if found.known_at else "",
        waited_on=found.waited_on.key if found.waited_on else "",
        conditions=[_condition(one) for one in found.conditions],
        moves=[_move(one) for one in found.moves],
        answered=[_answered(one) for one in found.answered],
        readings=[
            FigureItem(one.key, str(one.label), one.words, None, one.alarm, one.href)
            for one in found.readings
        ],
        conversions=[
            StepItem(one.start, one.end, one.there, one.further, one.share, one.days, one.href)
            for one in found.conversions
        ],
        promises=[_figure(one) for one in found.promises],
        warnings=[_figure(one) for one in found.warnings],
        weeks_since_result=None if weeks is None or weeks.number is None else int(weeks.number),
    )


@router.get("/initiatives/{slug}/standing", response={200: StandingItem, **REFUSALS})
@within_initiative("diagnosis.stand")
def where_it_stands(
    request: MemberRequest, as_of: date | None = None, known_at: datetime | None = None
) -> Any:
    """Where the initiative stands, as of any day and as known at any instant."""
    if known_at is not None and known_at.tzinfo is None:
        known_at = known_at.replace(tzinfo=ZoneInfo(request.initiative.zone))
    found = standing(request.initiative, request.reader, request.today, as_of, known_at)
    return standing_item(found)


@dataclass(frozen=True, slots=True)
class ActivityItem:
    """A practice that was carried out."""

    id: str
    practice: str
    title: str
    state: str
    organizations: list[str]
    records: int
    began_at: str
    finished_on: str
    came_of: str


def _activity(row: Activity) -> ActivityItem:
    return ActivityItem(
        id=str(row.pk),
        practice=row.practice,
        title=str(activity_label(row)),
        state=row.state,
        organizations=took_part(row),
        records=row.written,  # type: ignore[attr-defined]  # annotated by the query
        began_at=row.record.recorded_at.isoformat(),
        finished_on=row.finished_on.isoformat() if row.finished_on else "",
        came_of=row.came_of,
    )


@router.get("/initiatives/{slug}/activities", response={200: Listed[ActivityItem], **REFUSALS})
@within_initiative("diagnosis.view")
def activities(request: MemberRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """The practices that were carried out, the one begun last first."""
    return listed(counted_activities(request.initiative, request.reader), paging, _activity)
