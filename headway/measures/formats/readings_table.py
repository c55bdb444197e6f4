"""Data points in a table that somebody has in a spreadsheet: when, how many, of which group."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, Literal

from headway.commitments.formats.action_plan import Cell, Sheet, words
from headway.core.spreadsheets import write_rows
from headway.directory.formats.cells import title_and_address
from headway.directory.formats.problem import Code, short
from headway.directory.formats.table import cell_problem, looks_like_a_person, plain_heading
from headway_analysis.partial_date import PartialDate, parse

COLUMNS: Final = (
    "when",
    "value",
    "series",
    "dimension",
    "group",
    "people",
    "not_counted",
    "note",
    "source",
)
ALSO: Final[Mapping[str, str]] = {
    "amount": "value",
    "comment": "note",
    "comments": "note",
    "count": "value",
    "counted": "value",
    "data source": "series",
    "date": "when",
    "day": "when",
    "denominator": "people",
    "month": "when",
    "n": "people",
    "notes": "note",
    "number": "value",
    "of how many people": "people",
    "period": "when",
    "quarter": "when",
    "reason": "not_counted",
    "split": "dimension",
    "split by": "dimension",
    "subgroup": "group",
    "time": "when",
    "total": "value",
    "why not counted": "not_counted",
    "year": "when",
}
LONGEST: Final[Mapping[str, int]] = {
    "when": 60,
    "value": 40,
    "series": 250,
    "dimension": 60,
    "group": 120,
    "people": 40,
    "not_counted": 500,
    "note": 500,
    "source": 1_500,
}
EXAMPLE: Final = "when,value,series,source"
NOTHING_SAID: Final = {"", "-", "–", "—", "n/a", "na", "null", "none", ".", "not counted"}
NUMBER = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?|[-+]?\d*\.?\d+", re.ASCII)
MOST_WHOLE: Final = Decimal(10) ** 16

PointCode = (
    Code
    | Literal[
        "no_when",
        "ahead",
        "not_a_number",
        "too_precise",
        "too_great",
        "no_value",
        "no_total",
        "no_split",
        "says_both",
        "twice",
        "not_people",
    ]
)
REPORTED_EVERY: Final = 1_000
WHOLE_FILE: Final = frozenset({"client_column", "missing_column", "empty"})
NOTES: Final = frozenset({"unknown_column"})


@dataclass(frozen=True, slots=True)
class PointProblem:
    """One thing to mend: the row as a spreadsheet counts it, its column, the value."""

    row: int
    column: str
    code: PointCode
    value: str = ""

    @property
    def stops_file(self) -> bool:
        """Whether nothing of the file can be used."""
        return self.code in WHOLE_FILE


@dataclass(frozen=True, slots=True)
class PointRow:
    """One row: a whole where `group` is empty, else one group's part of it."""

    row: int
    when: PartialDate
    value: Decimal | None
    series: str = ""
    dimension: str = ""
    group: str = ""
    people: int | None = None
    not_counted: str = ""
    note: str = ""
    source: str = ""
    source_url: str = ""

    @property
    def time(self) -> tuple[str, str, str]:
        """Which data point it belongs to."""
        return (self.series, self.when.start.isoformat(), self.when.end.isoformat())


