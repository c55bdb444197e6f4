from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives.actions import (
    append_state,
    as_closed_as,
    link_records,
    lock_all,
    locked,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Initiative, Link, Record
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported
from headway.solutions.models import Barrier, Solution
from headway_analysis.partial_date import PartialDate

ANSWERED = (Barrier.State.WAIVED, Barrier.State.CHANGED, Barrier.State.REFUSED)


def _check_text(text: str) -> None:
    if not text.strip():
        raise RuleError(
            _("Say what is in the way, like “Shelters may not open before November 1”."), "text"
        )


@transaction.atomic
def note_barrier(
    *,
    by: Actor,
    initiative: Initiative,
    text: str,
    title: str = "",
    kind: str = Barrier.Kind.OTHER,
    blocks: Solution | None = None,
    waiver: Organisation | None = None,
    waiver_as_said: str = "",
    came_from: Record | None = None,
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Barrier:
    """Write down a rule, procedure or habit that is in the way, and of what.

    Raises:
        RuleError: where nothing is said.

    """
    known = as_reported(Barrier, initiative, provenance, text=text.strip())
    if known is not None:
        return known
    _check_text(text)
    joined = _joined(blocks, came_from)
    lock_all(*(target for target, _how in joined))
    barrier = Barrier(text=text.strip(), kind=kind, waiver=waiver)
    barrier.waiver_as_said = waiver_as_said.strip()
    barrier.record = open_record(
        by=by,
        initiative=initiative,
        kind=Barrier.RECORD_KIND,
        title=title.strip() or title_of(text),
        # What comes out of something that few may read is not told to everybody.
        visibility=visibility or as_closed_as(target for target, _kind in joined),
        provenance=provenance,
        when=when,
    )
    _keep(by, barrier, when, provenance)
    for target, how in joined:
        link_records(by=by, origin=barrier.record, target=target, kind=how)
    return barrier


def _joined(blocks: Solution | None, came_from: Record | None) -> list[tuple[Record, Link.Kind]]:
    """What it is joined to from the beginning, and how."""
    joined = [] if blocks is None else [(blocks.record, Link.Kind.BLOCKS)]
    return joined if came_from is None else [*joined, (came_from, Link.Kind.CAME_FROM)]


def _keep(by: Actor, barrier: Barrier, when: PartialDate | None, provenance: Provenance) -> None:
    """Write it down in its table, its texts, its states and the log."""
    record = barrier.record
    barrier.save(force_insert=True)
    write_wording(by=by, record=record, field="text", text=barrier.text)
    append_state(record=record, state=barrier.state, by=by, when=when, provenance=provenance)
    note_event(by=by, record=record, verb="noted", changes={"text": ("", barrier.text)})


@transaction.atomic
def revise_barrier(
    *,
    by: Actor,
    barrier: Barrier,
    title: str,
    text: str,
    kind: str,
    waiver: Organisation | None = None,
    waiver_as_said: str = "",
    seen: int | None = None,
) -> bool:
    """Word it anew, or name who else can waive or change it.

    Raises:
        RuleError: where nothing is said, or somebody else wrote in between.

    """
    _check_text(text)
    return revise_record(
        by=by,
        stage=barrier,
        title=title,
        values={
            "text": text.strip(),
            "kind": kind,
            "waiver": waiver,
            "waiver_as_said": waiver_as_said.strip(),
        },
        seen=seen,
    )


@transaction.atomic
def move_barrier(
    *,
    by: Actor,
    barrier: Barrier,
    state: str,
    answer: str = "",
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> bool:
    """Note that somebody was asked, or what they answered; answers before it stay readable.

    Raises:
        RuleError: where an answer says nothing, or nobody is named who could give it.

    """
    if state not in Barrier.State.values:
        raise RuleError(_("Choose what happened, like “asked, no answer yet”."), "state")
    if state in ANSWERED and not answer.strip():
        raise RuleError(
            _("Say what they answered, like “waived until May for two churches”."), "answer"
        )
    record = locked(barrier.record)
    must_stand(record)
    current = Barrier.objects.select_for_update().get(pk=record.pk)
    if not provenance.reported and not (current.waiver_id or current.waiver_as_said):
        raise RuleError(_("First say who can waive or change it."), "state")
    changes = current.change(state=state, answer=answer.strip())
    if changes:
        write_wording(by=by, record=record, field="answer", text=answer.strip())
        append_state(
            record=record,
            state=state,
            by=by,
            when=when,
            because=answer.strip(),
            provenance=provenance,
        )
        note_event(by=by, record=record, verb="answered", changes=changes)
    return bool(changes)
