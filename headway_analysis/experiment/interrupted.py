"""One series with a start in it: the change of its level and of its slope."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from headway_analysis.experiment.newey_west import lags_for, newey_west
from headway_analysis.experiment.regression import Floats
from headway_analysis.experiment.result import Caveat, Estimate, Figure, NotEstimableError
from headway_analysis.experiment.rows import Observation, Usable
from headway_analysis.experiment.shared import drops, found, groups

LEAST_EACH, ENOUGH_EACH = 3, 8


@dataclass(frozen=True, slots=True)
class Moment:
    """One time of the series.

    Attributes:
        time: when.
        treated: whether it is at or after the start.
        outcome: the mean of its rows.

    """

    time: float
    treated: bool
    outcome: float


def series(given: Usable) -> Estimate:
    """The change of level at the start of a series; the change of slope is in `more`.

    Least squares on a constant, a slope, a step at the start, and a slope from the start on. The
    effect is the step: how much the first time with it lies off the old line. Several rows of one
    time count with their mean. Errors: Newey–West with the usual number of lags, brought to the
    size that it should have in so short a series (see `newey_west`). Assumes that the old line
    would have gone on, and that nothing else began then.

    Raises:
        NotEstimableError: where times are missing or no numbers, where there is not one start, or
            where fewer than three times lie on either side.

    Source: Wagner and others, "Segmented Regression Analysis of Interrupted Time Series" (2002).

    >>> from headway_analysis.experiment.rows import usable
    >>> rows = [Observation(None, n, n > 9, n + 5.0 * (n > 9) + 0.1 * (n % 3)) for n in range(20)]
    >>> round(series(usable(rows, timed=True)).estimate, 1)
    5.0

    """
    groups(given.rows)
    moments = _moments(given.rows)
    before = sum(not each.treated for each in moments)
    after = len(moments) - before
    if min(before, after) < LEAST_EACH:
        raise NotEstimableError("short_series", before=before, after=after, least=LEAST_EACH)
    lags = lags_for(len(moments))
    outcome = np.array([each.outcome for each in moments])
    columns, unit = _columns(moments)
    step, slope = (newey_west(outcome, columns, place, lags) for place in (0, 1))
    low, high = slope.interval
    more = Figure("slope_change", slope.value / unit, slope.se / unit, low / unit, high / unit)
    caveats = [*drops(given.dropped), Caveat("same_moment")]
    if min(before, after) < ENOUGH_EACH:
        caveats.append(Caveat("short_series", (("before", before), ("after", after))))
    if len(moments) < len(given.rows):
        numbers = (("rows", len(given.rows)), ("times", len(moments)))
        caveats.append(Caveat("averaged", numbers))
    caveats.append(Caveat("lags", (("lags", lags),)))
    return found("series", "level_and_slope", step, given, caveats, [more])


def _moments(rows: Sequence[Observation]) -> list[Moment]:
    """The times in order.

    Raises:
        NotEstimableError: where times are no numbers, or there is not one start.

    """
    own: dict[float, list[Observation]] = {}
    for row in rows:
        if not isinstance(row.time, int | float):
            raise NotEstimableError("needs_time" if row.time is None else "numbers_as_time")
        own.setdefault(row.time, []).append(row)
    moments = [_moment(time, own[time]) for time in sorted(own)]
    if sum(one.treated != next_.treated for one, next_ in pairwise(moments)) != 1:
        raise NotEstimableError("more_than_one_start")
    if moments[0].treated:
        raise NotEstimableError("more_than_one_start")
    return moments


def _moment(time: float, rows: Sequence[Observation]) -> Moment:
    if len({row.treated for row in rows}) > 1:
        raise NotEstimableError("same_time_both")
    outcomes = [row.outcome for row in rows if row.outcome is not None]
    return Moment(time, bool(rows[0].treated), sum(outcomes) / len(outcomes))


def _columns(moments: Sequence[Moment]) -> tuple[Floats, float]:
    """Step, slope from the start, constant, slope; and the time that the slopes are counted in."""
    times = np.array([each.time for each in moments])
    treated = np.array([each.treated for each in moments], dtype=float)
    start = times[int(treated.argmax())]
    unit = float(times[-1] - times[0])
    since = (times - start) / unit
    return np.column_stack([treated, treated * since, np.ones(len(times)), since]), unit
