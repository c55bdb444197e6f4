"""Signal or noise, and what would have come if nothing had changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from headway.core.dates import date_words
from headway.measures.queries.points import Point
from headway_analysis.trend.outlook import Outlook, baseline_outlook
from headway_analysis.trend.readings import Reading, Rhythm, day_of, rhythm_of, step_of
from headway_analysis.trend.xmr import Chart, Signal, xmr

BEYOND: Final = "beyond_limits"
Steps = tuple[tuple[int, float | None], ...]


@dataclass(frozen=True)
class Ahead:
    """What a step would hold if nothing had changed, from and to."""

    day: date
    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class Trend:
    """What can be said of one series: its usual range, its signals, its outlook."""

    middle: float | None
    lower: float | None
    upper: float | None
    few: bool
    signals: tuple[str, ...]
    outlook: tuple[Ahead, ...]


def trend_of(points: Sequence[Point], began: date | None) -> Trend | None:
    """The trend of a series; None where it has fewer than three values.

    Args:
        points: of one series.
        began: the day on which the work began, from which the outlook is told; None for none.

    """
    if sum(point.value is not None for point in points) < 3:
        return None
    rhythm = rhythm_of(point.end for point in points)
    by_step = {step_of(point.end, rhythm): point for point in points}
    steps = tuple(
        (at, None if point.value is None else float(point.value)) for at, point in by_step.items()
    )
    start = step_of(began, rhythm) if began is not None else None
    chart, ahead = _worked_out(steps, start)
    return Trend(
        middle=chart.middle,
        lower=chart.lower,
        upper=chart.upper,
        few=chart.few,
        signals=tuple(_signals(chart.signals, by_step)),
        outlook=_ahead(ahead, rhythm),
    )


@lru_cache(maxsize=512)
def _worked_out(steps: Steps, start: int | None) -> tuple[Chart, Outlook | None]:
    """The same numbers give the same trend, whoever looks."""
    readings = [Reading(at, value) for at, value in steps]
    chart = xmr(readings)
    # What is told stands beside the last value, not beside a gap after it.
    last = max(at for at, value in steps if value is not None)
    if start is None or last < start:
        return chart, None
    return chart, baseline_outlook(readings, start=start, until=last)


def _ahead(outlook: Outlook | None, rhythm: Rhythm) -> tuple[Ahead, ...]:
    if outlook is None:
        return ()
    return tuple(
        Ahead(day_of(step.at, rhythm), step.expected, step.low, step.high) for step in outlook.steps
    )


def _signals(signals: Sequence[Signal], by_step: dict[int, Point]) -> Iterator[str]:
    """The signals in sentences; what lies beyond a limit is named in one."""
    for side in ("above", "below"):
        beyond = [each for each in signals if (each.rule, each.side) == (BEYOND, side)]
        times = [date_words(by_step[at].when) for each in beyond for at in each.at]
        if times:
            words = (
                _("Above the usual range: %s.")
                if side == "above"
                else _("Below the usual range: %s.")
            )
            yield words % ", ".join(times)
    for signal in signals:
        if signal.rule != BEYOND:
            yield _run_words(signal, by_step)


def _run_words(signal: Signal, by_step: dict[int, Point]) -> str:
    """A run of values in a sentence, with the time from and to."""
    times = [date_words(by_step[at].when) for at in signal.at if at in by_step]
    said = {"first": times[0] if times else "", "last": times[-1] if times else ""}
    above = signal.side == "above"
    if signal.rule == "eight_on_one_side":
        if above:
            return _("Eight or more in a row above the middle, %(first)s to %(last)s.") % said
        return _("Eight or more in a row below the middle, %(first)s to %(last)s.") % said
    if above:
        return _("Three of four near the upper limit, %(first)s to %(last)s.") % said
    return _("Three of four near the lower limit, %(first)s to %(last)s.") % said
