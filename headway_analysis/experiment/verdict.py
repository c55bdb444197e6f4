"""What a result means against what was said to be worthwhile before the start."""

from math import isfinite
from typing import Literal

from headway_analysis.experiment.result import Estimate

Direction = Literal["up", "down"]
Verdict = Literal["worked", "did_not", "inconclusive"]


def reading(found: Estimate, minimum: float, direction: Direction) -> Verdict:
    """Read an effect against the minimum worthwhile effect.

    *worked*: even the less favourable end of the 95 % interval is worthwhile. *did not*: even the
    more favourable end is not. *inconclusive*: the interval holds both. So "did not" includes
    harm, and an interval that leaves out zero but holds less than the minimum is inconclusive.

    Args:
        found: the effect.
        minimum: the least change worth having, in the unit of the outcome, at least 0; with 0 any
            change in the direction is worthwhile.
        direction: whether more (`up`) or less (`down`) of the outcome is better.

    Raises:
        ValueError: for a minimum below 0 or an unknown direction.

    Source: the reading of confidence intervals against a margin, as in superiority trials; e.g.
    Piaggio and others, "Reporting of Noninferiority and Equivalence Randomized Trials" (2012).

    >>> from headway_analysis.experiment.rows import Dropped
    >>> method = "difference_of_means"
    >>> found = Estimate("two-arm", method, 6, 2, 2, 10, 0.01, 80, 40, None, Dropped())
    >>> reading(found, 1, "up"), reading(found, 5, "up"), reading(found, 1, "down")
    ('worked', 'inconclusive', 'did_not')

    """
    if not (isfinite(minimum) and minimum >= 0):
        raise ValueError(f"minimum must be a number from 0, got {minimum}")
    if direction not in {"up", "down"}:
        raise ValueError(f"direction must be up or down, got {direction!r}")
    worst, best = found.ci if direction == "up" else (-found.high, -found.low)
    if worst >= minimum and worst > 0:
        return "worked"
    return "did_not" if best < minimum or best <= 0 else "inconclusive"
