"""Two groups, one with what is tried and one without."""

import numpy as np

from headway_analysis.experiment.exact import exact_difference, is_small
from headway_analysis.experiment.regression import codes, coefficient, standard
from headway_analysis.experiment.result import Caveat, Estimate, Method, NotEstimableError
from headway_analysis.experiment.rows import Observation, Usable
from headway_analysis.experiment.shared import by_units, drops, few_rows, found, groups

LEAST = 2


def two_arm(given: Usable, *, by_lot: bool | None = None) -> Estimate:
    """The difference of two groups, randomised or matched.

    Without covariates the difference of means; with covariates the coefficient beside them
    (least squares). Errors are robust (HC1), or clustered where rows state units. Few yes-or-no
    outcomes (fewer than five expected in a cell) without covariates and units are counted exactly.

    Args:
        given: the rows.
        by_lot: whether a lot decided who got it; None where that is not stated.

    Raises:
        NotEstimableError: where a group is missing or too small.

    Source: Imbens and Rubin, "Causal Inference" (2015), chapters 6 and 7.

    >>> from headway_analysis.experiment.rows import usable
    >>> seen = [Observation(treated=n % 2 == 1, outcome=float(n)) for n in range(8)]
    >>> two_arm(usable(seen, timed=False), by_lot=True).method
    'difference_of_means'

    """
    treated, others = groups(given.rows)
    caveats = [*drops(given.dropped), *([] if by_lot else [Caveat("not_by_lot")])]
    by_unit = given.rows[0].unit is not None
    width = len(given.rows[0].covariates)
    if not width and not by_unit and is_small(treated, others):
        return exact_difference(given, treated, others, tuple(caveats))
    if min(len(treated), len(others)) < LEAST:
        raise NotEstimableError("too_few_rows", rows=len(given.rows), least=2 * LEAST)
    columns = _columns(given.rows)
    clusters = codes([row.unit for row in given.rows]) if by_unit else None
    fit = coefficient(
        np.array([row.outcome for row in given.rows], dtype=float),
        np.array([row.treated for row in given.rows], dtype=float),
        columns,
        clusters,
    )
    caveats += [Caveat("adjusted", (("covariates", width),))] if width else []
    caveats += by_units(given.rows) if by_unit else few_rows(treated, others)
    method: Method = "adjusted_difference" if width else "difference_of_means"
    return found("two-arm", method, fit, given, caveats)


def _columns(rows: tuple[Observation, ...]) -> np.ndarray:
    """A constant and the covariates."""
    covariates = np.array([row.covariates for row in rows], dtype=float)
    return np.column_stack([np.ones(len(rows)), standard(covariates)])
