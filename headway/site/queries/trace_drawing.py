"""The path of a record as a drawing: columns by stage, a box for each record, a line for each link.

Everything is counted here, so that the template only writes it down.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final
from uuid import UUID

from django.utils.translation import get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.initiatives import kinds

MOST_DRAWN: Final = 60
DEEPEST: Final = 12
WIDTH, HEIGHT = 176, 76
ACROSS, DOWN = 48, 16
TOP, EDGE, PAD = 34, 16, 10
BASELINES: Final = (18, 37, 53, 69)
LETTERS: Final = 25
STAGES: Final[Mapping[str, Message]] = {
    "problem": gettext_lazy("Problem"),
    "people": gettext_lazy("People"),
    "meetings": gettext_lazy("Meetings"),
    "recommendations": gettext_lazy("Recommendations"),
    "decisions": gettext_lazy("Decisions and promises"),
    "tests": gettext_lazy("Tests and lessons"),
    "measures": gettext_lazy("Measures"),
}
TESTS: Final = frozenset({"small_test", "pilot", "learning_review", "follow_up", "lesson"})
MEASURES: Final = frozenset({"measure", "series"})


@dataclass(frozen=True, slots=True)
class Node:
    """A record that is to be drawn."""

    key: UUID
    kind: str
    label: str
    title: str
    words: str
    href: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A link that is to be drawn: the later record, the earlier one, and how they are joined."""

    later: UUID
    earlier: UUID
    words: str


@dataclass(frozen=True)
class Line:
    """A line of text where it stands in the drawing."""

    text: str
    x: str
    y: str
    look: str


@dataclass(frozen=True)
class Box:
    """One record as it is drawn; its name says what its lines may cut short."""

    href: str
    name: str
    here: bool
    x: str
    y: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Stroke:
    """One link as it is drawn, from the earlier to the later record."""

    path: str
    name: str


