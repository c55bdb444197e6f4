"""What a measure would do if nothing changed: a damped trend with its interval."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from headway_analysis.trend.readings import Reading, counted, in_order

LEAST, FEW = 5, 12
DAMPING = 0.9
UPPER = 0.975
ESTIMATED = 4
LEVEL_WEIGHTS = tuple(n / 10 for n in range(1, 11))
TREND_SHARES = (0.0, 0.1, 0.25, 0.5)


@dataclass(frozen=True, slots=True)
class OutlookStep:
    """One step ahead.

    Attributes:
        at: the step of time.
        expected: in the unit of the measure.
        low: lower end of the 95 % interval of a reading.
        high: upper end.

    """

    at: int
    expected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a measure would do if nothing changed, from readings before the start.

    Attributes:
        method: `damped trend`.
        damping: φ, the share of the trend that is left at each further step.
        level_weight: α, how much the newest reading moves the level.
        trend_weight: β, how much it moves the trend.
        n: readings it rests on.
        until: the step of the newest of them.
        few: whether it rests on fewer than 12 readings, so that the interval is wide.
        steps: one for each step from the start on.

    """

    method: str
    damping: float
    level_weight: float
    trend_weight: float
    n: int
    until: int
    few: bool
    steps: tuple[OutlookStep, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """How a damped trend learns.

    Attributes:
        level: α, from 0 to 1.
        trend: β, from 0 to α.
        damping: φ, above 0 and at most 1.

    Raises:
        ValueError: for a number outside its bounds.

    """

    level: float
    trend: float
    damping: float = DAMPING

    def __post_init__(self) -> None:
        if not 0 <= self.trend <= self.level <= 1:
            raise ValueError(f"0 ≤ trend ≤ level ≤ 1 needed, got {self.trend} and {self.level}")
        if not 0 < self.damping <= 1:
            raise ValueError(f"damping must be above 0 and at most 1, got {self.damping}")


@dataclass(frozen=True, slots=True)
class Course:
    """Where a damped trend stands after its readings, and how it erred on the way.

    Attributes:
        level: of the newest step, in the unit of the measure.
        trend: its change per step.
        errors: reading less what was expected, for each reading that was counted.

    """

    level: float
    trend: float
    errors: tuple[float, ...]


def followed(readings: Sequence[Reading], weights: Weights, level: float, trend: float) -> Course:
    """Follow readings from a first level and trend; a gap moves on without learning.

    Each step expects level + φ · trend. The error moves the level by α and the trend by β.

    >>> found = followed([Reading(1, 12.0), Reading(2, None)], Weights(0.5, 0.25, 0.8), 10.0, 0.0)
    >>> found.level, found.trend, found.errors
    (11.4, 0.4, (2.0,))

    """
    errors = list[float]()
    for reading in readings:
        trend *= weights.damping
        level += trend
        if reading.value is not None:
            error = reading.value - level
            errors.append(error)
            level += weights.level * error
            trend += weights.trend * error
    return Course(level, trend, tuple(errors))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A damped trend fitted to readings with given weights.

    Attributes:
        weights: how it learns.
        course: the one whose first level and trend give the least squared errors (exactly).
        squares: the sum of squared errors.
        ends: how the first level, and the first trend, move the newest level and trend.
        open: what the readings leave open of them: variance of the level, covariance, variance of
            the trend, over σ².

    """

    weights: Weights
    course: Course
    squares: float
    ends: tuple[tuple[float, float], tuple[float, float]]
    open: tuple[float, float, float]


def fitted(readings: Sequence[Reading], weights: Weights) -> Candidate:
    """Fit the first level and trend; errors are linear in both, so that three runs give them.

    >>> readings = [Reading(n, value) for n, value in enumerate([8.0, 12.0, 14.0])]
    >>> found = fitted(readings, Weights(0.5, 0.25, 0.5))  # changes of 8, 4, 2: nothing is off
    >>> round(found.course.level, 6), round(found.course.trend, 6)
    (14.0, 2.0)

    """
    import numpy as np

    bare = followed(readings, weights, 0.0, 0.0)
    one, other = (followed(readings, weights, *first) for first in ((1.0, 0.0), (0.0, 1.0)))
    errors = np.array(bare.errors)
    moves = np.column_stack([errors - np.array(one.errors), errors - np.array(other.errors)])
    left = np.linalg.pinv(moves)
    level, trend = (float(each) for each in left @ errors)
    course = followed(readings, weights, level, trend)
    spread = left @ left.T
    return Candidate(
        weights=weights,
        course=course,
        squares=sum(error**2 for error in course.errors),
        ends=(
            (one.level - bare.level, one.trend - bare.trend),
            (other.level - bare.level, other.trend - bare.trend),
        ),
        open=(float(spread[0, 0]), float(spread[0, 1]), float(spread[1, 1])),
    )


def baseline_outlook(
    readings: Iterable[Reading], *, start: int, until: int, damping: float = DAMPING
) -> Outlook | None:
    """What the measure would do from the start on if nothing had changed.

    A damped trend (additive errors, no season) over the readings before the start. φ is given;
    each pair of a grid (α from .1 to 1, β from 0 to α / 2) is fitted, first level and trend by
    least squares. The line is that of the pair with the least squared errors. A gap moves on
    without learning. The variance h steps ahead is σ² · (1 + Σ c²), c = α + β · (φ + … + φ^j) for
    j = 1 … h − 1, plus what the first level and trend leave open, plus the squared distance of the
    pair's line from the best, all averaged over the grid with weights (squared errors)^(−n / 2),
    since few readings cannot tell pairs apart. Times Student's t with n − 4 degrees of freedom, as
    four numbers were fitted: with few readings the 95 % interval is wide. Assumes steps of one
    length, and that what drove the readings goes on.

    Args:
        readings: in any order, one a step; those from the start on are not used.
        start: the first step with what was tried.
        until: the last step wanted.
        damping: φ, above 0 and at most 1.

    Returns:
        None where fewer than five readings were counted before the start.

    Raises:
        ValueError: where `until` lies before `start`, or a step has two readings.

    Source: Gardner and McKenzie, "Forecasting Trends in Time Series" (1985); Hyndman, Koehler, Ord
    and Snyder, "Forecasting with Exponential Smoothing" (2008), ETS(A,Ad,N), table 6.1.

    >>> seen = [Reading(2001 + n, v) for n, v in enumerate([10.0, 12.0, 11.0, 13.0, 12.0, 14.0])]
    >>> found = baseline_outlook(seen, start=2007, until=2008)
    >>> found.n, found.few, found.steps[0].at
    (6, True, 2007)

    """
    if until < start:
        raise ValueError(f"until must be from {start} on, got {until}")
    given = _before(readings, start)
    values = counted(given)
    if len(values) < LEAST:
        return None
    candidates = [fitted(given, each) for each in grid(damping)]
    chosen, shares = _weighed(candidates, len(values))
    last = given[-1].at
    ahead = _ahead(candidates, shares, chosen, until - last)
    steps = [OutlookStep(last + h, *each) for h, each in enumerate(ahead, start=1)]
    return Outlook(
        method="damped trend",
        damping=damping,
        level_weight=chosen.weights.level,
        trend_weight=chosen.weights.trend,
        n=len(values),
        until=last,
        few=len(values) < FEW,
        steps=tuple(step for step in steps if step.at >= start),
    )


def _before(readings: Iterable[Reading], start: int) -> tuple[Reading, ...]:
    """The readings before a step, from the first to the last that was counted."""
    return in_order(each for each in readings if each.at < start and each.value is not None)


def grid(damping: float) -> tuple[Weights, ...]:
    """The pairs of α and β that are tried, the calmest first.

    >>> len(grid(0.9)), grid(0.9)[0]
    (40, Weights(level=0.1, trend=0.0, damping=0.9))

    """
    return tuple(
        Weights(level, level * share, damping) for level in LEVEL_WEIGHTS for share in TREND_SHARES
    )


def _weighed(candidates: Sequence[Candidate], n: int) -> tuple[Candidate, list[float]]:
    """The best candidate, of equal ones the calmest, and the share of each."""
    least = min(each.squares for each in candidates)
    size = max(least, 1e-12 * max(each.squares for each in candidates)) or 1.0
    rounded = [round(max(each.squares, size) / size, 9) for each in candidates]
    best = candidates[rounded.index(min(rounded))]
    raw = [ratio ** (-n / 2) for ratio in rounded]
    return best, [each / sum(raw) for each in raw]


def _ahead(
    candidates: Sequence[Candidate], shares: Sequence[float], chosen: Candidate, steps: int
) -> Iterator[tuple[float, float, float]]:
    """What is expected at each further step, with its interval."""
    from scipy.stats import t

    freedom = len(chosen.course.errors) - ESTIMATED
    times = float(t.ppf(UPPER, freedom))
    paths = [list(_path(each, steps)) for each in candidates]
    for place, (expected, _) in enumerate(_path(chosen, steps)):
        variance = 0.0
        for share, each, path in zip(shares, candidates, paths, strict=True):
            own, spread = path[place]
            variance += share * (each.squares / freedom * spread + (own - expected) ** 2)
        width = times * sqrt(variance)
        yield expected, expected - width, expected + width


def _path(candidate: Candidate, steps: int) -> Iterator[tuple[float, float]]:
    """For each further step level plus trend · (φ + … + φ^h), and its variance over σ²."""
    weights, course = candidate.weights, candidate.course
    left, later = 0.0, 1.0
    for _ in range(steps):
        left = weights.damping * (1 + left)
        by_level, by_trend = (level + left * trend for level, trend in candidate.ends)
        of_level, of_both, of_trend = candidate.open
        first = by_level**2 * of_level + 2 * by_level * by_trend * of_both + by_trend**2 * of_trend
        yield course.level + left * course.trend, later + first
        later += (weights.level + weights.trend * left) ** 2
