"""A decision we took: out of a vote, a meeting or by hand, and looked at again in time."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Changes
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.forums.models import Meeting
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
from headway.solutions.actions.solutions import move_solution
from headway.solutions.models import Ballot, Outcome, Solution
from headway.solutions.queries.ballots.standing import standing_of
from headway_analysis.partial_date import PartialDate

DRAFT = Solution.State.DRAFT
TOLD = ("review", "review_on")


def _check_text(text: str) -> None:
    if not text.strip():
        raise RuleError(
            _("Say what was decided, like “We open the church hall on cold nights”."), "text"
        )


def _check_review(by: Actor, initiative: Initiative, review_on: date | None) -> None:
    if review_on is not None and review_on <= initiative.today(by.at):
        raise RuleError(_("Choose a day to come on which you look at it again."), "review_on")


def _check_ballot(ballot: Ballot | None, solution: Solution | None, decision: str) -> None:
    """Refuse to call adopted what a vote did not adopt."""
    if ballot is None:
        return
    if ballot.hides_its_result():
        raise RuleError(_("This vote is not closed yet."), "ballot")
    if decision == Outcome.Decision.ADOPTED and not standing_of(ballot).adopts(solution):
        raise RuleError(
            _("The vote did not adopt it, or an objection is still open. Settle that first."),
            "decision",
        )


def _check_belongs(initiative: Initiative, *rows: object) -> None:
    for row in rows:
        record = getattr(row, "record", None)
        if record is not None and record.initiative_id != initiative.pk:
            raise RuleError(_("Choose a record of this initiative."))


def _settle_solution(by: Actor, outcome: Outcome, provenance: Provenance) -> None:
    """Put the recommendation into the state that was decided."""
    solution = outcome.solution
    if solution is None or not outcome.decision:
        return
    solution.refresh_from_db()
    if solution.state == Solution.State.IDEA and outcome.decision != Outcome.Decision.SET_ASIDE:
        move_solution(by=by, solution=solution, state=DRAFT, provenance=provenance)
    move_solution(
        by=by,
        solution=solution,
        state=outcome.decision,
        because=_("See the decision that was written down."),
        when=outcome.record.when,
        provenance=provenance,
    )


@transaction.atomic
def record_outcome(
    *,
    by: Actor,
    initiative: Initiative,
    text: str,
    title: str = "",
    ballot: Ballot | None = None,
    meeting: Meeting | None = None,
    solution: Solution | None = None,
    decision: str | None = None,
    review_on: date | None = None,
    organisation: Organisation | None = None,
    came_from: Record | None = None,
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Outcome:
    """Write down what was decided; a recommendation that it names changes its state with it.

    Args:
        by: who writes it down.
        initiative: where.
        text: what was decided.
        title: its name; without one the first words.
        ballot: the vote that it came out of.
        meeting: the meeting in which it was decided.
        solution: the recommendation that it is about.
        decision: what becomes of that: adopted unless said otherwise; empty leaves it as it is.
        review_on: when it is looked at again.
        organisation: which one answers for it.
        came_from: what else it came from, like the line of the minutes.
        visibility: who may read it; by default who may read all that it comes from.
        provenance: recorded here, or reported by a source.
        when: when it was decided.

    Raises:
        RuleError: where nothing is said, the vote did not adopt it, or it belongs elsewhere.

    """
    text = text.strip()
    known = as_reported(Outcome, initiative, provenance, text=text)
    if known is not None:
        return known
    if decision is None:
        decision = Outcome.Decision.ADOPTED if solution else ""
    outcome = Outcome(
        text=text,
        ballot=ballot,
        meeting=meeting,
        solution=solution,
        decision=decision if solution else "",
        review_on=review_on,
    )
    _check_text(text)
    origins = _hold_origins(initiative, outcome, came_from)
    if not provenance.reported:
        _check_review(by, initiative, review_on)
        _check_ballot(ballot, solution, decision)
    outcome.record = open_record(
        by=by,
        initiative=initiative,
        kind=Outcome.RECORD_KIND,
        title=title.strip() or title_of(text),
        visibility=visibility or as_closed_as(origins),
        provenance=provenance,
        when=when or (None if provenance.reported else PartialDate.on(initiative.today(by.at))),
        organisation=organisation,
    )
    _keep(by, outcome, when, provenance)
    for origin in origins:
        link_records(by=by, origin=outcome.record, target=origin, kind=Link.Kind.CAME_FROM)
    _settle_solution(by, outcome, provenance)
    return outcome


def _hold_origins(
    initiative: Initiative, outcome: Outcome, came_from: Record | None
) -> list[Record]:
    """Hold what a decision came from, all of it of this initiative and none withdrawn."""
    rows = (outcome.ballot, outcome.meeting, outcome.solution)
    _check_belongs(initiative, *rows)
    return lock_all(came_from, *(row.record if row else None for row in rows))


def _keep(by: Actor, outcome: Outcome, when: PartialDate | None, provenance: Provenance) -> None:
    """Write a decision down in its table, its texts, its states and the log."""
    record = outcome.record
    outcome.save(force_insert=True)
    write_wording(by=by, record=record, field="text", text=outcome.text)
    append_state(record=record, state="decided", by=by, when=when, provenance=provenance)
    changes: Changes = {"text": ("", outcome.text), "review_on": ("", outcome.review_on)}
    note_event(by=by, record=record, verb="decided", changes=changes)


@transaction.atomic
def revise_outcome(
    *,
    by: Actor,
    outcome: Outcome,
    title: str,
    text: str,
    review_on: date | None = None,
    when: PartialDate | None = None,
    seen: int | None = None,
) -> bool:
    """Word a decision anew or set another day of review; every wording is kept.

    Raises:
        RuleError: where nothing is said or somebody else wrote in between.

    """
    _check_text(text)
    values: dict[str, object] = {"text": text.strip(), "review_on": review_on}
    if review_on != outcome.review_on:
        _check_review(by, outcome.record.initiative, review_on)
        values |= {"reminded_at": None, "reviewed_at": None}
    return revise_record(
        by=by, stage=outcome, title=title.strip(), when=when, values=values, seen=seen
    )


@transaction.atomic
def review_outcome(
    *, by: Actor, outcome: Outcome, review: str, next_review_on: date | None = None
) -> Outcome:
    """Note what was found when a decision was looked at again; earlier findings are kept.

    Raises:
        RuleError: where nothing was found, or the next day is not to come.

    """
    review = review.strip()
    if not review:
        raise RuleError(_("Say what you found, like “12 families a week, as planned”."), "review")
    record = locked(outcome.record)
    must_stand(record)
    _check_review(by, record.initiative, next_review_on)
    current = Outcome.objects.select_for_update(of=("self",)).get(pk=record.pk)
    current.record = record
    changes = current.change(
        review=review,
        review_on=next_review_on or current.review_on,
        reviewed_at=None if next_review_on else by.at,
        reminded_at=None if next_review_on else current.reminded_at,
    )
    write_wording(by=by, record=record, field="review", text=review)
    append_state(record=record, state="reviewed", by=by, because=review)
    told: Changes = {name: pair for name, pair in changes.items() if name in TOLD}
    note_event(by=by, record=record, verb="reviewed", changes=told)
    return current


def note_reviews_due(now: datetime) -> int:
    """Say in the log of each decision whose review fell due that it did, once; how many."""
    due = Outcome.objects.live().filter(
        review_on__lte=_latest_today(now), reviewed_at=None, reminded_at=None
    )
    rows = list(due.select_related("record__initiative"))
    return sum(_remind(row.pk, now) for row in rows if _is_due(row, now))


def _latest_today(now: datetime) -> date:
    """A day that is today or later wherever an initiative is."""
    return date.fromordinal(now.date().toordinal() + 1)


def _is_due(outcome: Outcome, now: datetime) -> bool:
    today = outcome.record.initiative.today(now)
    return outcome.review_on is not None and outcome.review_on <= today


@transaction.atomic
def _remind(outcome_id: UUID, now: datetime) -> bool:
    """One reminder in one transaction; False where somebody was quicker."""
    outcome = Outcome.objects.select_related("record").get(pk=outcome_id)
    record = locked(outcome.record)
    current = Outcome.objects.select_for_update(of=("self",)).get(pk=outcome_id)
    gone = record.withdrawn or current.reviewed_at is not None
    if gone or current.reminded_at is not None:
        return False
    current.change(reminded_at=now)
    changes = {"review_on": ("", current.review_on)}
    by = Actor(kind="worker", at=now)
    note_event(by=by, record=record, verb="review_due", changes=changes)
    return True
