"""What a result means against what was said to be worthwhile before the start."""

from math import isfinite
from typing import Literal

Direction = Literal["up", "down"]
Verdict = Literal["worked", "did_not", "inconclusive"]


def reading(ci: tuple[float, float], minimum: float, direction: Direction) -> Verdict:
    """Read the interval of an effect against the minimum worthwhile effect.

    *worked*: even the less favourable end of the 95 % interval is worthwhile. *did not*: even the
    more favourable end is not. *inconclusive*: the interval holds both. So "did not" includes
    harm, and an interval that leaves out zero but holds less than the minimum is inconclusive.

    Args:
        ci: the lower and the upper end of the 95 % interval, in the unit of the outcome.
        minimum: the least change worth having, in the unit of the outcome, at least 0; with 0 any
            change in the direction is worthwhile.
        direction: whether more (`up`) or less (`down`) of the outcome is better.

    Raises:
        ValueError: for a minimum below 0 or an unknown direction.

    Source: the reading of confidence intervals against a margin, as in superiority trials; e.g.
    Piaggio and others, "Reporting of Noninferiority and Equivalence Randomized Trials" (2012).

    >>> reading((2, 10), 1, "up"), reading((2, 10), 5, "up"), reading((2, 10), 1, "down")
    ('worked', 'inconclusive', 'did_not')

    """
    if not (isfinite(minimum) and minimum >= 0):
        raise ValueError(f"minimum must be a number from 0, got {minimum}")
    if direction not in {"up", "down"}:
        raise ValueError(f"direction must be up or down, got {direction!r}")
    low, high = ci
    worst, best = (low, high) if direction == "up" else (-high, -low)
    if worst >= minimum and worst > 0:
        return "worked"
    return "did_not" if best < minimum or best <= 0 else "inconclusive"
