"""What stands beside every record: state, source, trace, translations and files."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Event
from headway.accounts.models.authority import Visibility
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Source
from headway.core.prepared import Prepared
from headway.core.slots import (
    DISCUSSION,
    WAYS_ON,
    InitiativePlace,
    RecordPlace,
    Talk,
    Trace,
    TraceStep,
    Way,
)
from headway.initiatives import kinds
from headway.initiatives.languages import language_name
from headway.initiatives.models import (
    File,
    Link,
    Record,
    RecordState,
    Translation,
    Wording,
)
from headway.initiatives.queries.field_words import field_words
from headway.initiatives.queries.history import who_did
from headway.initiatives.reader import Reader

STATE_FIELDS = ("state", "status")
BACKWARDS: dict[str, Message] = {
    Link.Kind.CAME_FROM: gettext_lazy("led to"),
    Link.Kind.ANSWERS: gettext_lazy("is answered by"),
    Link.Kind.TESTS: gettext_lazy("is tested by"),
    Link.Kind.MOVES: gettext_lazy("is to be moved by"),
    Link.Kind.BLOCKS: gettext_lazy("is held up by"),
    Link.Kind.LEARNED_FROM: gettext_lazy("taught"),
}


@dataclass(frozen=True)
class FileLine:
    """A file one may download."""

    name: str
    size: int
    at: datetime
    href: str
    withdraw_href: str


@dataclass(frozen=True)
class TranslationLine:
    """A text in another language, who made it, and whether the original moved on since."""

    field: str
    language: str
    code: str
    text: str
    origin: Message
    outdated: bool


@dataclass(frozen=True)
class Removal:
    """That everything a record said was removed for good: when, by whom and why."""

    at: datetime
    who: str
    because: str


@dataclass(frozen=True)
class RecordPanel:
    """Everything about a record that is not its own content.

    Where `removed` is set, pages show that and nothing else of the record.
    """

    title: str
    kind: Message
    state: str
    state_because: str
    when: str
    author: str
    owner: str
    organisation: str
    recorded_at: datetime
    visibility: Message
    source: Source | None
    withdrawn_because: str
    trace: Trace
    versions: int
    history_href: str
    files: tuple[FileLine, ...]
    translations: tuple[TranslationLine, ...]
    translate_href: str
    link_href: str
    file_href: str
    withdraw_href: str
    discussion: Talk | None
    ways: tuple[Way, ...]
    removed: Removal | None


def as_source(record: Record) -> Source | None:
    """Where a reported record comes from, to show beside it."""
    if record.source is None:
        return None
    return Source(record.source.title, record.source.url, confirmed=False)


@dataclass(frozen=True)
class _Whole:
    """A record with what its panel needs to know before it asks for more."""

    record: Record
    state: str
    because: str
    versions: int
    has_files: bool
    has_translations: bool


@Prepared
def _wholes(record_id: UUID) -> QuerySet[Any]:
    newest = RecordState.objects.filter(record=OuterRef("pk")).order_by("-recorded_at")
    worded = Wording.objects.filter(record=OuterRef("pk")).order_by().values("record")
    files = File.objects.filter(record=OuterRef("pk"), withdrawn_at__isnull=True)
    known = Record._base_manager.select_related("source", "author", "owner", "organisation")
    return known.annotate(
        newest_state=Subquery(newest.values("state")[:1]),
        because=Subquery(newest.values("because")[:1]),
        versions=Subquery(worded.annotate(count=Count("pk")).values("count")),
        has_files=Exists(files),
        has_translations=Exists(Translation.objects.filter(record=OuterRef("pk"))),
    ).filter(pk=record_id)


def _whole(record: Record) -> _Whole:
    """The record, its newest state, and how much stands beside it. One query."""
    [found] = _wholes(record.pk)
    return _Whole(
        record=found,
        state=found.newest_state or "",
        because=found.because or "",
        versions=found.versions or 0,
        has_files=found.has_files,
        has_translations=found.has_translations,
    )


def _step(link: Link, other: Record, words: Message, slug: str) -> TraceStep:
    return TraceStep(
        words=str(words),
        title=other.title,
        href=kinds.href(other, slug if link.kind != Link.Kind.LEARNED_FROM else ""),
        kind=str(kinds.label(other.kind)),
        withdrawn=other.withdrawn,
        code=other.kind,
    )


def _seen_at(end: str, initiative_id: UUID, readers: Collection[str], *, withdrawn: bool) -> Q:
    here: dict[str, object] = {
        f"{end}__initiative": initiative_id,
        f"{end}__visibility__in": readers,
    }
    public = {
        f"{end}__initiative__visibility": Visibility.PUBLIC,
        f"{end}__visibility": Visibility.PUBLIC,
    }
    stands = Q(**{f"{end}__withdrawn_at__isnull": True})
    return (Q(**here) & (Q() if withdrawn else stands)) | (Q(**public) & stands)


def may_see(end: str, record: Record, reader: Reader) -> Q:
    """The condition that the reader may see the record at one end of a link.

    Being a member here opens nothing in another initiative: of that only what is public shows.
    """
    withdrawn = reader.may("initiatives.view_history")
    return _seen_at(end, record.initiative_id, reader.readers, withdrawn=withdrawn)


def _joined(record_id: UUID, initiative_id: UUID, *readers: str, withdrawn: bool) -> QuerySet[Link]:
    target, origin = (
        _seen_at(end, initiative_id, readers, withdrawn=withdrawn) for end in ("target", "origin")
    )
    seen = Link.objects.filter(
        (target & Q(origin=record_id)) | (origin & Q(target=record_id)), withdrawn_at__isnull=True
    )
    return seen.select_related("origin__initiative", "target__initiative").order_by("made_at")


JOINED = {some: Prepared(partial(_joined, withdrawn=some)) for some in (False, True)}


def trace_of(record: Record, reader: Reader) -> Trace:
    """The records one step before and one step after this one, as far as one may see them."""
    joined = JOINED[reader.may("initiatives.view_history")]
    links = joined(record.pk, record.initiative_id, *sorted(reader.readers))
    return Trace(
        came_from=tuple(
            _step(link, link.target, link.get_kind_display(), reader.slug)
            for link in links
            if link.origin_id == record.pk
        ),
        led_to=tuple(
            _step(link, link.origin, BACKWARDS[link.kind], reader.slug)
            for link in links
            if link.target_id == record.pk
        ),
    )


def texts_of(record: Record) -> dict[str, str]:
    """The texts of a record as they stand now, by name; the title is one of them."""
    found = {"title": record.title}
    for wording in Wording.objects.filter(record=record).order_by("number"):
        found[wording.field] = wording.text
    return {field: text for field, text in found.items() if text}


def translations(record: Record) -> tuple[TranslationLine, ...]:
    """A record's texts in other languages."""
    found = Translation.objects.filter(record=record).order_by("field", "language")
    current = texts_of(record)
    return tuple(
        TranslationLine(
            field=field_words(record.kind, row.field),
            language=language_name(row.language),
            code=row.language,
            text=row.text,
            origin=row.get_origin_display(),
            outdated=not row.made_from(current.get(row.field, "")),
        )
        for row in found
    )


