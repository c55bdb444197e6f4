"""What is told of where an initiative stands, as frozen values."""

from dataclasses import dataclass
from datetime import date, datetime

from headway.core.errors import Message
from headway.core.tables import TextLink


@dataclass(frozen=True)
class ConditionLine:
    """One condition: its state, a plain sentence, and where its evidence is.

    A visitor is told of what is met, of everything else only that it is not met yet. `mark` is how
    the state is drawn: a result that got worse differs there from one that did not.
    """

    key: str
    label: Message
    state: str
    state_label: Message
    mark: str
    words: str = ""
    whom: str = ""
    since: date | None = None
    count: int = 0
    open: int = 0
    line: str = ""
    source: str = ""
    href: str = ""


@dataclass(frozen=True)
class MoveLine:
    """A next move: why, what it is about, and where to take or decline it."""

    key: str
    label: Message
    reason: str
    source: str
    condition: Message
    records: tuple[TextLink, ...]
    evidence_href: str
    start_label: Message
    start_href: str
    take_href: str
    decline_href: str
    practice: TextLink | None = None


@dataclass(frozen=True)
class AnsweredLine:
    """A next move that somebody took or declined: who and when, why, and what followed."""

    label: Message
    state: str
    words: str
    because: str
    about: TextLink | None
    followed: tuple[TextLink, ...]
    taken: bool
    href: str


@dataclass(frozen=True)
class LeadLine:
    """One reading of leadership in a sentence."""

    key: str
    label: Message
    words: str
    alarm: bool
    href: str
    computed: str = ""


@dataclass(frozen=True)
class StepLine:
    """How many recommendations came from one step to the next, and how long it took."""

    start: str
    end: str
    label: str
    there: int
    further: int
    share: float | None
    days: int | None
    words: str
    href: str
    computed: str = ""


@dataclass(frozen=True)
class Figured:
    """One figure with its words and the records behind it."""

    key: str
    label: Message
    words: str
    number: float | None
    href: str
    alarm: bool = False
    computed: str = ""


@dataclass(frozen=True)
class Standing:
    """Where an initiative stands on a day, by what was known at an instant."""

    as_of: date
    known_at: datetime | None
    is_today: bool
    conditions: tuple[ConditionLine, ...]
    waited_on: ConditionLine | None
    moves: tuple[MoveLine, ...]
    answered: tuple[AnsweredLine, ...]
    readings: tuple[LeadLine, ...]
    conversions: tuple[StepLine, ...]
    promises: tuple[Figured, ...]
    weeks_since_result: Figured | None
    warnings: tuple[Figured, ...]
    leadership_href: str
    conditions_href: str
