"""A measure drawn: each source a line, gaps as gaps, beside start, target and outlook."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.charts import Chart, table_of
from headway.core.dates import date_words
from headway.core.numbers import number_words
from headway.measures.queries.points import MeasureStanding, SeriesPoints
from headway.measures.queries.trend import Trend
from headway.measures.queries.words import aim_words, finding, point_words, start_words

MOST_DRAWN = 400
# Safe for the color-blind, and readable on paper and on a dark page; each line has its own shape.
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#8a8f94")
SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down", "triangle-right")
# A day is the same day for every reader, wherever their clock is.
TIME: dict[str, Any] = {"field": "day", "type": "temporal", "scale": {"type": "utc"}}
# The roles of the page: ink and quiet follow light and dark.
INK, QUIET, RANGE = "#1b1f23", "#4a545e", "#8a8f94"


def measure_chart(standing: MeasureStanding, trend: Trend | None) -> Chart | None:
    """The chart of a measure with its table twin; None where nothing was counted yet."""
    rows = [row for each in standing.series for row in _drawn(each)]
    if not any(row["value"] is not None for row in rows):
        return None
    return Chart(
        title=finding(standing),
        summary=_summary(standing, trend),
        spec=_spec(standing, trend, rows),
        table=table_of(
            _told(standing.series),
            {"when": _("When"), "source": _("Where it comes from"), "value": standing.measure.unit},
        ),
        name="measure",
    )


def _drawn(series: SeriesPoints) -> Iterable[dict[str, Any]]:
    for point in series.points[-MOST_DRAWN:]:
        yield {
            "day": point.start.isoformat(),
            "when": date_words(point.when),
            "value": None if point.value is None else float(point.value),
            "source": series.name,
        }


def _told(series: Sequence[SeriesPoints]) -> list[Mapping[str, object]]:
    """The same points in rows; what is hidden is hidden here too."""
    return [
        {"when": date_words(point.when), "source": each.name, "value": point_words(point)}
        for each in series
        for point in each.points[-MOST_DRAWN:]
    ]


def _summary(standing: MeasureStanding, trend: Trend | None) -> str:
    valued = sum(point.value is not None for each in standing.series for point in each.points)
    count = len(standing.series)
    parts = [
        ngettext(
            "%(values)s values from one source.", "%(values)s values from %(count)s sources.", count
        )
        % {"values": valued, "count": count}
    ]
    if standing.start is not None:
        parts.append(_("Starting point: %s.") % start_words(standing.start))
    if standing.aim is not None:
        parts.append(_("Target: %s.") % aim_words(standing.aim))
    if trend is not None and trend.lower is not None and trend.upper is not None:
        said = {"low": _rounded(trend.lower), "high": _rounded(trend.upper)}
        parts.append(_("The usual range is from %(low)s to %(high)s.") % said)
    return " ".join(parts)


def _rounded(value: float) -> str:
    return number_words(round(value)) if abs(value) >= 10 else f"{value:.2g}"


def _spec(
    standing: MeasureStanding, trend: Trend | None, rows: list[dict[str, Any]]
) -> dict[str, Any]:
    layers = [*_band(trend), *_levels(standing, trend, rows), _lines(standing, rows)]
    return {"data": {"values": rows}, "layer": layers, "height": 300}


def _axis(unit: str) -> dict[str, Any]:
    return {
        "field": "value",
        "type": "quantitative",
        "title": unit,
        "scale": {"zero": True, "nice": True},
    }


def _lines(standing: MeasureStanding, rows: list[dict[str, Any]]) -> dict[str, Any]:
    names = list(dict.fromkeys(row["source"] for row in rows))
    colors = [COLORS[at % len(COLORS)] for at in range(len(names))]
    shapes = [SHAPES[at % len(SHAPES)] for at in range(len(names))]
    legend = {"title": None, "orient": "bottom", "columns": 1, "labelLimit": 400}
    own = {"field": "source", "type": "nominal", "sort": names, "legend": legend}
    return {
        # A gap breaks the line.
        "mark": {"type": "line", "point": {"size": 50}, "invalid": "break-paths-show-path-domains"},
        "encoding": {
            "x": {**TIME, "title": None},
            "y": _axis(standing.measure.unit),
            "color": {**own, "scale": {"domain": names, "range": colors}},
            "shape": {**own, "scale": {"domain": names, "range": shapes}},
            "tooltip": [
                {"field": "when", "title": _("When")},
                {"field": "value", "title": standing.measure.unit},
                {"field": "source", "title": _("Where it comes from")},
            ],
        },
    }


def _levels(
    standing: MeasureStanding, trend: Trend | None, rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Starting point, target and usual range as level lines with their words beside them."""
    first = min(row["day"] for row in rows)
    levels: list[tuple[float, str, list[int]]] = []
    if standing.start is not None:
        levels.append((float(standing.start.value), _("Starting point"), [6, 3]))
    if standing.aim is not None:
        levels.append((float(standing.aim.value), _("Target"), [2, 2]))
    if trend is not None and trend.lower is not None and trend.upper is not None:
        levels += [(trend.upper, "", [1, 3]), (trend.lower, _("Usual range"), [1, 3])]
    return [part for level in levels for part in _level(*level, day=first)]


def _level(value: float, words: str, dash: list[int], *, day: str) -> list[dict[str, Any]]:
    data = {"values": [{"level": value, "words": words, "day": day}]}
    height = {"field": "level", "type": "quantitative"}
    rule = {"type": "rule", "strokeDash": dash, "color": QUIET, "strokeWidth": 1.5}
    text = {"type": "text", "align": "left", "baseline": "bottom", "dy": -3, "color": INK}
    return [
        {"data": data, "mark": rule, "encoding": {"y": height}},
        {
            "data": data,
            "mark": {**text, "fontSize": 12},
            "encoding": {
                "y": height,
                "x": TIME,
                "text": {"field": "words"},
            },
        },
    ]


def _band(trend: Trend | None) -> list[dict[str, Any]]:
    """What would have come if nothing had changed, as a band."""
    if trend is None or not trend.outlook:
        return []
    values = [
        {"day": each.day.isoformat(), "low": each.low, "high": each.high, "expected": each.expected}
        for each in trend.outlook
    ]
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
