"""What changed between two wordings, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORDS = re.compile(r"\s+|[^\s]+")
SENTENCES = re.compile(r"[^.!?\n]*[.!?\n]*\s*")
MOST_PAIRS = 4_000_000


@dataclass(frozen=True)
class Stretch:
    """A run of text that stayed, came in or went out."""

    kind: Literal["same", "out", "in"]
    text: str


def _pieces(old: str, new: str) -> tuple[list[str], list[str]]:
    """Both texts in words, or in sentences where comparing words would take seconds."""
    words = WORDS.findall(old), WORDS.findall(new)
    if len(words[0]) * len(words[1]) <= MOST_PAIRS:
        return words
    return [s for s in SENTENCES.findall(old) if s], [s for s in SENTENCES.findall(new) if s]


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    match = SequenceMatcher(None, old, new, autojunk=len(old) * len(new) > MOST_PAIRS)
    for kind, a, b, c, d in match.get_opcodes():
        if kind == "equal":
            yield Stretch("same", "".join(old[a:b]))
            continue
        if a < b:
            yield Stretch("out", "".join(old[a:b]))
        if c < d:
            yield Stretch("in", "".join(new[c:d]))


def difference(old: str, new: str) -> tuple[Stretch, ...]:
    """The stretches that lead from the old text to the new one.

    Joining all but the ones that came in gives the old text back; all but the ones that went out,
    the new.
    """
    return tuple(_stretches(*_pieces(old, new)))
