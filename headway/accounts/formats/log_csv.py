"""The log as CSV: one line for each value that changed."""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields

from headway.core.spreadsheets import write_rows


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


HEADING = tuple(field.name for field in fields(LogLine))


def write_log(lines: Iterable[LogLine]) -> Iterator[str]:
    """The lines as CSV, in pieces, so that any number fits into memory."""
    return write_rows(HEADING, (map(str, astuple(line)) for line in lines))
