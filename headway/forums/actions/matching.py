"""Which line of new notes is which line that was kept before."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from headway.forums.models import MinuteLine, SaidLine

# Below this share of equal letters two lines are two thoughts, not one reworded.
STILL_THE_SAME = 0.6


def match_lines(stored: Sequence[MinuteLine], lines: Sequence[SaidLine]) -> list[MinuteLine | None]:
    """The stored line that each given one is: it names it, says it word for word, or rewords it."""
    found: list[MinuteLine | None] = [None] * len(lines)
    free = list(stored)
    for test in (_named, _word_for_word, _reworded):
        for place, said in enumerate(lines):
            row = next((row for row in free if found[place] is None and test(row, said)), None)
            if row is not None:
                found[place] = row
                free.remove(row)
    return found


def _named(row: MinuteLine, said: SaidLine) -> bool:
    return said.line is not None and said.line == row.pk


def _typed(said: SaidLine) -> str:
    return said.as_typed or said.text.strip()


def _word_for_word(row: MinuteLine, said: SaidLine) -> bool:
    return said.line is None and _typed(said) == row.as_typed


def _reworded(row: MinuteLine, said: SaidLine) -> bool:
    if said.line is not None:
        return False
    alike = SequenceMatcher(None, row.as_typed, _typed(said), autojunk=False)
    return alike.quick_ratio() >= STILL_THE_SAME <= alike.ratio()
