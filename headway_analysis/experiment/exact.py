"""Few yes-or-no outcomes: a difference of shares without an approximation.

The interval inverts exact unconditional tests: a difference δ stays in it where, whatever the share
without, at least 2.5 % of all tables would deviate from δ as far as what was seen, on either side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from headway_analysis.experiment.result import Caveat, Estimate
from headway_analysis.experiment.rows import Usable

Floats = NDArray[np.float64]
EXPECTED = 5
MOST_TABLES = 3_000
NUISANCE = 101
TAIL = 0.025
STEPS = 18
NORMAL_975 = 1.959963984540054


def is_small(treated: Sequence[float], others: Sequence[float]) -> bool:
    """Whether outcomes are yes or no (1 or 0) and some cell has fewer than five expected (Cochran).

    >>> is_small([1, 1, 0], [0, 0, 0]), is_small([2.5], [1.0])
    (True, False)

    """
    both = [*treated, *others]
    if not set(both) <= {0, 1}:
        return False
    yes, smaller = sum(both), min(len(treated), len(others))
    return min(yes, len(both) - yes) * smaller / len(both) < EXPECTED


@dataclass(frozen=True, slots=True)
class Table:
    """How many of how many in each group.

    Attributes:
        yes: with it.
        rows: rows with it.
        yes_without: without it.
        rows_without: rows without it.

    """

    yes: int
    rows: int
    yes_without: int
    rows_without: int

    @property
    def difference(self) -> float:
        """The share with it less the share without."""
        return self.yes / self.rows - self.yes_without / self.rows_without


def exact_difference(
    given: Usable, treated: Sequence[float], others: Sequence[float], caveats: tuple[Caveat, ...]
) -> Estimate:
    """The difference of two shares.

    The probability is Fisher's; the interval is exact up to 3,000 possible tables, Newcombe's
    beyond. Where Fisher's test does not exclude chance (above 5 %), the interval holds 0.

    Source: Fisher (1935); Chan and Zhang, "Test-Based Exact Confidence Intervals for the Difference
    of Two Binomial Proportions" (1999); Newcombe, "Interval Estimation for the Difference between
    Independent Proportions" (1998), method 10.

    >>> from headway_analysis.experiment.rows import Observation, usable
    >>> rows = [Observation(treated=n < 4, outcome=float(n in {0, 1, 2, 4})) for n in range(8)]
    >>> found = exact_difference(usable(rows, timed=False), [1, 1, 1, 0], [1, 0, 0, 0], ())
    >>> found.estimate, round(found.p, 4)  # the lady tasting tea: 34 of 70
    (0.5, 0.4857)

    """
    from scipy.stats import fisher_exact

    table = Table(round(sum(treated)), len(treated), round(sum(others)), len(others))
    exact = (table.rows + 1) * (table.rows_without + 1) <= MOST_TABLES
    low, high = exact_interval(table) if exact else newcombe(table)
    cells = [
        [table.yes, table.rows - table.yes],
        [table.yes_without, table.rows_without - table.yes_without],
    ]
    p = min(1.0, float(fisher_exact(cells).pvalue))
    if p > 1 - 0.95:
        low, high = min(low, 0.0), max(high, 0.0)
    return Estimate(
        design="two-arm",
        method="exact_difference" if exact else "score_difference",
        estimate=table.difference,
        se=_error(table),
        low=low,
        high=high,
        p=p,
        n=len(given.rows),
        treated=table.rows,
        units=None,
        dropped=given.dropped,
        caveats=(*caveats, Caveat("exact" if exact else "rare")),
    )


def _error(table: Table) -> float:
    """The unpooled standard error, for reference; the interval does not rest on it."""
    one, other = table.yes / table.rows, table.yes_without / table.rows_without
    return sqrt(one * (1 - one) / table.rows + other * (1 - other) / table.rows_without)


def newcombe(table: Table) -> tuple[float, float]:
    """Newcombe's interval, from the score intervals of both shares (Wilson).

    >>> low, high = newcombe(Table(56, 70, 48, 80))  # Newcombe (1998), table II, row a
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)

    """
    one, other = wilson(table.yes, table.rows), wilson(table.yes_without, table.rows_without)
    share, without = table.yes / table.rows, table.yes_without / table.rows_without
    middle = table.difference
    return (
        middle - sqrt((share - one[0]) ** 2 + (other[1] - without) ** 2),
        middle + sqrt((one[1] - share) ** 2 + (without - other[0]) ** 2),
    )


def wilson(yes: int, rows: int) -> tuple[float, float]:
    """The score interval of one share.

    >>> low, high = wilson(0, 10)
    >>> round(low, 4), round(high, 4)
    (0.0, 0.2775)

    """
    share, squared = yes / rows, NORMAL_975**2
    middle = (share + squared / (2 * rows)) / (1 + squared / rows)
    width = NORMAL_975 / (1 + squared / rows)
    width *= sqrt(share * (1 - share) / rows + squared / (4 * rows**2))
    return max(0.0, middle - width), min(1.0, middle + width)


def exact_interval(table: Table) -> tuple[float, float]:
    """The exact interval; each end by halving between -1, the difference, and 1.

    >>> low, high = exact_interval(Table(4, 4, 0, 4))
    >>> low > 0, high
    (True, 1.0)

    """
    flipped = Table(table.yes_without, table.rows_without, table.yes, table.rows)
    return -_upper(flipped), _upper(table)


def _upper(table: Table) -> float:
    """The largest difference at which so small a one is not too rare."""
    inside, outside = table.difference, 1.0
    if _chance(table, outside - 1e-9) > TAIL:
        return outside
    for _ in range(STEPS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if _chance(table, middle) > TAIL else (inside, middle)
    return outside


def _chance(table: Table, difference: float) -> float:
    """At most how often a table is at least as far below a difference, over all shares without."""
    least, most = max(0.0, -difference), min(1.0, 1 - difference)
    shares = np.linspace(least, most, NUISANCE)
    below = _scores(table, difference) <= _score_of(table, difference) + 1e-12
    ones = _chances(table.rows, np.clip(shares + difference, 0, 1))
    others = _chances(table.rows_without, shares)
    return float(((below.astype(float) @ others) * ones).sum(axis=0).max())


def _chances(rows: int, shares: Floats) -> Floats:
    """How often 0 to all of so many rows say yes (binomial): one column for each share."""
    from scipy.special import gammaln, xlog1py, xlogy

    yes = np.arange(rows + 1)[:, None]
    ways = gammaln(rows + 1) - gammaln(yes + 1) - gammaln(rows - yes + 1)
    chances: Floats = np.exp(ways + xlogy(yes, shares) + xlog1py(rows - yes, -shares))
    return chances


def _scores(table: Table, difference: float) -> Floats:
    """The score statistic of every possible table at a difference, row by row."""
    yes = np.arange(table.rows + 1)[:, None] / table.rows
    without = np.arange(table.rows_without + 1)[None, :] / table.rows_without
    return _score(yes, without, table, difference)


def _score_of(table: Table, difference: float) -> float:
    yes = np.array([[table.yes / table.rows]])
    without = np.array([[table.yes_without / table.rows_without]])
    return float(_score(yes, without, table, difference)[0, 0])


def _score(yes: Floats, without: Floats, table: Table, difference: float) -> Floats:
    """How far tables lie from a difference, in standard errors under it (Farrington, Manning)."""
    ratio = table.rows_without / table.rows
    a = 1 + ratio
    b = -(a + yes + ratio * without + difference * (ratio + 2))
    c = difference**2 + difference * (2 * yes + a) + yes + ratio * without
    d = -yes * difference * (1 + difference)
    v = (b / (3 * a)) ** 3 - b * c / (6 * a * a) + d / (2 * a)
    u = np.where(v < 0, -1, 1) * np.sqrt(np.maximum((b / (3 * a)) ** 2 - c / (3 * a), 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        turn = np.where(u == 0, 0.0, v / u**3)
    angle = (np.pi + np.arccos(np.clip(turn, -1, 1))) / 3
    one = np.clip(
        2 * u * np.cos(angle) - b / (3 * a), max(0.0, difference), min(1.0, 1 + difference)
    )
    other = one - difference
    error = np.sqrt(
        np.maximum(one * (1 - one), 0) / table.rows
        + np.maximum(other * (1 - other), 0) / table.rows_without
    )
    away = yes - without - difference
    sure = np.where(np.abs(away) < 1e-12, 0.0, np.copysign(np.inf, away))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(error > 1e-9, away / error, sure)
