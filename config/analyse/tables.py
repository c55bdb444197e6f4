"""CSV files as tables: every problem is named with its row."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import TypeVar

from config.analyse.files import RefusedError, refuse, text_of
from headway_analysis.ballots.reading import BYTE_MARK, Problem, lines_of, shown, unreadable

SEPARATORS = (",", ";", "\t")
MISSING = {"", ".", "-", "–", "na", "n/a", "nan", "null", "none", "not counted"}
YES = {"1", "1.0", "yes", "y", "true", "t"}
NO = {"0", "0.0", "no", "n", "false", "f"}
LARGEST_NUMBER = 1e100
Value = TypeVar("Value")
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the line where it ends, and its cells by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as a table.

    Attributes:
        columns: their names.
        rows: all that are not empty.
        decimal_comma: whether numbers may be written 0,5, since something else parts the cells.

    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    decimal_comma: bool

    def number(self, text: str) -> float | None:
        """A number; None where the cell says that it is missing.

        Raises:
            ValueError: with what to write instead.

        """
        if text.lower() in MISSING:
            return None
        plain = text.replace(",", ".") if self.decimal_comma else text
        value = float(plain) if NUMBER.fullmatch(plain) else None
        if value is None:
            raise ValueError("write a number like 12.5, or leave it empty")
        if not isfinite(value) or abs(value) > LARGEST_NUMBER:
            raise ValueError("write a smaller number, in a larger unit")
        return value


class Cells:
    """The cells of one row, read with what is wrong noted."""

    def __init__(self, row: Row, problems: list[Problem]) -> None:
        self.row, self.problems = row, problems

    def read(self, name: str, parse: Callable[[str], Value]) -> Value | None:
        """The value of a cell; None, with the problem noted, where it cannot be read."""
        text = self.row.cells[name]
        try:
            return parse(text)
        except ValueError as wrong:
            problem = f"{shown(name)} holds {shown(text)}; {wrong}"
            self.problems.append(Problem(self.row.line, problem))
            return None


def yes_or_no(text: str) -> bool | None:
    """Whether a cell says yes; None where it says that it is missing.

    Raises:
        ValueError: with what to write instead.

    """
    said = text.lower()
    if said in YES | NO:
        return said in YES
    if said in MISSING:
        return None
    raise ValueError("write 1 for yes, 0 for no, or leave it empty")


def day(text: str) -> date:
    """The first day of a year, a month or a day like 2016, 2016-05 or 2016-05-31.

    Raises:
        ValueError: with what to write instead.

    """
    parts = DAY.fullmatch(text)
    try:
        if parts:
            year, month, of_month = (int(part or 1) for part in parts.groups())
            return date(year, month, of_month)
    except ValueError:
        pass
    raise ValueError("write a year or a date like 2016 or 2016-05-31")


def read(path: Path, needed: Sequence[str]) -> Table:
    """Read a file that has these columns.

    Raises:
        RefusedError: with every problem that the file has as a table.

    """
    text = text_of(path).removeprefix(BYTE_MARK)
    lines = list(enumerate(lines_of(text), start=1))
    refuse(path, [Problem(line, bad) for line, each in lines if (bad := unreadable(each))])
    heading = next((each for _, each in lines if each.strip()), "")
    separator = max(SEPARATORS, key=heading.count)
    rows = list(_rows(path, text, separator))
    if not rows:
        raise RefusedError(f"{path}: is empty; the first row names the columns")
    columns = tuple(cell.strip() for cell in rows[0][1])
    _check_columns(path, rows[0][0], columns, needed)
    wrong = [
        Problem(line, f"has {len(cells)} cells, but the heading {len(columns)}")
        for line, cells in rows[1:]
        if len(cells) != len(columns)
    ]
    refuse(path, wrong)
    return Table(
        columns,
        tuple(
            Row(line, {name: cell.strip() for name, cell in zip(columns, cells, strict=True)})
            for line, cells in rows[1:]
        ),
        decimal_comma=separator != ",",
    )


def _rows(path: Path, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with anything in them, each with the line where it ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as wrong:
        text = f"cannot be read ({wrong}); look for a quotation mark that is not closed"
        refuse(path, [Problem(reader.line_num, text)])


def _check_columns(path: Path, line: int, columns: Sequence[str], needed: Sequence[str]) -> None:
    """Refuse columns that stand twice or are missing."""
    twice = [name for name in dict.fromkeys(columns) if name and columns.count(name) > 1]
    problems = [
        Problem(line, f"the column {shown(name)} stands twice; name each once") for name in twice
    ]
    there = ", ".join(shown(name) for name in columns[:30])
    problems += [
        Problem(line, f"has no column {shown(name)}; its columns are {there}")
        for name in dict.fromkeys(needed)
        if name not in columns
    ]
    refuse(path, problems)