def _kept_as(kind: str) -> list[type[Model]]:
    """The tables that keep records of a kind."""
    return [model for model in apps.get_models() if getattr(model, "RECORD_KIND", "") == kind]


@cache
def state_words(kind: str) -> dict[str, Message]:
    """The words for the states of a kind, as the model that keeps it says them."""
    fields = [field for model in _kept_as(kind) for field in model._meta.concrete_fields]
    named = [field for field in fields if field.name in STATE_FIELDS and field.choices]
    return {str(value): words for field in named for value, words in field.flatchoices}


def in_words(kind: str, state: str) -> str:
    """A state of a kind as its model says it; an unknown one in the words of its name."""
    return str(state_words(kind).get(state, state.replace("_", " ")))


def _files(record: Record, reader: Reader, *, may: bool) -> tuple[FileLine, ...]:
    found = File.objects.filter(record=record, withdrawn_at__isnull=True)
    return tuple(
        FileLine(
            name=file.name,
            size=file.size,
            at=file.uploaded_at,
            href=reverse("initiatives:file", args=[reader.slug, file.pk]),
            withdraw_href=(
                reverse("initiatives:withdraw_file", args=[reader.slug, file.pk]) if may else ""
            ),
        )
        for file in found
    )


def _if_may(reader: Reader, permission: str, name: str, record: Record) -> str:
    allowed = reader.may(permission) and not record.withdrawn
    return reverse(name, args=[reader.slug, record.pk]) if allowed else ""


def _removal(record: Record, *, named: bool) -> Removal | None:
    """How the record was removed, or None; a name only for those who see members."""
    if record.expunged_at is None:
        return None
    events = Event.objects.about(record.pk).filter(verb="expunged").select_related("user")
    event = events.order_by("-position").first()
    who = who_did(event) if event is not None and named else _("the records office")
    return Removal(record.expunged_at, who, record.withdrawn_because)


def record_place(record: Record, reader: Reader) -> RecordPlace:
    """The record as later stages are asked about it."""
    return RecordPlace(
        initiative=InitiativePlace(
            initiative_id=record.initiative_id,
            slug=reader.slug,
            today=reader.today,
            visibilities=reader.readers,
            member_id=reader.member_id,
        ),
        record_id=record.pk,
        kind=record.kind,
        withdrawn=record.withdrawn,
        may=reader.may,
    )


def _history_href(record: Record, reader: Reader) -> str:
    """Where the versions of its texts and its events are read, by whoever may see who acted."""
    may = reader.may("initiatives.view_members") and record.visibility in reader.readers
    return reverse("initiatives:record_history", args=[reader.slug, record.pk]) if may else ""


def record_panel(*, record: Record, reader: Reader) -> RecordPanel:
    """What stands beside a record, as far as the reader may see it."""
    whole = _whole(record)
    full = whole.record
    member = reader.may("initiatives.view_members")
    logged = reader.may("initiatives.view_history")
    file_href = _if_may(reader, "initiatives.add_file", "initiatives:add_file", full)
    place = record_place(full, reader)
    return RecordPanel(
        title=full.title,
        kind=kinds.label(full.kind),
        state=in_words(full.kind, whole.state),
        state_because="" if full.withdrawn or not logged else whole.because,
        when=date_words(full.when, full.date_as_said),
        author=str(full.author or "") if member else "",
        owner=str(full.owner or "") if member else "",
        organisation=str(full.organisation or ""),
        recorded_at=full.recorded_at,
        visibility=full.get_visibility_display(),
        source=as_source(full),
        withdrawn_because=full.withdrawn_because,
        trace=trace_of(full, reader),
        versions=whole.versions,
        history_href=_history_href(full, reader),
        files=_files(full, reader, may=bool(file_href)) if whole.has_files else (),
        translations=translations(full) if whole.has_translations else (),
        translate_href=_if_may(reader, "initiatives.translate", "initiatives:translate", full),
        link_href=_if_may(reader, "initiatives.link", "initiatives:link", full),
        file_href=file_href,
        withdraw_href=_if_may(reader, "initiatives.withdraw", "initiatives:withdraw", full),
        discussion=DISCUSSION.ask(place),
        ways=WAYS_ON.ask(place),
        removed=_removal(full, named=member),
    )
