"""Tables of results as the pages show them: what was read, and what it would be worked out from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.accounts.models import Job
from headway.commitments.formats.action_plan import Sheet
from headway.commitments.queries.brought import (
    PROBLEM_COLUMNS,
    TROUBLE_WORDS,
    kept_problems,
    not_kept_words,
    take_table,
    work_on,
)
from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.numbers import number_words
from headway.core.progress import Progress
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader
from headway.pilots.formats import results_table
from headway.pilots.formats.results_table import Results
from headway.pilots.models import Pilot, ResultsFile
from headway.pilots.queries.cautions import refusal_words
from headway_analysis.experiment.rows import Observation

State = ResultsFile.State
Report = Callable[[int, int], None] | None
MOST_ROWS: Final = 100_000
COLUMN_WORDS: dict[str, Message] = {
    "": gettext_lazy("(not read)"),
    "outcome": gettext_lazy("the outcome, as a number"),
    "treated": gettext_lazy("with it (1) or without it (0)"),
    "unit": gettext_lazy("which unit, like a site or a code"),
    "time": gettext_lazy("when"),
    "covariate": gettext_lazy("known before, as a number"),
}
PROBLEM_WORDS: dict[str, Promise] = {
    **TROUBLE_WORDS,
    "client_column": gettext_lazy(
        "The column “%(column)s” would tell who somebody is. Take names, birth dates, addresses"
        " and numbers of clients out before you bring the file; a code of your own is enough."
    ),
    "client_value": gettext_lazy(
        "The column “%(column)s” holds what looks like a Social Security number. Take it out."
    ),
    "broken_sign": gettext_lazy("The column “%(column)s” holds signs that cannot be kept."),
    "missing_column": gettext_lazy("No column was recognized as: %(column)s. Choose one below."),
    "not_a_number": gettext_lazy("“%(value)s” is no number; it counts as missing."),
    "not_yes_or_no": gettext_lazy("“%(value)s” is neither 1 nor 0; it counts as missing."),
    "broken_row": gettext_lazy("The row cannot be read. It is left out."),
    "empty": gettext_lazy("No row was found below a heading. Choose another file."),
    "too_many_rows": gettext_lazy("A table may have 100,000 rows. Split it into several files."),
}


@dataclass(frozen=True)
class Looked:
    """A file that was looked over: its table, what it says, and whether it can be used."""

    sheet: Sheet
    results: Results | None
    trouble: str = ""

    @property
    def refused(self) -> bool:
        """Whether nothing of it may be kept."""
        return bool(self.trouble) or self.results is None or self.results.refused

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The rows."""
        return self.results.rows if self.results else ()

    def counts(self) -> dict[str, int]:
        """How many rows there are, and how many of them can be used."""
        rows = self.observations
        used = [row for row in rows if row.outcome is not None and row.treated is not None]
        units = {row.unit for row in used if row.unit is not None}
        return {
            "rows": len(rows),
            "with_it": sum(bool(row.treated) for row in used),
            "without_it": sum(not row.treated for row in used),
            "left_out": len(rows) - len(used),
            "units": len(units),
        }

    @property
    def mapping(self) -> tuple[str, ...]:
        """What each column means."""
        return self.results.mapping if self.results else ()

    def problem_list(self, most: int) -> list[list[object]]:
        """The problems as they are kept, at most so many."""
        return kept_problems(self.trouble, self.results.problems if self.results else (), most)


def looked_over(
    raw: bytes, file_name: str = "", mapping: Sequence[str] | None = None, report: Report = None
) -> Looked:
    """Look a file over, whatever program wrote it; what calls itself a workbook has to be one."""
    taken = take_table(raw, file_name, MOST_ROWS)
    if taken.trouble:
        known = taken.trouble in PROBLEM_WORDS
        return Looked(taken.sheet, None, taken.trouble if known else "binary")
    total = len(taken.sheet.rows)

    def tell(done: int) -> None:
        if report is not None:
            report(done, total)

    return Looked(taken.sheet, results_table.read(taken.sheet, mapping, tell))


def read_all(file: ResultsFile, report: Report = None) -> Looked:
    """Read a whole kept table, with the meaning of its columns where it was chosen."""
    return looked_over(bytes(file.raw), file.file_name, file.mapping or None, report)


