from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.actor import Actor
from headway.arenas.models import Arena, Ask, PathStep
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Post
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
from headway.initiatives.actions.records import last_number
from headway.initiatives.models import Link, Record
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported
from headway.solutions.models import Barrier, Solution
from headway_analysis.partial_date import PartialDate

DEFAULT_PATH = (
    (gettext_lazy("Department agrees"), 60),
    (gettext_lazy("Attorney reads it"), 45),
    (gettext_lazy("Budget note"), 35),
    (gettext_lazy("Administrator signs"), 28),
    (gettext_lazy("Committee"), 14),
    (gettext_lazy("Hearing"), 7),
)


def _check_text(text: str) -> None:
    if not text.strip():
        raise RuleError(
            _("Say what the body is asked for, like “Waive the rule for two winters”."), "text"
        )


def _check_vote(vote_on: date | None, today: date) -> None:
    if vote_on is not None and vote_on < today:
        raise RuleError(
            _(
                "Enter a day to come, like %(day)s. What the body decided already is recorded as "
                "its decision."
            )
            % {"day": (today + timedelta(days=30)).isoformat()},
            "vote_on",
        )


@transaction.atomic
def make_ask(
    *,
    by: Actor,
    arena: Arena,
    text: str,
    title: str = "",
    solution: Solution | None = None,
    barrier: Barrier | None = None,
    came_from: Record | None = None,
    vote_on: date | None = None,
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Ask:
    """Ask a decision body for something, out of a recommendation's version or a barrier.

    It may come from another record as well, like the outcome of a vote. The way to its agenda
    comes from the body's own steps, or from common ones.

    Raises:
        RuleError: where nothing is asked for, or the vote is past and nobody reported it.

    """
    initiative = arena.record.initiative
    known = as_reported(Ask, initiative, provenance, text=text.strip())
    if known is not None:
        return known
    _check_text(text)
    if not provenance.reported:
        _check_vote(vote_on, initiative.today(by.at))
    stages = [stage.record for stage in (solution, barrier) if stage is not None]
    made_of = lock_all(*stages, came_from)
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Ask.RECORD_KIND,
        title=title.strip() or title_of(text),
        visibility=visibility or as_closed_as(made_of),
        provenance=provenance,
        when=when,
    )
    ask = Ask(
        record=record,
        arena=arena,
        text=text.strip(),
        solution=solution,
        wording_number=last_number(solution.record, "text") if solution else None,
        barrier=barrier,
        vote_on=vote_on,
    )
    ask.save(force_insert=True)
    write_wording(by=by, record=record, field="text", text=ask.text)
    append_state(record=record, state=ask.state, by=by, when=when, provenance=provenance)
    note_event(by=by, record=record, verb="asked", changes={"text": ("", ask.text)})
    for target in made_of:
        link_records(by=by, origin=record, target=target, kind=Link.Kind.CAME_FROM)
    if not provenance.reported:
        _lay_path(ask)
    return ask


def _lay_path(ask: Ask) -> None:
    template = [(step.title, step.days_before) for step in ask.arena.template_steps.all()]
    PathStep.objects.bulk_create(
        PathStep(ask=ask, number=number, title=str(title), days_before=days)
        for number, (title, days) in enumerate(template or DEFAULT_PATH, start=1)
    )


@transaction.atomic
def revise_ask(
    *,
    by: Actor,
    ask: Ask,
    title: str,
    text: str,
    vote_on: date | None = None,
    seen: int | None = None,
) -> bool:
    """Word a request anew or move its vote; every step moves with the vote.

    Raises:
        RuleError: where nothing is asked for, the vote is moved to a day that is past, it is
            decided, or somebody else wrote in between.

    """
    _check_text(text)
    _must_be_open(ask)
    if vote_on != ask.vote_on and not ask.record.source_id:
        _check_vote(vote_on, ask.record.initiative.today(by.at))
    values: dict[str, object] = {"text": text.strip(), "vote_on": vote_on}
    return revise_record(by=by, stage=ask, title=title, values=values, seen=seen)


