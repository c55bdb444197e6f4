"""Words, sentences and clauses of a text, with their places."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

# A word keeps its apostrophe; a mark stands alone.
SIGNS = re.compile(r"\w+(?:[’'\-]\w+)*[’']?|[.,;:!?…()\"“”—–]|\n")
ENDS = frozenset(".!?…\n")
WITHIN = 10


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark.

    Attributes:
        start: where it begins, in characters from 0.
        end: where it ends.
        text: as it is written.
        plain: in small letters, with straight apostrophes.

    """

    start: int
    end: int
    text: str
    plain: str

    @property
    def is_possessive(self) -> bool:
        """Whether something of it is meant: "the clerk's", "the nurses'"."""
        return self.plain.endswith(("'s", "s'"))

    @property
    def bare(self) -> str:
        """Without its possessive ending."""
        return self.plain.removesuffix("'s").removesuffix("'")


class Words:
    """A text cut into words once, so that every rule looks at the same cut.

    >>> words = Words("The pump failed. The clerk’s note was lost.")
    >>> [word.text for word in words.before(24, 3)]
    ['The', 'clerk’s']

    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = tuple(_cut(text))
        self._starts = [word.start for word in self.all]

    def at(self, place: int) -> int:
        """The number of the first word that begins at or after a place."""
        return bisect_left(self._starts, place)

    def before(self, place: int, most: int, ends: frozenset[str] = ENDS) -> list[Word]:
        """At most so many words before a place, in order, back to where the sentence begins."""
        last = self.at(place)
        found: list[Word] = []
        for word in reversed(self.all[max(0, last - most) : last]):
            if word.plain in ends:
                break
            found.append(word)
        return found[::-1]

    def after(self, place: int, most: int, ends: frozenset[str] = ENDS) -> list[Word]:
        """At most so many words from a place on, to where the sentence ends."""
        first = self.at(place)
        found: list[Word] = []
        for word in self.all[first : first + most]:
            if word.plain in ends:
                break
            found.append(word)
        return found


def _cut(text: str) -> Iterator[Word]:
    for match in SIGNS.finditer(text):
        word = match.group()
        yield Word(match.start(), match.end(), word, word.lower().replace("’", "'"))
