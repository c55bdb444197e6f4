"""What could not be read, and where; shared by the formats of ballots."""

import csv
from dataclasses import dataclass

SHOWN = 40
BYTE_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    Attributes:
        line: the line of the file, from 1; 0 is the file as a whole.
        text: what is wrong and what to write instead.

    """

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}" if self.line else self.text


def shown(value: str) -> str:
    r"""A value as a message shows it: no invisible signs, not long.

    >>> shown("a\x00b")
    '“a�b”'

    """
    seen = "".join(sign if sign.isprintable() else "�" for sign in value[: SHOWN + 1])
    return f"“{seen[:SHOWN]}…”" if len(value) > SHOWN else f"“{seen}”"


def lines_of(text: str) -> list[str]:
    r"""The lines of a file, without the mark at its start and without line ends.

    >>> lines_of("\ufeffa\r\nb\n")
    ['a', 'b']

    """
    lines = text.removeprefix(BYTE_MARK).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines and not lines[-1] else lines


def unreadable(line: str) -> str:
    r"""Why a line cannot be read at all; empty where it can.

    >>> unreadable("a\x00b")
    'holds a NUL sign; save the file again as plain text'

    """
    if "\x00" in line:
        return "holds a NUL sign; save the file again as plain text"
    if "�" in line:
        return "holds a sign that is not UTF-8; save the file again as UTF-8"
    return ""


def cells_of(line: str, separator: str) -> list[str] | None:
    """The cells of a line, without spaces around; None where a quotation mark is left open.

    >>> cells_of('1; "a; b"', ";"), cells_of('1;"a', ";")
    (['1', 'a; b'], None)

    """
    if '"' not in line:
        return [cell.strip() for cell in line.split(separator)]
    try:
        (cells,) = csv.reader([line], delimiter=separator, strict=True, skipinitialspace=True)
    except csv.Error:
        return None
    return [cell.strip() for cell in cells]
