from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Post
from headway.initiatives.actions import (
    append_state,
    lock_all,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Initiative, Record
from headway.initiatives.provenance import HERE, Provenance
from headway.pilots.actions.reviews import open_review
from headway.pilots.actions.turning import (
    check_result,
    check_seat,
    day_of,
    decided,
    held,
    tie,
    turn,
)
from headway.pilots.models import SmallTest
from headway.problems.actions.citations import as_reported
from headway.solutions.models import Solution
from headway_analysis.partial_date import PartialDate

State = SmallTest.State


@transaction.atomic
def start_small_test(
    *,
    by: Actor,
    initiative: Initiative,
    tries: str,
    expects: str,
    owner: Organisation | None = None,
    look_on: date | None = None,
    owner_post: Post | None = None,
    authority_stated: str = "own",
    fit: bool = True,
    solution: Solution | None = None,
    came_from: Record | None = None,
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> SmallTest:
    """Try something small: it begins when it is written down.

    Args:
        by: who writes it down.
        initiative: where it is tried.
        tries: what is tried.
        expects: what is expected to happen.
        owner: the organisation that tries it.
        look_on: the day on which the owner looks what came of it.
        owner_post: the seat that answers for it.
        authority_stated: whether the owner may do so itself, or was allowed to.
        fit: that it is lawful, cheap and can be undone.
        solution: the idea or recommendation that it tests.
        came_from: what made somebody think of it.
        visibility: who may read it; as open as the initiative where nothing is said.
        provenance: whether it is recorded here or reported by a source.
        when: the day on which it began, by default today.

    Raises:
        RuleError: where it says too little, or is larger than a small test.

    """
    known = as_reported(SmallTest, initiative, provenance, tries=tries.strip())
    if known is not None:
        return known
    owner = owner or (owner_post.organisation if owner_post else None)
    row = SmallTest(
        tries=tries.strip(),
        expects=expects.strip(),
        owner=owner,
        look_on=look_on,
        owner_post=owner_post,
        authority_stated=authority_stated,
        solution=solution,
    )
    _check(initiative, row, provenance)
    if not fit and not provenance.reported:
        raise RuleError(
            _("A small test is lawful, cheap and can be undone. Fill in the card of a pilot."),
            "fit",
        )
    if not provenance.reported:
        _check_day(initiative.today(by.at), look_on)
    lock_all(solution.record if solution else None, came_from)
    _open(by, initiative, row, visibility, provenance, when)
    tie(by, row.record, solution, came_from)
    return row


def _check(initiative: Initiative, row: SmallTest, provenance: Provenance) -> None:
    """What a small test has to say; a report may say less."""
    if not row.tries:
        raise RuleError(
            _("Say what you try, like “A text message the day before each appointment”."), "tries"
        )
    if provenance.reported:
        return
    if not row.expects:
        raise RuleError(
            _("Say what you expect, like “Fewer missed appointments in a month”."), "expects"
        )
    if row.owner is None:
        raise RuleError(_("Name the organization that tries it."), "owner")
    if row.authority_stated not in SmallTest.Authority.values:
        raise RuleError(_("Choose under whose authority it is tried."), "authority_stated")
    check_seat(initiative, row.owner, row.owner_post, "owner_post")


def _check_day(today: date, look_on: date | None) -> None:
    if look_on is None:
        raise RuleError(_("Say when you look what came of it, like 2026-03-27."), "look_on")
    if look_on < today:
        raise RuleError(_("Choose a day that is still to come, to look at it."), "look_on")


def _open(
    by: Actor,
    initiative: Initiative,
    row: SmallTest,
    visibility: str,
    provenance: Provenance,
    when: PartialDate | None,
) -> None:
    row.record = open_record(
        by=by,
        initiative=initiative,
        kind=SmallTest.RECORD_KIND,
        title=title_of(row.tries),
        visibility=visibility,
        provenance=provenance,
        when=when,
        organisation=row.owner,
    )
    row.save(force_insert=True)
    for field in ("tries", "expects"):
        if getattr(row, field):
            write_wording(by=by, record=row.record, field=field, text=getattr(row, field))
    append_state(record=row.record, state=row.state, by=by, when=when, provenance=provenance)
    changes = {
        "tries": ("", row.tries),
        "expects": ("", row.expects),
        "owner": ("", row.owner),
        "look_on": ("", row.look_on),
    }
    note_event(by=by, record=row.record, verb="started", changes=changes)


@transaction.atomic
def revise_small_test(
    *,
    by: Actor,
    test: SmallTest,
    tries: str,
    expects: str,
    look_on: date | None,
    seen: int | None = None,
) -> bool:
    """Word a small test anew, or move the day to look, while it is under way.

    Raises:
        RuleError: where it has ended, or says too little.

    """
    row = held(test)
    _must_run(row)
    row.tries, row.expects, row.look_on = tries.strip(), expects.strip(), look_on
    _check(row.record.initiative, row, HERE)
    _check_day(row.record.initiative.today(by.at), look_on)
    values: dict[str, object] = {
        "tries": tries.strip(),
        "expects": expects.strip(),
        "look_on": look_on,
    }
    return revise_record(by=by, stage=test, title=title_of(tries), values=values, seen=seen)


def _must_run(row: SmallTest, provenance: Provenance = HERE) -> None:
    if row.state != State.RUNNING and not provenance.reported:
        raise RuleError(_("This test has ended. Start another one to try it again."))


@transaction.atomic
def end_small_test(
    *,
    by: Actor,
    test: SmallTest,
    result: str,
    saw: str = "",
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> SmallTest:
    """Say how it came out; what was learned of it is asked next.

    Raises:
        RuleError: where it has ended before, or nothing is said of what was seen.

    """
    row = held(test)
    _must_run(row, provenance)
    check_result(result)
    if not saw.strip() and not provenance.reported:
        raise RuleError(
            _("Say what you saw, like “9 of 40 appointments were missed, 14 before”."), "saw"
        )
    values = {
        "state": State.ENDED.value,
        "result": result,
        "saw": saw.strip(),
        "ended_on": day_of(by, row.record, when, provenance),
    }
    turn(by, row, verb="ended", values=values, when=when, provenance=provenance)
    if not provenance.reported:
        open_review(by=by, about=row.record, occasion="ended")
    return row


@transaction.atomic
def decide_small_test(
    *,
    by: Actor,
    test: SmallTest,
    decision: str,
    because: str,
    decided_by: Organisation | None = None,
    decided_post: Post | None = None,
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> SmallTest:
    """Adopt, adapt or abandon what was tried, with the reason.

    Raises:
        RuleError: where it has not ended, or the decision says too little.

    """
    row = held(test)
    if not row.result or (row.state != State.ENDED and not provenance.reported):
        raise RuleError(_("First say how it came out, then decide what is done with it."))
    values = decided(
        by,
        row,
        decision=decision,
        because=because,
        decided_by=decided_by,
        decided_post=decided_post,
        when=when,
        provenance=provenance,
    )
    return turn(
        by,
        row,
        verb="decided",
        values={"state": State.DECIDED.value, **values},
        because=because.strip(),
        when=when,
        provenance=provenance,
    )
