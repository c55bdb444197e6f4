"""Cells and rows of CSV files that no spreadsheet program takes for formulas."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

# A spreadsheet program would run such a cell as a formula.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
QUOTED_FORMULA = re.compile(r"'+[=+\-@\t\r]")
PIECE = 60_000


def guarded(cell: str) -> str:
    """A cell that no spreadsheet program takes for a formula.

    >>> guarded("=HYPERLINK(1)")
    "'=HYPERLINK(1)"

    """
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`.

    >>> unguarded(guarded("'-5"))
    "'-5"

    """
    return cell[1:] if QUOTED_FORMULA.match(cell) else cell


def write_rows(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """CSV text, a piece at a time, safe to open in a spreadsheet program."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(heading)
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
        if buffer.tell() > PIECE:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