@dataclass(frozen=True, slots=True)
class PointGroup:
    """One data point with the rows of its groups."""

    whole: PointRow
    parts: tuple[PointRow, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Everything that was read, with every problem and its place."""

    mapping: tuple[str, ...]
    points: tuple[PointGroup, ...]
    problems: tuple[PointProblem, ...]

    @property
    def refused(self) -> bool:
        """Whether nothing of it can be used; a missing column can still be chosen."""
        stops = (each for each in self.problems if each.stops_file)
        return any(each.code != "missing_column" for each in stops)


def column_of(heading: str) -> str:
    """The column that a heading means, or nothing.

    >>> column_of("Year"), column_of("Split by"), column_of("Colour")
    ('when', 'dimension', '')

    """
    plain = plain_heading(heading)
    known = plain.replace(" ", "_")
    return known if known in COLUMNS else ALSO.get(plain, "")


def guess_mapping(heading: Sequence[Cell]) -> tuple[str, ...]:
    """The column that each heading means, or nothing; no column twice.

    >>> guess_mapping(["Year", "Count", "Date", "Colour"])
    ('when', 'value', '', '')

    """
    found: list[str] = []
    for cell in heading:
        name = column_of(words(cell))
        found.append("" if name in found else name)
    return tuple(found)


def read(
    sheet: Sheet,
    mapping: Sequence[str] | None = None,
    *,
    today: date | None = None,
    report: Callable[[int], None] | None = None,
) -> Points:
    """Read everything that can be read; a table that would tell who somebody is is not read.

    Args:
        sheet: the table.
        mapping: one of COLUMNS or nothing for each heading; None for a guess.
        today: a time that begins later is a problem; None looks at no time.
        report: is told now and then how many rows were read.

    Raises:
        ValueError: where the mapping names an unknown column, or one twice.

    """
    named = _checked(mapping if mapping is not None else guess_mapping(sheet.heading))
    problems = [*_kept_problems(sheet), *_heading_problems(sheet, named)]
    rows: list[PointRow] = []
    if not any(problem.stops_file for problem in problems):
        for done, cells in enumerate(sheet.rows, start=1):
            row, found = _row(sheet.heading_row + done, cells, named, today)
            problems += found
            rows += [row] if row else []
            if report is not None and done % REPORTED_EVERY == 0:
                report(done)
    points, loose = _together(rows)
    return Points(named, points, (*problems, *loose))


def _kept_problems(sheet: Sheet) -> Iterator[PointProblem]:
    for each in sheet.problems:
        yield PointProblem(each.row, each.column, "broken_row", each.value)


def _checked(mapping: Sequence[str]) -> tuple[str, ...]:
    used = [name for name in mapping if name]
    if set(used) - set(COLUMNS) or len(used) != len(set(used)):
        raise ValueError(f"columns must be of {COLUMNS}, each once, got {tuple(mapping)}")
    return tuple(mapping)


def _heading_problems(sheet: Sheet, named: tuple[str, ...]) -> Iterator[PointProblem]:
    headings = [words(cell) for cell in sheet.heading]
    if not any(headings):
        yield PointProblem(0, "", "empty")
        return
    for place, heading in enumerate(headings):
        if looks_like_a_person(heading):
            yield PointProblem(sheet.heading_row, short(heading), "client_column")
        elif heading and (place >= len(named) or not named[place]):
            yield PointProblem(sheet.heading_row, short(heading), "unknown_column")
    for needed in ("when", "value"):
        if needed not in named:
            yield PointProblem(sheet.heading_row, needed, "missing_column", EXAMPLE)


def _cells(
    number: int, cells: Sequence[Cell], named: tuple[str, ...]
) -> tuple[dict[str, str], list[PointProblem]]:
    """The filled cells under their columns; none may hold what somebody could be known by."""
    found: dict[str, str] = {}
    problems: list[PointProblem] = []
    for place, cell in enumerate(cells):
        value, name = words(cell), named[place] if place < len(named) else ""
        if not value:
            continue
        problem = cell_problem(number, name, value, LONGEST.get(name, len(value)))
        if problem is not None:
            problems.append(PointProblem(number, name, problem.code, problem.value))
        elif name:
            found[name] = value
    return found, problems


def _row(
    number: int, cells: Sequence[Cell], named: tuple[str, ...], today: date | None
) -> tuple[PointRow | None, list[PointProblem]]:
    """One row, or None where it cannot be used; with what is wrong in it."""
    found, problems = _cells(number, cells, named)
    if problems or not found:
        return None, problems
    when = _when(found.get("when", ""))
    wrong = list(_wrong(found, when, today))
    if wrong or when is None:
        return None, [PointProblem(number, name, why, short(value)) for name, why, value in wrong]
    value, _trouble = number_of(found.get("value", ""))
    people, _trouble = number_of(found.get("people", ""))
    source, url = title_and_address(" ".join(found.get("source", "").split()))
    row = PointRow(
        row=number,
        when=when,
        value=value,
        series=" ".join(found.get("series", "").split()),
        dimension=found.get("dimension", ""),
        group=found.get("group", ""),
        people=int(people) if people is not None else None,
        not_counted=found.get("not_counted", ""),
        note=found.get("note", ""),
        source=source,
        source_url=url,
    )
    return row, []


def _wrong(
    found: Mapping[str, str], when: PartialDate | None, today: date | None
) -> Iterator[tuple[str, PointCode, str]]:
    """What is wrong in a row: its column, what, and the value."""
    if when is None:
        yield "when", "not_a_date" if "when" in found else "no_when", found.get("when", "")
    elif today is not None and when.start > today:
        yield "when", "ahead", found["when"]
    value, trouble = number_of(found.get("value", ""))
    if trouble:
        yield "value", trouble, found["value"]
    elif value is None and ("group" in found or "not_counted" not in found):
        yield "value", "no_value", ""
    elif value is not None and "not_counted" in found:
        yield "not_counted", "says_both", found["not_counted"]
    people, not_people = number_of(found.get("people", ""))
    if not_people or (people is not None and (people < 0 or people % 1)):
        yield "people", "not_people", found["people"]
    if ("group" in found) != ("dimension" in found):
        yield "dimension", "no_split", found.get("group", "") or found.get("dimension", "")


def _when(said: str) -> PartialDate | None:
    try:
        return parse(said)
    except ValueError:
        return None


def number_of(said: str) -> tuple[Decimal | None, PointCode | None]:
    """A number as a spreadsheet shows it, or why it is none; nothing where a cell says nothing.

    >>> number_of("2,984")
    (Decimal('2984'), None)
    >>> number_of("12.5 %")
    (Decimal('12.5'), None)
    >>> number_of("n/a"), number_of("about 20")
    ((None, None), (None, 'not_a_number'))

    """
    plain = said.strip().removesuffix("%").strip()
    if plain.casefold() in NOTHING_SAID:
        return None, None
    if NUMBER.fullmatch(plain) is None:
        return None, "not_a_number"
    try:
        value = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None, "not_a_number"
    if abs(value) >= MOST_WHOLE:
        return None, "too_great"
    # A spreadsheet writes 0.1 + 0.2 with seventeen digits.
    return value.quantize(Decimal("0.0001")).normalize() + 0, None


def _together(rows: Iterable[PointRow]) -> tuple[tuple[PointGroup, ...], list[PointProblem]]:
    """The rows by data point, each whole with its groups."""
    wholes: dict[tuple[str, str, str], PointRow] = {}
    parts: dict[tuple[str, str, str], dict[tuple[str, str], PointRow]] = {}
    problems: list[PointProblem] = []
    for row in rows:
        own = parts.setdefault(row.time, {})
        first = own.get((row.dimension, row.group)) if row.group else wholes.get(row.time)
        if first is not None:
            problems.append(PointProblem(row.row, "when", "twice", str(first.row)))
        elif row.group:
            own[row.dimension, row.group] = row
        else:
            wholes[row.time] = row
    for time, groups in parts.items():
        if time not in wholes:
            problems += [
                PointProblem(each.row, "value", "no_total", each.group) for each in groups.values()
            ]
    found = (PointGroup(whole, tuple(parts[time].values())) for time, whole in wholes.items())
    return tuple(found), sorted(problems, key=lambda each: each.row)


def write(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """A table of data points that reads back: one row for each whole and each group shown."""
    return write_rows(COLUMNS, ([str(row.get(name, "")) for name in COLUMNS] for row in rows))
