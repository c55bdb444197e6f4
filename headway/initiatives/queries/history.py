"""The log of an initiative, readable: who did what to which thing, with old and new values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Event, EventValue
from headway.core.errors import Message
from headway.core.tables import Column, TablePage, table_page
from headway.initiatives import kinds
from headway.initiatives.models import Initiative
from headway.initiatives.queries.field_words import field_words, value_words
from headway.initiatives.queries.verbs import VERBS
from headway.initiatives.reader import Reader

# The days that a date said in words can mean.
DAYS = frozenset({"happened_from", "happened_to"})


@dataclass(frozen=True)
class ValueChange:
    """What one field held before and after."""

    field: str
    old: str
    new: str
    erased: bool


@dataclass(frozen=True)
class HistoryLine:
    """One event as a person reads it."""

    at: datetime
    who: str
    verb: Message
    about: str
    kind: Message
    changes: tuple[ValueChange, ...]
    position: int


@dataclass(frozen=True)
class HistoryPage:
    """The log of an initiative, one page of it."""

    title: str
    table: TablePage
    kinds: tuple[tuple[str, Message], ...]
    chosen: str
    export_href: str


def verb_words(verb: str) -> Message:
    """What a verb of the log reads like."""
    return VERBS.get(verb, verb.replace("_", " "))


def _events(values_for: Iterable[str]) -> "Prefetch[str]":
    shown = EventValue.objects.filter(visibility__in=list(values_for)).order_by("field")
    return Prefetch("values", queryset=shown)


def who_did(event: Event) -> str:
    """Who did it, by name; an address is nobody's business."""
    if event.user is None:
        return _("Headway")
    return event.user.name or _("somebody without a name")


def _changes(kind: str, values: list[EventValue]) -> tuple[ValueChange, ...]:
    """What changed, each field by its plain name; a date said in words is told once."""
    said = {value.field for value in values if value.old or value.new or value.erased_by_id}
    told_already = DAYS if "date_as_said" in said else frozenset()
    return tuple(
        ValueChange(
            field_words(kind, value.field),
            value_words(kind, value.field, value.old),
            value_words(kind, value.field, value.new),
            value.erased_by_id is not None,
        )
        for value in values
        if value.field not in told_already and (value.field != "title" or value.old)
    )


def line_of(event: Event) -> HistoryLine:
    """An event with its values as one line."""
    values = list(event.values.all())
    title = next((value.new for value in values if value.field == "title"), "")
    return HistoryLine(
        at=event.recorded_at,
        who=who_did(event),
        verb=verb_words(event.verb),
        about=title,
        kind=kinds.label(event.subject_kind),
        changes=_changes(event.subject_kind, values),
        position=event.position,
    )


def history_of(subject_id: UUID, reader: Reader, limit: int = 50) -> tuple[HistoryLine, ...]:
    """The newest events about one thing, as far as the reader may see its values."""
    events = Event.objects.about(subject_id).filter(visibility__in=reader.readers)
    found = events.select_related("user").prefetch_related(_events(reader.readers))
    return tuple(line_of(event) for event in found[:limit])


def history_rows(initiative: Initiative, reader: Reader, kind: str = "") -> Iterator[HistoryLine]:
    """Every event of an initiative, newest first, a thousand at a time."""
    events = _of_initiative(initiative, kind)
    for event in events.prefetch_related(_events(reader.readers)).iterator(chunk_size=1_000):
        yield line_of(event)


def _of_initiative(initiative: Initiative, kind: str) -> QuerySet[Event]:
    events = Event.objects.filter(stream=initiative.stream_id).newest_first()
    return (events.filter(subject_kind=kind) if kind else events).select_related("user")


COLUMNS = (
    Column("at", gettext_lazy("When")),
    Column("who", gettext_lazy("Who")),
    Column("what", gettext_lazy("What")),
    Column("about", gettext_lazy("About")),
    Column("changes", gettext_lazy("From → to")),
)
LONGEST_SHOWN = 120


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def changes_words(changes: Iterable[ValueChange]) -> str:
    """The changed values in a few words."""
    said = []
    for change in changes:
        values = _("erased") if change.erased else f"{_short(change.old)} → {_short(change.new)}"
        said.append(f"{change.field}: {values.removeprefix(' → ')}")
    return "; ".join(said)


def moment_words(at: datetime) -> str:
    """Day and time where the reader is."""
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def _row(event: Event) -> dict[str, object]:
    line = line_of(event)
    return {
        "at": moment_words(line.at),
        "who": line.who,
        "what": line.verb,
        "about": f"{line.kind}: {line.about}" if line.about else line.kind,
        "changes": changes_words(line.changes),
    }


def history_page(initiative: Initiative, reader: Reader, params: QueryDict) -> HistoryPage:
    """One page of the log, of all kinds or of one."""
    known = tuple((kind.kind, kind.label) for kind in kinds.kinds())
    chosen = params.get("kind", "")
    chosen = chosen if chosen in dict(known) else ""
    events = _of_initiative(initiative, chosen).prefetch_related(_events(reader.readers))
    return HistoryPage(
        title=_("History"),
        table=table_page(events, COLUMNS, params, build=_row),
        kinds=known,
        chosen=chosen,
        export_href=f"?format=csv&kind={chosen}",
    )
