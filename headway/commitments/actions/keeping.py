"""What happens to a promise as a whole: handed over, split, put into the archive, its steps."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.commitments.actions.promises import check_whose, promise, unconfirmed
from headway.commitments.actions.standing import State, day_of, held, held_open, turn
from headway.commitments.models import Commitment, Milestone
from headway.core.errors import RuleError
from headway.core.models import CheckedQuerySet
from headway.directory.models import Organisation, Person, Post
from headway.initiatives.actions import note_event
from headway.initiatives.actions.records import count_revision
from headway.initiatives.provenance import HERE

MOST_PARTS, MOST_MILESTONES = 20, 50


@transaction.atomic
def hand_over_promise(
    *,
    by: Actor,
    commitment: Commitment,
    organisation: Organisation | None = None,
    post: Post | None = None,
    person: Person | None = None,
    because: str = "",
) -> Commitment:
    """Give a promise to another seat, person or organisation; another organisation confirms anew.

    Raises:
        RuleError: where nobody is named, nothing changes, or the seat is another organisation's.

    """
    row = held_open(commitment)
    organisation = organisation or (post.organisation if post else row.organisation)
    if organisation is None:
        raise RuleError(_("Name the organization that takes it over."), "organisation")
    before = row.organisation.canonical_pk if row.organisation else None
    if organisation.canonical_pk != before:
        # The old organisation's seat and person do not move along.
        post = None if post == row.post else post
        person = None if person == row.person else person
    check_whose(row.record.initiative, organisation, post, person)
    values: dict[str, object] = {"organisation": organisation, "post": post, "person": person}
    if organisation.canonical_pk != before:
        values |= {**unconfirmed(), "organisation_as_said": ""}
        row.record.change(organisation=organisation)
    if all(getattr(row, name) == value for name, value in values.items()):
        raise RuleError(_("It is theirs already. Name somebody else."), "organisation")
    state = str(values.get("state", row.state))
    return turn(by, row, verb="passed_on", state=state, values=values, because=because.strip())


@transaction.atomic
def split_promise(*, by: Actor, commitment: Commitment, parts: Sequence[str]) -> list[Commitment]:
    """Make several promises out of one; each knows that it came from it.

    Raises:
        RuleError: for fewer than two parts or more than twenty, or where it has ended.

    """
    said = [part.strip() for part in parts if part.strip()]
    if not 2 <= len(said) <= MOST_PARTS:
        raise RuleError(_("Enter two to twenty parts, one a line."), "parts")
    row = held_open(commitment)
    made = [
        promise(
            by=by,
            initiative=row.record.initiative,
            text=part,
            organisation=row.organisation,
            organisation_as_said=row.organisation_as_said or row.who or _("nobody named"),
            post=row.post,
            person=row.person,
            due=row.due,
            came_from=row.record,
            asked_by=row.asked_by,
            visibility=row.record.visibility,
        )
        for part in said
    ]
    values = {"state": State.SPLIT.value, "ended_on": day_of(by, row, None, HERE)}
    turn(by, row, verb="split", state=State.SPLIT, values=values)
    return made


@transaction.atomic
def archive_promise(*, by: Actor, commitment: Commitment) -> Commitment:
    """Take an ended promise off the lists; it stays in the archive.

    Raises:
        RuleError: where it is still open or lies there already.

    """
    row = held(commitment)
    if row.is_open:
        raise RuleError(_("Only a promise that has ended goes into the archive. Close it first."))
    if row.archived_at is not None:
        raise RuleError(_("It lies in the archive already."))
    return turn(by, row, verb="archived", state="archived", values={"archived_at": by.at})


@transaction.atomic
def note_progress(*, by: Actor, commitment: Commitment, percent: int) -> Commitment:
    """Say how much of a promise is done; with milestones they say it.

    Raises:
        RuleError: where it is no percentage, or milestones tell it.

    """
    if not 0 <= percent <= 100:
        raise RuleError(_("Enter a number from 0 to 100."), "percent")
    row = held_open(commitment)
    if _standing(row).exists():
        raise RuleError(_("Its milestones say how much is done. Mark one as done."), "percent")
    _note(by, row, "progressed", row.change(percent=percent))
    return row


@transaction.atomic
def add_milestone(
    *, by: Actor, commitment: Commitment, title: str, due_on: date | None = None
) -> Milestone:
    """Name one step of a promise.

    Raises:
        RuleError: where it has no name, or there are fifty already.

    """
    if not title.strip():
        raise RuleError(_("Name the step, like “Draft sent to partners”."), "title")
    row = held_open(commitment)
    if _standing(row).count() >= MOST_MILESTONES:
        raise RuleError(_("Fifty milestones are enough. Split the promise instead."), "title")
    last = row.milestones.aggregate(last=Max("number"))["last"] or 0
    step = Milestone(commitment=row, number=last + 1, title=title.strip(), due_on=due_on)
    step.save(force_insert=True)
    _note(by, row, "planned", {"milestone": ("", step.title)})
    return step


@transaction.atomic
def reach_milestone(*, by: Actor, milestone: Milestone, done: bool = True) -> Milestone:
    """Mark a step as done today, or as not done after all."""
    row = held_open(milestone.commitment)
    step = _standing(row).select_for_update().get(pk=milestone.pk)
    changes = step.change(done_on=row.record.initiative.today(by.at) if done else None)
    if changes:
        verb = "reached" if done else "taken_back"
        _note(by, row, verb, {"milestone": ("", step.title)})
    return step


@transaction.atomic
def withdraw_milestone(*, by: Actor, milestone: Milestone) -> None:
    """Take a step off a promise; the log keeps that it was there."""
    row = held_open(milestone.commitment)
    step = row.milestones.select_for_update().get(pk=milestone.pk)
    if step.change(withdrawn_at=step.withdrawn_at or by.at):
        _note(by, row, "milestone_withdrawn", {"milestone": (step.title, "")})


def _standing(row: Commitment) -> CheckedQuerySet[Milestone]:
    return Milestone.objects.filter(commitment=row, withdrawn_at__isnull=True)


def _note(by: Actor, row: Commitment, verb: str, changes: dict[str, tuple[object, object]]) -> None:
    count_revision(row.record)
    note_event(by=by, record=row.record, verb=verb, changes=changes)
