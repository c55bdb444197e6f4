"""Files that are analysed: read whole, and refused with everything that is wrong."""

import gzip
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headway_analysis.ballots.reading import Problem

PACKED = b"\x1f\x8b"
LARGEST = 500_000_000
MOST_SHOWN = 200


class RefusedError(Exception):
    """The file cannot be analysed; the text says why, one problem a line."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it.

    Attributes:
        found: as JSON holds it.
        said: the same for a person, on one line or more.

    """

    found: dict[str, Any]
    said: str


def text_of(path: Path) -> str:
    """The text of a file, packed or not; what is no UTF-8 becomes a sign that reading names.

    Raises:
        RefusedError: where a packed file is damaged or too large.

    """
    raw = path.read_bytes()
    if raw.startswith(PACKED):
        try:
            with gzip.open(path) as packed:
                raw = packed.read(LARGEST + 1)
        except (OSError, EOFError, zlib.error) as trouble:
            raise RefusedError(f"{path}: cannot be unpacked ({trouble}); pack it again") from None
    if len(raw) > LARGEST:
        raise RefusedError(f"{path}: is larger than {LARGEST // 10**6} MB; split it")
    return raw.decode("utf-8", errors="replace")


def refusal(path: Path, problems: "Sequence[Problem]") -> RefusedError:
    """Every problem by name; of very many the first ones and how many more there are."""
    named = [f"{path}: {problem}" for problem in problems[:MOST_SHOWN]]
    more = len(problems) - len(named)
    named += [f"{path}: and {more:,} problems more"] if more else []
    return RefusedError("\n".join(named))


def refuse(path: Path, problems: "Sequence[Problem]") -> None:
    """Go on only where there is no problem.

    Raises:
        RefusedError: with every problem.

    """
    if problems:
        raise refusal(path, problems)
