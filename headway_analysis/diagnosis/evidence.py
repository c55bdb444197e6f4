"""What the diagnosis is given: frozen records of what happened when, and by which organisation.

Everything is known by the id of its record. Days are the last possible ones ("autumn 2007" is the
last day of that autumn), so that nothing counts before it surely was. `at` leaves out all that lies
after a day; whatever is computed here is computed on what it leaves.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Literal, TypeVar, get_args

from headway_analysis.diagnosis.items import Item, until

Condition = Literal[
    "understood",
    "convened",
    "common_ground",
    "proposed",
    "supported",
    "promised",
    "tested",
    "result",
]
CONDITIONS: tuple[Condition, ...] = get_args(Condition)
Leading = Literal["distributive", "integrative", "catalysing"]
LEADINGS: tuple[Leading, ...] = get_args(Leading)
RoleKind = Literal["sponsor", "champion", "coordinator", "seat", "other"]
HoldingKind = Literal["part", "promise", "seat", "forum", "recommendation", "role"]


@dataclass(frozen=True, slots=True)
class Link:
    """That one record came from, answers, tests or is about another, or is meant to move it."""

    origin: str
    target: str
    kind: str
    on: date

    @property
    def earlier(self) -> str:
        """The end that was there first: what moves a measure comes before the measure."""
        return self.origin if self.kind in {"moves", "blocks"} else self.target

    @property
    def later(self) -> str:
        """The end that followed."""
        return self.target if self.kind in {"moves", "blocks"} else self.origin


@dataclass(frozen=True, slots=True)
class Act:
    """One act of leadership, as an organisation did it; people are not counted.

    >>> Act("distributive", "forum_led", "county", date(2026, 1, 8), "r1").organisation
    'county'

    """

    leading: Leading
    what: str
    organisation: str
    on: date
    record: str


@dataclass(frozen=True, slots=True)
class Holding:
    """That an organisation or role holds something on which the work rests.

    Attributes:
        kind: what sort of thing.
        thing: its id; two holdings of one thing are two holders.
        title: what it is called.
        holder: the organisation or role.
        on: since when.
        until: the first day on which it does not hold it any more.

    """

    kind: HoldingKind
    thing: str
    title: str
    holder: str
    on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A post that the work rests on, whoever holds it.

    Attributes:
        id: of the post.
        kind: what it does for the initiative.
        title: what it is called.
        organisation: whose post it is.
        terms: from when until when somebody holds it; None means not known, or without an end.
        deputy: whether somebody is named who steps in.

    """

    id: str
    kind: RoleKind
    title: str
    organisation: str = ""
    terms: tuple[tuple[date | None, date | None], ...] = ()
    deputy: bool = False

    def held(self, day: date) -> bool:
        """Whether somebody holds it on a day."""
        return any(_spans(start, end, day) for start, end in self.terms)

    def ends(self, day: date) -> date | None:
        """The last day of those who hold it on a day; None without an end or a holder."""
        running = [end for start, end in self.terms if _spans(start, end, day)]
        lasting = any(end is None for end in running)
        return None if lasting or not running else max(end for end in running if end is not None)


def _spans(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or end >= day)


@dataclass(frozen=True, slots=True)
class Tie:
    """That two organisations worked together, as a record shows."""

    one: str
    other: str
    on: date
    record: str


@dataclass(frozen=True, slots=True)
class Statement:
    """That somebody stated of a condition that it was met outside, or is not needed."""

    condition: Condition
    verdict: Literal["met", "not_needed"]
    line: str
    on: date
    source: str
    record: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which priorities may change: an election or a budget."""

    id: str
    kind: Literal["election", "budget"]
    title: str
    on: date


@dataclass(frozen=True, slots=True)
class Answered:
    """That somebody took a next move, or declined it, on a day."""

    lever: str
    on: date
    taken: bool
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that is known of an initiative; the order of what is inside changes nothing.

    Attributes:
        items: the records.
        links: what came from what.
        acts: acts of leadership.
        holdings: who holds what.
        roles: posts that the work rests on.
        ties: who worked with whom.
        statements: what was stated of conditions.
        turns: days on which priorities may change.
        answers: next moves taken or declined.
        sectors: the sector of each organisation.
        convener: the organisation that convenes.

    """

    items: tuple[Item, ...] = ()
    links: tuple[Link, ...] = ()
    acts: tuple[Act, ...] = ()
    holdings: tuple[Holding, ...] = ()
    roles: tuple[Role, ...] = ()
    ties: tuple[Tie, ...] = ()
    statements: tuple[Statement, ...] = ()
    turns: tuple[Turn, ...] = ()
    answers: tuple[Answered, ...] = ()
    sectors: tuple[tuple[str, str], ...] = ()
    convener: str = ""


DatedT = TypeVar("DatedT", Link, Act, Holding, Tie, Statement, Answered)


def at(evidence: Evidence, as_of: date) -> Evidence:
    """The evidence as it was at the end of a day, in a fixed order.

    What was said beforehand about later days (a vote expected, a term that will end, an election)
    stays, because people knew it.

    >>> told = Evidence(items=(Item(id="m", kind="meeting", on=date(2026, 3, 1)),))
    >>> at(told, date(2026, 2, 28)).items
    ()

    """
    items = (found for item in evidence.items if (found := item.at(as_of)) is not None)
    kept = tuple(sorted(items, key=lambda item: (item.on, item.kind, item.id)))
    there = {item.id for item in kept}
    links = (each for each in evidence.links if each.origin in there and each.target in there)
    held = (each for each in evidence.holdings if until(each.until, as_of) is None)
    return Evidence(
        items=kept,
        links=_until(links, as_of),
        acts=_until(evidence.acts, as_of),
        holdings=_until(held, as_of),
        roles=tuple(sorted(evidence.roles, key=lambda role: role.id)),
        ties=_until(evidence.ties, as_of),
        statements=_until(evidence.statements, as_of),
        turns=tuple(sorted(evidence.turns, key=lambda turn: (turn.on, turn.id))),
        answers=_until(evidence.answers, as_of),
        sectors=tuple(sorted(evidence.sectors)),
        convener=evidence.convener,
    )


def _of_holding(one: Holding) -> tuple[date, str, str, str, str, date]:
    return one.on, one.kind, one.thing, one.title, one.holder, one.until or date.max


# What tells two rows of one day apart.
ORDER: Mapping[type, Callable[[Any], tuple[Any, ...]]] = {
    Link: attrgetter("on", "origin", "target", "kind"),
    Act: attrgetter("on", "leading", "what", "organisation", "record"),
    Holding: _of_holding,
    Tie: attrgetter("on", "one", "other", "record"),
    Statement: attrgetter("on", "condition", "verdict", "line", "source", "record"),
    Answered: attrgetter("on", "lever", "taken", "record"),
}


def _until(rows: Iterable[DatedT], as_of: date) -> tuple[DatedT, ...]:
    found = [row for row in rows if row.on <= as_of]
    return tuple(sorted(found, key=ORDER[type(found[0])])) if found else ()
