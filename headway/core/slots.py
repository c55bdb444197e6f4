"""Places on upstream pages that later stages fill; `core` declares them, `site` fills them.

A page asks a slot for its content and shows nothing where nobody fills it, so that an early app
never imports a later one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar
from uuid import UUID

from headway.core.context import NavigationItem
from headway.core.errors import Message

Place = TypeVar("Place")
Content = TypeVar("Content")


class Slot(Generic[Place, Content]):
    """One named place: what it is asked with, and what it shows until somebody fills it."""

    def __init__(self, name: str, empty: Content) -> None:
        self.name = name
        self.empty = empty
        self._source: Callable[[Place], Content] | None = None

    @property
    def filled(self) -> bool:
        """Whether somebody fills this slot."""
        return self._source is not None

    def fill(self, source: Callable[[Place], Content]) -> None:
        """Say who answers; once per process, from `site`'s AppConfig.ready."""
        if self._source is not None and self._source is not source:
            raise ValueError(f"slot {self.name!r} is filled already, by {self._source!r}")
        self._source = source

    def ask(self, place: Place) -> Content:
        """What to show at this place."""
        return self.empty if self._source is None else self._source(place)

    @contextmanager
    def filled_with(self, source: Callable[[Place], Content]) -> Iterator[None]:
        """Another answer for as long as a block runs."""
        before, self._source = self._source, source
        try:
            yield
        finally:
            self._source = before


@dataclass(frozen=True)
class InitiativePlace:
    """An initiative as one reader may see it on one day."""

    initiative_id: UUID
    slug: str
    today: date
    visibilities: frozenset[str]
    member_id: UUID | None = None


@dataclass(frozen=True)
class Visit:
    """Somebody signed in at the pages of an authority."""

    authority_id: UUID
    user_id: UUID


@dataclass(frozen=True)
class TraceStep:
    """One record joined to the one on the page, and how it is joined ("answers", "tests").

    `kind` is the kind in words, `code` the kind by its name ("promise").
    """

    words: Message
    title: str
    href: str
    kind: str
    withdrawn: bool = False
    code: str = ""


@dataclass(frozen=True)
class Trace:
    """Where a record came from and what came of it."""

    came_from: tuple[TraceStep, ...] = ()
    led_to: tuple[TraceStep, ...] = ()


@dataclass(frozen=True)
class StageMark:
    """The small state beside one area of the navigation."""

    area: str
    state: str
    words: Message


@dataclass(frozen=True)
class NavigationPlace:
    """A page of an initiative, to mark where one is."""

    initiative: InitiativePlace
    path: str
    may: Callable[[str], bool]


@dataclass(frozen=True)
class AccountWay:
    """A link that a later stage puts on an earlier page, with a sentence on what is there."""

    label: Message
    href: str
    about: Message


@dataclass(frozen=True)
class SettingsPlace:
    """A page of an authority's settings that a later stage adds, and who may open it."""

    permission: str
    url_name: str
    label: Message


@dataclass(frozen=True)
class RecordPlace:
    """One record as a reader may see it, for what later stages know about it."""

    initiative: InitiativePlace
    record_id: UUID
    kind: str
    withdrawn: bool
    may: Callable[[str], bool]


@dataclass(frozen=True)
class FollowedPlace:
    """One record with what it is joined to, for what came of it in later stages."""

    record: RecordPlace
    trace: Trace


@dataclass(frozen=True)
class Followed:
    """What came of a record in one later stage, and the way to add to it."""

    heading: Message
    steps: tuple[TraceStep, ...] = ()
    add_label: Message = ""
    add_href: str = ""


@dataclass(frozen=True)
class Talk:
    """How many comments stand about a record, and where they are read."""

    count: int
    href: str


@dataclass(frozen=True)
class Way:
    """A step that a later stage offers from a record, like making a promise from it."""

    label: Message
    href: str


@dataclass(frozen=True)
class NotesPlace:
    """A meeting, or one line of its minutes, whose notes somebody wants to write."""

    slug: str
    what: Literal["notes", "lines", "line"]
    record_id: UUID


TAKES_PART: Slot[Visit, bool] = Slot("takes part in an initiative", empty=False)
NAVIGATION: Slot[NavigationPlace, tuple[NavigationItem, ...]] = Slot("navigation", ())
STAGE_MARKS: Slot[InitiativePlace, tuple[StageMark, ...]] = Slot("stage marks", ())
ACCOUNT_WAYS: Slot[None, tuple[AccountWay, ...]] = Slot("account ways", ())
DISCUSSION: Slot[RecordPlace, Talk | None] = Slot("discussion", None)
NOTES_AT: Slot[NotesPlace, str] = Slot("where notes are written", "")
WAYS_ON: Slot[RecordPlace, tuple[Way, ...]] = Slot("ways on", ())
FOLLOWS: Slot[FollowedPlace, tuple[Followed, ...]] = Slot("what followed", ())
SETTINGS_PLACES: Slot[None, tuple[SettingsPlace, ...]] = Slot("settings places", ())
