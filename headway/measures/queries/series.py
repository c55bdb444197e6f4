"""The page of one source's values, with every correction, and the files of values."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.dates import date_words
from headway.core.marks import Term
from headway.core.numbers import number_words
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.directory.queries.sources import source_link, source_words
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import (
    DetailPage,
    Passage,
    Step,
    address,
    beside,
    withdraw_step,
)
from headway.initiatives.reader import Reader
from headway.measures.formats.readings_table import COLUMNS as FILE_COLUMNS
from headway.measures.models import Measure, Reading, Series
from headway.measures.models.reading import ReadingQuerySet

COLUMNS = (
    Column("when", gettext_lazy("When"), sort="happened_to"),
    Column("value", gettext_lazy("Value"), sort="value", numeric=True),
    Column("note", gettext_lazy("To be known")),
    Column("source", gettext_lazy("Source")),
    Column("recorded", gettext_lazy("Entered"), sort="recorded_at"),
    Column("change", gettext_lazy("Change")),
)
EARLIER = (
    Column("when", gettext_lazy("When"), sort="happened_to"),
    Column("value", gettext_lazy("It said"), numeric=True),
    Column("recorded", gettext_lazy("Entered"), sort="recorded_at"),
    Column("until", gettext_lazy("Until"), sort="superseded_at"),
)
HEADING = ("measure", *FILE_COLUMNS, "provenance", "recorded_at")


@dataclass(frozen=True)
class SeriesPage:
    """One source of a measure: its values, and what was corrected."""

    detail: DetailPage
    table: TablePage
    earlier: TablePage
    add_href: str


def series_page(series: Series, reader: Reader, params: QueryDict, *, may_give: bool) -> SeriesPage:
    """The values of one source; `may_give` says whether the reader may change them."""
    measure = series.measure
    change = may_give and not series.record.withdrawn
    initiative = series.record.initiative
    rows = series.readings.select_related("source")

    def build(row: Reading) -> dict[str, object]:
        return _standing_row(row, initiative) | {"change": _correct(row, reader) if change else ""}

    gone = rows.filter(superseded_at__isnull=False)
    return SeriesPage(
        detail=DetailPage(
            title=series.name,
            kicker=measure.name,
            kicker_href=address(reader, "measures:measure", measure.pk),
            passages=(Passage(_("How it was counted"), series.note),),
            terms=_terms(series),
            steps=_steps(series, reader, change=change),
            **beside(series.record, reader),
        ),
        table=table_page(
            rows.standing().order_by("-happened_to"), COLUMNS, params, build=build, name="points"
        ),
        earlier=table_page(
            gone.order_by("-superseded_at"),
            EARLIER,
            params,
            build=lambda row: _earlier_row(row, initiative),
            name="earlier",
        ),
        add_href=address(reader, "measures:add_reading", series.pk) if change else "",
    )


def _standing_row(row: Reading, initiative: Initiative) -> dict[str, object]:
    return {
        "when": date_words(row.when),
        "value": _value(row),
        "note": row.note or row.because or _("nothing"),
        "source": source_link(row.source),
        "recorded": initiative.today(row.recorded_at),
    }


def _correct(row: Reading, reader: Reader) -> TextLink:
    return TextLink(
        _("Correct %s") % date_words(row.when), address(reader, "measures:correct", row.pk)
    )


def _earlier_row(row: Reading, initiative: Initiative) -> dict[str, object]:
    until = row.superseded_at
    return {
        "when": date_words(row.when),
        "value": _value(row),
        "recorded": initiative.today(row.recorded_at),
        "until": initiative.today(until) if until else "",
    }


def _value(row: Reading) -> str:
    return number_words(row.value) if row.value is not None else row.get_gap_display()


def _terms(series: Series) -> tuple[Term, ...]:
    organisation = series.organisation
    shown = (
        Term(_("Who gives the values"), organisation.canonical.name if organisation else ""),
        Term(_("Who may see them"), series.record.get_visibility_display()),
        Term(_("Unit"), series.measure.unit),
        Term(_("Shown first"), _first_words(series)),
    )
    return tuple(term for term in shown if term.value)


def _first_words(series: Series) -> str:
    if not series.shown_first:
        return ""
    return series.first_because or _("yes, as the first one that was opened")


def _steps(series: Series, reader: Reader, *, change: bool) -> tuple[Step, ...]:
    if series.record.withdrawn:
        return ()
    steps = []
    if change:
        steps += [
            Step(
                _("Add a data point"),
                address(reader, "measures:add_reading", series.pk),
                first=True,
            ),
            Step(_("Change what it says"), address(reader, "measures:edit_series", series.pk)),
            Step(_("Choose who may see them"), address(reader, "measures:share", series.pk)),
        ]
    if reader.may("measures.lead") and not series.shown_first:
        steps.append(
            Step(_("Show this source first"), address(reader, "measures:show_first", series.pk))
        )
    return (
        *steps,
        *withdraw_step(series.record, reader, "measures:withdraw_series", may=change),
    )


def visible_readings(initiative: Initiative, reader: Reader) -> ReadingQuerySet:
    """The data points that stand and that the reader may see."""
    rows = Reading.objects.standing().filter(
        series__record__initiative=initiative,
        series__record__withdrawn_at__isnull=True,
        series__measure__record__withdrawn_at__isnull=True,
    )
    return (
        rows.visible_to(reader.readers)
        .exclude(gap=Reading.Gap.WITHDRAWN)
        .select_related("series__record", "series__measure__record", "source")
    )


def reading_rows(
    initiative: Initiative, reader: Reader, measure: Measure | None = None
) -> Iterator[tuple[str, ...]]:
    """Every data point with its groups, as a table file tells it; hidden numbers stay hidden."""
    rows = visible_readings(initiative, reader)
    if measure is not None:
        rows = rows.filter(series__measure=measure)
    ordered = rows.order_by(
        "series__measure__record__title", "series__record__title", "happened_to"
    )
    for row in ordered.prefetch_related("cells").iterator(chunk_size=500):
        yield _row(row, "", "", row.value, row.get_gap_display() if row.gap else "")
        for cell in row.cells.all():
            hidden = Reading.Gap.HIDDEN.label if cell.hidden else ""
            yield _row(row, cell.dimension, cell.group, cell.value, str(hidden))


def _row(
    row: Reading, dimension: str, group: str, value: Decimal | None, gap: str
) -> tuple[str, ...]:
    source = source_words(row.source)
    reason = row.note if row.gap == Reading.Gap.NOT_COUNTED else gap
    return (
        row.series.measure.name,
        row.date_as_said or str(row.when or ""),
        "" if value is None else plain(value),
        row.series.name,
        dimension,
        group,
        "",
        reason if value is None else "",
        row.note if value is not None else "",
        source,
        row.provenance,
        row.recorded_at.isoformat(),
    )


def plain(value: Decimal) -> str:
    """A number as programs read it, without empty decimals.

    >>> plain(Decimal("2984.0000")), plain(Decimal("12.5000")), plain(Decimal(500))
    ('2984', '12.5', '500')

    """
    return f"{value.normalize():f}"
