"""What the sources say of measures, as of any date and by what was known at any instant."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, Subquery

from headway.initiatives.models import Initiative
from headway.measures.models import Measure, Reading, Series, Target
from headway.measures.models.measure import MeasureQuerySet
from headway.measures.models.reading import ReadingQuerySet
from headway.problems.models import Baseline
from headway_analysis.partial_date import PartialDate

MONTHS_IN_A_YEAR = 12
MOST_POINTS = 5_000


@dataclass(frozen=True, slots=True)
class Point:
    """One data point as it may be shown; no value where nothing was counted or it is hidden."""

    reading_id: UUID
    start: date
    end: date
    said: str
    value: Decimal | None
    gap: str
    note: str
    source: str
    source_url: str

    @property
    def when(self) -> PartialDate:
        """The time that it tells of."""
        return PartialDate(self.start, self.end, self.said)


@dataclass(frozen=True, slots=True)
class SeriesPoints:
    """What one source says, by time."""

    series_id: UUID
    name: str
    organisation: str
    shown_first: bool
    first_because: str
    visibility: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class StartPoint:
    """Where a measure starts; one that is told in another unit is compared with nothing."""

    record_id: UUID
    value: Decimal
    unit: str
    when: PartialDate | None
    compares: bool = True


@dataclass(frozen=True, slots=True)
class Aim:
    """What a measure shall reach by when."""

    value: Decimal
    due: PartialDate | None


@dataclass(frozen=True, slots=True)
class MeasureStanding:
    """How one measure stands: where it began, what was counted last, where it shall go.

    Attributes:
        better: whether it changed for the better since its start; None where nobody can say.
        due_on: the day by which the next value is due; None without a rhythm or a value. A
            value that is hidden was given all the same.
        months_old: whole months since the time that the last value given tells of.

    """

    measure: Measure
    series: tuple[SeriesPoints, ...]
    start: StartPoint | None
    latest: Point | None
    aim: Aim | None
    better: bool | None
    due_on: date | None
    months_old: int | None

    @property
    def record_id(self) -> UUID:
        """The measure's record."""
        return self.measure.record_id

    def stale(self, today: date) -> bool:
        """Whether a newer value should be there by now."""
        return self.due_on is not None and self.due_on < today


def visible_measures(
    initiative: Initiative, readers: Collection[str], *, known_at: datetime | None = None
) -> MeasureQuerySet:
    """The measures of an initiative that somebody with these reader classes may see."""
    rows = Measure.objects.in_initiative(initiative).live().visible_to(readers)
    if known_at is not None:
        rows = rows.filter(record__recorded_at__lte=known_at)
    return rows.select_related("record", "baseline__record").by_name()


def points(
    measures: Iterable[Measure],
    readers: Collection[str],
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    last_only: bool = False,
) -> dict[UUID, tuple[SeriesPoints, ...]]:
    """The series of some measures that the reader may see, each with its points, in two queries.

    Args:
        measures: whose series.
        readers: the visibilities that the reader may see.
        as_of: only what tells of a time up to this day.
        known_at: only what was recorded by this instant, as it stood then.
        last_only: only the last value of each series, and a newer one that is hidden, for lists.

    """
    series = Series.objects.filter(measure__in=list(measures)).live().visible_to(readers)
    if known_at is not None:
        series = series.filter(record__recorded_at__lte=known_at)
    wanted = _wanted(as_of, known_at)
    if last_only:
        own = wanted.filter(series=OuterRef("pk")).order_by("-happened_to", "pk")
        series = series.annotate(
            last=Subquery(own.with_value().values("pk")[:1]),
            given=Subquery(own.counted().values("pk")[:1]),
        )
    rows = list(series.select_related("record", "organisation__merged_into").first_shown_first())
    if last_only:
        last = {key for row in rows for key in (row.last, row.given) if key}  # type: ignore[attr-defined]  # annotated above
        told = wanted.filter(pk__in=last)
    else:
        told = wanted.filter(series__in=[row.pk for row in rows])
    said = _points_of(told)
    found: dict[UUID, list[SeriesPoints]] = defaultdict(list)
    for row in rows:
        found[row.measure_id].append(_told(row, said[row.pk]))
    return {key: tuple(told) for key, told in found.items()}


def _wanted(as_of: date | None, known_at: datetime | None) -> ReadingQuerySet:
    rows = Reading.objects.standing() if known_at is None else Reading.objects.known_at(known_at)
    if as_of is not None:
        rows = rows.as_of(as_of)
    return rows.exclude(gap=Reading.Gap.WITHDRAWN)


def _told(row: Series, said: Sequence[Point]) -> SeriesPoints:
    return SeriesPoints(
        series_id=row.pk,
        name=row.name,
        organisation=row.organisation.canonical.name if row.organisation else "",
        shown_first=row.shown_first,
        first_because=row.first_because,
        visibility=row.record.visibility,
        points=tuple(said),
    )