@dataclass(frozen=True)
class Drawing:
    """The whole drawing, in units of one pixel."""

    title: str
    summary: str
    width: str
    height: str
    box_width: str
    box_height: str
    heads: tuple[Line, ...]
    boxes: tuple[Box, ...]
    strokes: tuple[Stroke, ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class _Place:
    column: int
    x: int
    y: int


def stage_of(kind: str) -> str:
    """The column that a kind of record stands in."""
    if kind in TESTS:
        return "tests"
    if kind in MEASURES:
        return "measures"
    return kinds.area(kind) or "meetings"


def draw(nodes: Sequence[Node], edges: Iterable[Edge]) -> Drawing:
    """Lay out a path; what comes first in `nodes` is drawn where not all can be."""
    drawn = {node.key: node for node in nodes[:MOST_DRAWN]}
    joined = [edge for edge in edges if edge.later in drawn and edge.earlier in drawn]
    columns = list(_columns(drawn, joined))
    width = 2 * EDGE + len(columns) * (WIDTH + ACROSS) - ACROSS
    places = dict(_places(columns, width))
    deepest = max(len(keys) for _stage, keys in columns)
    return Drawing(
        title=_("The path, drawn"),
        summary=_summary(len(drawn), len(joined), [stage for stage, _keys in columns]),
        width=str(width),
        height=str(TOP + EDGE + deepest * (HEIGHT + DOWN)),
        box_width=str(WIDTH),
        box_height=str(HEIGHT),
        heads=tuple(_heads(columns, places)),
        boxes=tuple(_box(node, places[node.key]) for node in drawn.values()),
        strokes=tuple(_stroke(edge, drawn, places) for edge in joined),
        left_out=_left_out(len(nodes) - len(drawn)),
    )


def _summary(records: int, links: int, stages: Sequence[str]) -> str:
    one = ngettext("%s record", "%s records", records) % records
    other = ngettext("%s link", "%s links", links) % links
    said = {"records": one, "links": other, "first": STAGES[stages[0]], "last": STAGES[stages[-1]]}
    if stages[0] == stages[-1]:
        return _("%(records)s and %(links)s. The list below says the same.") % said
    words = _(
        "%(records)s and %(links)s, from “%(first)s” at one end to “%(last)s” at the other."
        " The list below says the same."
    )
    return words % said


def _left_out(count: int) -> str:
    if count <= 0:
        return ""
    words = ngettext(
        "%s record that is further away stands in the list only.",
        "%s records that are further away stand in the list only.",
        count,
    )
    return words % count


def _columns(nodes: Mapping[UUID, Node], edges: Iterable[Edge]) -> Iterator[tuple[str, list[UUID]]]:
    """The records by stage, beside what they are joined to; a long stage goes on beside itself."""
    near: dict[UUID, list[UUID]] = defaultdict(list)
    for edge in edges:
        near[edge.later].append(edge.earlier)
        near[edge.earlier].append(edge.later)
    by_stage: dict[str, list[UUID]] = {stage: [] for stage in STAGES}
    for key, node in nodes.items():
        by_stage[stage_of(node.kind)].append(key)
    row: dict[UUID, int] = {}

    def height(key: UUID) -> float:
        placed = [row[other] for other in near[key] if other in row]
        return fmean(placed) if placed else len(row)

    for stage, keys in by_stage.items():
        ordered = sorted(keys, key=height)
        for start in range(0, len(ordered), DEEPEST):
            part = ordered[start : start + DEEPEST]
            row.update({key: number for number, key in enumerate(part)})
            yield stage, part


def _places(
    columns: Sequence[tuple[str, Sequence[UUID]]], width: int
) -> Iterator[tuple[UUID, _Place]]:
    """Where each record stands; read from the right where the language is."""
    for column, (_stage, keys) in enumerate(columns):
        x = EDGE + column * (WIDTH + ACROSS)
        left = width - x - WIDTH if get_language_bidi() else x
        for number, key in enumerate(keys):
            yield key, _Place(column, left, TOP + number * (HEIGHT + DOWN))


def _start(left: int) -> str:
    """Where a line of text begins."""
    return str(left + WIDTH - PAD if get_language_bidi() else left + PAD)


def _heads(
    columns: Sequence[tuple[str, Sequence[UUID]]], places: Mapping[UUID, _Place]
) -> Iterator[Line]:
    before = ""
    for stage, keys in columns:
        if stage != before:
            yield Line(str(STAGES[stage]), _start(places[keys[0]].x), "20", "head")
        before = stage


def _box(node: Node, place: _Place) -> Box:
    texts = [(node.label, "kind"), *((text, "title") for text in shortened(node.title, 2))]
    if node.words or node.here:
        texts.append((node.words or _("this record"), "words"))
    lines = tuple(
        Line(shortened(text, 1)[0], _start(place.x), str(place.y + down), look)
        for (text, look), down in zip(texts, BASELINES, strict=False)
    )
    name = " ".join(part for part in (node.words, node.title, f"({node.label})") if part)
    return Box(node.href, name, node.here, str(place.x), str(place.y), lines)


def shortened(text: str, most: int) -> list[str]:
    """A text in at most so many lines that fit a box; an ellipsis where it goes on.

    Letters that are twice as wide count twice.
    """
    lines, line = [], ""
    for word in text.split() or [""]:
        for part in _fitting(word):
            joined = f"{line} {part}".strip()
            if _wide(joined) > LETTERS and line:
                lines.append(line)
                joined = part
            line = joined
    lines.append(line)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while _wide(last) >= LETTERS:
        last = last[:-1]
    return [*lines[: most - 1], f"{last}…"]


def _fitting(word: str) -> Iterator[str]:
    """A word in pieces that fit a line."""
    piece = ""
    for letter in word:
        if _wide(piece + letter) > LETTERS:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "FW" else 1 for letter in text)


def _stroke(edge: Edge, nodes: Mapping[UUID, Node], places: Mapping[UUID, _Place]) -> Stroke:
    words = _("“%(later)s” – %(words)s – “%(earlier)s”") % {
        "later": nodes[edge.later].title,
        "words": edge.words,
        "earlier": nodes[edge.earlier].title,
    }
    return Stroke(_curve(places[edge.earlier], places[edge.later]), words)


def _curve(start: _Place, end: _Place) -> str:
    """A curve from one box to another, leaving and arriving at the sides that face each other."""
    from_y, to_y = start.y + HEIGHT // 2, end.y + HEIGHT // 2
    if start.column == end.column:
        side = start.x + WIDTH
        bend = side + ACROSS // 2
        return f"M{side} {from_y} C{bend} {from_y} {bend} {to_y} {side} {to_y}"
    right = end.x > start.x
    from_x, to_x = (start.x + WIDTH, end.x) if right else (start.x, end.x + WIDTH)
    bend = ACROSS // 2 if right else -(ACROSS // 2)
    return f"M{from_x} {from_y} C{from_x + bend} {from_y} {to_x - bend} {to_y} {to_x} {to_y}"
