"""What the designs have in common: groups, caveats, and the estimate put together."""

from collections.abc import Iterable, Sequence

from headway_analysis.experiment.regression import Fit
from headway_analysis.experiment.result import (
    Caveat,
    Design,
    Estimate,
    Figure,
    Method,
    NotEstimableError,
)
from headway_analysis.experiment.rows import Dropped, Observation, Usable

FEW_ROWS, FEW_UNITS, FEW_TREATED = 20, 40, 6


def groups(rows: Sequence[Observation]) -> tuple[list[float], list[float]]:
    """The outcomes with and without what is tried.

    Raises:
        NotEstimableError: where one of them is missing.

    """
    with_it = [row.outcome for row in rows if row.treated and row.outcome is not None]
    without = [row.outcome for row in rows if not row.treated and row.outcome is not None]
    if not rows:
        raise NotEstimableError("too_few_rows", rows=0, least=4)
    if not with_it or not without:
        raise NotEstimableError("one_group", rows=len(rows))
    return with_it, without


def drops(dropped: Dropped) -> list[Caveat]:
    """That rows were left out, where any were."""
    if not dropped.total:
        return []
    other = dropped.total - dropped.outcome - dropped.treatment
    numbers = (
        ("rows", dropped.total),
        ("outcome", dropped.outcome),
        ("treatment", dropped.treatment),
        ("other", other),
    )
    return [Caveat("dropped", numbers)]


def few_rows(treated: Sequence[float], others: Sequence[float]) -> list[Caveat]:
    """That a group is small, where one is."""
    if min(len(treated), len(others)) >= FEW_ROWS:
        return []
    return [Caveat("few_rows", (("treated", len(treated)), ("others", len(others))))]


def by_units(rows: Sequence[Observation]) -> list[Caveat]:
    """That rows belong to units, and that these are few, where they are.

    Raises:
        NotEstimableError: where there is only one unit.

    """
    units = {row.unit for row in rows}
    if len(units) == 1:
        raise NotEstimableError("one_unit")
    treated = {row.unit for row in rows if row.treated}
    never = units - treated
    caveats = [Caveat("clustered", (("units", len(units)), ("rows", len(rows))))]
    if len(units) < FEW_UNITS:
        caveats.append(Caveat("few_units", (("units", len(units)),)))
    if len(treated) < FEW_TREATED or 0 < len(never) < FEW_TREATED:
        numbers = (("treated", len(treated)), ("units", len(units)))
        caveats.append(Caveat("few_treated_units", numbers))
    return caveats


def found(
    design: Design,
    method: Method,
    fit: Fit,
    given: Usable,
    caveats: Iterable[Caveat],
    more: Iterable[Figure] = (),
) -> Estimate:
    """The estimate of a fit."""
    low, high = fit.interval
    units = {row.unit for row in given.rows if row.unit is not None}
    return Estimate(
        design=design,
        method=method,
        estimate=fit.value,
        se=fit.se,
        low=low,
        high=high,
        p=fit.p,
        n=len(given.rows),
        treated=sum(bool(row.treated) for row in given.rows),
        units=len(units) or None,
        dropped=given.dropped,
        caveats=tuple(caveats),
        more=tuple(more),
    )