def finding_words(counts: Mapping[str, int]) -> str:
    """What was found when a table was looked over: "1,200 rows"."""
    rows = counts.get("rows", 0)
    return ngettext("%(count)s row", "%(count)s rows", rows) % {"count": number_words(rows)}


@dataclass(frozen=True)
class ResultsPage:
    """The tables brought along so far, above the form for another."""

    title: str
    lead: str
    pilot: str
    pilot_href: str
    enter_href: str
    table: TablePage


@dataclass(frozen=True)
class ResultsFilePage:
    """What a table says, how its columns are read, and how far its working out is."""

    title: str
    kicker_href: str
    pilot: str
    pilot_href: str
    state: str
    is_open: bool
    refused: str
    trouble: str
    terms: tuple[Term, ...]
    progress: Progress | None
    problems: TablePage
    work_out_href: str


FILE_COLUMNS = (
    Column("file", gettext_lazy("File"), sort="file_name"),
    Column("when", gettext_lazy("Brought along"), sort="uploaded_at"),
    Column("rows", gettext_lazy("Rows"), numeric=True),
    Column("state", gettext_lazy("State"), sort="state"),
)


def results_page(pilot: Pilot, reader: Reader, params: QueryDict) -> ResultsPage:
    """The tables brought along for a pilot, newest first."""
    rows = ResultsFile.objects.filter(pilot=pilot).defer("raw", "sheet", "problems")
    initiative = pilot.record.initiative

    def build(row: ResultsFile) -> dict[str, object]:
        return {
            "file": TextLink(row.file_name, address(reader, "pilots:results_file", row.pk)),
            "when": initiative.today(row.uploaded_at),
            "rows": row.counts.get("rows"),
            "state": row.get_state_display(),
        }

    return ResultsPage(
        title=_("Work out results from a file"),
        lead=_("One row for each observation: the outcome, and whether it was with what is tried."),
        pilot=pilot.record.title,
        pilot_href=address(reader, "pilots:pilot", pilot.pk),
        enter_href=address(reader, "pilots:record_finding", pilot.pk),
        table=table_page(rows.order_by("-uploaded_at"), FILE_COLUMNS, params, build=build),
    )


def results_file_page(file: ResultsFile, reader: Reader, params: QueryDict) -> ResultsFilePage:
    """One table with its counts, its problems, and what comes next."""
    waiting = file.state == State.READ
    ready = waiting and {"outcome", "treated"} <= set(file.mapping)
    return ResultsFilePage(
        title=file.file_name,
        kicker_href=address(reader, "pilots:results", file.pilot_id),
        pilot=file.pilot.record.title,
        pilot_href=address(reader, "pilots:pilot", file.pilot_id),
        state=str(file.get_state_display()),
        is_open=waiting,
        refused=not_kept_words(file),
        trouble=_trouble(file),
        terms=tuple(_terms(file.counts)),
        progress=work_on(file) if file.state != State.READ else None,
        problems=table_page(
            file.problems, PROBLEM_COLUMNS, params, build=_problem, name="problems"
        ),
        work_out_href=address(reader, "pilots:work_out", file.pk) if ready else "",
    )


def _trouble(file: ResultsFile) -> str:
    """Why a table was not worked out, and what to do: as the analysis says it, or the worker."""
    if file.trouble:
        return _("It cannot be worked out so: %(why)s") % {"why": refusal_words(file.trouble)}
    stopped = file.state == State.READ and file.job and file.job.state == Job.State.FAILED
    return file.job.finding if file.job and stopped else ""


def _terms(counts: Mapping[str, int]) -> list[Term]:
    """How many rows there are, and what becomes of them."""
    if not counts:
        return []
    named = {
        "rows": _("Rows"),
        "with_it": _("With it"),
        "without_it": _("Without it"),
        "left_out": _("Left out, because outcome or treatment is missing"),
        "units": _("Units"),
    }
    return [Term(words, number_words(counts.get(name, 0))) for name, words in named.items()]


def _problem(kept: Sequence[Any]) -> dict[str, object]:
    row, column, code, value = kept
    name = COLUMN_WORDS.get(str(column), column)
    words = PROBLEM_WORDS.get(str(code), PROBLEM_WORDS["broken_row"])
    return {
        "row": row or "",
        "column": name if column else "",
        "words": str(words) % {"column": name, "value": value},
    }
