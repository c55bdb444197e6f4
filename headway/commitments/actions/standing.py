"""How any promise changes: held fast, checked, changed, its state appended, one event written."""

from typing import Any

from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.commitments.models import Commitment
from headway.core.errors import RuleError
from headway.initiatives.actions import append_state, locked, must_stand, note_event
from headway.initiatives.provenance import HERE, Provenance
from headway_analysis.partial_date import PartialDate

State = Commitment.State


def held(commitment: Commitment) -> Commitment:
    """The promise as it stands now, its record and row locked until the transaction ends.

    Raises:
        RuleError: where it was withdrawn.

    """
    record = locked(commitment.record)
    must_stand(record)
    rows = Commitment.objects.select_for_update(of=("self",))
    row = rows.select_related("organisation__merged_into", "post", "person__merged_into").get(
        pk=record.pk
    )
    row.record = record
    return row


def held_open(commitment: Commitment, provenance: Provenance = HERE) -> Commitment:
    """The same, refusing what was kept or given up; reports may come in any order.

    Raises:
        RuleError: where it was withdrawn or has ended.

    """
    row = held(commitment)
    if not row.is_open and not provenance.reported:
        raise RuleError(
            _("This promise has ended: %(state)s. Open it again first if that is wrong.")
            % {"state": row.get_state_display()}
        )
    return row


def turn(
    by: Actor,
    row: Commitment,
    *,
    verb: str,
    state: str,
    values: dict[str, Any],
    because: str = "",
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> Commitment:
    """Change a held promise, append the state it is in now, and write the event."""
    changes = row.change(**values)
    append_state(
        record=row.record, state=state, by=by, when=when, because=because, provenance=provenance
    )
    note_event(by=by, record=row.record, verb=verb, changes=changes, because=because)
    return row


def due_values(due: PartialDate | None) -> dict[str, Any]:
    """A due date as the values of its three columns."""
    return {
        "due_from": due.start if due else None,
        "due_to": due.end if due else None,
        "due_as_said": due.as_said if due else "",
    }


def day_of(by: Actor, row: Commitment, when: PartialDate | None, provenance: Provenance) -> Any:
    """The day on which something ended: as said, else today; unknown where only reported."""
    if when is not None:
        return when.end
    return None if provenance.reported else row.record.initiative.today(by.at)
