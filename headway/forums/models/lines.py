"""What somebody gives in for a meeting, before it is stored: plain values, no tables."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from headway.directory.models import Organisation, Person, Post
from headway.initiatives.models import Member, Record
from headway_analysis.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line for the agenda; with the `item` it had it stays the same line, wherever it moves.

    A record without a title speaks by its own title.
    """

    title: str = ""
    text: str = ""
    reason: str = "other"
    minutes: int | None = None
    record: Record | None = None
    item: UUID | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who was there, or excused themselves; a member or person gives the name."""

    name: str = ""
    organisation: Organisation | None = None
    member: Member | None = None
    person: Person | None = None
    was: str = "present"


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One line of the notes as it was understood, or as somebody corrected it.

    Attributes:
        kind: one of `MinuteLine.Kind`.
        text: all words after the marker.
        what: the same without who and by when; the whole text where this is empty.
        as_typed: the line exactly as it stands in the notes.
        owner: the organisation that will do it.
        owner_person: the person who said so.
        owner_post: the seat that answers for it.
        owner_as_said: the words for who, where nobody known was meant.
        due: by when.
        due_as_said: the words for by when, where they are no date.
        unsure: which parts somebody should look at: kind, owner, due.
        line: the stored line that this one is, where it is known.

    """

    kind: str
    text: str
    what: str = ""
    as_typed: str = ""
    owner: Organisation | None = None
    owner_person: Person | None = None
    owner_post: Post | None = None
    owner_as_said: str = ""
    due: PartialDate | None = None
    due_as_said: str = ""
    unsure: Collection[str] = ()
    line: UUID | None = None


@dataclass(frozen=True, slots=True)
class WordOfCounsel:
    """What counsel said about open meetings: who said it, when, and where it stands."""

    text: str = ""
    name: str = ""
    on: date | None = None
    source: str = ""

    @property
    def recorded(self) -> bool:
        """Whether somebody can find it again."""
        return bool(self.name and self.on and self.source)

    def values(self) -> dict[str, object]:
        """The fields of a group that keep it."""
        return {
            "counsel": self.text,
            "counsel_name": self.name,
            "counsel_on": self.on,
            "counsel_source": self.source,
        }
