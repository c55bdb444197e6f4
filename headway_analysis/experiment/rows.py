"""What was seen, row by row, and which rows can be used."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

Time = float | str


@dataclass(frozen=True, slots=True)
class Observation:
    """One row of results: a person, a site, or a site at a time.

    Absent is None throughout; 0 and False are values.

    Attributes:
        unit: what was observed again and again, or shares its surroundings (a person, a site).
        time: when; a number where distance matters (series), else any label (a quarter).
        treated: whether what is tried was in force for this row.
        outcome: the figure that is meant to move, in its own unit.
        covariates: what else is known from before the start, in one order for all rows.

    Raises:
        ValueError: for a number that is not finite; say None where it is missing.

    >>> Observation("Ohio", 3, treated=False, outcome=float("nan"))
    Traceback (most recent call last):
    ...
    ValueError: outcome must be a finite number or None, got nan

    """

    unit: str | None = None
    time: Time | None = None
    treated: bool | None = None
    outcome: float | None = None
    covariates: tuple[float | None, ...] = ()

    def __post_init__(self) -> None:
        named = [("outcome", self.outcome), *(("covariate", each) for each in self.covariates)]
        if isinstance(self.time, int | float):
            named.append(("time", self.time))
        for name, value in named:
            if value is not None and not isfinite(value):
                raise ValueError(f"{name} must be a finite number or None, got {value}")


@dataclass(frozen=True, slots=True)
class Dropped:
    """How many rows were left out, each counted once, by the first thing that was missing."""

    outcome: int = 0
    treatment: int = 0
    unit: int = 0
    time: int = 0
    covariates: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.outcome + self.treatment + self.unit + self.time + self.covariates


@dataclass(frozen=True, slots=True)
class Usable:
    """The rows that can be used, in an order that does not depend on the order given.

    Attributes:
        rows: sorted, so that the same rows give the same figures to the last bit.
        dropped: how many were left out.

    """

    rows: tuple[Observation, ...]
    dropped: Dropped


def usable(given: Iterable[Observation], *, timed: bool) -> Usable:
    """The rows in which nothing is missing that is needed.

    Args:
        given: every row.
        timed: whether the design needs times.

    A unit is needed where any row states one. Covariates are needed where they are given.

    Raises:
        ValueError: where rows have different numbers of covariates.

    >>> usable([Observation(treated=True, outcome=2.0), Observation(treated=False)], timed=False)
    ... # doctest: +ELLIPSIS
    Usable(rows=(Observation(...),), dropped=Dropped(outcome=1, ...))

    """
    rows = list(given)
    widths = {len(row.covariates) for row in rows}
    if len(widths) > 1:
        raise ValueError(f"rows must have the same number of covariates, got {sorted(widths)}")
    by_unit = any(row.unit is not None for row in rows)
    counts = dict.fromkeys(Dropped.__slots__, 0)
    kept = list[Observation]()
    for row in rows:
        lacking = _lacking(row, timed=timed, by_unit=by_unit)
        if lacking is None:
            kept.append(row)
        else:
            counts[lacking] += 1
    return Usable(tuple(sorted(kept, key=_key)), Dropped(**counts))


def _lacking(row: Observation, *, timed: bool, by_unit: bool) -> str | None:
    """The first thing that is needed and missing."""
    lacks = {
        "outcome": row.outcome is None,
        "treatment": row.treated is None,
        "unit": by_unit and row.unit is None,
        "time": timed and row.time is None,
        "covariates": None in row.covariates,
    }
    return next((name for name, missing in lacks.items() if missing), None)


def _key(row: Observation) -> tuple[object, ...]:
    numeric = isinstance(row.time, int | float)
    return (
        row.unit or "",
        row.time if numeric else 0.0,
        "" if numeric else str(row.time),
        bool(row.treated),
        row.outcome,
        row.covariates,
    )
