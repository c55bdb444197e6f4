"""The one way in: rows and a design give an estimate."""

from collections.abc import Iterable

from headway_analysis.experiment.interrupted import series
from headway_analysis.experiment.panel import before_after, staggered
from headway_analysis.experiment.result import Design, Estimate, NotEstimableError
from headway_analysis.experiment.rows import Observation, usable
from headway_analysis.experiment.two_arm import two_arm


def estimate(
    rows: Iterable[Observation], design: Design, *, by_lot: bool | None = None
) -> Estimate:
    """The effect of what was tried, with its 95 % interval and what a reader must know.

    Rows in which something needed is missing are dropped and counted. The order of rows changes
    nothing; a factor on the outcome is a factor on the estimate, its error and its interval.
    From 200 degrees of freedom on intervals and probabilities are normal, below Student's t.

    Args:
        rows: what was seen. `treated` says whether what is tried was in force for that row: in a
            before-after, series or staggered design it is false before the start.
        design: `two-arm` (randomised or matched groups), `before-after` (with a comparison where
            there is one), `series` (one interrupted series) or `staggered` (different starts).
        by_lot: whether a lot decided who got it (two-arm); None where that is not stated.

    Raises:
        NotEstimableError: where these rows cannot answer; its text says what to do.
        ValueError: for an unknown design, or rows with different numbers of covariates.

    >>> seen = [Observation(treated=n % 2 == 1, outcome=float(n)) for n in range(8)]
    >>> found = estimate(seen, "two-arm", by_lot=True)
    >>> round(found.estimate, 6), round(found.se, 4), found.n
    (1.0, 1.8257, 8)

    """
    given = list(rows)
    match design:
        case "two-arm":
            return two_arm(usable(given, timed=False), by_lot=by_lot)
        case "before-after":
            timed = any(row.time is not None for row in given)
            return before_after(usable(given, timed=timed))
        case "series":
            _check_timed(given)
            return series(usable(given, timed=True))
        case "staggered":
            _check_timed(given)
            return staggered(usable(given, timed=True))
    raise ValueError(f"design must be two-arm, before-after, series or staggered, got {design!r}")


def _check_timed(rows: list[Observation]) -> None:
    if rows and all(row.time is None for row in rows):
        raise NotEstimableError("needs_time")
