"""What can happen to any record, whatever its stage."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Changes, Subject, append_event
from headway.accounts.models import Event, RetentionClass
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives import kinds
from headway.initiatives.models import (
    Initiative,
    Link,
    Member,
    Record,
    RecordState,
    StageModel,
    Wording,
)
from headway.initiatives.provenance import HERE, Provenance
from headway_analysis.partial_date import PartialDate

CROSSING = {Link.Kind.LEARNED_FROM}


def subject_of(record: Record) -> Subject:
    """A record as the log names it."""
    return Subject(record.kind, record.pk, record.title)


def note_event(
    *, by: Actor, record: Record, verb: str, changes: Changes | None = None, because: str = ""
) -> Event:
    """Append an event about a record to its initiative's stream."""
    return append_event(
        stream=record.initiative.stream,
        by=by,
        verb=verb,
        subject=subject_of(record),
        changes=changes,
        visibility=record.visibility,
        because=because,
    )


def retention_for(initiative: Initiative, kind: str) -> RetentionClass | None:
    """The class of the authority's schedule for a kind of record.

    A class of the kind's own name comes first, then the one that the kind belongs to by default.
    """
    wanted = (kind, kinds.retention(kind))
    classes = RetentionClass.objects.filter(authority_id=initiative.authority_id, code__in=wanted)
    return min(classes, key=lambda each: wanted.index(each.code), default=None)


def open_record(
    *,
    by: Actor,
    initiative: Initiative,
    kind: str,
    title: str,
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
    language: str = "",
    organisation: Organisation | None = None,
) -> Record:
    """Make the record that a row of a stage stands on; the caller appends the event.

    Without a visibility it is as open as its initiative. Who writes it owns it at first.

    Raises:
        RuleError: where the title is empty.
        ValueError: where there is no such visibility.

    """
    if not title.strip():
        raise RuleError(_("Enter a title, like “Shelter beds for families”."), "title")
    if visibility and visibility not in Visibility.values:
        raise ValueError(f"visibility must be one of {Visibility.values}, got {visibility!r}")
    must_be_of(initiative.authority_id, organisation, "organisation")
    must_be_of(initiative.authority_id, provenance.source, "source")
    record = Record(
        initiative=initiative,
        kind=kind,
        title=title.strip(),
        language=language or initiative.language,
        visibility=visibility or initiative.visibility,
        owner_id=by.member_id,
        author_id=by.member_id,
        organisation=organisation,
        provenance=provenance.kind,
        source=provenance.source,
        recorded_at=by.at,
        retention=retention_for(initiative, kind),
    ).set_when(when)
    record.save(force_insert=True)
    return record


def as_closed_as(records: Iterable[Record]) -> str:
    """The visibility of what comes of these: that of the one that fewest may read."""
    rank = Visibility.values.index
    return max((record.visibility for record in records), key=rank, default="")


def for_members(about: Record) -> str:
    """The visibility of what is for members at most, and for no more than what it is about."""
    return Visibility.MEMBERS if about.visibility == Visibility.PUBLIC else about.visibility


def locked(record: Record) -> Record:
    """The record as it stands now, locked until the transaction ends."""
    return (
        Record.objects.select_for_update(of=("self",))
        .select_related("initiative__stream")
        .get(pk=record.pk)
    )


def lock_all(*records: Record | None) -> list[Record]:
    """Lock what something new comes from, by key, before anything is written about it.

    Answers each record once, as it was given; None stands for nothing.

    Raises:
        RuleError: where one of them was withdrawn.

    """
    found = {record.pk: record for record in records if record is not None}
    for key in sorted(found):
        must_stand(locked(found[key]))
    return [found[key] for key in sorted(found)]


def count_revision(record: Record) -> None:
    """Count that a record is no longer what somebody may have open in a form."""
    Record.objects.filter(pk=record.pk).update(revision=F("revision") + 1)
    record.revision += 1


class OfAuthority(Protocol):
    """A row that belongs to one authority."""

    authority_id: UUID


def must_be_of(authority_id: UUID, row: OfAuthority | None, field: str) -> None:
    """Refuse a row of the directory that belongs to another authority.

    Raises:
        RuleError: at the field where it was chosen.

    """
    if row is not None and row.authority_id != authority_id:
        raise RuleError(_("Choose from the directory of this authority."), field)


def must_stand(record: Record) -> None:
    """Refuse to change what was withdrawn.

    Raises:
        RuleError: where the record was withdrawn.

    """
    if record.withdrawn:
        raise RuleError(
            _("“%(title)s” was withdrawn and stays as it is. Record it anew if it is needed.")
            % {"title": record.title}
        )


def append_state(
    *,
    record: Record,
    state: str,
    by: Actor,
    when: PartialDate | None = None,
    because: str = "",
    provenance: Provenance = HERE,
) -> RecordState:
    """Add a dated row saying that the record is in a state from `when`, by default today.

    What a source reports without a date stays without one.
    """
    today = PartialDate.on(record.initiative.today(by.at))
    dated = when or (None if provenance.reported else today)
    row = RecordState(
        record=record, state=state, because=because, recorded_at=_after_the_last(record, by)
    ).set_when(dated)
    row.save(force_insert=True)
    count_revision(record)
    return row


def _after_the_last(record: Record, by: Actor) -> datetime:
    """The instant of a state; one action may add two, whose order must stay readable."""
    last = RecordState.objects.filter(record=record).aggregate(at=Max("recorded_at"))["at"]
    return by.at if last is None or last < by.at else last + timedelta(microseconds=1)


