"""Where a text names an organisation, a person or a seat of the roster."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from headway.forums.formats.notes.records import (
    KnownOrganisation,
    KnownPerson,
    KnownPost,
    Owner,
    Roster,
)
from headway_analysis.similarity import fold, similar

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SMALL = frozenset({"of", "and", "for", "the", "in", "to", "on", "at", "de"})
# As the only word they may be anybody's.
COMMON = frozenset(
    re.findall(
        r"\w+",
        """academy agency alliance american area association board bridge business center central
        charities church city coalition collaborative college commission committee community council
        county department development district downtown east education family federal finance food
        foundation friends fund general grace group hands health home hope hospital house housing
        human initiative institute international justice legal link local mental metro metropolitan
        mission national neighborhood network new north northwest office open partners partnership
        people police programs project projects public regional residents saint salvation school
        schools service services shelter social society south southwest state suburban support team
        union united university urban us west women workers works youth""",
    )
)
# First names that are also words: they count with a capital only.
ALSO_WORDS = frozenset(
    re.findall(
        r"\w+",
        """april art august bill bob chance chase christian dale dawn dean drew faith frank gene
        grace grant guy hope jack jay joy june mark mason may miles pat penny rich rob rose sky sue
        summer will""",
    )
)
SURE, WEAK = 2, 1
LONGEST_KEY = 12


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: where it stands, and the folded forms it may be known by."""

    start: int
    end: int
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names somebody, whom that may be, and whether it is sure."""

    start: int
    end: int
    owners: tuple[Owner, ...]
    sure: bool

    @property
    def owner(self) -> Owner:
        """The likeliest."""
        return self.owners[0]


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to name somebody: how sure it is, and how it must be written."""

    owner: Owner
    strength: int
    capital: bool = False
    upper: bool = False


@dataclass
class Names:
    """All ways to name those of one roster."""

    roster: Roster
    known: dict[tuple[str, ...], list[Alias]] = field(default_factory=lambda: defaultdict(list))

    def mentions(self, text: str) -> list[Mention]:
        """Everybody whom the text names, in its order, by the longest names."""
        tokens, found, place = words(text), list[Mention](), 0
        while place < len(tokens):
            mention, taken = self._longest(text, tokens, place)
            if mention is not None:
                found.append(mention)
            place += taken
        return found

    def at(self, text: str, start: int) -> Mention | None:
        """Whom the text names exactly from a place on."""
        tokens = words(text[start : start + 300], start)
        if not tokens or text[start : tokens[0].start].strip("\"'“‘ "):
            return None
        return self._longest(text, tokens, 0)[0]

    def _longest(self, text: str, tokens: list[Token], place: int) -> tuple[Mention | None, int]:
        for length in range(min(LONGEST_KEY, len(tokens) - place), 0, -1):
            part = tokens[place : place + length]
            said = text[part[0].start : part[-1].end]
            aliases = [one for key in _keys(part) for one in self._matching(key, said)]
            if aliases:
                return _mention(part[0].start, part[-1].end, aliases), length
        return None, 1

    def _matching(self, key: tuple[str, ...], said: str) -> list[Alias]:
        return [
            alias
            for alias in self.known.get(key, ())
            if not (alias.upper and not _all_capitals(said))
            and not (alias.capital and not said[:1].isupper())
        ]

    def resembling(self, words_said: str) -> tuple[Owner, ...]:
        """Whose name is written almost like this, best first."""
        texts, owners = _full_names(self.roster)
        best = similar(texts, words_said, top=3, floor=0.5)
        return tuple(dict.fromkeys(owners[match.position] for match in best))


@lru_cache(maxsize=16)
def _full_names(roster: Roster) -> tuple[list[str], list[Owner]]:
    pairs = [
        (name, Owner(each.key))
        for each in roster.organisations
        for name in (each.name, *each.other_names)
    ]
    pairs += [(each.name, owner_of(each)) for each in roster.people]
    return [name for name, _owner in pairs], [owner for _name, owner in pairs]


def owner_of(person: KnownPerson) -> Owner:
    """A person speaks for the first of their organisations."""
    return Owner(person.organisations[0] if person.organisations else "", person.key)


def words(text: str, offset: int = 0) -> list[Token]:
    """The words of a text; "City's" is known as "citys" and as "city"."""
    return [
        Token(found.start() + offset, found.end() + offset, _forms(found[0]))
        for found in WORD.finditer(text)
    ]


def _forms(word: str) -> tuple[str, ...]:
    plain = fold(word)
    bare = plain.replace("'", "").replace("’", "")
    return (bare, plain[:-2]) if plain.endswith(("'s", "’s")) else (bare,)


def _keys(part: list[Token]) -> Iterator[tuple[str, ...]]:
    """The forms of some words; only the last of a name may stand in the genitive."""
    front = tuple(token.forms[0] for token in part[:-1])
    for last in part[-1].forms:
        yield (*front, last)


