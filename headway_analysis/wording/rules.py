"""How a rule of a language is tried on a text."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from headway_analysis.wording.clauses import ENDS, WITHIN, Word, Words
from headway_analysis.wording.flags import Kind


class Who(Enum):
    """What must stand with a phrase so that it counts."""

    ANYTHING = "nothing more"
    SOMEBODY = "a clause that asks nothing and means somebody"
    DOER = "a person or group before it in its clause, as the one who does it"
    OWNER = "a person's possessive straight before it"
    NEAR = "a person in its sentence"


@dataclass(frozen=True, slots=True)
class Rule:
    """One phrase to look for.

    Attributes:
        kind: of the flags that it makes.
        pattern: what to look for; every repetition in it is bounded.
        who: who must stand with it.

    """

    kind: Kind
    pattern: re.Pattern[str]
    who: Who = Who.ANYTHING


@dataclass(frozen=True, slots=True)
class Language:
    """The rules of one language.

    Attributes:
        rules: what is looked for.
        questions: what is asked instead, by kind.
        is_person: whether a word, in small letters and without possessive, means people.
        breaks: words and marks at which a clause begins.
        joins: words that join clauses where a determiner follows.
        determiners: words that begin a new subject.
        asks: words that ask or tell who, unless a person stands before them.
        nobody: words that say that nobody is meant.
        nots: words that say the opposite straight before a phrase.

    """

    rules: tuple[Rule, ...]
    questions: Mapping[Kind, str]
    is_person: Callable[[str], bool]
    breaks: frozenset[str]
    joins: frozenset[str]
    determiners: frozenset[str]
    asks: frozenset[str]
    nobody: frozenset[str]
    nots: frozenset[str]


def found(rule: Rule, words: Words, language: Language) -> Iterator[tuple[int, int]]:
    """Where a rule holds, each place from first to last character.

    >>> from headway_analysis.wording.english import LANGUAGE
    >>> rule = Rule("hindsight", re.compile("obviously"), Who.ANYTHING)
    >>> list(found(rule, Words("It obviously leaked."), LANGUAGE))
    [(3, 12)]

    """
    for match in rule.pattern.finditer(words.text):
        if _counts(rule.who, words, match, language):
            yield match.start(), match.end()


def _counts(who: Who, words: Words, match: re.Match[str], language: Language) -> bool:
    if who is Who.ANYTHING:
        return True
    clause = _clause(words.before(match.start(), WITHIN, language.breaks), language)
    if _means_nobody(clause, language):
        return False
    if who is Who.SOMEBODY:
        return True
    if who is Who.OWNER:
        return _is_owned(clause, language)
    if _has_doer(clause, language):
        return True
    return who is Who.NEAR and _has_person(words, match, language)


def _clause(before: list[Word], language: Language) -> list[Word]:
    """From the last "and the" on: what follows has its own subject."""
    for place in range(len(before) - 1, 0, -1):
        joined = before[place - 1].plain in language.joins
        if joined and before[place].plain in language.determiners:
            return before[place:]
    return before


def _means_nobody(clause: list[Word], language: Language) -> bool:
    """Whether the clause asks who, speaks of nobody, or says "not" straight before the phrase."""
    plain = [word.plain for word in clause]
    if not language.nobody.isdisjoint(plain):
        return True
    if any(word in language.nots or word.endswith("n't") for word in plain[-2:]):
        return True
    return any(
        word in language.asks and not (place and language.is_person(plain[place - 1]))
        for place, word in enumerate(plain)
    )


def _is_owned(clause: list[Word], language: Language) -> bool:
    """Whether one of the last three words is a person's possessive: "the clerk's worst mistake"."""
    return any(word.is_possessive and language.is_person(word.bare) for word in clause[-3:])


def _has_doer(clause: list[Word], language: Language) -> bool:
    return any(language.is_person(word.plain) for word in clause if not word.is_possessive)


def _has_person(words: Words, match: re.Match[str], language: Language) -> bool:
    around = words.before(match.start(), WITHIN, ENDS) + words.after(match.end(), WITHIN)
    return any(language.is_person(word.bare) for word in around)
