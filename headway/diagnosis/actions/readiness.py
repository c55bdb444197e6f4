from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.diagnosis.models import Readiness
from headway.diagnosis.models.readiness import Answer
from headway.initiatives.actions import (
    append_state,
    link_records,
    note_event,
    open_record,
    write_wording,
)
from headway.initiatives.actions.records import for_members
from headway.initiatives.models import Initiative, Link, Record

CHECKED = ("recommendation", "small_test", "pilot")


@transaction.atomic
def check_readiness(
    *,
    by: Actor,
    initiative: Initiative,
    about: Record,
    answers: Mapping[str, str],
    note: str = "",
) -> Readiness:
    """Say what carrying something out has and what it lacks; the last check of it counts.

    Args:
        by: who looked.
        initiative: where.
        about: a recommendation, a small test or a pilot of it.
        answers: whether each of the seven is in place, missing or unknown; the last unless said.
        note: what would help.

    Raises:
        RuleError: where it is about something else, or nothing is known of any of the seven.
        ValueError: where a name or an answer is none of them.

    """
    if about.initiative_id != initiative.pk or about.kind not in CHECKED or about.withdrawn:
        raise RuleError(_("Choose a recommendation, a small test or a pilot of this initiative."))
    said = {need: answers.get(need, Answer.UNKNOWN.value) for need in Readiness.NEEDS}
    if not set(answers) <= set(said) or not set(said.values()) <= set(Answer.values):
        raise ValueError(f"answers must be {Answer.values} on {Readiness.NEEDS}, got {answers}")
    if set(said.values()) == {Answer.UNKNOWN.value}:
        raise RuleError(_("Say of at least one whether it is in place or missing."), "aims")
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Readiness.RECORD_KIND,
        title=about.title,
        visibility=for_members(about),
    )
    row = Readiness(record=record, about=about, note=note.strip(), **said)
    row.save(force_insert=True)
    if row.note:
        write_wording(by=by, record=record, field="note", text=row.note)
    append_state(record=record, state=row.found, by=by)
    link_records(by=by, origin=record, target=about, kind=Link.Kind.CAME_FROM)
    changes = {need: ("", answer) for need, answer in said.items()} | {"note": ("", row.note)}
    note_event(by=by, record=record, verb="checked_readiness", changes=changes)
    return row
