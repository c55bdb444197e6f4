"""Personal names in a text: names that are known, and names behind a title."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from headway_analysis.wording.english_names import (
    COMMON_NAMES,
    DOTTED_TITLES,
    FIRST_NAMES,
    JUDGED,
    NO_NAMES,
    PARTICLES,
    PLACES,
    ROLE_TITLES,
)
from headway_analysis.wording.english_people import PEOPLE, is_person_word

LONGEST_NAME = 80
CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w’'\-]*"
AFTER_TITLE = re.compile(rf"\s{{1,3}}({CAPITALISED}(?:[ ]{CAPITALISED}){{0,5}})")
_DOTTED, _ROLES = ("|".join(sorted(titles)) for titles in (DOTTED_TITLES, ROLE_TITLES))
TITLE = re.compile(rf"\b(?:(?:{_DOTTED})\b\.?|(?:{_ROLES})\b(?!\.))")
FOLLOWING = re.compile(rf"(?:[ ]{CAPITALISED}\.?){{1,3}}")
PAIR = re.compile(
    rf"(?<![\w’'\-])(?P<first>{CAPITALISED}) (?P<last>{CAPITALISED})"
    rf"(?=(?P<judged>\s{{1,3}}(?:{'|'.join(JUDGED)})\b)?)"
)
NO_PERSON = PLACES | NO_NAMES | ROLE_TITLES | DOTTED_TITLES
OPENING = re.compile(r"(?:^|[.!?…\n])[\s\"“‘(]*$")


def named(text: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where people are named, each place from first to last character.

    >>> text = "We asked Mr. Smith."
    >>> [text[start:end] for start, end in named(text, ())]
    ['Mr. Smith']

    """
    yield from _titled(text)
    yield from _whole(text)
    yield from _known(text, names)


def _titled(text: str) -> Iterator[tuple[int, int]]:
    for title in TITLE.finditer(text):
        name = AFTER_TITLE.match(text, title.end())
        if name and _is_name(name.group(1).split()):
            yield title.start(), name.end()


def _whole(text: str) -> Iterator[tuple[int, int]]:
    """First and last name of somebody: the first is a usual one, or what follows judges them."""
    start = 0
    while pair := PAIR.search(text, start):
        start = pair.end()
        if not _is_place(text, pair.end()) and _is_whole(pair):
            yield pair.span()
        else:
            start = pair.start("last")


def _is_whole(pair: re.Match[str]) -> bool:
    """Whether two capitalised words are somebody's: no place, no role, no group."""
    first, last = pair["first"], _without_possessive(pair["last"])
    if first.isupper() or not NO_PERSON.isdisjoint({first, last}):
        return False
    if is_person_word(first.lower()) or is_person_word(last.lower()):
        return False
    return first in FIRST_NAMES or pair["judged"] is not None


def _without_possessive(word: str) -> str:
    return word.removesuffix("’s").removesuffix("'s")


def _is_place(text: str, end: int) -> bool:
    """Whether what goes on behind a name makes it that of a place or an organisation."""
    following = FOLLOWING.match(text, end)
    return bool(following and PLACES & {word.strip(".") for word in following.group().split()})


def _is_name(words: list[str]) -> bool:
    """Whether what follows a title names somebody: no street, no hospital, no second title."""
    if any(_without_possessive(word) in PLACES for word in words):
        return False
    return words[0].lower() not in PEOPLE and len(words[0]) > 1


def _known(text: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    pattern = _pattern(tuple(names))
    if pattern is None:
        return
    for match in pattern.finditer(text):
        if not _is_something_else(text, match):
            yield match.start(), match.end()


def _is_something_else(text: str, match: re.Match[str]) -> bool:
    """Whether the word names a place or an organisation, or is a common word that opens a line."""
    if _is_place(text, match.end()):
        return True
    if match.group() not in COMMON_NAMES:
        return False
    return OPENING.search(text, max(0, match.start() - 8), match.start()) is not None


@lru_cache(maxsize=32)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Every name whole, and its first and last part alone."""
    forms: set[str] = set()
    for name in names:
        parts = name[:LONGEST_NAME].split()
        if parts and parts[0] in NO_NAMES:
            continue
        forms.update(part for part in (*parts[:1], *parts[-1:]) if _stands_alone(part))
        if len(parts) > 1:
            forms.add(" ".join(parts))
    if not forms:
        return None
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    spaced = (r"\s{1,3}".join(map(re.escape, form.split())) for form in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)")


def _stands_alone(part: str) -> bool:
    """Whether a part of a name is a name by itself: long enough, capital, no particle."""
    return len(part) > 2 and not part[0].islower() and part.lower() not in PARTICLES
