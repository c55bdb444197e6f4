"""The whole path of a record: every step back to where it began, and on to what came of it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from headway.arenas.models import OnRecord
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.forums.models import MinuteLine, Statement
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Link, Record, StageModel, Wording
from headway.initiatives.queries.panel import BACKWARDS
from headway.initiatives.reader import Reader
from headway.solutions.models import Funding

MOST_STEPS = 200
# Rows that stand inside another record by a key of their own, without a link.
INSIDE: Final[tuple[tuple[type[StageModel], str], ...]] = (
    (MinuteLine, "meeting"),
    (Statement, "conversation"),
    (OnRecord, "ask"),
    (Funding, "solution"),
)
PART = "part"


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


def words_of(record: Record) -> str:
    """What a record says, in its newest wording; its title where it has no text."""
    newest = Wording.objects.filter(record=record).order_by("-recorded_at", "-number").first()
    return newest.text if newest else record.title


Joined = dict[UUID, list[tuple[UUID, str]]]


def trace_page(record: Record, initiative: Initiative, reader: Reader) -> TracePage:
    """The path of a record as far as the reader may see it."""
    earlier, later = _joined(initiative, reader)
    before, after = _walk(record.pk, earlier), _walk(record.pk, later)
    shown = Record.objects.in_bulk([*before, *after])
    return TracePage(
        title=_("Where it came from, and what came of it"),
        record=record.title,
        record_href=kinds.href(record, reader.slug),
        kind=kinds.label(record.kind),
        before=tuple(reversed(tuple(_steps(before, shown, reader, BACKWARDS)))),
        here=_step(record, "", reader, here=True),
        after=tuple(_steps(after, shown, reader, dict(Link.Kind.choices))),
    )


def _joined(initiative: Initiative, reader: Reader) -> tuple[Joined, Joined]:
    """What each record came from, and what came of each; without what the reader may not see."""
    readable = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
    seen = set(readable.values_list("pk", flat=True))
    links = Link.objects.filter(
        origin__initiative=initiative, target__initiative=initiative, withdrawn_at__isnull=True
    )
    pairs = list(links.order_by("made_at").values_list("origin", "target", "kind"))
    for model, key in INSIDE:
        inside = model._default_manager.filter(record__initiative=initiative)
        pairs += [(part, whole, PART) for part, whole in inside.values_list("pk", key)]
    earlier: Joined = defaultdict(list)
    later: Joined = defaultdict(list)
    for origin, target, kind in pairs:
        if origin in seen and target in seen:
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
    walked: dict[UUID, str], shown: dict[UUID, Record], reader: Reader, words: dict[str, Message]
) -> Iterator[PathStep]:
    for key, kind in walked.items():
        said = words[kind] if kind in words else _("part of it")
        yield _step(shown[key], str(said), reader)


def _step(record: Record, words: str, reader: Reader, *, here: bool = False) -> PathStep:
    return PathStep(
        title=record.title,
        kind=kinds.label(record.kind),
        href=kinds.href(record, reader.slug),
        when=date_words(record.when),
        words=words,
        here=here,
        id=str(record.pk),
    )
