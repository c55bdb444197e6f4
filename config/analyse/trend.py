"""`headway analyse trend`: signals, limits and outlook of measures, from a file."""

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from config.analyse import tables
from config.analyse.files import RefusedError, Result, refuse
from headway_analysis.ballots.reading import Problem, shown
from headway_analysis.trend.readings import Reading, Rhythm, day_of, rhythm_of, step_of

if TYPE_CHECKING:
    from headway_analysis.trend.outlook import Outlook
    from headway_analysis.trend.xmr import Chart

AHEAD = 3
MOST_AHEAD = 1_000
MOST_STEPS = 100_000
WHEN = ("date", "year")
WORDS = {
    "beyond_limits": "beyond the limit",
    "eight_on_one_side": "eight or more in a row on one side",
    "three_of_four_near_a_limit": "three of four near the limit",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One reading as the file says it."""

    line: int
    measure: str
    source: str
    day: date
    value: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """One measure, or what one source says of it."""

    name: str
    rhythm: Rhythm
    readings: tuple[Reading, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Since when something was tried, and how far to look."""
    parser.add_argument(
        "--start",
        metavar="DATE",
        help="when something new began, like 2012 or 2012-03-01: limits and outlook rest on what"
        " was before",
    )
    parser.add_argument(
        "--ahead",
        type=int,
        metavar="N",
        default=AHEAD,
        help="steps of the outlook beyond the last reading (%(default)s)",
    )


def analyse(options: argparse.Namespace) -> Result:
    """Read every series of the file.

    Raises:
        RefusedError: where the file cannot be read.

    """
    if not 0 <= options.ahead <= MOST_AHEAD:
        raise RefusedError(f"--ahead is from 0 to {MOST_AHEAD}, like --ahead 3")
    start = _start(options.start)
    found = [_found(each, start, options.ahead) for each in series(options, lines_of_file(options))]
    return Result({"series": found}, "\n".join(_said(each) for each in found))


def _start(text: str | None) -> date | None:
    try:
        return None if text is None else tables.day(text)
    except ValueError as wrong:
        raise RefusedError(f"--start {shown(text or '')}: {wrong}") from None


def lines_of_file(options: argparse.Namespace) -> list[Line]:
    """The readings of the file; cells that are empty or say *not counted* are gaps.

    Raises:
        RefusedError: with every cell that cannot be read, by row.

    """
    table = tables.read(options.file, ["value"])
    when = next((name for name in WHEN if name in table.columns), None)
    if when is None:
        raise RefusedError(f"{options.file}: has neither a column “date” nor “year”; name one so")
    problems, found = list[Problem](), list[Line]()
    for row in table.rows:
        cells = tables.Cells(row, problems)
        day, value = cells.read(when, tables.day), cells.read("value", table.number)
        counted = cells.read("counted", tables.yes_or_no) if "counted" in table.columns else None
        if day is not None:
            measure, source = (row.cells.get(name, "") for name in ("measure", "source"))
            kept = None if counted is False else value
            found.append(Line(row.line, measure, source, day, kept))
    refuse(options.file, problems)
    if not found:
        raise RefusedError(f"{options.file}: holds no reading; write one a row below the heading")
    return found


def series(options: argparse.Namespace, lines: Sequence[Line]) -> list[Series]:
    """One series for each measure; where sources of a measure differ, one for each of its sources.

    Raises:
        RefusedError: where a source has two readings for one time.

    """
    found, problems = list[Series](), list[Problem]()
    for measure, own in _grouped(lines, lambda each: each.measure).items():
        rhythm = rhythm_of(each.day for each in own)
        apart = {measure: own}
        if len({each.day for each in own}) < len(own):
            by_source = _grouped(own, lambda each: each.source)
            apart = {_named(measure, source): each for source, each in by_source.items()}
        for name, each in apart.items():
            problems += _twice(each)
            steps = [step_of(one.day, rhythm) for one in each]
            if max(steps) - min(steps) > MOST_STEPS:
                text = f"lies more than {MOST_STEPS:,} {rhythm}s from another; mend the date"
                problems.append(Problem(each[steps.index(max(steps))].line, text))
            values = {step: one.value for step, one in zip(steps, each, strict=True)}
            found.append(Series(name, rhythm, tuple(Reading(*pair) for pair in values.items())))
    refuse(options.file, problems)
    return found


def _grouped(lines: Iterable[Line], key: Callable[[Line], str]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return found


def _named(measure: str, source: str) -> str:
    return f"{measure} ({source})" if measure and source else measure or source


def _twice(lines: Sequence[Line]) -> list[Problem]:
    """Readings whose time another one has taken."""
    seen, problems = set[date](), list[Problem]()
    for each in lines:
        if each.day in seen:
            text = f"is a second reading for {each.day}; tell them apart in a column “source”"
            problems.append(Problem(each.line, text))
        seen.add(each.day)
    return problems


def _found(each: Series, start: date | None, ahead: int) -> dict[str, Any]:
    """The chart and the outlook of a series as JSON holds them."""
    from headway_analysis.trend.outlook import baseline_outlook
    from headway_analysis.trend.xmr import xmr

    begun = None if start is None else step_of(start, each.rhythm)
    chart = xmr(each.readings, limits_until=None if begun is None else begun - 1)
    last = max(reading.at for reading in each.readings)
    first = last + 1 if begun is None else begun
    until = min(max(first, last + ahead), first + MOST_AHEAD)
    outlook = baseline_outlook(each.readings, start=first, until=until) if ahead else None
    return {
        "measure": each.name,
        "rhythm": each.rhythm,
        **_chart(chart, each.rhythm),
        "outlook": None if outlook is None else _outlook(outlook, each.rhythm),
    }


def _chart(chart: "Chart", rhythm: Rhythm) -> dict[str, Any]:
    return {
        "n": chart.n,
        "middle": chart.middle,
        "lower": chart.lower,
        "upper": chart.upper,
        "mean_range": chart.mean_range,
        "range_limit": chart.range_limit,
        "few": chart.few,
        "readings": [{"at": _at(one.at, rhythm), "value": one.value} for one in chart.readings],
        "signals": [
            {"rule": one.rule, "side": one.side, "at": [_at(step, rhythm) for step in one.at]}
            for one in chart.signals
        ],
    }


def _outlook(outlook: "Outlook", rhythm: Rhythm) -> dict[str, Any]:
    found = {name: value for name, value in asdict(outlook).items() if name != "steps"}
    steps = [{**asdict(step), "at": _at(step.at, rhythm)} for step in outlook.steps]
    return {**found, "until": _at(outlook.until, rhythm), "steps": steps}


def _at(step: int, rhythm: Rhythm) -> str:
    """A step as people write it: 2016 for a year, else its first day."""
    return f"{step:04}" if rhythm == "year" else day_of(step, rhythm).isoformat()


def _said(found: Mapping[str, Any]) -> str:
    """A series in words."""
    name = found["measure"] or "The measure"
    if found["lower"] is None:
        return f"{name}: {found['n']} readings, too few for limits."
    around = f"{name}: {found['n']} readings around {found['middle']:.6g}"
    usual = f"usually {found['lower']:.6g} to {found['upper']:.6g}"
    signals = [
        f"- {WORDS[each['rule']]}, {each['side']}: {', '.join(each['at'])}"
        for each in found["signals"]
    ]
    return "\n".join([f"{around}, {usual}.", *(signals or ["- no signal"])])
