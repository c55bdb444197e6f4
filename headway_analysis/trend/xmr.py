"""The XmR chart: which readings tell of a change, and which are only the usual ups and downs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from headway_analysis.trend.readings import Reading, counted, in_order

Rule = Literal["beyond_limits", "eight_on_one_side", "three_of_four_near_a_limit"]
Side = Literal["above", "below"]
# 3 / d2 and D4 for ranges of two: Wheeler (1993), table of bias correction factors.
LIMIT, RANGE_LIMIT = 2.66, 3.268
FEW = 12
LEAST_RANGES = 2
RUN, NEAR, AMONG = 8, 3, 4


@dataclass(frozen=True, slots=True)
class Signal:
    """Readings that chance alone would seldom give.

    Attributes:
        rule: which of the three rules.
        side: above or below the middle.
        at: the steps it rests on, in order.

    """

    rule: Rule
    side: Side
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A process behavior chart.

    Attributes:
        readings: by time, a None for every gap.
        middle: the mean of the readings that the limits rest on; None without any.
        lower: lower natural process limit; None where there are too few ranges.
        upper: upper one.
        mean_range: the mean moving range.
        range_limit: a moving range above it is a signal of its own.
        n: readings that the limits rest on.
        ranges: moving ranges that they rest on; none spans a gap.
        few: whether the limits are soft, because fewer than 12 readings carry them.
        signals: in order of time.

    """

    readings: tuple[Reading, ...]
    middle: float | None
    lower: float | None
    upper: float | None
    mean_range: float | None
    range_limit: float | None
    n: int
    ranges: int
    few: bool
    signals: tuple[Signal, ...]


def xmr(readings: Iterable[Reading], *, limits_until: int | None = None) -> Chart:
    """Natural process limits and signals.

    The limits are the mean ± 2.66 times the mean moving range (the mean difference of neighbors).
    Signals: a reading beyond a limit; eight in a row on one side of the middle; three of four in a
    row nearer to one limit than to the middle. A gap is a gap: no range spans it and no run
    crosses it. Too few for limits (fewer than two ranges): the middle only, no signals. No
    assumption on the distribution; readings should come at even steps.

    Args:
        readings: in any order, one a step; None values are gaps.
        limits_until: the last step that the limits rest on, such as the last one before the start;
            all where it is left out. Signals are looked for in all readings.

    Raises:
        ValueError: where a step has two readings.

    Source: Wheeler, "Understanding Variation" (1993), chapters 3 and 4.

    >>> chart = xmr([Reading(2007 + n, v) for n, v in enumerate([10.0, 12.0, 11.0, 13.0, 30.0])],
    ...             limits_until=2010)
    >>> chart.middle, round(chart.mean_range, 3), round(chart.lower, 3), round(chart.upper, 3)
    (11.5, 1.667, 7.067, 15.933)
    >>> chart.signals
    (Signal(rule='beyond_limits', side='above', at=(2011,)),)

    """
    given = in_order(readings)
    basis = [each for each in given if limits_until is None or each.at <= limits_until]
    values, ranges = counted(basis), list(_ranges(basis))
    middle = sum(values) / len(values) if values else None
    chart = Chart(
        readings=given,
        middle=middle,
        lower=None,
        upper=None,
        mean_range=None,
        range_limit=None,
        n=len(values),
        ranges=len(ranges),
        few=True,
        signals=(),
    )
    if middle is None or len(ranges) < LEAST_RANGES:
        return chart
    mean = sum(ranges) / len(ranges)
    lower, upper = middle - LIMIT * mean, middle + LIMIT * mean
    return replace(
        chart,
        lower=lower,
        upper=upper,
        mean_range=mean,
        range_limit=RANGE_LIMIT * mean,
        few=len(values) < FEW,
        signals=_signals(given, lower, middle, upper),
    )


def _ranges(readings: Sequence[Reading]) -> Iterator[float]:
    """The differences of neighbors that were both counted."""
    for one, other in pairwise(readings):
        if one.value is not None and other.value is not None:
            yield abs(other.value - one.value)


def _signals(
    readings: Sequence[Reading], lower: float, middle: float, upper: float
) -> tuple[Signal, ...]:
    """What breaks a rule, in order of time."""
    found = list[Signal]()
    for side in (_Side("above", middle, upper, 1), _Side("below", middle, lower, -1)):
        beyond = [reading.at for reading in readings if side.beyond(reading)]
        found += [Signal("beyond_limits", side.name, (at,)) for at in beyond]
        for stretch in _stretches(readings):
            found += [*_runs(stretch, side), *_near(stretch, side)]
    return tuple(sorted(found, key=lambda each: (each.at, each.rule)))


@dataclass(frozen=True, slots=True)
class _Side:
    """Above or below the middle."""

    name: Side
    middle: float
    limit: float
    sign: int

    def beyond(self, reading: Reading) -> bool:
        """Whether a reading lies beyond the limit; on it is not beyond."""
        return reading.value is not None and self.sign * (reading.value - self.limit) > 0

    def holds(self, reading: Reading) -> bool:
        """Whether a reading lies on this side; on the middle is on neither."""
        return reading.value is not None and self.sign * (reading.value - self.middle) > 0

    def near(self, reading: Reading) -> bool:
        """Whether a reading lies nearer to the limit than to the middle, or beyond the limit."""
        if reading.value is None:
            return False
        return 2 * self.sign * (reading.value - self.middle) > self.sign * (
            self.limit - self.middle
        )


def _stretches(readings: Sequence[Reading]) -> Iterator[list[Reading]]:
    """Readings without a gap between them."""
    own: list[Reading] = []
    for reading in [*readings, Reading(0, None)]:
        if reading.value is not None:
            own.append(reading)
        elif own:
            yield own
            own = []


def _runs(stretch: Sequence[Reading], side: _Side) -> Iterator[Signal]:
    """Runs of eight or more on one side, each named once with all its readings."""
    own: list[int] = []
    for reading in stretch:
        if side.holds(reading):
            own.append(reading.at)
            continue
        if len(own) >= RUN:
            yield Signal("eight_on_one_side", side.name, tuple(own))
        own = []
    if len(own) >= RUN:
        yield Signal("eight_on_one_side", side.name, tuple(own))


def _near(stretch: Sequence[Reading], side: _Side) -> Iterator[Signal]:
    """Readings near a limit of which three lie among four in a row; overlapping ones are one."""
    own: list[int] = []
    for place in range(len(stretch)):
        window = stretch[place : place + AMONG]
        hits = [reading.at for reading in window if side.near(reading)]
        if len(hits) < NEAR or (len(window) < AMONG and set(hits) <= set(own)):
            continue
        if own and hits[0] > own[-1]:
            yield Signal("three_of_four_near_a_limit", side.name, tuple(own))
            own = []
        own += [at for at in hits if at not in own]
    if own:
        yield Signal("three_of_four_near_a_limit", side.name, tuple(own))
