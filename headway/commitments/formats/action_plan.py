"""An action plan that somebody has in a spreadsheet: what was to be done, by whom, and how far."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from headway.commitments.formats.plan_words import (
    COLUMNS,
    Status,
    column_like,
    column_of,
    due_of,
    has_no_date,
    is_stated,
    status_of,
    why_in,
)
from headway.core.spreadsheets import unguarded, write_rows
from headway.directory.formats.cells import title_and_address
from headway.directory.formats.problem import Code, short
from headway.directory.formats.table import (
    DELIMITERS,
    cell_problem,
    looks_like_client_data,
)
from headway_analysis.partial_date import PartialDate
from headway_analysis.similarity import fold

__all__ = [
    "COLUMNS",
    "ActionRow",
    "Cell",
    "Finding",
    "Plan",
    "PlanProblem",
    "Sheet",
    "Status",
    "guess_mapping",
    "read",
    "read_csv",
    "sheet_of",
    "write",
]

Cell = str | int | float | date | datetime | bool | None
PlanCode = Code | Literal["no_action", "not_a_status", "no_reason"]
LONGEST = {
    "goal": 500,
    "recommendation": 2_000,
    "action": 2_000,
    "owner": 500,
    "due": 120,
    "status": 500,
    "reason": 2_000,
    "source": 1_500,
    "notes": 5_000,
}
NOTES: frozenset[PlanCode] = frozenset({"unknown_column", "not_a_status", "no_reason"})
WHOLE_FILE: frozenset[PlanCode] = frozenset({"client_column", "missing_column", "empty"})
# The heading may stand below a title.
HEADING_WITHIN = 15
WRITTEN: Mapping[Status, str] = {
    "not_started": "not started",
    "under_way": "under way",
    "kept": "kept",
    "late": "late",
    "not_going_ahead": "not going ahead",
    "not_recorded": "",
}
EXAMPLE = "recommendation,action,owner,due,status,source"


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """One thing to mend: the row as a spreadsheet counts it, its column, the value."""

    row: int
    column: str
    code: PlanCode
    value: str = ""

    @property
    def is_note(self) -> bool:
        """Whether it only tells something and the row is kept as it is."""
        return self.code in NOTES

    @property
    def stops_file(self) -> bool:
        """Whether nothing of the file can be used."""
        return self.code in WHOLE_FILE


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands in its file, with the number of its heading's row."""

    heading: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading_row: int = 1
    problems: tuple[PlanProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as the plan tells it.

    Attributes:
        owner: as it stands there; empty where `owner_stated` is False.
        due: None where the plan says no date, or one that cannot be read.
        reason: why it is not going ahead.

    """

    action: str
    goal: str = ""
    recommendation: str = ""
    owner: str = ""
    due: PartialDate | None = None
    due_said: str = ""
    status: Status = "not_recorded"
    status_said: str = ""
    reason: str = ""
    source: str = ""
    source_url: str = ""
    notes: str = ""
    row: int = field(default=0, compare=False)

    @property
    def owner_stated(self) -> bool:
        """Whether the plan says who does it."""
        return self.owner != ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What strikes at first sight: "9 of 30 actions have no stated owner"."""

    actions: int
    without_owner: int
    without_due: int
    by_status: Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that was read, with every problem and its place."""

    mapping: tuple[str, ...]
    rows: tuple[ActionRow, ...]
    problems: tuple[PlanProblem, ...]
    finding: Finding


def read_csv(text: str) -> Sheet:
    """The table of a CSV file, parted by commas, semicolons or tabs."""
    rows: list[tuple[Cell, ...]] = []
    problems: list[PlanProblem] = []
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        try:
            cells = next(lines, None)
        except csv.Error:
            problems.append(PlanProblem(len(rows) + 1, "", "broken_row"))
            rows.append(())
            continue
        if cells is None:
            return sheet_of(rows, tuple(problems))
        rows.append(tuple(unguarded(cell) for cell in cells))


def _delimiter(text: str) -> str:
    begin = text.lstrip("\ufeff").lstrip().split("\n", HEADING_WITHIN)[:HEADING_WITHIN]
    return max(DELIMITERS, key="".join(begin).count)


def sheet_of(rows: Sequence[tuple[Cell, ...]], problems: tuple[PlanProblem, ...] = ()) -> Sheet:
    """The table that stands in some rows, its heading below whatever title there is."""
    known = [sum(bool(column_of(words(cell))) for cell in row) for row in rows[:HEADING_WITHIN]]
    filled = next((at for at, row in enumerate(rows) if any(map(words, row))), 0)
    place = known.index(max(known)) if known and max(known) > 1 else filled
    heading = tuple(rows[place]) if rows else ()
    return Sheet(heading, tuple(map(tuple, rows[place + 1 :])), place + 1, problems)


def words(cell: Cell) -> str:
    """A cell as text: days without their hour, whole numbers without a point.

    >>> words(datetime(2026, 3, 20)), words(3.0)
    ('2026-03-20', '3')

    """
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").strip()


def guess_mapping(heading: Sequence[Cell]) -> tuple[str, ...]:
    """The column that each heading means, or nothing; no column twice.

    >>> guess_mapping(["Goal", "Recommendation or action", "Lead agency", "Colour"])
    ('goal', 'action', 'owner', '')

    """
    found = [""] * len(heading)
    for guess in (column_of, column_like):
        for place, cell in enumerate(heading):
            name = "" if found[place] else guess(words(cell))
            if name and name not in found:
                found[place] = name
    return tuple(found)


def read(sheet: Sheet, mapping: Sequence[str] | None = None) -> Plan:
    """Read everything that can be read; a sheet with data about clients is not read at all.

    Args:
        sheet: the table.
        mapping: one of COLUMNS or nothing for each heading; None for a guess.

    Raises:
        ValueError: where the mapping names an unknown column, or one twice.

    """
    named = _checked(mapping if mapping is not None else guess_mapping(sheet.heading))
    problems = [*sheet.problems, *_heading_problems(sheet, named)]
    rows: list[ActionRow] = []
    if not any(problem.stops_file for problem in problems):
        for number, cells in enumerate(sheet.rows, start=sheet.heading_row + 1):
            row, found = _row(number, cells, named)
            problems += found
            rows += [row] if row else []
        rows, doubles = _once(rows)
        problems += doubles
    return Plan(named, tuple(rows), tuple(problems), finding(rows))


def _checked(mapping: Sequence[str]) -> tuple[str, ...]:
    used = [name for name in mapping if name]
    unknown = sorted(set(used) - set(COLUMNS))
    if unknown or len(used) != len(set(used)):
        raise ValueError(f"columns must be of {COLUMNS}, each once, got {tuple(mapping)}")
    return tuple(mapping)


def _heading_problems(sheet: Sheet, named: tuple[str, ...]) -> Iterator[PlanProblem]:
    headings = [words(cell) for cell in sheet.heading]
    if not any(headings):
        yield PlanProblem(0, "", "empty")
        return
    for place, heading in enumerate(headings):
        if looks_like_client_data(heading):
            yield PlanProblem(sheet.heading_row, short(heading), "client_column")
        elif heading and (place >= len(named) or not named[place]):
            yield PlanProblem(sheet.heading_row, short(heading), "unknown_column")
    if "action" not in named and "recommendation" not in named:
        yield PlanProblem(sheet.heading_row, "action", "missing_column", EXAMPLE)


def _row(
    number: int, cells: Sequence[Cell], named: tuple[str, ...]
) -> tuple[ActionRow | None, list[PlanProblem]]:
    """One action, or None where the row holds none; with what is wrong in it."""
    found, problems = _cells(number, cells, named)
    if any(problem.code == "client_value" for problem in problems) or not found:
        return None, problems
    action = found.get("action") or found.get("recommendation", "")
    if not action:
        said = next(iter(found.values()))
        return None, [*problems, PlanProblem(number, "action", "no_action", short(said))]
    status_said, due_said = found.get("status", ""), found.get("due", "")
    status, due = status_of(status_said), due_of(due_said) if due_said else None
    reason = found.get("reason", "") or (why_in(status_said) if status == "not_going_ahead" else "")
    source, source_url = title_and_address(" ".join(found.get("source", "").split()))
    owner = " ".join(found.get("owner", "").split())
    row = ActionRow(
        action=action,
        goal=found.get("goal", ""),
        recommendation=found.get("recommendation", ""),
        owner=owner if is_stated(owner) else "",
        due=due,
        due_said=due_said,
        status=status or "not_recorded",
        status_said=status_said,
        reason=reason,
        source=source,
        source_url=source_url,
        notes=found.get("notes", ""),
        row=number,
    )
    return row, [*problems, *_doubts(row, known_status=status is not None)]


def _doubts(row: ActionRow, *, known_status: bool) -> Iterator[PlanProblem]:
    if not known_status:
        yield PlanProblem(row.row, "status", "not_a_status", short(row.status_said))
    if row.status == "not_going_ahead" and not row.reason:
        yield PlanProblem(row.row, "reason", "no_reason", short(row.status_said))
    if row.due is None and not has_no_date(row.due_said):
        yield PlanProblem(row.row, "due", "not_a_date", short(row.due_said))


def _cells(
    number: int, cells: Sequence[Cell], named: tuple[str, ...]
) -> tuple[dict[str, str], list[PlanProblem]]:
    """The filled cells under their columns; none may hold what a client could be known by."""
    found: dict[str, str] = {}
    problems: list[PlanProblem] = []
    for place, cell in enumerate(cells):
        value, name = words(cell), named[place] if place < len(named) else ""
        if place >= len(named) and value:
            problems.append(PlanProblem(number, "", "too_many_cells", short(value)))
            break
        if not value:
            continue
        problem = cell_problem(number, name, value, LONGEST.get(name, len(value)))
        if problem is not None:
            problems.append(PlanProblem(number, name, problem.code, problem.value))
        elif name:
            found[name] = value
    return found, problems


def _once(rows: list[ActionRow]) -> tuple[list[ActionRow], list[PlanProblem]]:
    """The rows without those that repeat an earlier one."""
    seen: dict[tuple[str, ...], int] = {}
    kept, doubles = [], []
    for row in rows:
        key = tuple(map(fold, (row.goal, row.recommendation, row.action, row.owner, row.due_said)))
        first = seen.setdefault(key, row.row)
        if first == row.row:
            kept.append(row)
        else:
            doubles.append(PlanProblem(row.row, "action", "duplicate", str(first)))
    return kept, doubles


def finding(rows: Sequence[ActionRow]) -> Finding:
    """Count what the plan does not say."""
    return Finding(
        actions=len(rows),
        without_owner=sum(not row.owner_stated for row in rows),
        without_due=sum(row.due is None for row in rows),
        by_status=dict(Counter(row.status for row in rows)),
    )


def write(rows: Iterable[ActionRow]) -> Iterator[str]:
    """The actions as CSV text, in pieces, safe to open in a spreadsheet program."""
    return write_rows(COLUMNS, map(_written, rows))


def _written(row: ActionRow) -> tuple[str, ...]:
    repeated = row.source == row.source_url
    return (
        row.goal,
        row.recommendation,
        row.action,
        row.owner,
        row.due_said,
        row.status_said or WRITTEN[row.status],
        row.reason,
        row.source_url if repeated else f"{row.source} {row.source_url}".strip(),
        row.notes,
    )
