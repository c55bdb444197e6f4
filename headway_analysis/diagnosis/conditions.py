"""The eight conditions: what each rests on, how far it has come, and which one is waited on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from headway_analysis.diagnosis.evidence import CONDITIONS, Condition, Statement
from headway_analysis.diagnosis.items import Item
from headway_analysis.diagnosis.steps import AGREED_TO, OVER, TESTS, Traced
from headway_analysis.diagnosis.thresholds import Thresholds

State = Literal["met", "under_way", "waiting_on", "not_needed", "not_recorded"]
MEETINGS = ("meeting", "consultation")


@dataclass(frozen=True, slots=True)
class Open:
    """One record that has not come through yet: since when, and who would act on it."""

    id: str
    since: date
    whom: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What one condition rests on.

    Attributes:
        through: ids of what came through, with the day on which it did.
        open: what has begun and has not come through.
        done: how many of those that had begun came through; they may be fewer than `through`.
        enough: whether what came through is enough, whatever is still open.

    """

    through: tuple[tuple[date, str], ...]
    open: tuple[Open, ...]
    done: int
    enough: bool

    @property
    def share(self) -> Fraction | None:
        """How much of what began came through, exactly; None where nothing began."""
        begun = self.done + len(self.open)
        return Fraction(self.done, begun) if begun else None


@dataclass(frozen=True, slots=True)
class ConditionReading:
    """Where one condition stands.

    Attributes:
        condition: which.
        state: met, under way, waited on, not needed or not recorded.
        through: ids of the records that meet it, oldest first.
        open: ids of those that have begun and not come through, oldest first.
        share: how much of what began came through; None where nothing began.
        met_on: the day of the first evidence.
        latest: the day of the last.
        since: since when the oldest open record stands.
        days: how many days that is.
        whom: the organisations or roles that would act on what is open, each once.
        overtaken: whether a later condition has come further since; then it is never waited on.
        short: whether enough came through and only the share is below its threshold.
        line: what somebody stated, where it was met outside or is not needed.
        source: where that comes from.
        stated: the id of that record.

    """

    condition: Condition
    state: State
    through: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    share: Fraction | None = None
    met_on: date | None = None
    latest: date | None = None
    since: date | None = None
    days: int | None = None
    whom: tuple[str, ...] = ()
    overtaken: bool = False
    short: bool = False
    line: str = ""
    source: str = ""
    stated: str = ""


def read_conditions(traced: Traced, thresholds: Thresholds) -> tuple[ConditionReading, ...]:
    """Where the eight conditions stand at the end of a day, in the order of the path.

    A condition is met when enough came through and its share is not below its threshold; under way
    when anything has begun; not recorded when nothing has, which is never a fault. At most one is
    waited on: the first under way whose oldest open record stands for more days than its threshold,
    with its share below its threshold, and that no later condition has overtaken. A later condition
    overtakes when something came through there after the open record began.

    >>> from datetime import date
    >>> day = date(2026, 1, 8)
    >>> from headway_analysis.diagnosis.evidence import Evidence
    >>> from headway_analysis.diagnosis.steps import Traced
    >>> nothing = Traced(Evidence(), day)
    >>> from headway_analysis.diagnosis.thresholds import DEFAULT
    >>> {reading.state for reading in read_conditions(nothing, DEFAULT)}
    {'not_recorded'}

    """
    bases = {name: BASES[name](traced) for name in CONDITIONS}
    found = [_reading(name, bases[name], traced, thresholds) for name in CONDITIONS]
    found = [_overtaken(reading, found) for reading in found]
    waited = next((each for each in found if _is_waited_on(each, thresholds)), None)
    return tuple(replace(one, state="waiting_on") if one is waited else one for one in found)


