"""The first filled sheet of an XLSX workbook as rows, refusing what would swamp the machine."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

Cell = str | int | float | date | datetime | bool | None
Trouble = Literal[
    "", "not_a_workbook", "old_workbook", "too_large", "too_many_rows", "empty", "locked"
]
MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 2_000
# Text of a sheet shrinks to a tenth or so; what shrinks far more was made to.
MOST_RATIO = 200
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5_000, 60, 32_767
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Workbook:
    """Heading and rows of the sheet that was read, or why none could be."""

    rows: tuple[tuple[Cell, ...], ...] = ()
    sheet: str = ""
    trouble: Trouble = ""


def looks_like_a_workbook(raw: bytes) -> bool:
    """Whether these bytes begin like a workbook, of the present or of the old kind.

    >>> looks_like_a_workbook(b"goal,action")
    False

    """
    return raw.startswith((ZIP, OLE))


def read(raw: bytes, most_rows: int = MOST_ROWS, *, cut: bool = False) -> Workbook:
    """Read the first sheet that holds anything, at most so many rows; never raises.

    A sheet with more rows is refused, or read so far and no further where it is to be cut.

    >>> read(b"goal,action").trouble
    'not_a_workbook'

    """
    trouble = _trouble(raw)
    if trouble:
        return Workbook(trouble=trouble)
    # Heavy, and only this file needs it.
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return _read(raw, most_rows, cut=cut)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        OSError,
        SyntaxError,
        NotImplementedError,
    ):
        return Workbook(trouble="not_a_workbook")


def _trouble(raw: bytes) -> Trouble:
    """Why the bytes must not be unpacked, judged by their table of contents alone."""
    if raw.startswith(OLE):
        return "old_workbook"
    if not raw.startswith(ZIP):
        return "not_a_workbook"
    if len(raw) > MOST_BYTES:
        return "too_large"
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "not_a_workbook"
    return _parts_trouble(parts)


def _parts_trouble(parts: list[zipfile.ZipInfo]) -> Trouble:
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        return "not_a_workbook"
    if any(part.flag_bits & 1 for part in parts):
        return "locked"
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        return "too_large"
    swollen = unpacked > MOST_RATIO * max(packed, 1) and unpacked > 10 * 1024 * 1024
    return "too_large" if swollen else ""


def _read(raw: bytes, most_rows: int, *, cut: bool) -> Workbook:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            rows: list[tuple[Cell, ...]] = []
            for row in _filled(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), most_rows):
                rows.append(row)
                if cut and len(rows) == most_rows:
                    break
                if len(rows) > most_rows + 1:
                    return Workbook(trouble="too_many_rows")
            if any(any(cell is not None for cell in row) for row in rows):
                return Workbook(tuple(rows), str(sheet.title))
    finally:
        book.close()
    return Workbook(trouble="empty")


def _filled(rows: Iterable[tuple[object, ...]], most_rows: int) -> Iterator[tuple[Cell, ...]]:
    """The rows up to the last one that holds something; a sheet may claim a million."""
    empty: list[tuple[Cell, ...]] = []
    for number, row in enumerate(rows):
        cells = _trimmed([_cell(value) for value in row])
        if any(cell is not None for cell in cells):
            yield from empty
            empty = []
            yield cells
        else:
            empty.append(cells)
        if len(empty) > most_rows or number > 2 * most_rows:
            return


def _trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    """A row without the empty cells at its end, which stand for no column."""
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _cell(value: object) -> Cell:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value[:LONGEST_CELL]
    if isinstance(value, (bool, int, float, date, datetime)):
        return value
    if isinstance(value, (time, timedelta)):
        return str(value)
    return str(value)[:LONGEST_CELL]
