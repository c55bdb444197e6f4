"""Records as the diagnosis reads them: since when they are there, in which state, and whose."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import itemgetter
from typing import Self

# What carrying something out needs; Mazmanian and Sabatier, in Crosby and Bryson (2005).
NEEDS = ("aims", "theory", "authority", "rules", "implementers", "coalition", "rivals")


def until(day: date | None, as_of: date) -> date | None:
    """The day, where it is not after another; else None.

    >>> until(date(2026, 1, 8), date(2026, 1, 9)), until(date(2026, 1, 8), date(2026, 1, 7))
    (datetime.date(2026, 1, 8), None)

    """
    return day if day is not None and day <= as_of else None


# A request that a report told of, with no day for its vote, was about the year that followed.
A_BUDGET_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record.

    Attributes:
        id: of the record.
        kind: what it is, like `meeting` or `fact`; a kind that nothing here asks for is ignored.
        on: since when it is there.
        gone: since when it is not there any more.
        states: since when it is in which state, in the order in which they were recorded.
        holder: the organisation or role that has to act on it.
        parties: the organisations that took part in it.
        public: whether anybody may read it.

    >>> later = ((date(2026, 2, 1), "agreed"),)
    >>> fact = Item(id="f", kind="fact", on=date(2026, 1, 1), states=later)
    >>> fact.at(date(2026, 1, 15)).state, fact.at(date(2026, 2, 15)).state
    ('', 'agreed')

    """

    id: str
    kind: str
    on: date
    title: str = ""
    gone: date | None = None
    states: tuple[tuple[date, str], ...] = ()
    holder: str = ""
    parties: frozenset[str] = frozenset()
    public: bool = False

    def at(self, as_of: date) -> Self | None:
        """What was known of it at the end of a day; None where it was not there."""
        if self.on > as_of or until(self.gone, as_of) is not None:
            return None
        # Several states of one day keep the order in which they were recorded.
        known = (each for each in self.states if each[0] <= as_of)
        states = tuple(sorted(known, key=itemgetter(0)))
        if self.gone is None and states == self.states:
            return self
        return replace(self, states=states, gone=None)

    @property
    def state(self) -> str:
        """The last state; empty where none is known."""
        return self.states[-1][1] if self.states else ""

    @property
    def since(self) -> date:
        """Since when it is in its state, or there."""
        return self.states[-1][0] if self.states else self.on

    def first(self, *states: str) -> date | None:
        """The first day in one of these states."""
        return min((day for day, name in self.states if name in states), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Item):
    """A time in which a forum works on something.

    Attributes:
        forum: id of the forum.
        ends: the day on which it ends; None where nobody said.

    """

    forum: str = ""
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Item):
    """An idea, and what becomes of it: states idea, draft, adopted, carried_out and others.

    Attributes:
        owner: the organisation or role that answers for it.
        owner_on: since when.
        forum: id of the forum that works on it.
        sectors: the sectors of those who draft it.
        unmet: what carrying it out needs and somebody found missing, out of `NEEDS`.
        checks: the days on which somebody looked, oldest first, and what was missing then.

    """

    owner: str = ""
    owner_on: date | None = None
    forum: str = ""
    sectors: frozenset[str] = frozenset()
    unmet: tuple[str, ...] = ()
    checks: tuple[tuple[date, tuple[str, ...]], ...] = ()

    def at(self, as_of: date) -> Self | None:
        """What was known of it at the end of a day."""
        found = super(Recommendation, self).at(as_of)
        if found is None:
            return None
        known = [missing for day, missing in self.checks if day <= as_of]
        if known:
            found = replace(found, unmet=known[-1])
        if self.owner_on is not None and self.owner_on <= as_of:
            return found
        return replace(found, owner="", owner_on=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a request on its way to the agenda."""

    title: str
    due: date | None = None
    owner: str = ""
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Item):
    """A request to a decision body: states draft, submitted, on_agenda, decided, taken_back.

    Attributes:
        vote_on: the day on which the vote is expected.
        steps: its path to the agenda.
        may_ask: the organisations that may ask for it by their own word.
        seats: ids of the roles that decide on it.
        backed: days on which somebody with a seat spoke for it on the record.
        reported: whether only a report tells of it, so that nobody knows how it went on.

    """

    vote_on: date | None = None
    steps: tuple[Step, ...] = ()
    may_ask: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    backed: tuple[date, ...] = ()
    reported: bool = False

    def at(self, as_of: date) -> Self | None:
        """What was known of it at the end of a day."""
        found = super(Request, self).at(as_of)
        if found is None:
            return None
        steps = tuple(replace(step, done_on=until(step.done_on, as_of)) for step in self.steps)
        backed = tuple(sorted(day for day in self.backed if day <= as_of))
        return replace(found, steps=steps, backed=backed)

    @property
    def is_open(self) -> bool:
        """Whether it is neither decided nor taken back."""
        return self.state not in {"decided", "taken_back"}

    def is_ahead(self, as_of: date) -> bool:
        """Whether its vote is still to come, as far as anybody knows."""
        if not self.is_open:
            return False
        if self.vote_on is not None:
            return self.vote_on >= as_of
        return not self.reported or as_of - self.since <= A_BUDGET_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge(Item):
    """A promise of an organisation.

    Attributes:
        owner: the post or person that answers for it; empty where none is stated.
        due: its last day.
        confirmed_on: when the organisation itself confirmed it.
        kept_on: when it was done.
        dropped_on: when the organisation said that it is not going ahead.
        reason: why it is not.
        reported: whether a source tells of it; then it never counts as confirmed.

    """

    owner: str = ""
    due: date | None = None
    confirmed_on: date | None = None
    kept_on: date | None = None
    dropped_on: date | None = None
    reason: str = ""
    reported: bool = False

    def at(self, as_of: date) -> Self | None:
        """What was known of it at the end of a day."""
        found = super(Pledge, self).at(as_of)
        days = (self.confirmed_on, self.kept_on, self.dropped_on)
        confirmed, kept, dropped = (until(day, as_of) for day in days)
        if found is None or (confirmed, kept, dropped) == days:
            return found
        return replace(found, confirmed_on=confirmed, kept_on=kept, dropped_on=dropped)

    @property
    def is_open(self) -> bool:
        """Whether it is neither kept nor given up."""
        return self.kept_on is None and self.dropped_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial(Item):
    """A small test or a pilot: states card, running, ended, stopped, decided.

    Attributes:
        ends: the day on which it is looked at, or ends.
        decision: adopt, adapt or abandon, once it is decided.
        role: id of the role that decides.

    """

    ends: date | None = None
    decision: str = ""
    role: str = ""

    @property
    def is_running(self) -> bool:
        """Whether it has begun and not ended."""
        return self.state == "running"
