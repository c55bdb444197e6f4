"""Tables that somebody brings along, of whatever program: what every kind of them shares."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Job
from headway.accounts.queries.jobs import job_progress
from headway.commitments.formats import action_plan, workbook
from headway.commitments.formats.action_plan import PlanProblem, Sheet, words
from headway.commitments.models.brought import BroughtFile, BroughtState
from headway.core.progress import Progress
from headway.core.tables import Column
from headway.directory.formats.encoding import Decoded, decode
from headway.directory.formats.problem import short
from headway.directory.formats.table import looks_like_a_person

NOTHING = Sheet((), ())
# As far a heading is looked for, with whatever title stands above it.
HEAD_ROWS, HEAD_SIGNS = action_plan.HEADING_WITHIN + 1, 100_000
# No table has these signs: the file is a picture, a program or a workbook that broke.
NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
TROUBLE_WORDS: dict[str, Promise] = {
    "binary": gettext_lazy("This is neither a table nor a workbook. Choose a CSV or XLSX file."),
    "old_workbook": gettext_lazy("This is a workbook of the old kind. Save it as XLSX or CSV."),
    "not_a_workbook": gettext_lazy("The workbook cannot be opened. Save it as XLSX or CSV again."),
    "locked": gettext_lazy("The workbook is locked by a password. Save it without one."),
    "too_large": gettext_lazy("The workbook is too large. Save the one sheet as CSV."),
    "empty_workbook": gettext_lazy("No sheet holds anything. Choose another file."),
}
FILE_COLUMNS = (
    Column("file", gettext_lazy("File"), sort="file_name"),
    Column("when", gettext_lazy("Brought along"), sort="uploaded_at"),
    Column("finding", gettext_lazy("First finding")),
    Column("state", gettext_lazy("State"), sort="state"),
)
PROBLEM_COLUMNS = (
    Column("row", gettext_lazy("Row"), numeric=True),
    Column("column", gettext_lazy("Column")),
    Column("words", gettext_lazy("What to know or mend")),
)


class Problem(Protocol):
    """One thing to mend in a table, with its place."""

    @property
    def row(self) -> int:
        """The row as a spreadsheet counts it."""

    @property
    def column(self) -> str:
        """Its column."""

    @property
    def code(self) -> str:
        """What is wrong."""

    @property
    def value(self) -> str:
        """What stands there."""


@dataclass(frozen=True)
class Taken:
    """The table of a file, or why there is none."""

    sheet: Sheet = NOTHING
    trouble: str = ""


def take_table(raw: bytes, file_name: str, most_rows: int) -> Taken:
    """The table of a file, whatever program wrote it; a workbook by its name has to be one."""
    if workbook.looks_like_a_workbook(raw):
        book = workbook.read(raw, most_rows)
        if book.trouble:
            return Taken(trouble={"empty": "empty_workbook"}.get(book.trouble, book.trouble))
        return Taken(action_plan.sheet_of(book.rows))
    decoded = decode(raw)
    trouble = _trouble(decoded, file_name)
    if trouble:
        return Taken(trouble=trouble)
    sheet = action_plan.read_csv(decoded.text)
    return Taken(trouble="too_many_rows") if len(sheet.rows) > most_rows else Taken(sheet)


def _trouble(decoded: Decoded, file_name: str) -> str:
    """Why a text is no table; empty where it may be one."""
    stops = [each.code for each in decoded.problems if each.stops_file]
    if stops:
        return stops[0]
    if NO_TEXT.search(decoded.text):
        return "binary"
    return "not_a_workbook" if file_name.lower().endswith(".xlsx") else ""


def kept_problems(trouble: str, problems: Iterable[Problem], most: int) -> list[list[object]]:
    """The problems as they are kept, that of the whole file first, at most so many."""
    whole: list[list[object]] = [[0, "", trouble, ""]] if trouble else []
    found: list[list[object]] = [[p.row, p.column, p.code, p.value] for p in problems]
    return [*whole, *found][:most]


def telling_columns(raw: bytes) -> list[PlanProblem]:
    """The columns that would tell who somebody is by their headings, before anything is kept.

    Only the beginning is read, however long the table is.
    """
    if workbook.looks_like_a_workbook(raw):
        head = action_plan.sheet_of(workbook.read(raw, HEAD_ROWS, cut=True).rows)
    else:
        head = action_plan.read_csv(decode(raw).text[:HEAD_SIGNS])
    headings = [words(cell) for cell in head.heading]
    return [
        PlanProblem(head.heading_row, short(heading), "client_column")
        for heading in headings
        if looks_like_a_person(heading)
    ]


def forgotten_words() -> str:
    """That a table was emptied because nothing came of it, and what to do."""
    return _("This file was not used in time, so its rows were deleted. Choose it again.")


def not_kept_words(file: BroughtFile) -> str:
    """Why nothing of a table is kept, and what to do; empty where it is kept or was used."""
    if file.state != BroughtState.REFUSED:
        return ""
    # What was looked over and refused has a problem at least.
    if not file.problems:
        return forgotten_words()
    return _("No row of this file is kept. Mend what stands below and choose it again.")


def work_on(file: BroughtFile) -> Progress | None:
    """How far the work on a table is, or that it stopped; nothing once it came to its end."""
    if file.job is None or file.state in {BroughtState.DONE, BroughtState.REFUSED}:
        return None
    return None if file.job.state == Job.State.DONE else job_progress(file.job)


def kept_sheet(sheet: Sheet) -> dict[str, object]:
    """A table as it is kept until it is confirmed."""
    return {
        "heading": [words(cell) for cell in sheet.heading],
        "rows": [[words(cell) for cell in row] for row in sheet.rows],
        "heading_row": sheet.heading_row,
        "problems": [[each.row, each.column, each.code, each.value] for each in sheet.problems],
    }


def sheet_of(kept: Mapping[str, Any]) -> Sheet:
    """A kept table."""
    return Sheet(
        tuple(kept.get("heading", ())),
        tuple(tuple(row) for row in kept.get("rows", ())),
        int(kept.get("heading_row", 1)),
        tuple(PlanProblem(*each) for each in kept.get("problems", ())),
    )
