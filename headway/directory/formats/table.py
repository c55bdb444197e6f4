"""Rows of a CSV file under known columns, every trouble with its place."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from headway.core.spreadsheets import unguarded
from headway.directory.formats.cells import SOCIAL_SECURITY
from headway.directory.formats.problem import Problem, short
from headway_analysis.similarity import fold

CLIENT_COLUMN = re.compile(
    r"\b(dob|d o b|birth\w*|born|ssn|ss|social sec\w*( (number|no|num))?"
    r"|(hmis|medicaid)( (id|number|no))?|mrn"
    r"|(client|case|patient|guest|resident|participant|inmate|student|household)s?"
    r" (id|no|nr|num|number|code|key))\b"
)
DELIMITERS = ",;\t"
NAME_COLUMN = re.compile(
    r"\b((first|last|middle|given|family|full|maiden) ?names?|surname|forename|nickname"
    r"|(client|person|patient|guest|resident|participant|household|child|tenant)s? names?|initials"
    r"|(home|street|e ?mail) address|phone|telephone)\b"
)


@dataclass(frozen=True)
class Columns:
    """The columns of one kind of table, their other names and their longest values."""

    longest: Mapping[str, int]
    needed: tuple[str, ...]
    also: Mapping[str, str]
    example: tuple[str, ...]

    def of_heading(self, heading: str) -> str:
        """The column that a heading means, or nothing."""
        plain = plain_heading(heading)
        known = plain.replace(" ", "_")
        return known if known in self.longest else self.also.get(plain, "")


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it, its cells by column, what is wrong with it."""

    number: int
    cells: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    def get(self, column: str) -> str:
        """The cell, or nothing."""
        return self.cells.get(column, "")


@dataclass
class Table:
    """A table under way: what its heading said, and its rows as they are asked for."""

    problems: tuple[Problem, ...]
    columns: tuple[str, ...] = ()
    rows: Iterator[Row] = field(default_factory=lambda: iter(()))


def plain_heading(heading: str) -> str:
    """A heading in small letters with single spaces: "Client_ID" is "client id"."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(apart)).split())


def looks_like_client_data(heading: str) -> bool:
    """Whether a column would tell who a client is.

    >>> looks_like_client_data("Date of Birth"), looks_like_client_data("SSN")
    (True, True)
    >>> looks_like_client_data("case number"), looks_like_client_data("sector")
    (True, False)

    """
    return CLIENT_COLUMN.search(plain_heading(heading)) is not None


def looks_like_a_person(heading: str) -> bool:
    """Whether a column would tell who somebody is: their name, birth date, number or address.

    >>> looks_like_a_person("Date of birth"), looks_like_a_person("client_name")
    (True, True)
    >>> looks_like_a_person("series"), looks_like_a_person("people")
    (False, False)

    """
    return looks_like_client_data(heading) or NAME_COLUMN.search(plain_heading(heading)) is not None


def read_table(text: str, columns: Columns) -> Table:
    """Read the heading at once and the rows lazily; a file that must not be read has none."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        headings = next(lines, [])
    except csv.Error:
        return Table((Problem(1, "", "broken_row"),))
    problems, named = _headings(headings, columns)
    if any(problem.stops_file for problem in problems):
        return Table(problems)
    return Table(problems, tuple(name for name in named if name), _rows(lines, named, columns))


def _delimiter(text: str) -> str:
    heading = text.lstrip().split("\n", 1)[0]
    return max(DELIMITERS, key=heading.count)


def _headings(headings: list[str], columns: Columns) -> tuple[tuple[Problem, ...], list[str]]:
    problems: list[Problem] = []
    named: list[str] = []
    for heading in headings:
        name = columns.of_heading(heading)
        if looks_like_client_data(heading):
            problems.append(Problem(1, short(heading), "client_column"))
        elif name and name in named:
            problems.append(Problem(1, short(heading), "column_twice"))
        elif not name and heading.strip():
            problems.append(Problem(1, short(heading), "unknown_column"))
        named.append("" if name in named else name)
    example = ",".join(columns.example)
    problems += [
        Problem(1, need, "missing_column", example) for need in columns.needed if need not in named
    ]
    return tuple(problems), named


def _rows(lines: Iterator[list[str]], named: list[str], columns: Columns) -> Iterator[Row]:
    number = 1
    while True:
        number += 1
        try:
            cells = next(lines, None)
        except csv.Error:
            yield Row(number, {}, (Problem(number, "", "broken_row"),))
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield _row(number, cells, named, columns)


def _row(number: int, cells: list[str], named: list[str], columns: Columns) -> Row:
    found: dict[str, str] = {}
    problems: list[Problem] = []
    if len(cells) > len(named) and any(cell.strip() for cell in cells[len(named) :]):
        problems.append(Problem(number, "", "too_many_cells", short(cells[len(named)])))
    for name, cell in zip(named, cells, strict=False):
        if not name or not cell:
            continue
        value = unguarded(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
        problem = cell_problem(number, name, value, columns.longest[name])
        if problem is None:
            found[name] = value
        else:
            problems.append(problem)
    return Row(number, found, tuple(problems))


def cell_problem(number: int, column: str, value: str, longest: int) -> Problem | None:
    """Why a value can not be kept, or None."""
    if len(value) > longest:
        return Problem(number, column, "too_long", f"{len(value):,} > {longest:,}")
    if not value.isprintable() and _unstorable(value):
        return Problem(number, column, "broken_sign", short(value))
    if "-" in value and SOCIAL_SECURITY.search(value):
        return Problem(number, column, "client_value")
    return None


def _unstorable(value: str) -> bool:
    return "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value)
