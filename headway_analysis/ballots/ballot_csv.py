"""Ballots as CSV, one a row: what a recount needs, and what a spreadsheet can hold.

The heading names the options in the order of the ballot paper. A column *voter* is passed over, a
column *count* says how often a ballot was cast. The cell of an option holds 1 or nothing
(approval), a score or nothing, or a rank, 1 for the best (ranked): equal ranks are equal, gaps
between ranks mean nothing, and an empty cell is not ranked.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from headway_analysis.ballots.reading import Problem, cells_of, lines_of, shown, unreadable

BallotKind = Literal["approval", "score", "ranked"]
PASSED_OVER, COUNT = "voter", "count"
SEPARATORS = (",", ";", "\t")
LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class CastBallots:
    """What a file says.

    Attributes:
        options: in the order of the heading.
        ballots: for each row the number in each cell that is filled, by option.
        times: how often each was cast.
        problems: everything that is wrong, by line; empty where the file can be counted.

    """

    options: tuple[str, ...]
    ballots: tuple[Mapping[str, int], ...]
    times: tuple[int, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Which numbers a cell may hold."""

    lowest: int
    highest: int

    def says(self) -> str:
        """What to write, for a message."""
        if self.lowest == self.highest:
            return f"write {self.lowest} or leave it empty"
        return f"write a whole number from {self.lowest} to {self.highest} or leave it empty"


def scale_of(kind: BallotKind, options: int, *, lowest: int = 0, highest: int = 10) -> Scale:
    """The numbers that ballots of a kind hold; `lowest` and `highest` are those of scores.

    >>> scale_of("approval", 3)
    Scale(lowest=1, highest=1)

    """
    if kind == "score":
        return Scale(lowest, highest)
    # Gaps are allowed, so that a rank may be beyond the number of options.
    return Scale(1, 1) if kind == "approval" else Scale(1, max(options, 999))


def read(text: str, kind: BallotKind, *, lowest: int = 0, highest: int = 10) -> CastBallots:
    r"""Read ballots; lists every problem with its line.

    Args:
        text: the file.
        kind: what its cells mean.
        lowest: the least score.
        highest: the greatest score.

    >>> cast = read("voter,beds,jobs,count\n1,2,1,\n2,,1,30\n", "ranked")
    >>> cast.ballots, cast.times
    (({'beds': 2, 'jobs': 1}, {'jobs': 1}), (1, 30))
    >>> print(*read("beds,jobs\n1,x\n", "approval").problems)
    line 2: “jobs” holds “x”; write 1 or leave it empty

    """
    lines = [(line, number) for number, line in enumerate(lines_of(text), start=1) if line.strip()]
    if not lines:
        return CastBallots((), (), (), (Problem(0, "is empty; the first line names the options"),))
    heading, separator, problems = _heading(*lines[0])
    options = tuple(name for name in heading if name.lower() not in {PASSED_OVER, COUNT})
    if problems:
        return CastBallots(options, (), (), tuple(problems))
    scale = scale_of(kind, len(options), lowest=lowest, highest=highest)
    ballots, times = list[Mapping[str, int]](), list[int]()
    for line, number in lines[1:]:
        cells, found = _row(line, heading, separator, scale)
        problems += [Problem(number, wrong) for wrong in found]
        times.append(cells.pop(COUNT, 1))
        ballots.append(cells)
    return CastBallots(options, tuple(ballots), tuple(times), tuple(problems))


def _heading(line: str, number: int) -> tuple[list[str], str, list[Problem]]:
    """The names of the columns, what parts them, and what is wrong with them."""
    separator = max(SEPARATORS, key=line.count)
    cells = cells_of(line, separator)
    wrong = unreadable(line)
    if wrong or cells is None:
        text = wrong or "has a quotation mark that is not closed; write two for one"
        return [], separator, [Problem(number, text)]
    names = [COUNT if name.lower() == COUNT else name for name in cells]
    problems = [
        Problem(number, f"the column {shown(name)} stands twice; name each option once")
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    if "" in names:
        problems.append(Problem(number, "a column has no name; the first line names the options"))
    if all(name.lower() in {PASSED_OVER, COUNT} for name in names):
        problems.append(Problem(number, "names no option; write one column for each"))
    return names, separator, problems


def _row(
    line: str, heading: Sequence[str], separator: str, scale: Scale
) -> tuple[dict[str, int], list[str]]:
    """The numbers of one ballot, and what is wrong with it."""
    wrong, cells = unreadable(line), cells_of(line, separator)
    if wrong:
        return {}, [wrong]
    if cells is None:
        return {}, ["has a quotation mark that is not closed; write two for one"]
    if len(cells) != len(heading):
        return {}, [f"has {len(cells)} cells, but the heading {len(heading)}"]
    numbers, found = dict[str, int](), list[str]()
    for name, cell in zip(heading, cells, strict=True):
        if not cell or name.lower() == PASSED_OVER:
            continue
        own = Scale(1, 10**LONGEST_NUMBER - 1) if name == COUNT else scale
        number = _number(cell, own)
        if number is None:
            found.append(f"{shown(name)} holds {shown(cell)}; {own.says()}")
        else:
            numbers[name] = number
    return numbers, found


def _number(cell: str, scale: Scale) -> int | None:
    digits = cell.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER):
        return None
    return int(cell) if scale.lowest <= int(cell) <= scale.highest else None


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def write(
    options: Sequence[str],
    ballots: Iterable[Mapping[str, int]],
    times: Iterable[int] | None = None,
) -> Iterator[str]:
    r"""Ballots as CSV, line by line; reading them again gives the same.

    Args:
        options: in the order of the ballot paper; none may be called *voter* or *count*.
        ballots: for each the numbers as `read` gives them.
        times: how often each was cast; no column where it is left out.

    Raises:
        ValueError: for an option that is called like one of the other columns.

    >>> print(*write(["beds", "jobs"], [{"jobs": 1}], [30]), sep="", end="")
    beds,jobs,count
    ,1,30

    """
    taken = [option for option in options if option.strip().lower() in {PASSED_OVER, COUNT, ""}]
    if taken:
        raise ValueError(f"an option must have a name other than voter and count, got {taken[0]!r}")
    writer = csv.writer(_Echo(), lineterminator="\n")
    yield writer.writerow([*options, *([] if times is None else [COUNT])])
    counted = iter(times) if times is not None else None
    for ballot in ballots:
        row: list[object] = [ballot.get(option, "") for option in options]
        yield writer.writerow(row if counted is None else [*row, next(counted)])
