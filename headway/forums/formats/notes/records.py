"""What is known before a meeting's notes are read, and what is read out of them."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

from headway_analysis.partial_date import PartialDate

Kind = Literal["will_do", "decided", "idea", "in_the_way", "fact", "note"]
KINDS: tuple[Kind, ...] = ("will_do", "decided", "idea", "in_the_way", "fact", "note")
ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation that notes may name, by its name, other names or abbreviations."""

    key: str
    name: str
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person whom notes may name; the first organisation is the one they speak for."""

    key: str
    name: str
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A seat that notes may name instead of its holder."""

    key: str
    label: str
    organisation: str
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody whom the notes of a meeting may name."""

    organisations: tuple[KnownOrganisation, ...] = ()
    people: tuple[KnownPerson, ...] = ()
    posts: tuple[KnownPost, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """When the meeting was, from which "next Friday" counts, and when the next one is."""

    held_on: date
    next_on: date | None = None


@dataclass(frozen=True, slots=True, order=True)
class Owner:
    """Who answers for a line: keys of the roster, empty where not said."""

    organisation: str = ""
    person: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Guess(Generic[ValueT]):
    """What was understood, whether it is sure, what else it may be, and the words it stands in."""

    value: ValueT
    sure: bool = True
    others: tuple[ValueT, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One line of the notes (with the indented lines below it) and what was understood of it.

    Attributes:
        kind: what it records; a plain note that reads like a promise is not sure.
        text: all words after the marker.
        what: the same without the owner in front and the deadline at the end.
        owners: who answers for it; nobody and not sure means somebody whom the roster lacks.
        due: by when; None and not sure means words that name no day, like "before the board meets".
        first, last: numbers of its lines in the text, from 1.
        start, end: its place in the text.
        source: exactly what stands there.
        prefix: indent and bullet in front of the words.

    """

    kind: Guess[Kind]
    text: str
    what: str
    owners: Guess[tuple[Owner, ...]]
    due: Guess[PartialDate | None]
    first: int
    last: int
    start: int
    end: int
    source: str
    prefix: str = ""

    @property
    def is_record(self) -> bool:
        """Whether a record can be made of it as it stands."""
        return self.kind.value != "note"

    @property
    def unsure(self) -> bool:
        """Whether somebody has to look at a part of it."""
        return not (self.kind.sure and self.owners.sure and self.due.sure)
