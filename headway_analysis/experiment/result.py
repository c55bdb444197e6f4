"""What an analysis finds, and why one cannot be made; words stand in `words`."""

from dataclasses import dataclass, field
from typing import Literal

from headway_analysis.experiment.rows import Dropped

Design = Literal["two-arm", "before-after", "series", "staggered"]
Method = Literal[
    "difference_of_means",
    "adjusted_difference",
    "exact_difference",
    "score_difference",
    "change_within_units",
    "change_over_time",
    "unit_and_time_effects",
    "level_and_slope",
]
CaveatCode = Literal[
    "dropped",
    "not_by_lot",
    "adjusted",
    "clustered",
    "few_rows",
    "few_units",
    "few_treated_units",
    "exact",
    "rare",
    "no_comparison",
    "same_course",
    "uneven_effects",
    "not_every_time",
    "ended",
    "same_moment",
    "short_series",
    "lags",
    "averaged",
]
RefusalCode = Literal[
    "too_few_rows",
    "one_group",
    "needs_unit",
    "needs_time",
    "no_change",
    "no_spread",
    "one_unit",
    "not_told_apart",
    "numbers_as_time",
    "more_than_one_start",
    "same_time_both",
    "short_series",
]
Numbers = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Caveat:
    """Something a reader must know before using the figure.

    Attributes:
        code: which; `words.CAVEATS` says it in English.
        numbers: what its sentence names, by name.

    """

    code: CaveatCode
    numbers: Numbers = ()


class NotEstimableError(ValueError):
    """These rows cannot answer under this design.

    Attributes:
        code: why; `words.REFUSALS` says it in English, and so does `str`.
        numbers: what its sentence names, by name.

    """

    def __init__(self, code: RefusalCode, **numbers: float) -> None:
        from headway_analysis.experiment.words import REFUSALS

        super().__init__(REFUSALS[code] % numbers)
        self.code: RefusalCode = code
        self.numbers: Numbers = tuple(numbers.items())


@dataclass(frozen=True, slots=True)
class Figure:
    """One more figure of the same analysis, such as a change of slope.

    Attributes:
        name: `slope_change` (per unit of time), `slope_before` or `placebo_share`.
        value: in the unit of the outcome (per time where it is a slope).
        se: its standard error; None where it has none.
        low: lower end of the 95 % interval; None where it has none.
        high: upper end.

    """

    name: str
    value: float
    se: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect with all that it rests on.

    Attributes:
        design: what was asked for.
        method: how it was computed.
        estimate: the effect, in the unit of the outcome (a share is from 0 to 1).
        se: its standard error, in the same unit.
        low: lower end of the 95 % interval.
        high: upper end.
        p: how often chance alone would give as much, both ways.
        n: rows used.
        treated: rows of them with what was tried in force.
        units: how many units the rows belong to; None where none are stated.
        dropped: rows left out.
        caveats: what a reader must know, most general first.
        more: further figures.

    """

    design: Design
    method: Method
    estimate: float
    se: float
    low: float
    high: float
    p: float
    n: int
    treated: int
    units: int | None
    dropped: Dropped
    caveats: tuple[Caveat, ...] = ()
    more: tuple[Figure, ...] = field(default=())

    @property
    def ci(self) -> tuple[float, float]:
        """The 95 % interval."""
        return self.low, self.high
