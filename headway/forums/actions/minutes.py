from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.forums.actions.matching import match_lines
from headway.forums.models import Meeting, MinuteLine, SaidLine
from headway.initiatives.actions import (
    append_state,
    locked,
    must_stand,
    note_event,
    open_record,
    revise_record,
    withdraw_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.actions.records import count_revision
from headway.initiatives.models import Record
from headway.initiatives.provenance import HERE, Provenance

MOST_LINES = 500
UNSURE = ("kind", "owner", "due")


def _check(meeting: Meeting, said: SaidLine) -> None:
    if not said.text.strip():
        raise RuleError(_("Say what it is, like “call the three shelters”."), "text")
    if said.kind not in MinuteLine.Kind.values:
        raise RuleError(_("Choose what the line is, like “Will do” or “Decided”."), "kind")
    if set(said.unsure) - set(UNSURE):
        raise ValueError(f"unsure must be among {UNSURE}, got {sorted(said.unsure)}")
    authority_id = meeting.record.initiative.authority_id
    if said.owner is not None and said.owner.authority_id != authority_id:
        raise RuleError(_("Choose an organization of this directory."), "owner")


def _columns(said: SaidLine) -> dict[str, object]:
    """A line as its row holds it."""
    text = said.text.strip()
    return {
        "kind": said.kind,
        "text": text,
        "what": (said.what.strip() or text)[:1_000],
        "as_typed": said.as_typed or text,
        "owner": said.owner,
        "owner_person": said.owner_person,
        "owner_post": said.owner_post,
        "owner_as_said": said.owner_as_said.strip()[:250],
        "due_from": said.due.start if said.due else None,
        "due_to": said.due.end if said.due else None,
        "due_as_said": (said.due.as_said if said.due else said.due_as_said.strip())[:250],
        "unsure": [part for part in UNSURE if part in said.unsure],
    }


@transaction.atomic
def write_minutes(
    *,
    by: Actor,
    meeting: Meeting,
    notes: str,
    lines: Sequence[SaidLine],
    seen: int | None = None,
    provenance: Provenance = HERE,
) -> list[MinuteLine]:
    """Keep the notes and what was recognised in them; the same lines again change nothing.

    A line that was reworded keeps its record and what came of it. A line that is no longer in the
    notes is withdrawn. A planned meeting that has begun counts as held from now on.

    Raises:
        RuleError: where a line says nothing, the meeting is off, somebody else wrote meanwhile, or
            a decision is noted before the meeting begins.

    """
    _check_all(meeting, lines)
    record = locked(meeting.record)
    must_stand(record)
    _must_be_current(record, seen)
    current = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if current.state == Meeting.State.CANCELLED:
        raise RuleError(_("This meeting was cancelled. Write notes for the one that took place."))
    if not provenance.reported:
        for said in lines:
            _must_have_begun(by, current, said, "notes")
    changes = _keep_notes(by, record, current, notes)
    kept = _keep_lines(by, current, record, lines, provenance)
    if changes:
        count_revision(record)
        note_event(by=by, record=record, verb="minutes_written", changes=changes)
    return kept


def _check_all(meeting: Meeting, lines: Sequence[SaidLine]) -> None:
    if len(lines) > MOST_LINES:
        raise RuleError(_("Keep at most 500 lines of one meeting; split the notes."), "notes")
    for said in lines:
        _check(meeting, said)


def _must_have_begun(by: Actor, meeting: Meeting, said: SaidLine, field: str) -> None:
    """What a meeting that has not begun says is nobody's decision."""
    if said.kind == MinuteLine.Kind.DECIDED and meeting.lies_ahead(by.at):
        raise RuleError(
            _(
                "This meeting has not begun, so it has decided nothing yet: “%(line)s”. Begin the "
                "line with Idea: until then. If the meeting took place already, change its time "
                "first, or say on its page that it was held."
            )
            % {"line": title_of(said.text)},
            field,
        )


def _must_be_current(record: Record, seen: int | None) -> None:
    if seen is not None and seen != record.revision:
        raise RuleError(
            _("Somebody changed this while you wrote. Save again to see what it says now.")
        )


def _keep_lines(
    by: Actor,
    meeting: Meeting,
    of: Record,
    lines: Sequence[SaidLine],
    provenance: Provenance,
) -> list[MinuteLine]:
    """Store each line as what it was or anew, and withdraw those that are gone."""
    rows = MinuteLine.objects.of(meeting).live().select_related("record__initiative__stream")
    stored = list(rows)
    pairs = zip(match_lines(stored, lines), lines, strict=True)
    kept = [
        _keep(by, meeting, of, row, said, number, provenance)
        for number, (row, said) in enumerate(pairs, 1)
    ]
    standing = {row.pk for row in kept}
    for row in stored:
        if row.pk not in standing:
            withdraw_record(by=by, record=row.record, because=_("No longer in the notes."))
    return kept


def _keep_notes(
    by: Actor, record: Record, current: Meeting, notes: str
) -> dict[str, tuple[object, object]]:
    """Store the notes as a version; who writes minutes of a meeting that began says it was held."""
    values: dict[str, object] = {"notes": notes.strip()}
    if current.is_planned and current.starts_at <= by.at and notes.strip():
        values["state"] = Meeting.State.HELD.value
    changes = current.change(**values)
    if "notes" in changes:
        write_wording(by=by, record=record, field="notes", text=current.notes)
    if "state" in changes:
        append_state(record=record, state=current.state, by=by)
    return changes


def _keep(
    by: Actor,
    meeting: Meeting,
    of: Record,
    row: MinuteLine | None,
    said: SaidLine,
    number: int,
    provenance: Provenance,
) -> MinuteLine:
    """One line as a record: the one it was, changed where it says something else, or a new one."""
    if row is None:
        return _note_line(by, meeting, of, said, number, provenance)
    MinuteLine.objects.filter(pk=row.pk).exclude(number=number).update(number=number)
    values = _columns(said)
    revise_record(by=by, stage=row, title=title_of(said.what or said.text), values=values)
    return MinuteLine.objects.select_related("record__initiative__stream").get(pk=row.pk)


def _note_line(
    by: Actor,
    meeting: Meeting,
    of: Record,
    said: SaidLine,
    number: int,
    provenance: Provenance,
) -> MinuteLine:
    record = open_record(
        by=by,
        initiative=of.initiative,
        kind=MinuteLine.RECORD_KIND,
        title=title_of(said.what or said.text),
        visibility=of.visibility,
        provenance=provenance,
        organisation=said.owner,
    )
    line = MinuteLine(record=record, meeting=meeting, number=number, **_columns(said))
    line.save(force_insert=True)
    write_wording(by=by, record=record, field="text", text=line.text)
    changes = {"kind": ("", line.kind), "text": ("", line.text)}
    note_event(by=by, record=record, verb="noted", changes=changes)
    return line


@transaction.atomic
def correct_line(*, by: Actor, line: MinuteLine, said: SaidLine, seen: int | None = None) -> bool:
    """Say what a line means; from then on it is sure, however the notes are read again.

    Raises:
        RuleError: where it says nothing, decides before the meeting begins, or somebody else wrote
            in between.

    """
    _check(line.meeting, said)
    _must_have_begun(by, line.meeting, said, "kind")
    values = _columns(said) | {"unsure": [], "as_typed": line.as_typed}
    title = title_of(said.what or said.text)
    changed = revise_record(by=by, stage=line, title=title, values=values, seen=seen)
    MinuteLine.objects.filter(pk=line.pk).update(corrected_at=by.at)
    return changed


@transaction.atomic
def mark_minutes_sent(*, by: Actor, meeting: Meeting) -> bool:
    """Note that what was agreed went out to those concerned."""
    record = locked(meeting.record)
    must_stand(record)
    current = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    changes = current.change(minutes_sent_at=by.at)
    if changes:
        note_event(by=by, record=record, verb="minutes_sent", changes=changes)
    return bool(changes)
