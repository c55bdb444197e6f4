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

    >>> groups([Observation(treated=True, outcome=2.0), Observation(treated=False, outcome=1.0)])
    ([2.0], [1.0])

    """
    with_it = [row.outcome for row in rows if row.treated and row.outcome is not None]
    without = [row.outcome for row in rows if not row.treated and row.outcome is not None]
    if not rows:
        raise NotEstimableError("too_few_rows", rows=0, least=4)
    if not with_it or not without:
        raise NotEstimableError("one_group", rows=len(rows))
    return with_it, without


def drops(dropped: Dropped) -> list[Caveat]:
    """That rows were left out, where any were.

    >>> drops(Dropped(outcome=2))[0].numbers[0], drops(Dropped())
    (('rows', 2), [])

    """
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
    """That a group is small, where one is.

    >>> few_rows([1.0] * 30, [1.0] * 8)
    [Caveat(code='few_rows', numbers=(('treated', 30), ('others', 8)))]

    """
    if min(len(treated), len(others)) >= FEW_ROWS:
        return []
    return [Caveat("few_rows", (("treated", len(treated)), ("others", len(others))))]


def by_units(rows: Sequence[Observation]) -> list[Caveat]:
    """That rows belong to units, and that these are few, where they are.

    >>> rows = [Observation(f"site {n}", n, n < 20, 1.0) for n in range(50)]
    >>> by_units(rows)
    [Caveat(code='clustered', numbers=(('units', 50), ('rows', 50)))]

    """
    units = {row.unit for row in rows}
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
    """The estimate of a fit.

    >>> given = Usable((Observation("a", 1, True, 5.0),), Dropped())
    >>> found("series", "level_and_slope", Fit(5.0, 1.0, 300), given, []).low
    3.040036015459946

    """
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
