"""Personal names in a text: names that are known, and names behind a title."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from headway_analysis.wording.english_names import (
    COMMON_NAMES,
    DOTTED_TITLES,
    NO_NAMES,
    PARTICLES,
    PLACES,
    ROLE_TITLES,
)
from headway_analysis.wording.english_people import PEOPLE

LONGEST_NAME = 80
CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w’'\-]*"
AFTER_TITLE = re.compile(rf"\s{{1,3}}({CAPITALISED}(?:[ ]{CAPITALISED}){{0,5}})")
_DOTTED, _ROLES = ("|".join(sorted(titles)) for titles in (DOTTED_TITLES, ROLE_TITLES))
TITLE = re.compile(rf"\b(?:(?:{_DOTTED})\b\.?|(?:{_ROLES})\b(?!\.))")
FOLLOWING = re.compile(rf"(?:[ ]{CAPITALISED}\.?){{1,3}}")
OPENING = re.compile(r"(?:^|[.!?…\n])[\s\"“‘(]*$")


def named(text: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where people are named, each place from first to last character.

    >>> text = "We asked Mr. Smith."
    >>> [text[start:end] for start, end in named(text, ())]
    ['Mr. Smith']

    """
    yield from _titled(text)
    yield from _known(text, names)


def _titled(text: str) -> Iterator[tuple[int, int]]:
    for title in TITLE.finditer(text):
        name = AFTER_TITLE.match(text, title.end())
        if name and _is_name(name.group(1).split()):
            yield title.start(), name.end()


def _is_name(words: list[str]) -> bool:
    """Whether what follows a title names somebody: no street, no hospital, no second title."""
    if any(word.removesuffix("’s").removesuffix("'s") in PLACES for word in words):
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
    following = FOLLOWING.match(text, match.end())
    if following and PLACES & {word.strip(".") for word in following.group().split()}:
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