def _points_of(rows: ReadingQuerySet) -> Mapping[UUID, list[Point]]:
    """The newest points by series, oldest first; beyond some thousands the oldest are left out."""
    found: dict[UUID, list[Point]] = defaultdict(list)
    newest = rows.order_by("-happened_to", "-happened_from", "pk").values_list(
        "series_id",
        "pk",
        "happened_from",
        "happened_to",
        "date_as_said",
        "value",
        "gap",
        "note",
        "source__title",
        "source__url",
    )
    told = list(newest[:MOST_POINTS])
    for key, pk, start, end, said, value, gap, note, title, url in reversed(told):
        if start is not None and end is not None:
            point = Point(pk, start, end, said, value, gap, note, title or "", url or "")
            found[key].append(point)
    return found


def latest(series: Sequence[SeriesPoints]) -> Point | None:
    """The last value of the series shown first, else of the first that has any."""
    for each in series:
        valued = [point for point in each.points if point.value is not None]
        if valued:
            return valued[-1]
    return None


def last_given(series: Sequence[SeriesPoints]) -> Point | None:
    """The newest value of the series of the last value, also where it is hidden."""
    valued = [each for each in series if any(point.value is not None for point in each.points)]
    for each in valued or series:
        given = [p for p in each.points if p.value is not None or p.gap == Reading.Gap.HIDDEN]
        if given:
            return given[-1]
    return None


def starting_point(measure: Measure, readers: Collection[str]) -> StartPoint | None:
    """Where a measure starts, where the reader may see it."""
    found: Baseline | None = measure.baseline
    if found is None or found.record.withdrawn or found.record.visibility not in readers:
        return None
    compares = measure.compares_with(found)
    return StartPoint(found.pk, found.value, found.unit, found.record.when, compares)


def aims(
    measures: Iterable[Measure], *, as_of: date | None = None, known_at: datetime | None = None
) -> dict[UUID, Aim]:
    """What some measures shall reach, by the target that stood then; one query."""
    rows = Target.objects.filter(measure__in=list(measures))
    if as_of is not None:
        rows = rows.set_by(as_of)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    found: dict[UUID, Target] = {}
    for row in rows.latest_first():
        found.setdefault(row.measure_id, row)
    return {key: Aim(row.value, row.due) for key, row in found.items() if row.value is not None}


def target_of(
    measure: Measure, *, as_of: date | None = None, known_at: datetime | None = None
) -> Aim | None:
    """What a measure shall reach, by the target that stood then."""
    return aims([measure], as_of=as_of, known_at=known_at).get(measure.pk)


def where_measures_stand(
    initiative: Initiative,
    readers: Collection[str],
    *,
    today: date,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> tuple[MeasureStanding, ...]:
    """How every measure of an initiative stood, each series with its last value; four queries."""
    return standings(
        list(visible_measures(initiative, readers, known_at=known_at)),
        readers,
        today=as_of or today,
        as_of=as_of,
        known_at=known_at,
        last_only=True,
    )


def standings(
    measures: Sequence[Measure],
    readers: Collection[str],
    *,
    today: date,
    as_of: date | None = None,
    known_at: datetime | None = None,
    last_only: bool = False,
) -> tuple[MeasureStanding, ...]:
    """How some measures stood; the arguments are those of `points`."""
    told = points(measures, readers, as_of=as_of, known_at=known_at, last_only=last_only)
    wanted = aims(measures, as_of=as_of, known_at=known_at)
    return tuple(
        _standing(row, told.get(row.pk, ()), wanted.get(row.pk), readers, today) for row in measures
    )


def _standing(
    measure: Measure,
    series: tuple[SeriesPoints, ...],
    aim: Aim | None,
    readers: Collection[str],
    today: date,
) -> MeasureStanding:
    start, last, given = starting_point(measure, readers), latest(series), last_given(series)
    better = None
    if start is not None and start.compares and last is not None and last.value is not None:
        better = measure.better(start.value, last.value)
    months = measure.every_months
    return MeasureStanding(
        measure=measure,
        series=series,
        start=start,
        latest=last,
        aim=aim,
        better=better,
        due_on=later(given.end, months) if given is not None and months else None,
        months_old=months_between(given.end, today) if given is not None else None,
    )


def later(day: date, months: int) -> date:
    """The same day some months later, or the last one of that month.

    >>> later(date(2025, 12, 31), 2), later(date(2027, 12, 31), 2)
    (datetime.date(2026, 2, 28), datetime.date(2028, 2, 29))

    """
    count = day.year * MONTHS_IN_A_YEAR + day.month - 1 + months
    year, month = min(count // MONTHS_IN_A_YEAR, date.max.year), count % MONTHS_IN_A_YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_between(before: date, after: date) -> int:
    """Whole months from one day to another; none where the second comes first.

    >>> months_between(date(2025, 9, 30), date(2026, 11, 23))
    13

    """
    months = (after.year - before.year) * MONTHS_IN_A_YEAR + after.month - before.month
    return max(0, months - (after.day < before.day))
