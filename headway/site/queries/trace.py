"""The whole path of a record: every step back to where it began, and on to what came of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models.authority import Visibility
from headway.arenas.models import OnRecord
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.forums.models import MinuteLine, Statement
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Link, Record, StageModel, Wording
from headway.initiatives.queries.panel import BACKWARDS
from headway.initiatives.reader import Reader
from headway.site.queries.trace_drawing import Drawing, Edge, Node, draw
from headway.solutions.models import Funding

MOST_STEPS = 200
# Rows that stand inside another record by a key of their own, without a link.
INSIDE: Final[tuple[tuple[type[StageModel], str], ...]] = (
    (MinuteLine, "meeting"),
    (Statement, "conversation"),
    (OnRecord, "ask"),
    (Funding, "solution"),
)
PART, MOVED = "part", "moved"
# What stands before the title of an earlier record: "came from", said of the one nearer to here.
FORWARDS: Final[Mapping[str, Message]] = {
    **dict(Link.Kind.choices),
    PART: gettext_lazy("part of"),
    MOVED: BACKWARDS[Link.Kind.MOVES],
}
TOWARDS_LATER: Final[Mapping[str, Message]] = {
    **BACKWARDS,
    PART: gettext_lazy("holds"),
    MOVED: Link.Kind.MOVES.label,
}


@dataclass(frozen=True)
class PathStep:
    """One record of the path, and how it is joined to the one nearer to the record asked about."""

    title: str
    kind: Message
    href: str
    when: str
    words: str
    here: bool = False
    id: str = ""
    elsewhere: str = ""


@dataclass(frozen=True)
class TracePage:
    """The path of one record, from its first beginning to what came of it last."""

    title: str
    record: str
    record_href: str
    kind: Message
    before: tuple[PathStep, ...]
    here: PathStep
    after: tuple[PathStep, ...]
    drawing: Drawing | None


def words_of(record: Record) -> str:
    """What a record says, in its newest wording; its title where it has no text."""
    newest = Wording.objects.filter(record=record).order_by("-recorded_at", "-number").first()
    return newest.text if newest else record.title


Pair = tuple[UUID, UUID, str]
Joined = dict[UUID, list[tuple[UUID, str]]]


def trace_page(record: Record, initiative: Initiative, reader: Reader) -> TracePage:
    """The path of a record as far as the reader may see it."""
    pairs = [*_links(initiative, reader), *_inside(initiative, reader)]
    earlier, later = _joined(pairs)
    before, after = _walk(record.pk, earlier), _walk(record.pk, later)
    shown = Record.objects.select_related("initiative").in_bulk([*before, *after])
    shown[record.pk] = record
    steps = {
        record.pk: _step(record, "", reader, here=True),
        **dict(_steps(before, shown, reader, FORWARDS)),
        **dict(_steps(after, shown, reader, TOWARDS_LATER)),
    }
    return TracePage(
        title=_("Where it came from, and what came of it"),
        record=record.title,
        record_href=kinds.href(record, reader.slug),
        kind=kinds.label(record.kind),
        before=tuple(steps[key] for key in reversed(before)),
        here=steps[record.pk],
        after=tuple(steps[key] for key in after if key not in before),
        drawing=_drawing(record, _nearest(before, after), shown, steps, pairs),
    )


def _open(end: str, initiative: Initiative, reader: Reader) -> Q:
    """The condition that the reader may see one end of a link.

    Being a member here opens nothing in another initiative: of that only what is public shows.
    """
    here = Q(**{f"{end}__initiative": initiative, f"{end}__visibility__in": reader.readers})
    public = Q(
        **{
            f"{end}__initiative__visibility": Visibility.PUBLIC,
            f"{end}__visibility": Visibility.PUBLIC,
        }
    )
    return (here | public) & Q(**{f"{end}__withdrawn_at": None})


def _links(initiative: Initiative, reader: Reader) -> Iterator[Pair]:
    """Which record came from which, by links that stand; a measure comes after what moves it."""
    touching = Q(origin__initiative=initiative) | Q(target__initiative=initiative)
    links = Link.objects.filter(
        touching, _open("origin", initiative, reader), _open("target", initiative, reader)
    ).filter(withdrawn_at=None)
    rows = links.order_by("made_at", "pk").values_list("origin", "target", "kind")
    for origin, target, kind in rows:
        yield (target, origin, MOVED) if kind == Link.Kind.MOVES else (origin, target, kind)


def _inside(initiative: Initiative, reader: Reader) -> Iterator[Pair]:
    """Which record stands inside which. One query."""
    first, *others = (_parts(model, key, initiative, reader) for model, key in INSIDE)
    for part, whole in first.union(*others, all=True):
        yield part, whole, PART


def _parts(
    model: type[StageModel], key: str, initiative: Initiative, reader: Reader
) -> QuerySet[Any, Any]:
    def seen(record: str) -> Q:
        return Q(**{f"{record}__visibility__in": reader.readers, f"{record}__withdrawn_at": None})

    inside = model._default_manager.filter(
        seen("record"), seen(f"{key}__record"), record__initiative=initiative
    )
    return inside.order_by().values_list(F("pk"), F(f"{key}_id"))


def _joined(pairs: list[Pair]) -> tuple[Joined, Joined]:
    """What each record came from, and what came of each."""
    earlier: Joined = defaultdict(list)
    later: Joined = defaultdict(list)
    for origin, target, kind in pairs:
        earlier[origin].append((target, kind))
        later[target].append((origin, kind))
    return earlier, later


def _walk(start: UUID, joined: Joined) -> dict[UUID, str]:
    """Every record that can be reached, the nearest first, with how it was reached."""
    found: dict[UUID, str] = {}
    ring = [start]
    while ring and len(found) < MOST_STEPS:
        further = []
        for key in ring:
            for other, kind in joined.get(key, ()):
                if other != start and other not in found:
                    found[other] = kind
                    further.append(other)
        ring = further
    return found


def _steps(
    walked: Mapping[UUID, str],
    shown: Mapping[UUID, Record],
    reader: Reader,
    words: Mapping[str, Message],
) -> Iterator[tuple[UUID, PathStep]]:
    for key, kind in walked.items():
        yield key, _step(shown[key], str(words[kind]), reader)


def _step(record: Record, words: str, reader: Reader, *, here: bool = False) -> PathStep:
    initiative = record.initiative
    return PathStep(
        title=record.title,
        kind=kinds.label(record.kind),
        href=kinds.href(record, initiative.slug),
        when=date_words(record.when),
        words=words,
        here=here,
        id=str(record.pk),
        elsewhere="" if initiative.slug == reader.slug else initiative.title,
    )


def _nearest(before: Mapping[UUID, str], after: Mapping[UUID, str]) -> list[UUID]:
    """All that was reached, from both sides in turn, so that the nearest are drawn."""
    sides = [list(before), list(after)]
    longest = max(len(side) for side in sides)
    mixed = [side[place] for place in range(longest) for side in sides if place < len(side)]
    return list(dict.fromkeys(mixed))


def _drawing(
    record: Record,
    reached: list[UUID],
    shown: Mapping[UUID, Record],
    steps: Mapping[UUID, PathStep],
    pairs: list[Pair],
) -> Drawing | None:
    """The path as a drawing; none where the record stands alone."""
    if not reached:
        return None
    nodes = [
        Node(key, shown[key].kind, str(step.kind), step.title, step.words, step.href, step.here)
        for key in (record.pk, *reached)
        for step in (steps[key],)
    ]
    edges = [Edge(origin, target, str(FORWARDS[kind])) for origin, target, kind in pairs]
    return draw(nodes, edges)
