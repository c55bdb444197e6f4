"""A reasoned objection and what becomes of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives.actions import (
    append_state,
    link_records,
    lock_all,
    locked,
    must_stand,
    note_event,
    open_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Link
from headway.solutions.models import Ballot, Objection
from headway.solutions.queries.ballots.standing import is_kept_up, is_theirs

STATES = Objection.State


@transaction.atomic
def note_objection(
    *, by: Actor, ballot: Ballot, text: str, organisation: Organisation | None = None
) -> Objection:
    """Write down an objection of a consent vote at its close; a secret one names nobody."""
    lock_all(ballot.record)
    record = open_record(
        by=by,
        initiative=ballot.record.initiative,
        kind=Objection.RECORD_KIND,
        title=title_of(text),
        visibility=ballot.record.visibility,
        organisation=organisation,
    )
    objection = Objection(record=record, ballot=ballot, organisation=organisation, text=text)
    objection.save(force_insert=True)
    write_wording(by=by, record=record, field="text", text=text)
    append_state(record=record, state=STATES.OPEN, by=by)
    note_event(by=by, record=record, verb="objected", changes={"text": ("", text)})
    link_records(by=by, origin=record, target=ballot.record, kind=Link.Kind.CAME_FROM)
    return objection


def _check_answer(by: Actor, objection: Objection, state: str, answer: str, *, leads: bool) -> None:
    if state not in STATES.values or state == STATES.OPEN:
        raise RuleError(_("Choose one: met by a change, taken back, stands."), "state")
    today = objection.record.initiative.today(by.at)
    own = state == STATES.TAKEN_BACK and is_theirs(objection, by.member_id, today)
    if not leads and not own:
        raise RuleError(
            _("Only who objected may take it back, and only who leads may answer it."), "state"
        )
    if not answer and not own:
        raise RuleError(
            _(
                "Say how it was met, why it stands, or when it was taken back, like “families "
                "keep their own entrance”."
            ),
            "answer",
        )


@transaction.atomic
def answer_objection(
    *, by: Actor, objection: Objection, state: str, answer: str = "", leads: bool = False
) -> Objection:
    """Say that an objection was met, taken back or stands, with the answer; each step is kept.

    Args:
        by: who says so.
        objection: the objection.
        state: met, taken_back or stands.
        answer: how it was met, or why it stands.
        leads: whether the actor leads the initiative; else it must be their own, taken back.

    Raises:
        RuleError: where the answer is missing, or it is not theirs to settle.

    """
    answer = answer.strip()
    record = locked(objection.record)
    current = Objection.objects.select_for_update(of=("self",)).get(pk=record.pk)
    current.record = record
    if not is_kept_up(current):
        must_stand(record)
    _check_answer(by, current, state, answer, leads=leads)
    changes = current.change(state=state, answer=answer)
    if not changes:
        return current
    if answer:
        write_wording(by=by, record=record, field="answer", text=answer)
    append_state(record=record, state=state, by=by, because=answer)
    note_event(by=by, record=record, verb=state, changes=changes)
    return current
