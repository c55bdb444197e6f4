"""The page of one measure: its scorecard, its chart, its story and what is meant to move it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from headway.core.charts import Chart
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.numbers import number_words
from headway.core.tables import Mark
from headway.initiatives import kinds
from headway.initiatives.models import Link
from headway.initiatives.pages.detail import (
    DetailPage,
    Passage,
    Step,
    address,
    beside,
    withdraw_step,
)
from headway.initiatives.reader import Reader
from headway.measures.models import Headline, Measure, ReadingCell, Target
from headway.measures.queries.drawing import measure_chart, rounded
from headway.measures.queries.giving import series_to_give
from headway.measures.queries.points import (
    Aim,
    MeasureStanding,
    Point,
    SeriesPoints,
    standings,
)
from headway.measures.queries.trend import Trend, trend_of
from headway.measures.queries.words import (
    aim_words,
    change_mark,
    finding,
    floor_words,
    point_words,
    rhythm_words,
    stale_words,
    start_words,
)

MOST_MOVERS = 100


@dataclass(frozen=True)
class SeriesLine:
    """One source beside the others: its last value, and where all of it stands."""

    name: str
    href: str
    organisation: str
    last: str
    count: int
    first: bool
    because: str
    members_only: bool
    add_href: str


@dataclass(frozen=True)
class GroupLine:
    """One group of the last split; nothing where it is hidden."""

    group: str
    value: str


@dataclass(frozen=True)
class Split:
    """The last split of a measure by one thing."""

    dimension: str
    when: str
    source: str
    groups: tuple[GroupLine, ...]


@dataclass(frozen=True)
class Mover:
    """Something that is meant to move the measure."""

    kind: Message
    title: str
    href: str


@dataclass(frozen=True)
class TargetLine:
    """One target, and when it was set."""

    set_on: str
    target: str
    because: str


@dataclass(frozen=True)
class MeasurePage:
    """One measure with everything that is known of it."""

    detail: DetailPage
    finding: str
    change: Mark
    stale: str
    kind_words: str
    chart: Chart | None
    signals: tuple[str, ...]
    outlook: str
    series: tuple[SeriesLine, ...]
    splits: tuple[Split, ...]
    floor: str
    targets: tuple[TargetLine, ...]
    movers: tuple[Mover, ...]
    open_series_href: str
    import_href: str
    export_href: str
    mover_href: str
    target_href: str
    floor_href: str


def measure_page(measure: Measure, reader: Reader) -> MeasurePage:
    """The scorecard of one measure, with its record, baseline and initiative."""
    (standing,) = standings([measure], reader.readers, today=reader.today)
    trend = trend_of(_first_points(standing), _began(measure, standing))
    write = reader.may("measures.write") and not measure.record.withdrawn
    give = reader.may("measures.give") and not measure.record.withdrawn
    lead = reader.may("measures.lead") and not measure.record.withdrawn

    def href(name: str, *, allowed: bool) -> str:
        return address(reader, f"measures:{name}", measure.pk) if allowed else ""

    return MeasurePage(
        detail=DetailPage(
            title=measure.name,
            kicker=_("Measures"),
            kicker_href=address(reader, "measures:home"),
            passages=_passages(measure),
            terms=_terms(measure, standing, reader),
            steps=_steps(measure, reader),
            **beside(measure.record, reader),
        ),
        finding=finding(standing),
        change=change_mark(standing),
        stale=stale_words(standing, reader.today),
        kind_words=_kind_words(measure),
        chart=measure_chart(standing, trend),
        signals=trend.signals if trend else (),
        outlook=_outlook_words(trend, measure, standing),
        series=_sources(measure, standing, reader),
        splits=_splits(standing),
        floor=floor_words(measure),
        targets=_targets(measure),
        movers=_movers(measure, reader),
        open_series_href=href("open_series", allowed=give),
        import_href=href("files", allowed=reader.may("measures.import") and write),
        export_href=address(reader, "measures:measure_export", measure.pk),
        mover_href=href("add_mover", allowed=write),
        target_href=href("set_target", allowed=write),
        floor_href=href("set_floor", allowed=lead),
    )


def _first_points(standing: MeasureStanding) -> tuple[Point, ...]:
    """The points on which the trend rests: those of the source shown first."""
    for each in standing.series:
        if any(point.value is not None for point in each.points):
            return each.points
    return ()


def _began(measure: Measure, standing: MeasureStanding) -> date | None:
    """The day from which things should change: that of the starting point."""
    if standing.start is not None and standing.start.when is not None:
        return standing.start.when.end
    return measure.record.initiative.today(measure.record.initiative.opened_at)


def _kind_words(measure: Measure) -> str:
    if measure.kind == Measure.Kind.RESULT:
        return _("Result for the population: it tells how people fare, whoever did something.")
    return _("Our own performance: it tells how the work goes, not how people fare.")


def _passages(measure: Measure) -> tuple[Passage, ...]:
    return (
        Passage(_("What it counts"), measure.counts),
        Passage(_("The story behind the numbers"), measure.story),
        Passage(_("Who gains"), measure.gains),
        Passage(_("Who bears the cost"), measure.costs),
    )


def _terms(measure: Measure, standing: MeasureStanding, reader: Reader) -> tuple[Term, ...]:
    owners = measure.owners.select_related("organisation__merged_into")
    start = standing.start
    shown = (
        Term(_("Unit"), measure.unit),
        Term(_("Which way is better"), measure.get_direction_display()),
        Term(
            _("Starting point"),
            start_words(start) or _("not recorded"),
            address(reader, "problems:baseline", start.record_id) if start else "",
        ),
        Term(_("Target"), aim_words(standing.aim) or _("none set")),
        Term(_("A value is due"), rhythm_words(measure.every_months) or _("no rhythm set")),
        Term(_("Looked after by"), ", ".join(row.organisation.canonical.name for row in owners)),
    )
    return tuple(term for term in shown if term.value)


def _steps(measure: Measure, reader: Reader) -> tuple[Step, ...]:
    if measure.record.withdrawn:
        return ()
    steps = []
    if reader.may("measures.write"):
        steps.append(Step(_("Change what it says"), address(reader, "measures:edit", measure.pk)))
    if reader.may("measures.lead") and not _is_first(measure):
        steps.append(
            Step(_("Put this measure first"), address(reader, "measures:put_first", measure.pk))
        )
    own = measure.record.author_id == reader.member_id and reader.may("measures.write")
    return (
        *steps,
        *withdraw_step(measure.record, reader, "measures:withdraw", may=own),
    )


def _is_first(measure: Measure) -> bool:
    return Headline.objects.filter(measure=measure, ended_at__isnull=True).exists()


def _outlook_words(trend: Trend | None, measure: Measure, standing: MeasureStanding) -> str:
    """What would have come if nothing had changed, beside what came."""
    if trend is None or standing.latest is None or standing.latest.value is None:
        return ""
    if not trend.outlook:
        return _(
            "What would have come if nothing had changed cannot be told: fewer than five values "
            "stand before the start."
        )
    last = trend.outlook[-1]
    value = float(standing.latest.value)
    said = {
        "low": rounded(last.low),
        "high": rounded(last.high),
        "value": point_words(standing.latest),
        "unit": measure.unit,
    }
    if last.low <= value <= last.high:
        return (
            _(
                "If nothing had changed, %(low)s to %(high)s %(unit)s were to be expected; the "
                "%(value)s counted lie within that: no change can be told from chance."
            )
            % said
        )
    return (
        _(
            "If nothing had changed, %(low)s to %(high)s %(unit)s were to be expected; the "
            "%(value)s counted lie outside that."
        )
        % said
    )


def _sources(measure: Measure, standing: MeasureStanding, reader: Reader) -> tuple[SeriesLine, ...]:
    """Each source, with where to add to those whose values the reader may change."""
    keys = [] if measure.record.withdrawn else [each.series_id for each in standing.series]
    mine = series_to_give(reader, keys)
    return tuple(_series(each, reader, give=each.series_id in mine) for each in standing.series)


def _series(series: SeriesPoints, reader: Reader, *, give: bool) -> SeriesLine:
    last = series.points[-1] if series.points else None
    return SeriesLine(
        name=series.name,
        href=address(reader, "measures:series", series.series_id),
        organisation=series.organisation,
        last=f"{point_words(last)}, {date_words(last.when)}" if last else "",
        count=len(series.points),
        first=series.shown_first,
        because=series.first_because,
        members_only=series.visibility != "public",
        add_href=address(reader, "measures:add_reading", series.series_id) if give else "",
    )


def _splits(standing: MeasureStanding) -> tuple[Split, ...]:
    """The last split by each thing, of the sources in their order; one query."""
    told = {
        point.reading_id: (each.name, point) for each in standing.series for point in each.points
    }
    last: dict[str, tuple[str, Point]] = {}
    groups: dict[tuple[str, str], list[GroupLine]] = {}
    cells = ReadingCell.objects.filter(reading__in=list(told)[-500:])
    found = cells.order_by("-reading__happened_to", "dimension", "number").values_list(
        "reading_id", "dimension", "group", "value"
    )
    for reading, dimension, group, value in found:
        source, point = last.setdefault(dimension, told[reading])
        if point.reading_id != reading:
            continue
        shown = _("hidden") if value is None else number_words(value)
        groups.setdefault((dimension, source), []).append(GroupLine(group, shown))
    return tuple(
        Split(dimension, date_words(point.when), source, tuple(groups[dimension, source]))
        for dimension, (source, point) in last.items()
    )


def _targets(measure: Measure) -> tuple[TargetLine, ...]:
    rows: Sequence[Target] = list(measure.targets.latest_first())
    return tuple(
        TargetLine(
            set_on=date_words(row.when) or _("no date said"),
            target=_one_target(row),
            because=row.because,
        )
        for row in rows
    )


def _one_target(row: Target) -> str:
    return aim_words(Aim(row.value, row.due)) if row.value is not None else _("no target any more")


def _movers(measure: Measure, reader: Reader) -> tuple[Mover, ...]:
    links = Link.objects.filter(
        target=measure.record, kind=Link.Kind.MOVES, withdrawn_at__isnull=True
    )
    seen = links.filter(origin__visibility__in=reader.readers, origin__withdrawn_at__isnull=True)
    rows = seen.select_related("origin").order_by("origin__kind", "made_at")[:MOST_MOVERS]
    return tuple(
        Mover(kinds.label(row.origin.kind), row.origin.title, kinds.href(row.origin, reader.slug))
        for row in rows
    )
