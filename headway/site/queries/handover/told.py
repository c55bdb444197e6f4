"""What a successor is told, as frozen values: lines below headings, the same for every medium."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from headway.core.errors import Message
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Record, StageQuerySet
from headway.initiatives.reader import Reader

RowsT = TypeVar("RowsT", bound=StageQuerySet[Any])


@dataclass(frozen=True)
class Line:
    """One thing that is handed over.

    Attributes:
        what: in words, leading to its record.
        href: where it stands; empty for what has no page.
        who: whose it is, or whom to call.
        when: by when, or since when, in words.
        state: how it stands.
        more: further sentences.
        day: the day on which somebody must act; None where there is none.

    """

    what: str
    href: str = ""
    who: str = ""
    when: str = ""
    state: str = ""
    more: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True)
class Section:
    """One heading with its lines, and what to say where there are none."""

    key: str
    heading: Message
    lead: Message
    empty: Message
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class HandOverPage:
    """Everything that a successor needs; the first thirty days come first."""

    title: str
    lead: str
    heads: tuple[Message, ...]
    notice: str
    members_href: str
    first_heading: str
    first: tuple[Section, ...]
    then_heading: str
    then: tuple[Section, ...]
    pdf_href: str
    json_href: str


@dataclass(frozen=True)
class Place:
    """Which initiative is handed over, and to whose eyes."""

    initiative: Initiative
    reader: Reader

    def rows(self, found: RowsT) -> RowsT:
        """The rows that stand here and that the reader may see."""
        here = found.in_initiative(self.initiative).live().visible_to(self.reader.readers)
        return here.select_related("record")

    def href(self, record: Record) -> str:
        """The page of a record."""
        return kinds.href(record, self.reader.slug)


def joined(parts: Iterable[object]) -> str:
    """The parts that say something, with commas."""
    return ", ".join(str(part) for part in parts if part)