def _must_be_open(ask: Ask) -> None:
    if ask.is_over:
        raise RuleError(
            _("This request is %(state)s and stays as it is. Make a new one.")
            % {"state": ask.get_state_display()}
        )


@transaction.atomic
def move_ask(
    *,
    by: Actor,
    ask: Ask,
    state: str,
    because: str = "",
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> bool:
    """Note that a request was submitted, stands on the agenda, or is taken back with a reason.

    Raises:
        RuleError: where it is decided, or taken back without a reason.

    """
    if state not in Ask.State.values:
        raise RuleError(_("Choose a state, like “submitted”."), "state")
    if state == Ask.State.TAKEN_BACK and not because.strip():
        raise RuleError(_("Say why, like “the sheriff solved it without a vote”."), "because")
    record = locked(ask.record)
    must_stand(record)
    current = Ask.objects.select_for_update().get(pk=record.pk)
    if current.state == state:
        return False
    if not provenance.reported:
        _must_be_open(current)
    changes = current.change(state=state)
    append_state(
        record=record,
        state=state,
        by=by,
        when=when,
        because=because.strip(),
        provenance=provenance,
    )
    note_event(by=by, record=record, verb="moved", changes=changes, because=because.strip())
    return True


@transaction.atomic
def add_step(*, by: Actor, ask: Ask, title: str, days_before: int) -> PathStep:
    """Put one more step on the way to the agenda.

    Raises:
        RuleError: where it has no name, or the request is decided.

    """
    record = locked(ask.record)
    must_stand(record)
    _must_be_open(ask)
    if not title.strip():
        raise RuleError(_("Name the step, like “County attorney reads it”."), "title")
    last = ask.steps.order_by("-number").values_list("number", flat=True).first() or 0
    step = PathStep(ask=ask, number=last + 1, title=title.strip(), days_before=days_before)
    step.save(force_insert=True)
    note_event(by=by, record=record, verb="step_added", changes={"step": ("", step.title)})
    return step


def _check_owner(owner: Organisation | None, post: Post | None) -> None:
    if post is not None and (owner is None or post.organisation_id != owner.pk):
        raise RuleError(_("Choose a seat of that organization, or leave the seat open."), "post")


@transaction.atomic
def revise_step(
    *,
    by: Actor,
    step: PathStep,
    title: str,
    days_before: int,
    owner: Organisation | None = None,
    owner_post: Post | None = None,
) -> bool:
    """Change what a step is, how long before the vote, or who looks after it.

    Raises:
        RuleError: where it has no name, or the seat belongs to another organisation.

    """
    record = locked(step.ask.record)
    must_stand(record)
    if not title.strip():
        raise RuleError(_("Name the step, like “County attorney reads it”."), "title")
    _check_owner(owner, owner_post)
    current = PathStep.objects.select_for_update().get(pk=step.pk)
    changes = current.change(
        title=title.strip(), days_before=days_before, owner=owner, owner_post=owner_post
    )
    if changes:
        told = {name: (str(old or ""), str(new or "")) for name, (old, new) in changes.items()}
        note_event(by=by, record=record, verb="step_revised", changes=told)
    return bool(changes)


@transaction.atomic
def finish_step(*, by: Actor, step: PathStep, done_on: date, submitted: str = "") -> None:
    """Note that a step is done, and what was submitted.

    Raises:
        RuleError: where the day is to come.

    """
    record = locked(step.ask.record)
    must_stand(record)
    if done_on > record.initiative.today(by.at):
        raise RuleError(_("Enter the day it was done; that day is still to come."), "done_on")
    current = PathStep.objects.select_for_update().get(pk=step.pk)
    changes = current.change(done_on=done_on, submitted=submitted.strip())
    if changes:
        told = {"step": ("", current.title), "done_on": ("", done_on.isoformat())}
        note_event(by=by, record=record, verb="step_done", changes=told)


@transaction.atomic
def drop_step(*, by: Actor, step: PathStep) -> None:
    """Take a step off the way to the agenda; the log keeps that it was there."""
    record = locked(step.ask.record)
    must_stand(record)
    title = step.title
    PathStep.objects.filter(pk=step.pk).delete()
    note_event(by=by, record=record, verb="step_dropped", changes={"step": (title, "")})
