"""A drawing that works everywhere: SVG from the server, an interactive view, and a table twin."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from json import dumps
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.marks import SECTORS

FONT = "Public Sans, system-ui, sans-serif"
INK, QUIET, LINE = "#1b1f23", "#4a545e", "#c9cdd1"
PHONE, FITTED = 288, {"type": "fit", "contains": "padding"}
LOOK: Mapping[str, Any] = {
    "background": None,
    "font": FONT,
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": LINE,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "labelOverlap": True,
    },
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 13, "titleFontSize": 13},
    "view": {"stroke": None},
    "mark": {"color": "#0f5c6e"},
    "range": {
        "category": [look.color for look in SECTORS.values()],
        "symbol": [look.shape for look in SECTORS.values()],
    },
}
WHOLE_ELEMENT = re.compile(r"<(script|style|foreignObject)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
ATTRIBUTE = re.compile(r"""\s(?:style|on[a-z]+)=("[^"]*"|'[^']*')""", re.IGNORECASE)


@dataclass(frozen=True)
class ChartTable:
    """The same numbers in rows; the first cell of a row names it."""

    heads: tuple[Message, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A Vega-Lite specification with the words and the numbers that say the same.

    `title` states the finding ("Street homelessness fell by half"), `summary` says in a sentence
    or two what the drawing shows, `name` is unique on the page.
    """

    title: Message
    summary: Message
    spec: Mapping[str, Any]
    table: ChartTable
    name: str = "chart"
    interactive: bool = True

    @property
    def spec_id(self) -> str:
        """The id under which the page carries the specification for the browser."""
        return f"{self.name}-spec"

    @property
    def full_spec(self) -> dict[str, Any]:
        """The specification in the house's look, which its own settings override."""
        own = dict(self.spec)
        config = {**LOOK, **own.pop("config", {})}
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "width": 640,
            "height": 280,
            **own,
            "config": config,
        }

    @property
    def svg(self) -> SafeString:
        """The drawing for the page, without anything that the page's policy would refuse."""
        return self._drawn(self.full_spec)

    @property
    def narrow_svg(self) -> SafeString:
        """The same as wide as a phone, its letters as large; empty where the browser fits it."""
        if self.interactive:
            return SafeString()
        return self._drawn({**self.full_spec, "width": PHONE, "autosize": FITTED})

    def _drawn(self, spec: Mapping[str, Any]) -> SafeString:
        drawn = _draw(dumps(spec, sort_keys=True, default=str))
        return mark_safe(_quiet(drawn))  # noqa: S308  # vl-convert's own SVG, made harmless above


def _quiet(svg: str) -> str:
    """An SVG without scripts, styles or event handlers, hidden from screen readers.

    The page's text summary and table speak instead of the drawing's thousand little labels.
    """
    harmless = ATTRIBUTE.sub("", WHOLE_ELEMENT.sub("", svg))
    return harmless.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


@lru_cache(maxsize=64)
def _draw(spec: str) -> str:
    """Vega-Lite to SVG; imported here because it takes a second to load."""
    import vl_convert

    return vl_convert.vegalite_to_svg(spec, vl_version="6.4", allowed_base_urls=[])


def table_of(rows: Sequence[Mapping[str, object]], heads: Mapping[str, Message]) -> ChartTable:
    """The table twin of a chart's own data, in the order of the headings."""
    return ChartTable(
        tuple(heads.values()),
        tuple(tuple(row.get(key, _("Not recorded")) for key in heads) for row in rows),
    )
