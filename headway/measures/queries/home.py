"""The list of an initiative's measures: results and performance, kept apart."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader
from headway.measures.models import Headline, Measure
from headway.measures.queries.points import (
    MeasureStanding,
    Point,
    standings,
    visible_measures,
    where_measures_stand,
)
from headway.measures.queries.words import (
    aim_words,
    change_mark,
    finding,
    latest_words,
    stale_words,
    start_words,
)

COLUMNS = (
    Column("measure", gettext_lazy("Measure"), sort="title"),
    Column("start", gettext_lazy("Starting point")),
    Column("latest", gettext_lazy("Last value")),
    Column("target", gettext_lazy("Target")),
    Column("change", gettext_lazy("Since the start")),
    Column("unit", gettext_lazy("Unit"), sort="unit"),
    Column("stale", gettext_lazy("Overdue")),
)


@dataclass(frozen=True)
class Line:
    """One measure as the list sorts it."""

    standing: MeasureStanding

    @property
    def title(self) -> str:
        """Its name."""
        return self.standing.measure.name

    @property
    def unit(self) -> str:
        """What it is counted in."""
        return self.standing.measure.unit


@dataclass(frozen=True)
class MeasuresPage:
    """The measures of an initiative, results before performance."""

    title: str
    lead: str
    first: "HeadlineLine | None"
    results: TablePage
    performance: TablePage
    total: int
    add_href: str
    export_href: str


@dataclass(frozen=True)
class HeadlineLine:
    """The headline measure of an initiative in one line, for every page that shows it."""

    measure: Measure
    title: str
    href: str
    kind: str
    unit: str
    latest: Point | None
    start: str
    target: str
    better: bool | None
    finding: str
    stale: str
    because: str


def measures_page(initiative: Initiative, reader: Reader, params: QueryDict) -> MeasuresPage:
    """Every measure with its start, its last value and whether a newer one is overdue."""
    found = where_measures_stand(initiative, reader.readers, today=reader.today)
    chosen = _chosen(initiative)

    def build(line: Line) -> dict[str, object]:
        return _cells(line.standing, reader)

    def lines(kind: str) -> list[Line]:
        return [Line(each) for each in found if each.measure.kind == kind]

    first = [each for each in found if chosen and each.measure.pk == chosen.measure_id]
    results, performance = lines(Measure.Kind.RESULT), lines(Measure.Kind.PERFORMANCE)
    return MeasuresPage(
        title=_("Measures"),
        lead=_("What is counted to see whether anything gets better, and what the counts say."),
        first=_line(first[0], chosen, reader, reader.today) if first and chosen else None,
        results=table_page(results, COLUMNS, params, build=build, name="results"),
        performance=table_page(performance, COLUMNS, params, build=build, name="performance"),
        total=len(found),
        add_href=if_may(reader, "measures.write", "measures:add"),
        export_href=address(reader, "measures:export"),
    )


def _cells(standing: MeasureStanding, reader: Reader) -> dict[str, object]:
    href = address(reader, "measures:measure", standing.measure.pk)
    return {
        "measure": TextLink(standing.measure.name, href),
        "start": start_words(standing.start) or _("none yet"),
        "latest": latest_words(standing.latest) or _("none yet"),
        "target": aim_words(standing.aim) or _("none set"),
        "change": change_mark(standing),
        "unit": standing.measure.unit,
        "stale": stale_words(standing, reader.today) or _("no"),
    }


def _chosen(initiative: Initiative) -> Headline | None:
    return Headline.objects.filter(initiative=initiative, ended_at__isnull=True).first()


def headline(initiative: Initiative, today: date, reader: Reader) -> HeadlineLine | None:
    """The measure that the initiative puts first, as the reader may see it; at most five queries.

    Where nobody has chosen one, the first result with a starting point stands for it.
    """
    chosen = _chosen(initiative)
    rows = visible_measures(initiative, reader.readers)
    found = [row for row in rows if _may_be_first(row, chosen)][:1]
    for standing in standings(found, reader.readers, today=today, last_only=True):
        return _line(standing, chosen, reader, today)
    return None


def _may_be_first(measure: Measure, chosen: Headline | None) -> bool:
    if chosen is not None:
        return bool(measure.pk == chosen.measure_id)
    return measure.kind == Measure.Kind.RESULT and measure.baseline_id is not None


def _line(
    standing: MeasureStanding, chosen: Headline | None, reader: Reader, today: date
) -> HeadlineLine:
    measure = standing.measure
    return HeadlineLine(
        measure=measure,
        title=measure.name,
        href=address(reader, "measures:measure", measure.pk),
        kind=measure.get_kind_display(),
        unit=measure.unit,
        latest=standing.latest,
        start=start_words(standing.start),
        target=aim_words(standing.aim),
        better=standing.better,
        finding=finding(standing),
        stale=stale_words(standing, today),
        because=chosen.because if chosen is not None else "",
    )
