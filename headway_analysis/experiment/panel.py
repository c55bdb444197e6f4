"""Units seen before and after a start: each is compared with itself, and with the others."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from headway_analysis.experiment.regression import Fit, Floats, codes, coefficient, standard
from headway_analysis.experiment.result import Caveat, Design, Estimate, Figure, NotEstimableError
from headway_analysis.experiment.rows import Observation, Time, Usable
from headway_analysis.experiment.shared import by_units, drops, few_rows, found, groups

PLACEBOS = range(5, 201)
# From so many rows a unit on, unit effects count as numbers that were fitted.
COUNTED_FROM = 6


def before_after(given: Usable) -> Estimate:
    """A change since a start, beside units without it where there are any.

    With units and times, and rows with and without it at the same time: difference in differences,
    that is, the coefficient of treatment beside unit and time effects, errors clustered by unit.
    Where all units start together: their own change, with the caveat that nobody was compared.
    Without units: the difference of means, with the same caveat.

    Raises:
        NotEstimableError: where units or times are needed and missing, or no unit has changed.

    Source: Angrist and Pischke, "Mostly Harmless Econometrics" (2009), chapters 5 and 8.

    >>> from headway_analysis.experiment.rows import usable
    >>> seen = [("a", 0, 4), ("a", 1, 9), ("b", 0, 5), ("b", 1, 8), ("c", 0, 3), ("c", 1, 4)]
    >>> rows = [Observation(u, t, u < "c" and t == 1, float(y)) for u, t, y in seen]
    >>> round(before_after(usable(rows, timed=True)).estimate, 6)  # (5 + 3) / 2 − 1
    3.0

    """
    treated, others = groups(given.rows)
    compared = _compared(given.rows)
    if given.rows[0].unit is None:
        if compared:
            raise NotEstimableError("needs_unit")
        return _over_time(given, treated, others)
    _check_changes(given.rows)
    if given.rows[0].time is None and _never(given.rows):
        raise NotEstimableError("needs_time")
    return _effects(given, "before-after") if compared else _alone(given)


def staggered(given: Usable) -> Estimate:
    """Units that start at different times: unit and time effects, errors clustered by unit.

    The average over all units and times since their start. Sound where the effect is the same for
    all and stays the same; else those who started early are poor comparisons for later ones, which
    the caveat says.

    Raises:
        NotEstimableError: where units or times are missing, or no unit has changed.

    Source: Goodman-Bacon, "Difference-in-Differences with Variation in Treatment Timing" (2021).

    >>> from headway_analysis.experiment.rows import usable
    >>> rows = [Observation(str(u), t, t > u, float(u + t + 2 * (t > u) + (u * t) % 2))
    ...         for u in range(4) for t in range(5)]
    >>> [each.code for each in staggered(usable(rows, timed=True)).caveats][:2]
    ['same_course', 'uneven_effects']

    """
    groups(given.rows)
    if given.rows[0].unit is None:
        raise NotEstimableError("needs_unit")
    _check_changes(given.rows)
    return _effects(given, "staggered")


def _compared(rows: Sequence[Observation]) -> bool:
    """Whether at some time there are rows with it and rows without it."""
    if rows[0].time is None:
        return False
    with_it = {row.time for row in rows if row.treated}
    return any(row.time in with_it for row in rows if not row.treated)


def _by_unit(rows: Sequence[Observation]) -> dict[str | None, list[Observation]]:
    own: dict[str | None, list[Observation]] = {}
    for row in rows:
        own.setdefault(row.unit, []).append(row)
    return own


def _never(rows: Sequence[Observation]) -> list[str | None]:
    """The units that never had it."""
    return [unit for unit, own in _by_unit(rows).items() if not any(row.treated for row in own)]


def _check_changes(rows: Sequence[Observation]) -> None:
    if not any(len({row.treated for row in own}) == 2 for own in _by_unit(rows).values()):
        raise NotEstimableError("no_change")


def within(columns: Floats, units: NDArray[np.int64]) -> Floats:
    """Columns less the mean of their unit.

    >>> within(np.array([[1.0], [3.0], [7.0]]), np.array([0, 0, 1])).ravel().tolist()
    [-1.0, 1.0, 0.0]

    """
    sizes = np.bincount(units)
    means = [np.bincount(units, weights=each) / sizes for each in columns.T]
    left: Floats = columns - np.array([each[units] for each in means]).T.reshape(columns.shape)
    return left


def _fit(rows: Sequence[Observation], *, timed: bool) -> Fit:
    """The coefficient of treatment beside unit effects, time effects where asked, covariates.

    With few rows a unit the factor for fitted numbers leaves unit effects out, since counting them
    would make intervals much too wide (two times: by 41 %); clustered errors allow for them.
    """
    units = codes([row.unit for row in rows])
    outcome = np.array([[row.outcome, row.treated] for row in rows], dtype=float)
    others = standard(np.array([row.covariates for row in rows], dtype=float))
    if timed:
        times = codes([row.time for row in rows])
        dummies = np.equal.outer(times, np.arange(1, times.max() + 1)).astype(float)
        others = np.column_stack([others, dummies])
    outcome, others = within(outcome, units), within(others, units)
    several = len(rows) >= COUNTED_FROM * (units.max() + 1)
    absorbed = int(units.max()) + 1 if several else 1
    return coefficient(outcome[:, 0], outcome[:, 1], others, units, absorbed)


def _effects(given: Usable, design: Design) -> Estimate:
    """Unit and time effects."""
    fit = _fit(given.rows, timed=True)
    uneven = design == "staggered" or len(_starts(given.rows)) > 1
    caveats = [*drops(given.dropped), Caveat("same_course")]
    caveats += [Caveat("uneven_effects")] if uneven else []
    caveats += [*_adjusted(given.rows), *_holes(given.rows), *by_units(given.rows)]
    more = _placebos(given.rows, fit.value)
    return found(design, "unit_and_time_effects", fit, given, caveats, more)


def _alone(given: Usable) -> Estimate:
    """Unit effects only, where all units start together."""
    fit = _fit(given.rows, timed=False)
    caveats = [*drops(given.dropped), Caveat("no_comparison"), *_adjusted(given.rows)]
    caveats += [*_holes(given.rows), *by_units(given.rows)]
    return found("before-after", "change_within_units", fit, given, caveats)


def _over_time(given: Usable, treated: Sequence[float], others: Sequence[float]) -> Estimate:
    """The difference of means after and before, where nothing tells units apart."""
    covariates = np.array([row.covariates for row in given.rows], dtype=float)
    fit = coefficient(
        np.array([row.outcome for row in given.rows], dtype=float),
        np.array([row.treated for row in given.rows], dtype=float),
        np.column_stack([np.ones(len(given.rows)), standard(covariates)]),
    )
    caveats = [*drops(given.dropped), Caveat("no_comparison"), *_adjusted(given.rows)]
    caveats += few_rows(treated, others)
    return found("before-after", "change_over_time", fit, given, caveats)


def _adjusted(rows: Sequence[Observation]) -> list[Caveat]:
    width = len(rows[0].covariates)
    return [Caveat("adjusted", (("covariates", width),))] if width else []


def _starts(rows: Sequence[Observation]) -> set[Time | None]:
    """The first times of treatment over units that have some before."""
    own = [each for each in _by_unit(rows).values() if len({row.treated for row in each}) == 2]
    return {next(row.time for row in each if row.treated) for each in own}


def _holes(rows: Sequence[Observation]) -> list[Caveat]:
    """That units were not seen at every time, or ended what they had begun."""
    times = {row.time for row in rows}
    own = _by_unit(rows)
    holes = sum({row.time for row in each} != times for each in own.values())
    ended = sum(_ends(each) for each in own.values()) if _in_order(rows) else 0
    caveats = [Caveat("not_every_time", (("units", holes),))] if holes else []
    return caveats + ([Caveat("ended", (("units", ended),))] if ended else [])


def _in_order(rows: Sequence[Observation]) -> bool:
    return all(isinstance(row.time, int | float) for row in rows)


def _ends(own: Sequence[Observation]) -> bool:
    """Whether a row with it is followed by one without."""
    marks = [bool(row.treated) for row in own]
    return marks != sorted(marks)


def _placebos(rows: Sequence[Observation], effect: float) -> list[Figure]:
    """Where one unit got it: the share of units, it included, that moved as much as it did.

    Each of the others is treated as if it had started then, without the one that did. It is what
    the chance of a wrong alarm would be, had a lot chosen the one.

    Source: Abadie, Diamond and Hainmueller, "Synthetic Control Methods" (2010), section 3.4;
    Conley and Taber, "Inference with Difference in Differences" (2011).

    """
    own = _by_unit(rows)
    never = _never(rows)
    if len(own) - len(never) != 1 or len(never) not in PLACEBOS:
        return []
    started = {row.time for row in rows if row.treated}
    others = [row for row in rows if row.unit in set(never)]
    moved = [_as_if(others, unit, started) for unit in never]
    as_much = sum(abs(each) >= abs(effect) for each in moved)
    return [Figure("placebo_share", (1 + as_much) / (1 + len(moved)))]


def _as_if(rows: Sequence[Observation], unit: str | None, started: set[Time | None]) -> float:
    """The effect that a unit without it would show; 0 where none can be told."""
    changed = [replace(row, treated=row.unit == unit and row.time in started) for row in rows]
    try:
        return _fit(changed, timed=True).value
    except NotEstimableError:
        return 0.0
