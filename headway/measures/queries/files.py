"""Tables of data points as the pages show them: how they read, and what they would make."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.commitments.formats.action_plan import Sheet
from headway.commitments.queries.brought import (
    FILE_COLUMNS,
    PROBLEM_COLUMNS,
    TROUBLE_WORDS,
    kept_problems,
    not_kept_words,
    sheet_of,
    take_table,
    work_on,
)
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.numbers import number_words
from headway.core.progress import Progress
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.directory.formats.problem import Code, Problem
from headway.directory.queries.import_words import problem_words
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader
from headway.measures.formats import readings_table
from headway.measures.formats.readings_table import PointGroup, Points
from headway.measures.models import Measure, ReadingsFile

State = ReadingsFile.State
MOST_ROWS: Final = 100_000
COLUMN_WORDS: dict[str, Message] = {
    "": gettext_lazy("(not read)"),
    "when": gettext_lazy("when"),
    "value": gettext_lazy("the number"),
    "series": gettext_lazy("where it comes from"),
    "dimension": gettext_lazy("split by"),
    "group": gettext_lazy("group"),
    "people": gettext_lazy("of how many people"),
    "not_counted": gettext_lazy("why nothing was counted"),
    "note": gettext_lazy("what makes it hard to compare"),
    "source": gettext_lazy("source"),
}
OWN_WORDS: dict[str, Promise] = {
    **TROUBLE_WORDS,
    "no_when": gettext_lazy("The row does not say when. It is left out."),
    "ahead": gettext_lazy("Choose a time that has begun: this one lies ahead."),
    "not_a_number": gettext_lazy("“%(value)s” is no number. Enter it like 2984 or 12.5."),
    "too_great": gettext_lazy("“%(value)s” is too great a number."),
    "no_value": gettext_lazy("There is no number. Enter it, or why nothing was counted."),
    "no_total": gettext_lazy("“%(value)s” has no row for the whole at that time. Add one."),
    "no_split": gettext_lazy("Name both the group and by what it splits (“%(value)s”)."),
    "says_both": gettext_lazy("There is a number and a reason for none (“%(value)s”). Keep one."),
    "twice": gettext_lazy("Row %(value)s says the same time already. This one is left out."),
    "not_people": gettext_lazy("“%(value)s” is no number of people. Enter it like 120."),
    "too_many_rows": gettext_lazy("A table may have 100,000 rows. Split it into several files."),
    "client_column": gettext_lazy(
        "The column “%(column)s” would tell who somebody is. Only totals may be brought in: take"
        " the column out and count before you bring it."
    ),
}


@dataclass(frozen=True)
class Looked:
    """A file that was looked over: its table, what it says, and whether it can be used."""

    sheet: Sheet
    found: Points | None
    trouble: str = ""

    @property
    def refused(self) -> bool:
        """Whether nothing of it can be used."""
        return bool(self.trouble) or self.found is None or self.found.refused

    @property
    def mapping(self) -> tuple[str, ...]:
        """What each column means."""
        return self.found.mapping if self.found else ()

    def counts(self) -> dict[str, int]:
        """The first finding, to be kept."""
        points = self.found.points if self.found else ()
        return {
            "points": len(points),
            "groups": sum(len(each.parts) for each in points),
            "gaps": sum(each.whole.value is None for each in points),
        }

    def problem_list(self, most: int) -> list[list[object]]:
        """The problems as they are kept, at most so many."""
        return kept_problems(self.trouble, self.found.problems if self.found else (), most)


def read_bytes(
    raw: bytes,
    file_name: str = "",
    *,
    mapping: Sequence[str] | None = None,
    today: date | None = None,
    report: Callable[[int, int], None] | None = None,
) -> Looked:
    """Look a file over, whatever program wrote it; a time after today is a problem.

    Args:
        raw: the bytes of the file.
        file_name: what it is called, to say better what is wrong with it.
        mapping: what each column means; None for a guess.
        today: a time that begins later is a problem; None looks at no time.
        report: is told how many rows of how many were read.

    """
    taken = take_table(raw, file_name, MOST_ROWS)
    if taken.trouble:
        return Looked(taken.sheet, None, taken.trouble)
    total = len(taken.sheet.rows)

    def tell(done: int) -> None:
        if report is not None:
            report(done, total)

    return Looked(taken.sheet, readings_table.read(taken.sheet, mapping, today=today, report=tell))


def point_problem_words(column: str, code: str, value: str) -> str:
    """What is to be done about a problem of a table."""
    own = OWN_WORDS.get(code)
    if own is not None:
        return str(own) % {"value": value, "column": column}
    return problem_words(Problem(0, column, cast("Code", code), value))


def finding_words(counts: Mapping[str, int]) -> str:
    """The first finding: "17 data points, 1 of them not counted"."""
    points, gaps = counts.get("points", 0), counts.get("gaps", 0)
    if not points:
        return _("No data point was found.")
    found = ngettext("%(count)s data point", "%(count)s data points", points) % {
        "count": number_words(points)
    }
    if not gaps:
        return found
    return _("%(found)s, %(gaps)s of them not counted") % {"found": found, "gaps": gaps}


@dataclass(frozen=True)
class FilesPage:
    """The tables brought along so far, above the form for another."""

    title: str
    lead: str
    table: TablePage
    measure: str
    measure_href: str


@dataclass(frozen=True)
class FilePage:
    """What a table says, how its columns are read, and what it would make."""

    title: str
    kicker_href: str
    finding: str
    state: str
    is_open: bool
    refused: str
    made: str
    progress: Progress | None
    problems: TablePage
    preview: TablePage
    bring_in_href: str
    measure: str
    measure_href: str


PREVIEW_COLUMNS = (
    Column("row", gettext_lazy("Row"), numeric=True),
    Column("when", gettext_lazy("When")),
    Column("value", gettext_lazy("Number"), numeric=True),
    Column("series", gettext_lazy("Where it comes from")),
    Column("groups", gettext_lazy("Groups"), numeric=True),
    Column("source", gettext_lazy("Source")),
)


def files_page(measure: Measure, reader: Reader, params: QueryDict) -> FilesPage:
    """The tables brought along for a measure, newest first."""
    rows = ReadingsFile.objects.filter(measure=measure).defer("raw", "sheet", "problems")
    initiative = measure.record.initiative

    def build(row: ReadingsFile) -> dict[str, object]:
        return {
            "file": TextLink(row.file_name, address(reader, "measures:file", row.pk)),
            "when": initiative.today(row.uploaded_at),
            "finding": finding_words(row.counts) if row.counts else "",
            "state": row.get_state_display(),
        }

    return FilesPage(
        title=_("Bring in data points"),
        lead=_("A table with one row for each time: when, and how many. Totals only, no persons."),
        table=table_page(rows.order_by("-uploaded_at"), FILE_COLUMNS, params, build=build),
        measure=measure.name,
        measure_href=address(reader, "measures:measure", measure.pk),
    )


def file_page(file: ReadingsFile, reader: Reader, params: QueryDict, *, own: bool) -> FilePage:
    """One table with its first finding, its problems and the first rows as they are read.

    Nothing of the rows is hidden yet: whoever did not bring the table is not shown them.
    """
    waiting = file.state == State.READ
    points = preview_of(file, reader.today) if waiting and own else ()
    count = file.counts.get("points", 0)
    made = ngettext("%s data point is new.", "%s data points are new.", file.counts.get("made", 0))
    bring_in = address(reader, "measures:bring_in", file.pk) if waiting and count else ""
    return FilePage(
        title=file.file_name,
        kicker_href=address(reader, "measures:files", file.measure_id),
        finding=finding_words(file.counts) if file.counts else "",
        state=file.get_state_display(),
        is_open=waiting,
        refused=not_kept_words(file),
        made=made % number_words(file.counts["made"]) if "made" in file.counts else "",
        progress=work_on(file),
        problems=table_page(
            file.problems, PROBLEM_COLUMNS, params, build=_problem, name="problems"
        ),
        preview=table_page(points, PREVIEW_COLUMNS, params, build=_point, name="preview", size=20),
        bring_in_href=bring_in,
        measure=file.measure.name,
        measure_href=address(reader, "measures:measure", file.measure_id),
    )


def preview_of(file: ReadingsFile, today: date) -> tuple[PointGroup, ...]:
    """The first data points of a table that waits."""
    return readings_table.read(sheet_of(file.sheet), file.mapping, today=today).points


def _problem(kept: Sequence[Any]) -> dict[str, object]:
    row, column, code, value = kept
    return {
        "row": row or "",
        "column": COLUMN_WORDS.get(str(column), column),
        "words": point_problem_words(str(column), str(code), str(value)),
    }


def _point(point: PointGroup) -> dict[str, object]:
    whole = point.whole
    shown = number_words(whole.value) if whole.value is not None else whole.not_counted
    return {
        "row": whole.row,
        "when": date_words(whole.when),
        "value": shown,
        "series": whole.series or _("the table itself"),
        "groups": len(point.parts),
        "source": whole.source or _("the table itself"),
    }


def read_all(
    file: ReadingsFile, today: date, report: Callable[[int, int], None] | None = None
) -> Looked:
    """Read a whole kept table, with the meaning of its columns where it was chosen."""
    mapping = file.mapping or None
    return read_bytes(bytes(file.raw), file.file_name, mapping=mapping, today=today, report=report)
