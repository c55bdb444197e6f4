"""From when on the diagnosis says something, what the initiative made of it, and its arguments."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.diagnosis.models import ConditionStatement, Threshold
from headway.diagnosis.queries.words import CONDITIONS, threshold_label
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import DetailPage, Passage, Step, address, beside, if_may
from headway.initiatives.reader import Reader
from headway_analysis.diagnosis import DEFAULT, NAMES

COLUMNS = (
    Column("name", gettext_lazy("Threshold")),
    Column("value", gettext_lazy("Now"), numeric=True),
    Column("usual", gettext_lazy("Usually"), numeric=True),
    Column("argument", gettext_lazy("Argument")),
    Column("argue", gettext_lazy("Change it")),
)
HEADING = ("threshold", "value", "usual value", "argument", "since")


@dataclass(frozen=True)
class ThresholdsPage:
    """Every threshold with its value and the argument for it."""

    title: str
    lead: str
    table: TablePage
    export_href: str
    home_href: str


@dataclass(frozen=True)
class Line:
    """One threshold: what counts now, and the row that set it."""

    name: str
    value: int
    usual: int
    row: Threshold | None


def visible_thresholds(initiative: Initiative, reader: Reader) -> QuerySet[Threshold]:
    """What was set, the last one first."""
    found = Threshold.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related("record").newest_first()


def lines(initiative: Initiative, reader: Reader) -> tuple[Line, ...]:
    """All thresholds in their order; one question."""
    own: dict[str, Threshold] = {}
    for row in visible_thresholds(initiative, reader):
        own.setdefault(row.name, row)
    return tuple(
        Line(
            name,
            own[name].value if name in own else getattr(DEFAULT, name),
            getattr(DEFAULT, name),
            own.get(name),
        )
        for name in NAMES
    )


def thresholds_page(initiative: Initiative, reader: Reader, params: QueryDict) -> ThresholdsPage:
    """The list of thresholds."""

    def row(line: Line) -> dict[str, object]:
        href = address(reader, "diagnosis:threshold", line.row.pk) if line.row else ""
        argue = if_may(reader, "diagnosis.argue", "diagnosis:argue", line.name)
        return {
            "name": threshold_label(line.name),
            "value": line.value,
            "usual": line.usual,
            "argument": TextLink(line.row.argument, href) if line.row else _("as usual"),
            "argue": TextLink(_("Argue with it"), argue) if argue else "",
        }

    return ThresholdsPage(
        title=_("Thresholds"),
        lead=_("They are prompts, not verdicts. Change one where you can say why."),
        table=table_page(lines(initiative, reader), COLUMNS, params, build=row),
        export_href=address(reader, "diagnosis:thresholds_csv"),
        home_href=address(reader, "diagnosis:leadership"),
    )


def threshold_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """The thresholds as rows of a table file."""
    for line in lines(initiative, reader):
        since = initiative.today(line.row.record.recorded_at).isoformat() if line.row else ""
        argument = line.row.argument if line.row else ""
        yield threshold_label(line.name), str(line.value), str(line.usual), argument, since


def threshold_page(row: Threshold, reader: Reader) -> DetailPage:
    """One threshold as somebody set it."""
    argue = if_may(reader, "diagnosis.argue", "diagnosis:argue", row.name)
    return DetailPage(
        title=f"{threshold_label(row.name)}: {row.value}",
        kicker=_("Thresholds"),
        kicker_href=address(reader, "diagnosis:thresholds"),
        passages=(Passage(_("Argument"), row.argument),),
        steps=(Step(_("Argue with it"), argue),) if argue else (),
        **beside(row.record, reader),
    )


def stated_page(row: ConditionStatement, reader: Reader) -> DetailPage:
    """What somebody stated of a condition."""
    label = next((words for key, words in CONDITIONS.items() if key == row.condition), "")
    return DetailPage(
        title=row.record.title,
        kicker=label,
        kicker_href=address(reader, "diagnosis:conditions"),
        state="met" if row.verdict == ConditionStatement.Verdict.MET else "not_needed",
        state_label=row.get_verdict_display(),
        passages=(Passage(_("Where it can be read"), row.told_by),),
        **beside(row.record, reader),
    )