def key_of(name: str) -> tuple[str, ...]:
    """The folded words by which a name is known."""
    return tuple(token.forms[0] for token in words(name))


def _all_capitals(said: str) -> bool:
    return said.removesuffix("'s").removesuffix("’s").isupper()


def _mention(start: int, end: int, aliases: list[Alias]) -> Mention:
    best = max(alias.strength for alias in aliases)
    owners = tuple(dict.fromkeys(one.owner for one in aliases if one.strength == best))
    return Mention(start, end, owners, sure=best >= SURE and len(owners) == 1)


@lru_cache(maxsize=16)
def names_of(roster: Roster) -> Names:
    """All ways to name those of a roster."""
    names = Names(roster)
    for post in roster.posts:
        _add(names, key_of(post.label), Alias(_seat(post), SURE))
    _add_people(names, roster.people)
    given = {key for each in roster.organisations for key in _given(each)}
    for key, organisations in _short_names(roster.organisations).items():
        if key not in given:
            _add_short(names, key, organisations)
    for each in roster.organisations:
        for key in _given(each):
            strength = WEAK if _is_common(key) and key not in _written(each) else SURE + 1
            _add(names, key, Alias(Owner(each.key), strength, capital=_is_common(key)))
        for initials in _initials(each.name):
            strength = SURE if len(initials) > 2 else WEAK
            _add(names, (initials,), Alias(Owner(each.key), strength, upper=True))
    return names


def _seat(post: KnownPost) -> Owner:
    return Owner(post.organisation, post.holder, post.key)


def _add(names: Names, key: tuple[str, ...], alias: Alias) -> None:
    if key and len(key) <= LONGEST_KEY:
        names.known[key].append(alias)


def _is_common(key: tuple[str, ...]) -> bool:
    return len(key) == 1 and key[0] in COMMON


def _given(organisation: KnownOrganisation) -> set[tuple[str, ...]]:
    """The names that somebody wrote down, with and without "the" and what is in brackets."""
    found = set()
    for name in (organisation.name, *organisation.other_names):
        bare = re.sub(r"\([^)]*\)", " ", name)
        inner = [each for each in re.findall(r"\(([^)]*)\)", name) if each.isupper()]
        found |= {key_of(each) for each in (name, bare, *inner)}
    return {key for each in found if each for key in (each, _without_the(each)) if key}


def _written(organisation: KnownOrganisation) -> set[tuple[str, ...]]:
    """The other names that were written just so, "the City" as "city" too."""
    return {_without_the(key_of(name) or ("",)) for name in organisation.other_names}


def _without_the(key: tuple[str, ...]) -> tuple[str, ...]:
    return key[1:] if key[0] == "the" and len(key) > 1 else key


def _short_names(
    organisations: Iterable[KnownOrganisation],
) -> dict[tuple[str, ...], list[KnownOrganisation]]:
    """The beginnings of names, and the place behind "City of", with all whom they may mean."""
    found: dict[tuple[str, ...], list[KnownOrganisation]] = defaultdict(list)
    for each in organisations:
        key = _without_the(key_of(re.sub(r"\([^)]*\)", " ", each.name)) or ("",))
        if key[:2] == ("city", "of"):
            found[key[2:]].insert(0, each)
        for length in range(1, len(key)):
            if key[length - 1] not in SMALL:
                found[key[:length]].append(each)
    return found


def _add_short(names: Names, key: tuple[str, ...], organisations: list[KnownOrganisation]) -> None:
    if len(key) == 1 and (len(key[0]) < 4 or key[0] in COMMON):
        return
    strength = SURE if len(organisations) == 1 else WEAK
    for each in organisations:
        _add(names, key, Alias(Owner(each.key), strength, capital=len(key) == 1))


def _initials(name: str) -> set[str]:
    parts = key_of(re.sub(r"\([^)]*\)", " ", name))
    every = "".join(part[0] for part in parts)
    large = "".join(part[0] for part in parts if part not in SMALL)
    return {each for each in (every, large) if len(each) > 1}


def _add_people(names: Names, people: Iterable[KnownPerson]) -> None:
    for person in people:
        owner, key = owner_of(person), key_of(person.name)
        if not key:
            continue
        strength = SURE if len(person.organisations) < 2 else WEAK
        _add(names, key, Alias(owner, strength + 1))
        for short in _short_person(key):
            capital = len(short) == 1 and (short[0] in ALSO_WORDS or len(short[0]) < 3)
            _add(names, short, Alias(owner, strength, capital=capital))
        initials = "".join(part[0] for part in key)
        _add(names, (initials,), Alias(owner, strength, upper=True))


def _short_person(key: tuple[str, ...]) -> set[tuple[str, ...]]:
    """First name, last name, "Maria L." and "M. Lopez"."""
    if len(key) < 2:
        return set()
    first, last = key[0], key[-1]
    return {(first,), (last,), key[:-1], (first, last[0]), (*key[:-1], last[0]), (first[0], last)}
