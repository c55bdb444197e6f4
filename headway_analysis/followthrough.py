"""From talk to action: promises kept, steps reached, and how long it takes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import exp, log, sqrt
from typing import Literal, get_args

PromiseState = Literal["intent", "open", "late", "kept_on_time", "kept_late", "not_going_ahead"]
Step = Literal["owner", "approved", "under_way", "result"]
STEPS: tuple[Step, ...] = get_args(Step)
# 5 % of a normal distribution lie above it: both sides together make a 90 % interval.
NINETY = 1.6448536269514722


def is_late(due: date | None, as_of: date, *, confirmed: bool, reported: bool) -> bool:
    """Whether a promise that is neither kept nor given up is past its day.

    What only a report tells and its organisation never confirmed may have been kept long ago:
    nobody knows, and nobody calls it late.

    Args:
        due: the last day on which it is on time; None where no day was said.
        as_of: the day at whose end it is looked at.
        confirmed: whether its organisation confirmed it.
        reported: whether only a report tells of it.

    >>> is_late(date(2026, 5, 1), date(2026, 6, 1), confirmed=False, reported=True)
    False
    >>> is_late(date(2026, 5, 1), date(2026, 6, 1), confirmed=False, reported=False)
    True

    """
    return due is not None and due < as_of and (confirmed or not reported)


@dataclass(frozen=True, slots=True)
class Promise:
    """What an organisation has said it will do.

    Attributes:
        id: of its record.
        organisation: whose promise it is.
        owner: the post or person answering for it; empty where none is stated.
        due: the last day on which it is on time; None where no day was said.
        kept_on: the day on which it was done.
        dropped_on: the day on which the organisation said that it is not going ahead.
        reason: why it is not going ahead; needed then.
        confirmed: whether the organisation itself has confirmed it; else it is an intent only.
        reported: whether only a report tells of it, so far as nobody confirmed it.

    Raises:
        ValueError: where it is both kept and dropped, or dropped without a reason.

    >>> Promise("7", "County", dropped_on=date(2026, 5, 1))
    Traceback (most recent call last):
    ...
    ValueError: promise '7' is dropped on 2026-05-01 without a reason

    """

    id: str
    organisation: str
    owner: str = ""
    due: date | None = None
    kept_on: date | None = None
    dropped_on: date | None = None
    reason: str = ""
    confirmed: bool = True
    reported: bool = False

    def __post_init__(self) -> None:
        if self.dropped_on is not None and self.kept_on is not None:
            raise ValueError(
                f"promise {self.id!r} is kept on {self.kept_on} and dropped on {self.dropped_on}"
            )
        if self.dropped_on is not None and not self.reason.strip():
            raise ValueError(
                f"promise {self.id!r} is dropped on {self.dropped_on} without a reason"
            )

    def state(self, as_of: date) -> PromiseState:
        """Where it stands at the end of a day; what happens later does not count yet.

        >>> Promise("7", "County", due=date(2026, 5, 1)).state(date(2026, 5, 1))
        'open'

        """
        if self.dropped_on is not None and self.dropped_on <= as_of:
            return "not_going_ahead"
        if self.confirmed and self.kept_on is not None and self.kept_on <= as_of:
            on_time = self.due is None or self.kept_on <= self.due
            return "kept_on_time" if on_time else "kept_late"
        if is_late(self.due, as_of, confirmed=self.confirmed, reported=self.reported):
            return "late"
        return "open" if self.confirmed else "intent"

    def was_due(self, as_of: date) -> bool:
        """Whether its day has passed while the organisation stood by it."""
        if not self.confirmed or self.due is None or self.due >= as_of:
            return False
        return self.dropped_on is None or self.dropped_on > self.due


@dataclass(frozen=True, slots=True)
class PromiseTally:
    """How promises were kept; every number comes with the ids behind it.

    Attributes:
        by_state: the ids in each state, in the order given.
        due: ids of confirmed promises whose day has passed while the organisation stood by them.
        on_time: those of `due` that were kept by their day.
        no_owner: ids for which nobody is stated to answer, whatever their state.
        unconfirmed: ids that are neither kept nor given up and that nobody confirmed, late or not.

    """

    by_state: Mapping[PromiseState, tuple[str, ...]]
    due: tuple[str, ...]
    on_time: tuple[str, ...]
    no_owner: tuple[str, ...]
    unconfirmed: tuple[str, ...] = ()

    @property
    def share_on_time(self) -> Fraction | None:
        """Kept on time of those due, exactly; None where none was due: that is not zero."""
        return Fraction(len(self.on_time), len(self.due)) if self.due else None


def tally_promises(promises: Iterable[Promise], as_of: date) -> PromiseTally:
    """How promises stand at the end of a day.

    Intents never count as due, and a promise dropped by its day does not either; one dropped after
    it was due does. The figures are counts of what is recorded, not a sample: there is no interval.

    >>> made = [Promise("1", "City", due=date(2026, 5, 1), kept_on=date(2026, 4, 9))]
    >>> tally_promises(made, date(2026, 6, 1)).share_on_time
    Fraction(1, 1)

    """
    given = list(promises)
    states: dict[PromiseState, list[str]] = {state: [] for state in get_args(PromiseState)}
    for promise in given:
        states[promise.state(as_of)].append(promise.id)
    due = [promise for promise in given if promise.was_due(as_of)]
    return PromiseTally(
        by_state={state: tuple(ids) for state, ids in states.items()},
        due=tuple(promise.id for promise in due),
        on_time=tuple(each.id for each in due if each.state(as_of) == "kept_on_time"),
        no_owner=tuple(promise.id for promise in given if not promise.owner.strip()),
        unconfirmed=tuple(
            each.id
            for each in given
            if not each.confirmed and each.state(as_of) in {"intent", "late"}
        ),
    )


def by_organisation(promises: Iterable[Promise], as_of: date) -> dict[str, PromiseTally]:
    """The same for each organisation, by name. Organisations are compared, people are not.

    >>> sorted(by_organisation([Promise("1", "City"), Promise("2", "County")], date(2026, 6, 1)))
    ['City', 'County']

    """
    own: dict[str, list[Promise]] = {}
    for promise in promises:
        own.setdefault(promise.organisation, []).append(promise)
    return {name: tally_promises(own[name], as_of) for name in sorted(own)}


@dataclass(frozen=True, slots=True)
class Wait:
    """How long it took, or has taken so far.

    Attributes:
        days: whole days, at least 0.
        over: whether what was waited for has come; else it is still open after that many days.

    Raises:
        ValueError: for days below 0.

    """

    days: int
    over: bool

    def __post_init__(self) -> None:
        if self.days < 0:
            raise ValueError(f"days must be at least 0, got {self.days}")


@dataclass(frozen=True, slots=True)
class MedianWait:
    """After how many days half have reached the next step.

    Attributes:
        days: the median; None where fewer than half are expected to have come in the time seen.
        low: lower end of the 90 % interval; None where it lies beyond the time seen.
        high: upper end; None where it lies beyond the time seen.
        reached: how many have come.
        open: how many are still waited for.

    """

    days: int | None
    low: int | None
    high: int | None
    reached: int
    open: int


def median_wait(waits: Iterable[Wait]) -> MedianWait:
    """The median waiting time where some still wait.

    Leaving out what is still open would make the wait look shorter than it is. So the share still
    waiting after t days is the product of (1 − d / n) over all days up to t, with d that came on
    that day and n that were waited for until then (Kaplan–Meier); the median is the first day on
    which it is at most one half, decided in fractions. The interval holds the days at which one
    half lies within the 90 % limits of that share (Greenwood's variance on the log-log scale).
    Assumes that those still open are no different from the others; order changes nothing.

    Source: Kaplan and Meier, "Nonparametric Estimation from Incomplete Observations" (1958);
    Brookmeyer and Crowley, "A Confidence Interval for the Median Survival Time" (1982).

    >>> median_wait([Wait(5, True), Wait(9, True), Wait(30, False)]).days
    9

    """
    given = list(waits)
    left, spread = Fraction(1), Fraction(0)
    days = low = high = None
    for day in sorted({wait.days for wait in given if wait.over}):
        waiting = sum(wait.days >= day for wait in given)
        came = sum(wait.days == day and wait.over for wait in given)
        left *= 1 - Fraction(came, waiting)
        spread += Fraction(came, waiting * (waiting - came)) if came < waiting else 0
        least, most = _limits(left, spread)
        days = day if days is None and 2 * left <= 1 else days
        low = day if low is None and 2 * least <= 1 else low
        high = day if high is None and 2 * most <= 1 else high
    reached = sum(wait.over for wait in given)
    return MedianWait(days, low, high, reached, len(given) - reached)


def _limits(left: Fraction, spread: Fraction) -> tuple[float, float]:
    """The 90 % limits of a share still waiting, from Greenwood's sum."""
    if left in {0, 1}:
        return float(left), float(left)
    middle = log(-log(left))
    width = NINETY * sqrt(spread) / abs(log(left))
    return exp(-exp(middle + width)), exp(-exp(middle - width))


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The day on which a recommendation first reached each step; a missing step is not reached.

    >>> Recommendation("3", {"owner": date(2026, 1, 8)}).by("approved", date(2026, 9, 1)) is None
    True

    """

    id: str
    reached: Mapping[Step, date]

    def __post_init__(self) -> None:
        unknown = [step for step in self.reached if step not in STEPS]
        if unknown:
            raise ValueError(f"a step must be one of {', '.join(STEPS)}, got {unknown[0]!r}")

    def by(self, step: Step, as_of: date) -> date | None:
        """The day on which it reached a step, where that is not after the as-of day."""
        day = self.reached.get(step)
        return day if day is not None and day <= as_of else None


@dataclass(frozen=True, slots=True)
class Conversion:
    """How many came from one step to the next; every number comes with the ids behind it.

    Attributes:
        start: the step they had reached.
        end: the next one.
        there: ids of all that had reached `start`.
        further: those of them that have reached `end`.
        wait: the days in between.

    """

    start: Step
    end: Step
    there: tuple[str, ...]
    further: tuple[str, ...]
    wait: MedianWait

    @property
    def share(self) -> Fraction | None:
        """Further of those there, exactly; None where none was there."""
        return Fraction(len(self.further), len(self.there)) if self.there else None


def conversions(items: Sequence[Recommendation], as_of: date) -> tuple[Conversion, ...]:
    """From each step to the next, at the end of a day: owner, approved, under way, with a result.

    A step that was reached before the one that it follows took no days.

    >>> item = Recommendation("3", {"owner": date(2026, 1, 8), "approved": date(2026, 2, 7)})
    >>> first = conversions([item], date(2026, 9, 1))[0]
    >>> first.start, first.end, first.share, first.wait.days
    ('owner', 'approved', Fraction(1, 1), 30)

    """
    return tuple(_conversion(items, start, end, as_of) for start, end in pairwise(STEPS))


def _conversion(items: Sequence[Recommendation], start: Step, end: Step, as_of: date) -> Conversion:
    there, further, waits = list[str](), list[str](), list[Wait]()
    for item in items:
        begun, done = item.by(start, as_of), item.by(end, as_of)
        if begun is None:
            continue
        there.append(item.id)
        if done is not None:
            further.append(item.id)
        waits.append(Wait(max(0, ((done or as_of) - begun).days), over=done is not None))
    return Conversion(start, end, tuple(there), tuple(further), median_wait(waits))


def weeks_since(last: date | None, as_of: date) -> int | None:
    """Whole weeks since the last result; None where there has been none.

    Raises:
        ValueError: where the last result lies after the as-of day.

    >>> weeks_since(date(2026, 5, 1), date(2026, 6, 1))
    4

    """
    if last is None:
        return None
    if last > as_of:
        raise ValueError(f"the last result {last} lies after {as_of}")
    return (as_of - last).days // 7
