"""Readings of a measure at even steps of time; a gap is a gap, never a zero."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite
from typing import Literal, get_args

Rhythm = Literal["year", "quarter", "month", "week", "day"]
MONTHS: dict[str, int] = {"year": 12, "quarter": 3, "month": 1}
DAYS: dict[str, int] = {"week": 7, "day": 1}


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading.

    Attributes:
        at: the step of time, counted in the rhythm of the measure (a year, or `step_of` a day).
        value: in the unit of the measure; None where it was not counted. A zero is a count of none.

    Raises:
        ValueError: for a value that is not finite.

    """

    at: int
    value: float | None

    def __post_init__(self) -> None:
        if self.value is not None and not isfinite(self.value):
            raise ValueError(f"value must be a finite number or None, got {self.value}")


def step_of(day: date, rhythm: Rhythm) -> int:
    """The step that a day belongs to; the next step of the rhythm has the next number.

    Years count as themselves, quarters and months from year 0, weeks (Monday first) and days from
    the first day of year 1.

    Raises:
        ValueError: for an unknown rhythm.

    >>> step_of(date(2016, 12, 31), "year"), step_of(date(2016, 12, 31), "quarter")
    (2016, 8067)

    """
    if rhythm in MONTHS:
        return (day.year * 12 + day.month - 1) // MONTHS[rhythm]
    if rhythm in DAYS:
        return (day.toordinal() - 1) // DAYS[rhythm]
    raise ValueError(f"rhythm must be one of {', '.join(get_args(Rhythm))}, got {rhythm!r}")


def day_of(step: int, rhythm: Rhythm) -> date:
    """The first day of a step.

    >>> day_of(8067, "quarter")
    datetime.date(2016, 10, 1)

    """
    if rhythm in MONTHS:
        months = step * MONTHS[rhythm]
        return date(months // 12, months % 12 + 1, 1)
    return date.min + timedelta(days=step * DAYS[rhythm])


def rhythm_of(days: Iterable[date]) -> Rhythm:
    """The widest rhythm in which no two different days share a step; `year` for one day or none.

    >>> rhythm_of([date(2016, 1, 1), date(2016, 4, 1), date(2017, 1, 1)])
    'quarter'

    """
    given = set(days)
    for rhythm in get_args(Rhythm):
        if len({step_of(day, rhythm) for day in given}) == len(given):
            found: Rhythm = rhythm
            return found
    return "day"


def in_order(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Readings by time, with a None for every step in between that nobody counted.

    Raises:
        ValueError: where a step has two readings: readings of two sources are two series.

    >>> in_order([Reading(2012, 4.0), Reading(2010, 6.0)])[1]
    Reading(at=2011, value=None)

    """
    values: dict[int, float | None] = {}
    for reading in readings:
        if reading.at in values:
            raise ValueError(f"step {reading.at} has two readings; keep sources apart")
        values[reading.at] = reading.value
    if not values:
        return ()
    steps = range(min(values), max(values) + 1)
    return tuple(Reading(step, values.get(step)) for step in steps)


def counted(readings: Sequence[Reading]) -> list[float]:
    """The values that were counted.

    >>> counted([Reading(1, 0.0), Reading(2, None)])
    [0.0]

    """
    return [reading.value for reading in readings if reading.value is not None]
