"""What stands beside every record: state, source, trace, versions, history and files."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.apps import apps
from django.db.models import Model, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Event
from headway.accounts.models.authority import Visibility
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Source
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
from headway.initiatives.queries.history import HistoryLine, history_of, who_did
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
class Version:
    """One version of a text, with the one before to show the difference."""

    number: int
    field: str
    text: str
    before: str
    who: str
    at: datetime


@dataclass(frozen=True)
class StateLine:
    """A state that the record was in, since when and why."""

    words: str
    since: str
    because: str


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
    when: str
    author: str
    owner: str
    organisation: str
    recorded_at: datetime
    visibility: Message
    source: Source | None
    withdrawn_because: str
    trace: Trace
    versions: tuple[Version, ...]
    states: tuple[StateLine, ...]
    history: tuple[HistoryLine, ...]
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


def _step(link: Link, other: Record, words: Message, slug: str) -> TraceStep:
    return TraceStep(
        words=str(words),
        title=other.title,
        href=kinds.href(other, slug if link.kind != Link.Kind.LEARNED_FROM else ""),
        kind=str(kinds.label(other.kind)),
        withdrawn=other.withdrawn,
    )


def may_see(end: str, record: Record, reader: Reader) -> Q:
    """The condition that the reader may see the record at one end of a link.

    Being a member here opens nothing in another initiative: of that only what is public shows.
    """
    here: dict[str, object] = {
        f"{end}__initiative": record.initiative_id,
        f"{end}__visibility__in": reader.readers,
    }
    public = {
        f"{end}__initiative__visibility": Visibility.PUBLIC,
        f"{end}__visibility": Visibility.PUBLIC,
    }
    stands = Q(**{f"{end}__withdrawn_at__isnull": True})
    known = Q() if reader.may("initiatives.view_history") else stands
    return (Q(**here) & known) | (Q(**public) & stands)


def trace_of(record: Record, reader: Reader) -> Trace:
    """The records one step before and one step after this one, as far as one may see them."""
    standing = Link.objects.filter(withdrawn_at__isnull=True).order_by("made_at")
    before = standing.filter(may_see("target", record, reader), origin=record)
    after = standing.filter(may_see("origin", record, reader), target=record)
    return Trace(
        came_from=tuple(
            _step(link, link.target, link.get_kind_display(), reader.slug)
            for link in before.select_related("target__initiative")
        ),
        led_to=tuple(
            _step(link, link.origin, BACKWARDS[link.kind], reader.slug)
            for link in after.select_related("origin__initiative")
        ),
    )


def versions(record: Record) -> tuple[Version, ...]:
    """Every version of every text, newest first, each beside the one before."""
    found = Wording.objects.filter(record=record).select_related("member", "organisation")
    before: dict[str, str] = {}
    shown = []
    for wording in found.order_by("field", "number"):
        shown.append(
            Version(
                number=wording.number,
                field=field_words(record.kind, wording.field),
                text=wording.text,
                before=before.get(wording.field, ""),
                who=str(wording.organisation or wording.member or _("not recorded")),
                at=wording.recorded_at,
            )
        )
        before[wording.field] = wording.text
    return tuple(sorted(shown, key=lambda version: (version.at, version.number), reverse=True))


def texts_of(record: Record) -> dict[str, str]:
    """The texts of a record as they stand now, by name; the title is one of them."""
    found = {"title": record.title}
    for wording in Wording.objects.filter(record=record).order_by("number"):
        found[wording.field] = wording.text
    return {field: text for field, text in found.items() if text}


def translations(record: Record) -> tuple[TranslationLine, ...]:
    """A record's texts in other languages."""
    found = list(Translation.objects.filter(record=record).order_by("field", "language"))
    current = texts_of(record) if found else {}
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


def states(record: Record) -> tuple[StateLine, ...]:
    """The states of a record, newest first."""
    words = state_words(record.kind)
    found = RecordState.objects.filter(record=record).order_by("-recorded_at")
    return tuple(
        StateLine(
            str(words.get(row.state, row.state.replace("_", " "))),
            date_words(row.when),
            row.because,
        )
        for row in found
    )


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


def record_panel(*, record: Record, reader: Reader) -> RecordPanel:
    """What stands beside a record, as far as the reader may see it."""
    full = Record.objects.select_related("source", "author", "owner", "organisation").get(
        pk=record.pk
    )
    member = reader.may("initiatives.view_members")
    all_states = states(full)
    file_href = _if_may(reader, "initiatives.add_file", "initiatives:add_file", full)
    return RecordPanel(
        title=full.title,
        kind=kinds.label(full.kind),
        state=all_states[0].words if all_states else "",
        when=date_words(full.when, full.date_as_said),
        author=str(full.author or "") if member else "",
        owner=str(full.owner or "") if member else "",
        organisation=str(full.organisation or ""),
        recorded_at=full.recorded_at,
        visibility=full.get_visibility_display(),
        source=as_source(full),
        withdrawn_because=full.withdrawn_because,
        trace=trace_of(full, reader),
        versions=versions(full) if member else (),
        states=all_states,
        history=history_of(full.pk, reader) if reader.may("initiatives.view_history") else (),
        files=_files(full, reader, may=bool(file_href)),
        translations=translations(full),
        translate_href=_if_may(reader, "initiatives.translate", "initiatives:translate", full),
        link_href=_if_may(reader, "initiatives.link", "initiatives:link", full),
        file_href=file_href,
        withdraw_href=_if_may(reader, "initiatives.withdraw", "initiatives:withdraw", full),
        discussion=DISCUSSION.ask(record_place(full, reader)),
        ways=WAYS_ON.ask(record_place(full, reader)),
        removed=_removal(full, named=member),
    )
