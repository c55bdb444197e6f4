"""What the chart of a measure shows: every source, the start, the target, the usual range."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.charts import Chart
from headway.core.dates import date_words
from headway.core.numbers import number_words
from headway.measures.charts import Dot, Drawing, Expected, Level, drawn
from headway.measures.queries.points import MeasureStanding, SeriesPoints
from headway.measures.queries.trend import Trend
from headway.measures.queries.words import aim_words, finding, point_words, start_words

MOST_DRAWN, FEWEST_DRAWN = 1_000, 24


def measure_chart(standing: MeasureStanding, trend: Trend | None) -> Chart | None:
    """The chart of a measure with its table twin; None where nothing was counted yet."""
    each_of = max(FEWEST_DRAWN, MOST_DRAWN // max(1, len(standing.series)))
    dots = tuple(dot for each in standing.series for dot in _dots(each, each_of))
    if not any(dot.value is not None for dot in dots):
        return None
    drawing = Drawing(
        title=finding(standing),
        summary=_summary(standing, trend),
        unit=standing.measure.unit,
        dots=dots,
        levels=tuple(_levels(standing, trend)),
        expected=tuple(
            Expected(each.day.isoformat(), each.expected, each.low, each.high)
            for each in (trend.outlook if trend else ())
        ),
    )
    return drawn(drawing)


def _dots(series: SeriesPoints, most: int) -> Iterator[Dot]:
    for point in series.points[-most:]:
        yield Dot(
            day=point.start.isoformat(),
            when=date_words(point.when),
            source=series.name,
            value=None if point.value is None else float(point.value),
            words=point_words(point),
        )


def _levels(standing: MeasureStanding, trend: Trend | None) -> Iterator[Level]:
    if standing.start is not None and standing.start.compares:
        yield Level(float(standing.start.value), _("Starting point"), (6, 3))
    if standing.aim is not None:
        yield Level(float(standing.aim.value), _("Target"), (2, 2))
    if trend is not None and trend.lower is not None and trend.upper is not None:
        yield Level(trend.upper, "", (1, 3))
        yield Level(trend.lower, _("Usual range"), (1, 3))


def _summary(standing: MeasureStanding, trend: Trend | None) -> str:
    valued = sum(point.value is not None for each in standing.series for point in each.points)
    count = len(standing.series)
    values = ngettext("%s value", "%s values", valued) % number_words(valued)
    words = ngettext("%(values)s from one source.", "%(values)s from %(count)s sources.", count)
    parts = [words % {"values": values, "count": count}]
    if standing.start is not None:
        parts.append(_("Starting point: %s.") % start_words(standing.start))
    if standing.aim is not None:
        parts.append(_("Target: %s.") % aim_words(standing.aim))
    return " ".join([*parts, *_range_words(trend)])


def _range_words(trend: Trend | None) -> Iterator[str]:
    if trend is None or trend.lower is None or trend.upper is None:
        return
    said = {"low": rounded(trend.lower), "high": rounded(trend.upper)}
    yield _("The usual range is from %(low)s to %(high)s.") % said
    if trend.few:
        yield _("It rests on fewer than 12 values: take it with care.")


def rounded(value: float) -> str:
    """A number that was worked out, with no more digits than it can bear."""
    return number_words(round(value)) if abs(value) >= 10 else f"{value:.2g}"
