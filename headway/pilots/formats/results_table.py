"""What was observed in a pilot, as somebody has it in a spreadsheet: one row for each observation.

Rows may be of single people, so a column that would tell who somebody is stops the whole file.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Final, Literal

from headway.commitments.formats.action_plan import Cell, Sheet, words
from headway.directory.formats.problem import short
from headway.directory.formats.table import cell_problem, looks_like_a_person, plain_heading
from headway_analysis.experiment.rows import Observation, Time

COLUMNS: Final = ("outcome", "treated", "unit", "time", "covariate")
ALSO: Final[Mapping[str, str]] = {
    "arm": "treated",
    "date": "time",
    "day": "time",
    "month": "time",
    "period": "time",
    "quarter": "time",
    "result": "outcome",
    "site": "unit",
    "treat": "treated",
    "treatment": "treated",
    "week": "time",
    "with it": "treated",
    "y": "outcome",
    "year": "time",
}
YES: Final = frozenset({"1", "yes", "y", "true", "with", "with it", "treated", "treatment"})
NO: Final = frozenset({"0", "no", "n", "false", "without", "without it", "control", "comparison"})
NOTHING: Final = frozenset({"", "-", "–", "—", ".", "n/a", "na", "nan", "null", "none", "missing"})
NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?(e[-+]?\d{1,3})?", re.ASCII)
MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
LONGEST: Final = 200
REPORTED_EVERY: Final = 1_000
MONTHS = 12

ResultCode = Literal[
    "client_column",
    "client_value",
    "broken_sign",
    "missing_column",
    "not_a_number",
    "not_yes_or_no",
    "broken_row",
    "empty",
]
STOPPING: Final = frozenset({"client_column", "client_value", "broken_sign", "empty"})


@dataclass(frozen=True, slots=True)
class ResultProblem:
    """One thing to know or mend: the row as a spreadsheet counts it, its column, the value."""

    row: int
    column: str
    code: ResultCode
    value: str = ""

    @property
    def stops_file(self) -> bool:
        """Whether nothing of the file may be kept."""
        return self.code in STOPPING


@dataclass(frozen=True, slots=True)
class Results:
    """What was read: the observations in the order of the file, and every problem."""

    mapping: tuple[str, ...]
    rows: tuple[Observation, ...]
    problems: tuple[ResultProblem, ...]

    @property
    def refused(self) -> bool:
        """Whether nothing of the file may be kept."""
        return any(each.stops_file for each in self.problems)

    @property
    def complete(self) -> bool:
        """Whether outcome and treatment were found."""
        return {"outcome", "treated"} <= set(self.mapping)


def guess_mapping(heading: Sequence[object]) -> tuple[str, ...]:
    """What each heading means, or nothing; no meaning twice.

    >>> guess_mapping(["Site", "Year", "Treated", "Result", "Colour"])
    ('unit', 'time', 'treated', 'outcome', '')

    """
    found: list[str] = []
    for cell in heading:
        plain = plain_heading(str(cell))
        name = plain if plain in COLUMNS else ALSO.get(plain, "")
        found.append("" if name in found else name)
    return tuple(found)


def read(
    sheet: Sheet,
    mapping: Sequence[str] | None = None,
    report: Callable[[int], None] | None = None,
) -> Results:
    """Read everything that can be read; a cell that cannot counts as missing and is told.

    Args:
        sheet: the table.
        mapping: one of COLUMNS or nothing for each heading, each once except covariate; None for a
            guess.
        report: is told now and then how many rows were read.

    Raises:
        ValueError: where the mapping names an unknown column, or one twice.

    """
    named = _checked(guess_mapping(sheet.heading) if mapping is None else mapping)
    problems = list(_heading_problems(sheet, named))
    problems += _telling_cells(sheet)
    if any(each.stops_file for each in problems):
        return Results(named, (), tuple(problems))
    filled = [
        (number, _by_column(row, named))
        for number, row in enumerate(sheet.rows, start=sheet.heading_row + 1)
        if any(words(cell) for cell in row)
    ]
    times = _times([_one(row, named, "time") for _number, row in filled])
    rows: list[Observation] = []
    for (number, row), when in zip(filled, times, strict=True):
        reader = _Reader(number, row, named, problems)
        rows.append(reader.observation(when))
        if report is not None and len(rows) % REPORTED_EVERY == 0:
            report(len(rows))
    return Results(named, tuple(rows), tuple(problems))


def _checked(mapping: Sequence[str]) -> tuple[str, ...]:
    used = [name for name in mapping if name]
    single = [name for name in used if name != "covariate"]
    if set(used) - set(COLUMNS) or len(single) != len(set(single)):
        raise ValueError(f"columns must be of {COLUMNS}, each once, got {tuple(mapping)}")
    return tuple(mapping)


def _heading_problems(sheet: Sheet, named: tuple[str, ...]) -> Iterator[ResultProblem]:
    headings = [words(cell) for cell in sheet.heading]
    if not any(headings) or not sheet.rows:
        yield ResultProblem(0, "", "empty")
    for each in sheet.problems:
        yield ResultProblem(each.row, each.column, "broken_row", each.value)
    for heading in headings:
        if looks_like_a_person(heading):
            yield ResultProblem(sheet.heading_row, short(heading), "client_column")
    for needed in ("outcome", "treated"):
        if needed not in named:
            yield ResultProblem(sheet.heading_row, needed, "missing_column")


def _telling_cells(sheet: Sheet) -> Iterator[ResultProblem]:
    """Cells of any column that somebody could be known by, whatever the heading says."""
    headings = [short(words(cell)) for cell in sheet.heading]
    for number, row in enumerate(sheet.rows, start=sheet.heading_row + 1):
        for place, cell in enumerate(row):
            value = words(cell)
            found = cell_problem(number, "", value, max(LONGEST, len(value))) if value else None
            if found is not None:
                name = headings[place] if place < len(headings) else ""
                told = found.code == "client_value"
                yield ResultProblem(number, name, "client_value" if told else "broken_sign")
                return


def _by_column(row: Sequence[Cell], named: tuple[str, ...]) -> tuple[str, ...]:
    texts = [words(cell).strip()[:LONGEST] for cell in row[: len(named)]]
    texts += [""] * (len(named) - len(texts))
    return tuple(text if name else "" for text, name in zip(texts, named, strict=True))


def _one(row: Sequence[str], named: Sequence[str], column: str) -> str:
    return row[named.index(column)] if column in named else ""


@dataclass(frozen=True, slots=True)
class _Reader:
    """One row being read, and where its problems go."""

    number: int
    row: Sequence[str]
    named: Sequence[str]
    problems: list[ResultProblem]

    def observation(self, when: Time | None) -> Observation:
        """The row as an observation; what cannot be read is missing."""
        return Observation(
            unit=_one(self.row, self.named, "unit") or None,
            time=when,
            treated=self._yes_or_no(_one(self.row, self.named, "treated")),
            outcome=self._number("outcome", _one(self.row, self.named, "outcome")),
            covariates=tuple(
                self._number("covariate", text)
                for text, name in zip(self.row, self.named, strict=True)
                if name == "covariate"
            ),
        )

    def _yes_or_no(self, text: str) -> bool | None:
        plain = text.casefold()
        if plain in YES or plain in NO:
            return plain in YES
        if plain not in NOTHING:
            self.problems.append(
                ResultProblem(self.number, "treated", "not_yes_or_no", short(text))
            )
        return None

    def _number(self, column: str, text: str) -> float | None:
        if text.casefold() in NOTHING:
            return None
        found = number_of(text)
        if found is None:
            self._tell(column, "not_a_number", text)
        return found

    def _tell(self, column: str, code: ResultCode, text: str) -> None:
        self.problems.append(ResultProblem(self.number, column, code, short(text)))


def number_of(text: str) -> float | None:
    """A number as a spreadsheet shows it; None where it is none.

    >>> number_of("1,794.34"), number_of("-0.5"), number_of("12 %"), number_of("many")
    (1794.34, -0.5, 12.0, None)

    """
    plain = text.strip().removesuffix("%").strip().casefold()
    if not plain or not any(sign.isdigit() for sign in plain) or not NUMBER.fullmatch(plain):
        return None
    found = float(plain.replace(",", ""))
    return found if isfinite(found) else None


def _times(texts: Sequence[str]) -> list[Time | None]:
    """The times: numbers where all are, else months or days where all are, else labels."""
    own = {text for text in texts if text.casefold() not in NOTHING}
    for parse in (number_of, _month, _day):
        found = _all_of(own, parse)
        if found is not None:
            return [found.get(text) for text in texts]
    return [text if text in own else None for text in texts]


def _all_of(texts: set[str], parse: Callable[[str], float | None]) -> Mapping[str, float] | None:
    read = {text: parse(text) for text in texts}
    found = {text: value for text, value in read.items() if value is not None}
    return found if len(found) == len(texts) else None


def _month(text: str) -> float | None:
    """Months since year 0, of 2016-05."""
    found = MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= MONTHS:
        return None
    return float(int(found[1]) * MONTHS + int(found[2]) - 1)


def _day(text: str) -> float | None:
    try:
        return float(date.fromisoformat(text).toordinal())
    except ValueError:
        return None