def _reading(
    name: Condition, basis: Basis, traced: Traced, thresholds: Thresholds
) -> ConditionReading:
    through = sorted(basis.through)
    waiting = sorted(basis.open, key=lambda each: (each.since, each.id))
    stated = _stated(name, traced)
    since = waiting[0].since if waiting else None
    state = _state(basis, thresholds.percent(name), stated)
    return ConditionReading(
        condition=name,
        state=state,
        through=tuple(key for _day, key in through),
        open=tuple(each.id for each in waiting),
        share=basis.share,
        met_on=through[0][0] if through else (stated.on if stated else None),
        latest=through[-1][0] if through else (stated.on if stated else None),
        since=since,
        days=None if since is None else (traced.as_of - since).days,
        whom=tuple(dict.fromkeys(each.whom for each in waiting if each.whom)),
        short=basis.enough and state == "under_way",
        line=stated.line if stated else "",
        source=stated.source if stated else "",
        stated=stated.record if stated else "",
    )


def _stated(name: Condition, traced: Traced) -> Statement | None:
    """The last that somebody stated of a condition."""
    said = [each for each in traced.evidence.statements if each.condition == name]
    return said[-1] if said else None


def _state(basis: Basis, percent: int, stated: Statement | None) -> State:
    share = basis.share
    if basis.enough and share is not None and 100 * share >= percent:
        return "met"
    if stated is not None:
        return "not_needed" if stated.verdict == "not_needed" else "met"
    return "under_way" if basis.through or basis.open else "not_recorded"


def _overtaken(reading: ConditionReading, every: Iterable[ConditionReading]) -> ConditionReading:
    place = CONDITIONS.index(reading.condition)
    later = [each for each in every if CONDITIONS.index(each.condition) > place]
    passed = any(
        each.state == "met" and each.latest is not None and each.latest >= reading.since
        for each in later
        if reading.since is not None
    )
    return replace(reading, overtaken=passed and reading.state == "under_way")


def _is_waited_on(reading: ConditionReading, thresholds: Thresholds) -> bool:
    if reading.state != "under_way" or reading.overtaken or reading.days is None:
        return False
    below = reading.share is not None and 100 * reading.share < thresholds.percent(
        reading.condition
    )
    return below and reading.days > thresholds.days(reading.condition)


def _days(items: Iterable[Item], *states: str) -> tuple[tuple[date, str], ...]:
    """The day of each: when it first came into one of the states, or was there."""
    return tuple(((item.first(*states) or item.on), item.id) for item in items)


def _waiting(items: Iterable[Item]) -> tuple[Open, ...]:
    return tuple(Open(item.id, item.since, item.holder) for item in items)


def _understood(traced: Traced) -> Basis:
    """Who is affected with a starting point, or an adopted way to see the problem."""
    framings = traced.of("framing")
    adopted = [item for item in framings if item.state == "adopted"]
    groups, points = traced.of("affected_group"), traced.of("baseline", "measure")
    through = (*_days(groups), *_days(points), *_days(adopted, "adopted"))
    rival = [] if adopted else [item for item in framings if item.state == "proposed"]
    enough = bool(adopted) or bool(groups and points)
    begun = () if enough else traced.of("problem", "facet")
    return Basis(through, (*_waiting(rival), *_waiting(begun)), len(through), enough)


def _convened(traced: Traced) -> Basis:
    """Two organisations or more that take part, and a meeting or conversation that was held."""
    partners = traced.of("partner")
    joined = [item for item in partners if item.state == "taking_part"]
    asked = [item for item in partners if item.state == "invited"]
    held = [item for item in traced.of(*MEETINGS) if item.state in {"", "held"}]
    talked = [item for item in traced.of("conversation") if item.first("open", "closed")]
    met = (*_days(held, "held"), *_days(talked, "open"))
    there = {party for item in (*joined, *held, *talked) for party in item.parties}
    planned = [item for item in traced.of("meeting") if item.state == "planned"]
    forums = () if met else traced.of("forum")
    through = (*_days(joined, "taking_part"), *met)
    ahead = (*_waiting(asked), *(() if met else _waiting((*planned, *forums))))
    return Basis(through, ahead, len(through), bool(met) and len(there) > 1)


def _common_ground(traced: Traced) -> Basis:
    """A decision we took, a closed conversation or vote, an agreed fact, or how we work."""
    talks = traced.of("conversation", "vote")
    facts, objections = traced.of("fact"), traced.of("objection")
    through = (
        *_days((item for item in talks if item.state == "closed"), "closed"),
        *_days((item for item in facts if item.state == "agreed"), "agreed"),
        *_days((item for item in objections if item.state in {"met", "taken_back"}), "met"),
        *_days(traced.of("outcome", "agreement")),
    )
    waiting = [
        *(item for item in talks if item.state == "open"),
        *(item for item in facts if item.state == "disputed"),
        *(item for item in objections if item.state in {"open", "stands"}),
    ]
    return Basis(through, _waiting(waiting), len(through), bool(through))


