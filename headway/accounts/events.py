"""The one way in which anything is written to the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from headway.accounts.actor import Actor
from headway.accounts.models import Authority, Event, EventValue, Stream
from headway.accounts.models.authority import Visibility

Changes = Mapping[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about."""

    kind: str
    id: UUID
    title: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done, where many are written down together."""

    verb: str
    subject: Subject
    changes: Changes | None = None
    because: str = ""


def stream_of(authority: Authority, kind: Stream.Kind) -> Stream:
    """The authority's stream of a kind, made on first use."""
    return Stream.objects.get_or_create(authority=authority, kind=kind)[0]


def directory_stream(authority: Authority) -> Stream:
    """The stream of the directory."""
    return stream_of(authority, Stream.Kind.DIRECTORY)


def accounts_stream(authority: Authority) -> Stream:
    """The stream of people and settings."""
    return stream_of(authority, Stream.Kind.ACCOUNTS)


def _next_position(stream: Stream, count: int = 1) -> int:
    """Reserve positions; the counter's row stays locked until the transaction ends."""
    Stream.objects.filter(pk=stream.pk).update(last_position=F("last_position") + count)
    last: int = Stream.objects.values_list("last_position", flat=True).get(pk=stream.pk)
    return last - count + 1


def _as_text(value: object) -> str:
    return "" if value is None else str(value)[:50_000]


def _values(event: Event, deed: Deed) -> list[EventValue]:
    shown = dict(deed.changes or {})
    if deed.subject.title:
        shown.setdefault("title", ("", deed.subject.title))
    if deed.because:
        shown["because"] = ("", deed.because)
    return [
        EventValue(
            event=event,
            field=field,
            old=_as_text(old),
            new=_as_text(new),
            visibility=event.visibility,
        )
        for field, (old, new) in shown.items()
    ]


def append_event(
    *,
    stream: Stream,
    by: Actor,
    verb: str,
    subject: Subject,
    changes: Changes | None = None,
    visibility: str = Visibility.MEMBERS,
    because: str = "",
) -> Event:
    """Write down that something was done, in the transaction that does it.

    Raises:
        RuntimeError: outside a transaction, where event and change could come apart.

    """
    deed = Deed(verb, subject, changes, because)
    return append_events(stream=stream, by=by, deeds=[deed], visibility=visibility)[0]


def append_events(
    *, stream: Stream, by: Actor, deeds: Sequence[Deed], visibility: str = Visibility.MEMBERS
) -> list[Event]:
    """Write down many things done, at positions without a gap, in few statements.

    Raises:
        RuntimeError: outside a transaction, where events and changes could come apart.

    """
    if not connection.in_atomic_block:
        verbs = ", ".join(sorted({deed.verb for deed in deeds}))
        raise RuntimeError(f"{verbs}: events need the transaction of the change they record")
    if not deeds:
        return []
    first = _next_position(stream, len(deeds))
    events = [
        _event(stream, first + number, by, deed, visibility) for number, deed in enumerate(deeds)
    ]
    Event.objects.insert_all(events)
    values = [value for pair in zip(events, deeds, strict=True) for value in _values(*pair)]
    EventValue.objects.insert_all(values)
    return events


def _event(stream: Stream, position: int, by: Actor, deed: Deed, visibility: str) -> Event:
    return Event(
        stream=stream,
        position=position,
        recorded_at=by.at,
        verb=deed.verb,
        subject_kind=deed.subject.kind,
        subject_id=deed.subject.id,
        actor_kind=by.kind,
        user=by.user,
        member_id=by.member_id,
        organisation_id=by.organisation_id,
        credential=by.credential,
        field_names=sorted(deed.changes or {}),
        visibility=visibility,
    )


@transaction.atomic
def erase_values(*, by: Actor, stream: Stream, subject: Subject, because: str) -> int:
    """Empty every value that the log holds about one thing; who, when and why stay.

    Returns how many values were emptied.
    """
    erasure = append_event(
        stream=stream,
        by=by,
        verb="values_erased",
        subject=Subject(subject.kind, subject.id),
        visibility=Visibility.OFFICE,
        because=because,
    )
    return (
        EventValue.objects.filter(event__subject_id=subject.id, erased_by__isnull=True)
        .exclude(event=erasure)
        .update(old="", new="", erased_by=erasure)
    )
