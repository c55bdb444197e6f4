"""What an import finds: how many rows are new, changed or the same, and every problem."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, TypeVar

from headway.accounts.actor import Actor
from headway.accounts.models import Authority
from headway.directory.formats.problem import Problem
from headway.directory.formats.records import Found, RecordT

ItemT = TypeVar("ItemT")
Verdict = Literal["new", "changed", "same", "left_out"]
BATCH = 1_000


@dataclass
class Tally:
    """Counts by verdict, every problem, and the first rows with what will become of them."""

    counts: dict[Verdict, int] = field(
        default_factory=lambda: {"new": 0, "changed": 0, "same": 0, "left_out": 0}
    )
    problems: list[Problem] = field(default_factory=list)
    first: list[tuple[int, str, Verdict]] = field(default_factory=list)

    def count(self, row: int, name: str, verdict: Verdict) -> None:
        """Count one row."""
        self.counts[verdict] += 1
        if len(self.first) < 2 * BATCH:
            self.first.append((row, name, verdict))

    def note(self, problems: Iterable[Problem]) -> None:
        """Keep problems for the report."""
        self.problems.extend(problems)

    def readable(self, batch: Iterable[Found[RecordT]]) -> list[RecordT]:
        """The records of a batch that could be read; of the others the problems are kept."""
        records = []
        for record, problems in batch:
            self.note(problems)
            if record is None:
                self.count(problems[0].row if problems else 0, "", "left_out")
            else:
                records.append(record)
        return records

    @property
    def rows(self) -> int:
        """How many rows were looked at."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Import:
    """One run over a file: for whom, by whom, for real or only to see."""

    authority: Authority
    by: Actor
    tally: Tally
    write: bool
    report: Callable[[int], None]


def batches(items: Iterable[ItemT], size: int = BATCH) -> Iterator[list[ItemT]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Look for unused cycles a hundred times less often: rows by the thousand hold none.

    Python would otherwise spend a fifth of an import on looking.
    """
    usual = gc.get_threshold()
    gc.set_threshold(100 * usual[0], *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
