from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from headway.accounts.api import REFUSALS, Listed, Paging, listed
from headway.core.marks import Source
from headway.initiatives.access import MemberRequest
from headway.initiatives.api import within_initiative
from headway.measures.models import Measure, Reading
from headway.measures.queries.points import Aim, aims, starting_point, target_of, visible_measures
from headway.measures.queries.series import plain, visible_readings

router = Router(tags=["measures"])


@dataclass(frozen=True, slots=True)
class MeasureItem:
    """A measure in a list; numbers are written as text, so that none loses a digit."""

    id: str
    title: str
    counts: str
    unit: str
    kind: str
    direction: str
    every_months: int | None
    smallest_shown: int
    starting_point: str
    target: str
    target_due: str
    story: str
    gains: str
    costs: str


@dataclass(frozen=True, slots=True)
class GroupItem:
    """One group of a data point; without a value where it is hidden."""

    dimension: str
    group: str
    value: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class ReadingItem:
    """A data point; without a value where nothing was counted or it is hidden, as `gap` says."""

    id: str
    measure_id: str
    series_id: str
    series: str
    starts_on: str
    ends_on: str
    as_said: str
    value: str
    gap: str
    note: str
    groups: list[GroupItem]
    source: Source | None
    provenance: str
    recorded_at: str


def _measure(request: MemberRequest, row: Measure, aim: Aim | None) -> MeasureItem:
    start = starting_point(row, request.reader.readers)
    return MeasureItem(
        id=str(row.pk),
        title=row.name,
        counts=row.counts,
        unit=row.unit,
        kind=row.kind,
        direction=row.direction,
        every_months=row.every_months,
        smallest_shown=row.floor if row.hides_small else 1,
        starting_point=plain(start.value) if start else "",
        target=plain(aim.value) if aim else "",
        target_due=aim.due.end.isoformat() if aim and aim.due else "",
        story=row.story,
        gains=row.gains,
        costs=row.costs,
    )


def _reading(row: Reading) -> ReadingItem:
    return ReadingItem(
        id=str(row.pk),
        measure_id=str(row.series.measure_id),
        series_id=str(row.series_id),
        series=row.series.name,
        starts_on=row.happened_from.isoformat() if row.happened_from else "",
        ends_on=row.happened_to.isoformat() if row.happened_to else "",
        as_said=row.date_as_said,
        value=plain(row.value) if row.value is not None else "",
        gap=row.gap,
        note=row.note,
        groups=[
            GroupItem(
                cell.dimension,
                cell.group,
                plain(cell.value) if cell.value is not None else "",
                cell.hidden,
            )
            for cell in row.cells.all()
        ],
        source=Source(row.source.title, row.source.url) if row.source else None,
        provenance=row.provenance,
        recorded_at=row.recorded_at.isoformat(),
    )


@router.get("/initiatives/{slug}/measures", response={200: Listed[MeasureItem], **REFUSALS})
@within_initiative("measures.view")
def measures(request: MemberRequest, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
    """The measures, results before performance."""
    found = visible_measures(request.initiative, request.reader.readers)
    wanted = aims(found)
    return listed(found, paging, lambda row: _measure(request, row, wanted.get(row.pk)))


@router.get("/initiatives/{slug}/measures/{record_id}", response={200: MeasureItem, **REFUSALS})
@within_initiative("measures.view")
def measure(request: MemberRequest, record_id: UUID) -> MeasureItem:
    """One measure."""
    found = visible_measures(request.initiative, request.reader.readers)
    row = get_object_or_404(found, pk=record_id)
    return _measure(request, row, target_of(row))


@router.get(
    "/initiatives/{slug}/measures/{record_id}/points",
    response={200: Listed[ReadingItem], **REFUSALS},
)
@within_initiative("measures.view")
def points(
    request: MemberRequest, record_id: UUID, paging: Annotated[Paging, Query()]
) -> dict[str, Any]:
    """The data points of one measure that stand, from every source, by time."""
    get_object_or_404(visible_measures(request.initiative, request.reader.readers), pk=record_id)
    rows = visible_readings(request.initiative, request.reader)
    found = rows.filter(series__measure=record_id).oldest_first().prefetch_related("cells")
    return listed(found, paging, _reading)