def _proposed(traced: Traced) -> Basis:
    """A recommendation with an owner; ideas, and recommendations without one, are open."""
    standing = [
        item for item in traced.recommendations if item.state not in {"not_adopted", "set_aside"}
    ]
    drafted = [item for item in standing if item.state != "idea"]
    owned = [item for item in drafted if item.owner]
    known = {item.id for item in owned}
    free = [item for item in standing if item.id not in known]
    through = tuple((item.owner_on or item.on, item.id) for item in owned)
    return Basis(through, _waiting(free), len(owned), bool(owned))


def _supported(traced: Traced) -> Basis:
    """A body said yes; requests that it has not decided are open."""
    agreed = [item for item in traced.of("decision") if item.state in AGREED_TO]
    waiting = [item for item in traced.requests if item.is_open]
    return Basis(_days(agreed, *AGREED_TO), _waiting(waiting), len(agreed), bool(agreed))


def _promised(traced: Traced) -> Basis:
    """A promise that its organisation confirmed or kept; what was approved without one is open.

    Where meetings were held and nothing else calls for a promise, the meetings do.
    """
    given = [item for item in traced.pledges if item.confirmed_on or item.kept_on]
    through = tuple((item.confirmed_on or item.kept_on or item.on, item.id) for item in given)
    known = {item.id for item in given}
    intents = [item for item in traced.pledges if item.id not in known and item.is_open]
    bare = [
        Open(item.id, traced.reached[item.id]["approved"], item.owner)
        for item in traced.approved
        if not any(each.kind == "promise" for each in traced.followed[item.id])
    ]
    waiting = (*_waiting(intents), *bare)
    if not through and not waiting:
        waiting = tuple(
            Open(item.id, item.on, item.holder)
            for item in traced.of("meeting")
            if item.state == "held"
        )
    return Basis(through, waiting, len(given), bool(given))


def _tested(traced: Traced) -> Basis:
    """A small test or pilot that came to its end; those that run are open."""
    over = [item for item in traced.of(*TESTS) if item.state in OVER]
    running = [item for item in traced.tests if item.is_running]
    return Basis(_days(over, *OVER), _waiting(running), len(over), bool(over))


def _result(traced: Traced) -> Basis:
    """A count or a pilot's finding after somebody began to act; measures without one are open.

    Only counts of the population that are later than where their measure started: how the work
    itself goes is no result, and neither is a starting point.
    """
    acted = _acted_on(traced)
    if acted is None:
        return Basis((), (), 0, enough=False)
    counted = [item for item in traced.counts if item.on > acted]
    found = [item for item in traced.of("pilot") if item.state == "decided"]
    through = (*_days(counted), *_days(found, "decided"))
    read = {item.id for item in counted}
    known = {link.earlier for link in traced.evidence.links if link.later in read}
    measures = traced.of("measure")
    waiting = tuple(
        Open(item.id, max(item.on, acted), item.holder) for item in measures if item.id not in known
    )
    done = len(measures) - len(waiting) if measures else len(through)
    return Basis(through, waiting, max(done, len(found)), bool(through))


def _acted_on(traced: Traced) -> date | None:
    """The first day on which something was approved, promised or tested."""
    days = [traced.reached[item.id]["approved"] for item in traced.approved]
    days += [item.confirmed_on or item.kept_on or item.on for item in traced.pledges]
    days += [item.on for item in traced.of("decision") if item.state in AGREED_TO]
    days += [day for item in traced.tests if (day := item.first("running", *OVER)) is not None]
    return min(days, default=None)


BASES: Mapping[Condition, Callable[[Traced], Basis]] = {
    "understood": _understood,
    "convened": _convened,
    "common_ground": _common_ground,
    "proposed": _proposed,
    "supported": _supported,
    "promised": _promised,
    "tested": _tested,
    "result": _result,
}
