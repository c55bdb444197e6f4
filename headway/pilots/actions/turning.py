"""How anything that is tried changes: held fast, checked, changed, its state appended, told."""

from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Post
from headway.initiatives.actions import (
    append_state,
    link_records,
    locked,
    must_stand,
    note_event,
    write_wording,
)
from headway.initiatives.models import Initiative, Link, Record, StageModel
from headway.initiatives.provenance import HERE, Provenance
from headway.pilots.models import Decision, Result, Tried
from headway.solutions.models import Solution
from headway_analysis.partial_date import PartialDate

TriedT = TypeVar("TriedT", bound=Tried)
RowT = TypeVar("RowT", bound=StageModel)


def held(row: RowT) -> RowT:
    """The row as it stands now, its record and itself locked until the transaction ends.

    Raises:
        RuleError: where it was withdrawn.

    """
    record = locked(row.record)
    must_stand(record)
    now = type(row)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    now.record = record
    return now


def lock_in_order(*records: Record) -> None:
    """Lock records by key, as everybody does, so that no two wait for each other."""
    for record in sorted(records, key=lambda each: each.pk):
        locked(record)


def turn(
    by: Actor,
    row: TriedT,
    *,
    verb: str,
    values: dict[str, Any],
    because: str = "",
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> TriedT:
    """Change a held row, append the state that it is in now, and write the event."""
    changes = row.change(**values)
    for field in set(row.TEXTS) & set(changes):
        write_wording(by=by, record=row.record, field=field, text=str(changes[field][1]))
    append_state(
        record=row.record,
        state=str(values["state"]),
        by=by,
        when=when,
        because=because,
        provenance=provenance,
    )
    note_event(by=by, record=row.record, verb=verb, changes=changes, because=because)
    return row


def tie(by: Actor, record: Record, solution: Solution | None, came_from: Record | None) -> None:
    """Link what is tried to the recommendation that it tests, and to what it came from."""
    if solution is not None:
        link_records(by=by, origin=record, target=solution.record, kind=Link.Kind.TESTS)
    if came_from is not None and (solution is None or came_from.pk != solution.pk):
        link_records(by=by, origin=record, target=came_from, kind=Link.Kind.CAME_FROM)


def day_of(
    by: Actor, record: Record, when: PartialDate | None, provenance: Provenance
) -> date | None:
    """The day on which something happened: as said, else today; unknown where only reported.

    Of a month or year that a report names no day is made; the state keeps it as it was said.
    """
    if when is not None:
        return when.end if when.exact or not provenance.reported else None
    return None if provenance.reported else record.initiative.today(by.at)


def check_result(result: str) -> None:
    """Refuse a word that is none of the four.

    Raises:
        RuleError: at the field.

    """
    if result not in Result.values:
        raise RuleError(_("Choose how it came out. “Not finished” is an answer, too."), "result")


def decided(
    by: Actor,
    row: Tried,
    *,
    decision: str,
    because: str,
    decided_by: Organisation | None,
    decided_post: Post | None,
    when: PartialDate | None,
    provenance: Provenance,
) -> dict[str, Any]:
    """The values of a decision on what was tried.

    Raises:
        RuleError: where it is none of the three, or says no reason.

    """
    if decision not in Decision.values:
        raise RuleError(_("Choose: adopt it, adapt it or abandon it."), "decision")
    if not because.strip() and not provenance.reported:
        raise RuleError(_("Say why, like “it cost twice what we set as the limit”."), "because")
    check_seat(row.record.initiative, decided_by, decided_post, "decided_post")
    return {
        "decision": decision,
        "because": because.strip(),
        "decided_by": decided_by or (decided_post.organisation if decided_post else None),
        "decided_post": decided_post,
        "decided_on": day_of(by, row.record, when, provenance),
    }


def check_seat(
    initiative: Initiative, organisation: Organisation | None, post: Post | None, field: str
) -> None:
    """Refuse a name of another directory, and a seat of another organisation.

    Raises:
        RuleError: at the field.

    """
    for named in (organisation, post):
        if named is not None and named.authority_id != initiative.authority_id:
            raise RuleError(_("Choose a name of this directory."), field)
    if organisation is None or post is None:
        return
    if post.organisation.canonical_pk != organisation.canonical_pk:
        raise RuleError(
            _("This seat belongs to another organization. Choose one of %(name)s.")
            % {"name": organisation.canonical.name},
            field,
        )