def write_wording(
    *, by: Actor, record: Record, field: str, text: str, organisation: Organisation | None = None
) -> Wording | None:
    """Keep a new version of a text; None where it says what the last one said."""
    last = Wording.objects.filter(record=record, field=field).order_by("-number").first()
    if last is not None and last.text == text:
        return None
    wording = Wording(
        record=record,
        field=field,
        number=last.number + 1 if last else 1,
        text=text,
        language=record.language,
        member_id=by.member_id,
        organisation=organisation,
        recorded_at=by.at,
    )
    wording.save(force_insert=True)
    return wording


@transaction.atomic
def revise_record(
    *,
    by: Actor,
    stage: StageModel,
    title: str | None = None,
    when: PartialDate | None = None,
    values: dict[str, object] | None = None,
    seen: int | None = None,
    also: Changes | None = None,
) -> bool:
    """Change a stage's row and its record; texts named in `TEXTS` keep every version.

    Args:
        by: who does it.
        stage: the row to change.
        title: the new title, where it changes.
        when: the new date, where it changes.
        values: new values of the stage's own fields.
        seen: the revision that the writer saw, to notice that somebody else wrote.
        also: changes made beside the row in the same transaction, for the same event.

    Returns whether anything changed.

    Raises:
        RuleError: where the record was withdrawn, or somebody else wrote in between.

    """
    record = locked(stage.record)
    must_stand(record)
    _must_be_current(record, seen)
    current = type(stage)._default_manager.select_for_update().get(pk=record.pk)
    changes = dict(also or {})
    if title is not None:
        if not title.strip():
            raise RuleError(_("Enter a title, like “Shelter beds for families”."), "title")
        changes |= record.change(title=title.strip())
    if when is not None:
        changes |= record.change(
            happened_from=when.start, happened_to=when.end, date_as_said=when.as_said
        )
    changes |= current.change(**(values or {}))
    for field in set(stage.TEXTS) & set(changes):
        write_wording(by=by, record=record, field=field, text=str(changes[field][1]))
    if changes:
        count_revision(record)
        note_event(by=by, record=record, verb="revised", changes=changes)
    return bool(changes)


def _must_be_current(record: Record, seen: int | None) -> None:
    if seen is not None and seen != record.revision:
        raise RuleError(
            _("Somebody changed this while you wrote. Save again to see what it says now.")
        )


def _told(origin: Record, target: Record) -> str:
    """How the log of one record names another: of another initiative only its number."""
    return target.title if origin.initiative_id == target.initiative_id else str(target.pk)


@transaction.atomic
def link_records(*, by: Actor, origin: Record, target: Record, kind: str) -> Link:
    """Say that `origin` came from (answers, tests …) `target`; twice is the same link.

    Raises:
        RuleError: where the two belong to different initiatives, are one, or do not stand.

    """
    if origin.pk == target.pk:
        raise RuleError(_("Choose another record: one cannot be linked to itself."), "target")
    if kind not in Link.Kind.values:
        raise RuleError(_("Choose how they belong together, like “came from”."), "kind")
    if origin.initiative.authority_id != target.initiative.authority_id:
        raise RuleError(_("Choose a record of this initiative."), "target")
    if origin.initiative_id != target.initiative_id and kind not in CROSSING:
        raise RuleError(_("Choose a record of this initiative."), "target")
    lock_all(origin, target)
    link, made = Link.objects.get_or_create(
        origin=origin, target=target, kind=kind, withdrawn_at=None, defaults={"made_at": by.at}
    )
    if made:
        note_event(by=by, record=origin, verb="linked", changes={kind: ("", _told(origin, target))})
    return link


@transaction.atomic
def unlink_records(*, by: Actor, link: Link) -> None:
    """Withdraw a link; the log keeps that it was there."""
    current = Link.objects.select_for_update().get(pk=link.pk)
    if current.withdrawn_at is None:
        current.change(withdrawn_at=by.at)
        note_event(
            by=by,
            record=link.origin,
            verb="unlinked",
            changes={link.kind: (_told(link.origin, link.target), "")},
        )


@transaction.atomic
def withdraw_record(*, by: Actor, record: Record, because: str) -> None:
    """Take a record back, with the reason; it stays readable in the history.

    Raises:
        RuleError: where no reason is given, or it was withdrawn before.

    """
    if not because.strip():
        raise RuleError(_("Say why, like “entered twice” or “the source corrected it”."), "because")
    current = locked(record)
    must_stand(current)
    current.change(
        withdrawn_at=by.at, withdrawn_by_id=by.member_id, withdrawn_because=because.strip()
    )
    append_state(record=current, state="withdrawn", by=by, because=because.strip())
    note_event(by=by, record=current, verb="withdrawn", because=because.strip())


@transaction.atomic
def hand_over_record(*, by: Actor, record: Record, to: Member) -> None:
    """Make another member the one who looks after a record.

    Raises:
        RuleError: where the member belongs to another initiative or has left.

    """
    current = locked(record)
    stays = Member.objects.filter(pk=to.pk, left_at__isnull=True).exists()
    if to.initiative_id != current.initiative_id or not stays:
        raise RuleError(_("Choose a member of this initiative."), "to")
    old = current.owner
    if current.change(owner=to):
        note_event(by=by, record=current, verb="handed_over", changes={"owner": (old, to)})


def last_number(record: Record, field: str) -> int:
    """The number of the newest version of a text, 0 where there is none."""
    found = Wording.objects.filter(record=record, field=field).aggregate(last=Max("number"))
    return found["last"] or 0
