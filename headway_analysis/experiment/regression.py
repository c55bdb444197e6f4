"""Least squares with errors that fit how the rows hang together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from headway_analysis.experiment.result import NotEstimableError

Floats = NDArray[np.float64]
Errors = Literal["robust", "clustered"]
# From so many degrees of freedom on, the normal distribution stands in for Student's.
MANY = 200
CONFIDENCE = 0.95
SAME = 1e-9
# An error below this part of the outcomes is rounding, not spread.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Fit:
    """One coefficient.

    Attributes:
        value: the coefficient.
        se: its standard error.
        freedom: degrees of freedom of its t distribution, above 0; not always whole.

    """

    value: float
    se: float
    freedom: float

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval."""
        from scipy.stats import norm, t

        upper = (1 + CONFIDENCE) / 2
        times = norm.ppf(upper) if self.freedom >= MANY else t.ppf(upper, self.freedom)
        return self.value - float(times) * self.se, self.value + float(times) * self.se

    @property
    def p(self) -> float:
        """How often chance alone would give as much, both ways."""
        from scipy.stats import norm, t

        ratio = abs(self.value) / self.se
        tail = norm.sf(ratio) if self.freedom >= MANY else t.sf(ratio, self.freedom)
        return 2 * float(tail)


def codes(labels: Sequence[object]) -> NDArray[np.int64]:
    """The labels as numbers from 0, in order of first appearance.

    >>> codes(["b", "a", "b"]).tolist()
    [0, 1, 0]

    """
    known: dict[object, int] = {}
    return np.array([known.setdefault(each, len(known)) for each in labels], dtype=np.int64)


def standard(columns: Floats) -> Floats:
    """Columns around 0 with spread 1, without those that do not vary.

    >>> standard(np.array([[1.0, 5.0], [3.0, 5.0]])).tolist()
    [[-1.0], [1.0]]

    """
    centred = columns - columns.mean(axis=0) if columns.size else columns
    spread = centred.std(axis=0) if columns.size else np.zeros(columns.shape[1])
    size = np.abs(columns).max(axis=0) if columns.size else spread
    kept: Floats = centred[:, spread > SAME * np.maximum(size, 1e-300)]
    return kept / spread[spread > SAME * np.maximum(size, 1e-300)]


def basis(columns: Floats) -> Floats:
    """Orthonormal columns that say the same, without those that others say already.

    >>> basis(np.ones((4, 2))).shape
    (4, 1)

    """
    if not columns.shape[1]:
        return columns
    left, sizes, _ = np.linalg.svd(columns, full_matrices=False)
    kept: Floats = left[:, sizes > SAME * max(float(sizes[0]), 1e-300)]
    return kept


def without(column: Floats, others: Floats) -> Floats:
    """What of a column the others do not say.

    >>> without(np.array([1.0, 2.0, 3.0]), np.ones((3, 1))).round(9).tolist()
    [-1.0, 0.0, 1.0]

    """
    if not others.shape[1]:
        return column
    solved, *_ = np.linalg.lstsq(others, column, rcond=None)
    left: Floats = column - others @ solved
    return left


def coefficient(
    outcome: Floats,
    treated: Floats,
    others: Floats,
    clusters: NDArray[np.int64] | None = None,
    absorbed: int = 0,
) -> Fit:
    """The effect of `treated` beside the other columns, by least squares (statsmodels).

    Errors are robust (HC1), or clustered with the usual factor G / (G − 1) · (n − 1) / (n − k).

    Args:
        outcome: n values.
        treated: n values, the column whose coefficient is wanted.
        others: n × m, the other columns, with the constant where there is one.
        clusters: n numbers of units; None for robust errors.
        absorbed: columns that were taken out of all three before, such as unit effects.

    Raises:
        NotEstimableError: where the coefficient cannot be told from the other columns, where too
            few rows or only one unit are left, or where the rows show no spread.

    Source: MacKinnon and White (1985) for HC1; Liang and Zeger (1986) for clusters.

    >>> fit = coefficient(np.array([1.0, 3.0, 6.0, 8.0]), np.array([0.0, 0, 1, 1]), np.ones((4, 1)))
    >>> round(fit.value, 6), round(fit.se, 6), fit.freedom
    (5.0, 1.414214, 2)

    """
    if clusters is not None and len(np.unique(clusters)) == 1:
        raise NotEstimableError("one_unit")
    others = basis(others)
    rows, k = len(outcome), others.shape[1] + 1 + absorbed
    if rows <= k:
        raise NotEstimableError("too_few_rows", rows=rows, least=k + 1)
    alone = without(treated, others)
    if np.linalg.norm(alone) <= SAME * max(float(np.linalg.norm(treated)), 1e-300):
        raise NotEstimableError("not_told_apart")
    # In units of the largest outcome, so that squares neither overflow nor vanish.
    size = float(np.abs(outcome).max()) or 1.0
    columns = np.column_stack([treated, others])
    value, se = (size * each for each in _least_squares(outcome / size, columns, clusters))
    left = rows - (k - absorbed)
    fit = Fit(
        value,
        se * float(np.sqrt(left / (rows - k))),
        rows - k if clusters is None else len(np.unique(clusters)) - 1,
    )
    spread = size * float(np.linalg.norm(outcome / size)) / float(np.linalg.norm(alone))
    if not fit.se > ROUNDING * spread:
        raise NotEstimableError("no_spread")
    return fit


def _least_squares(
    outcome: Floats, columns: Floats, clusters: NDArray[np.int64] | None
) -> tuple[float, float]:
    """The first coefficient and its standard error."""
    from statsmodels.regression.linear_model import OLS

    model: Any = OLS(outcome, columns)
    if clusters is None:
        found = model.fit(cov_type="HC1")
    else:
        found = model.fit(cov_type="cluster", cov_kwds={"groups": clusters})
    return float(found.params[0]), float(np.sqrt(max(0.0, found.cov_params()[0, 0])))
