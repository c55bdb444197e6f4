"""The log as CSV: one line for each value that changed."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class LogLine:
    """One value of one event; events without values have one line as well."""

    position: int
    recorded_at: str
    who: str
    by_means_of: str
    credential: str
    verb: str
    subject_kind: str
    subject_id: str
    field: str
    old: str
    new: str
    erased: str


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def plain(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_log(lines: Iterable[LogLine]) -> Iterator[str]:
    """The lines as CSV, one after the other, so that any number fits into memory."""
    writer = csv.writer(_Echo())
    yield writer.writerow([field.name for field in fields(LogLine)])
    for line in lines:
        cells: Sequence[object] = astuple(line)
        yield writer.writerow([plain(cell) for cell in cells])
