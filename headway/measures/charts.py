"""A measure drawn: each source a line, gaps as gaps, beside start, target and outlook."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from headway.core.charts import Chart, table_of

# Safe for the color-blind, and readable on paper and on a dark page; each line has its own shape.
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#8a8f94")
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down", "triangle-right")
# A day is the same day for every reader, wherever their clock is.
TIME: dict[str, Any] = {"field": "day", "type": "temporal", "scale": {"type": "utc"}}
# The roles of the page: ink and quiet follow light and dark.
INK, QUIET, RANGE = "#1b1f23", "#4a545e", "#8a8f94"


@dataclass(frozen=True)
class Dot:
    """One data point as it is drawn and told: no value where there is a gap, with words why."""

    day: str
    when: str
    source: str
    value: float | None
    words: str


@dataclass(frozen=True)
class Level:
    """A line across at one height, with its word: the starting point, the target."""

    value: float
    words: str
    dash: tuple[int, int]


@dataclass(frozen=True)
class Expected:
    """What a time would hold if nothing had changed."""

    day: str
    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class Drawing:
    """Everything that the chart of a measure shows."""

    title: str
    summary: str
    unit: str
    dots: tuple[Dot, ...]
    levels: tuple[Level, ...] = ()
    expected: tuple[Expected, ...] = ()


def drawn(drawing: Drawing) -> Chart:
    """The chart of a measure with its table twin; what is hidden is hidden in both."""
    heads = {"when": _("When"), "source": _("Where it comes from"), "value": drawing.unit}
    told = [{"when": dot.when, "source": dot.source, "value": dot.words} for dot in drawing.dots]
    return Chart(
        title=drawing.title,
        summary=drawing.summary,
        spec=_spec(drawing),
        table=table_of(told, heads),
        name="measure",
    )


def _spec(drawing: Drawing) -> dict[str, Any]:
    layers = [*_band(drawing.expected), *_levels(drawing), _lines(drawing)]
    return {"layer": layers, "height": 300}


def _rows(dots: Iterable[Dot]) -> list[dict[str, Any]]:
    return [
        {"day": dot.day, "when": dot.when, "value": dot.value, "source": dot.source} for dot in dots
    ]


def _lines(drawing: Drawing) -> dict[str, Any]:
    names = list(dict.fromkeys(dot.source for dot in drawing.dots))
    colors = [COLORS[at % len(COLORS)] for at in range(len(names))]
    shapes = [SHAPES[at % len(SHAPES)] for at in range(len(names))]
    legend = {"title": None, "orient": "bottom", "columns": 1, "labelLimit": 400}
    own = {"field": "source", "type": "nominal", "sort": names, "legend": legend}
    height = {"field": "value", "type": "quantitative", "title": drawing.unit}
    return {
        "data": {"values": _rows(drawing.dots)},
        # A gap breaks the line.
        "mark": {"type": "line", "point": {"size": 50}, "invalid": "break-paths-show-path-domains"},
        "encoding": {
            "x": {**TIME, "title": None},
            "y": {**height, "scale": {"zero": True, "nice": True}},
            "color": {**own, "scale": {"domain": names, "range": colors}},
            "shape": {**own, "scale": {"domain": names, "range": shapes}},
            "tooltip": [
                {"field": "when", "title": _("When")},
                {"field": "value", "title": drawing.unit},
                {"field": "source", "title": _("Where it comes from")},
            ],
        },
    }


def _levels(drawing: Drawing) -> list[dict[str, Any]]:
    """Starting point, target and usual range as level lines with their words beside them."""
    first = min(dot.day for dot in drawing.dots)
    return [part for level in drawing.levels for part in _level(level, first)]


def _level(level: Level, day: str) -> list[dict[str, Any]]:
    data = {"values": [{"level": level.value, "words": level.words, "day": day}]}
    height = {"field": "level", "type": "quantitative"}
    rule = {"type": "rule", "strokeDash": list(level.dash), "color": QUIET, "strokeWidth": 1.5}
    text = {"type": "text", "align": "left", "baseline": "bottom", "dy": -3, "color": INK}
    return [
        {"data": data, "mark": rule, "encoding": {"y": height}},
        {
            "data": data,
            "mark": {**text, "fontSize": 12},
            "encoding": {"y": height, "x": TIME, "text": {"field": "words"}},
        },
    ]


def _band(expected: Iterable[Expected]) -> list[dict[str, Any]]:
    """What would have come if nothing had changed, as a band."""
    values = [
        {"day": each.day, "low": each.low, "high": each.high, "expected": each.expected}
        for each in expected
    ]
    if not values:
        return []
    low = {"field": "low", "type": "quantitative"}
    return [
        {
            "data": {"values": values},
            "mark": {"type": "area", "opacity": 0.15, "color": RANGE},
            "encoding": {"x": TIME, "y": low, "y2": {"field": "high"}},
        },
        {
            "data": {"values": values},
            "mark": {"type": "line", "strokeDash": [4, 4], "color": RANGE},
            "encoding": {"x": TIME, "y": {"field": "expected", "type": "quantitative"}},
        },
    ]
