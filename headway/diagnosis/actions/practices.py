"""Practices carried out: begun, done step by step, finished; each step writes real records."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.diagnosis.actions.writers import WRITERS
from headway.diagnosis.models import Activity, ActivityOrganisation, ActivityStep
from headway.diagnosis.queries.practices import practice as practice_of
from headway.directory.models import Organisation
from headway.initiatives.actions import (
    append_state,
    link_records,
    locked,
    must_stand,
    note_event,
    open_record,
    write_wording,
)
from headway.initiatives.actions.records import count_revision, must_be_of
from headway.initiatives.models import Initiative, Link, Member, Record

NOBODY = UUID(int=0)


@transaction.atomic
def start_activity(
    *,
    by: Actor,
    initiative: Initiative,
    practice: str,
    organisations: Iterable[Organisation] = (),
) -> Activity:
    """Begin a practice; who begins it takes part for the organisation they came for.

    Raises:
        RuleError: where an organisation belongs to another directory.
        ValueError: where there is no such practice.

    """
    found = practice_of(practice)
    if found is None:
        raise ValueError(f"there is no practice {practice!r}")
    own = _own(by)
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Activity.RECORD_KIND,
        title=str(found.title),
        visibility=Visibility.MEMBERS,
        organisation=own,
    )
    activity = Activity(record=record, practice=practice)
    activity.save(force_insert=True)
    _take_part(activity, [*([own] if own else []), *organisations])
    append_state(record=record, state=Activity.State.UNDER_WAY, by=by)
    note_event(by=by, record=record, verb="started", changes={"practice": ("", practice)})
    return activity


@transaction.atomic
def note_step(*, by: Actor, activity: Activity, step: str, note: str) -> ActivityStep:
    """Keep what was said in a step.

    Raises:
        RuleError: where nothing was said, or the practice is finished.
        ValueError: where the practice has no such step.

    """
    if not note.strip():
        raise RuleError(_("Write what was said, like “we need to hear of changes first”."), "note")
    return _done(by, _going_on(activity), step, note.strip())


@transaction.atomic
def write_step(
    *, by: Actor, activity: Activity, step: str, said: Mapping[str, Any]
) -> list[Record]:
    """Make the records of a step through the actions of their stage; each came from the practice.

    Raises:
        RuleError: where the stage refuses one of them, or the practice is finished.
        ValueError: where the step writes nothing.

    """
    current = _going_on(activity)
    writes = _step_of(current, step).writes
    if not writes:
        raise ValueError(f"the step {step!r} writes nothing")
    records = WRITERS[writes](by, current.record.initiative, dict(said))
    for record in records:
        link_records(by=by, origin=record, target=current.record, kind=Link.Kind.CAME_FROM)
    _done(by, current, step)
    return records


@transaction.atomic
def finish_activity(*, by: Actor, activity: Activity, came_of: str) -> Activity:
    """Finish a practice with what came of it, also where that is nothing.

    Raises:
        RuleError: where nothing is said, or it is finished already.

    """
    if not came_of.strip():
        raise RuleError(
            _("Say what came of it, like “nine facts agreed, two go to the university”."),
            "came_of",
        )
    current = _going_on(activity)
    record = current.record
    current.change(
        state=Activity.State.FINISHED,
        came_of=came_of.strip(),
        finished_on=record.initiative.today(by.at),
    )
    write_wording(by=by, record=record, field="came_of", text=current.came_of)
    count_revision(record)
    append_state(record=record, state=Activity.State.FINISHED, by=by)
    note_event(by=by, record=record, verb="done", changes={"came_of": ("", current.came_of)})
    return current


def _own(by: Actor) -> Organisation | None:
    """The organisation that somebody came for."""
    found = Member.objects.select_related("organisation").filter(pk=by.member_id or NOBODY)
    return next((member.organisation for member in found), None)


def _going_on(activity: Activity) -> Activity:
    """The practice as it stands now, locked; only one under way goes on."""
    record = locked(activity.record)
    must_stand(record)
    current = Activity.objects.select_for_update().get(pk=record.pk)
    current.record = record
    if current.state != Activity.State.UNDER_WAY:
        raise RuleError(_("This is finished. Start it anew to go on."))
    return current


def _step_of(activity: Activity, step: str) -> Any:
    found = practice_of(activity.practice)
    known = found.step(step) if found else None
    if known is None:
        raise ValueError(f"{activity.practice!r} has no step {step!r}")
    return known


def _done(by: Actor, activity: Activity, step: str, note: str = "") -> ActivityStep:
    _step_of(activity, step)
    own = _own(by)
    row = ActivityStep(
        activity=activity,
        step=step,
        note=note,
        member_id=by.member_id,
        organisation=own,
        recorded_at=by.at,
    )
    row.save(force_insert=True)
    _take_part(activity, [own] if own else [])
    count_revision(activity.record)
    changes = {"step": ("", step), "note": ("", note)}
    note_event(by=by, record=activity.record, verb="practised", changes=changes)
    return row


def _take_part(activity: Activity, organisations: Iterable[Organisation]) -> None:
    for organisation in organisations:
        must_be_of(activity.record.initiative.authority_id, organisation, "organisations")
        ActivityOrganisation.objects.get_or_create(
            activity=activity, organisation=organisation.canonical
        )
