from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Post
from headway.initiatives.actions import (
    append_state,
    lock_all,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
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
from headway.pilots.models import Design, Pilot
from headway.pilots.queries.card import missing
from headway.problems.actions.citations import as_reported
from headway.solutions.models import Solution
from headway_analysis.partial_date import PartialDate

State = Pilot.State
CARD = (
    "sort",
    "hypothesis",
    "affected",
    "consent",
    "measure",
    "unit",
    "better",
    "baseline",
    "design",
    "comparison",
    "minimum_effect",
    "stop_for_harm",
    "stop_for_cost",
    "stop_for_futility",
    "owner",
    "decider",
    "decider_post",
    "starts_on",
    "ends_on",
)


@transaction.atomic
def prepare_pilot(
    *,
    by: Actor,
    initiative: Initiative,
    title: str,
    solution: Solution | None = None,
    came_from: Record | None = None,
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
    **card: Any,
) -> Pilot:
    """Begin the card of a pilot; whatever is not known yet is filled in later.

    Raises:
        RuleError: where it has no title, or something on the card cannot be.

    """
    # A report says what it says once; the same again is the same pilot.
    known = as_reported(Pilot, initiative, provenance, record__title=title.strip())
    if known is not None:
        return known
    row = Pilot(solution=solution, **_card(initiative, card))
    lock_all(solution.record if solution else None, came_from)
    row.record = open_record(
        by=by,
        initiative=initiative,
        kind=Pilot.RECORD_KIND,
        title=title,
        visibility=visibility,
        provenance=provenance,
        when=when,
        organisation=row.owner,
    )
    row.save(force_insert=True)
    for field in Pilot.TEXTS:
        if getattr(row, field):
            write_wording(by=by, record=row.record, field=field, text=getattr(row, field))
    append_state(record=row.record, state=row.state, by=by, when=when, provenance=provenance)
    note_event(by=by, record=row.record, verb="added", changes={"hypothesis": ("", row.hypothesis)})
    tie(by, row.record, solution, came_from)
    return row


def _card(initiative: Initiative, card: dict[str, Any]) -> dict[str, Any]:
    """The values of a card, trimmed and checked.

    Raises:
        RuleError: where one cannot be.
        ValueError: where something is no part of a card.

    """
    unknown = set(card) - set(CARD)
    if unknown:
        raise ValueError(f"a card has no {sorted(unknown)}; it has {CARD}")
    values: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in card.items()
    }
    for field, words in (("sort", Pilot.Sort), ("better", Pilot.Better), ("design", Design)):
        if values.get(field) and values[field] not in words.values:
            raise RuleError(_("Choose one of those listed."), field)
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if starts and ends and ends < starts:
        raise RuleError(_("Choose an end on or after the start."), "ends_on")
    effect = values.get("minimum_effect")
    if effect is not None and effect <= 0:
        raise RuleError(
            _("Enter the size of the difference without a sign, like 5."), "minimum_effect"
        )
    check_seat(initiative, values.get("owner"), None, "owner")
    check_seat(initiative, values.get("decider"), values.get("decider_post"), "decider_post")
    return values


@transaction.atomic
def fill_card(
    *, by: Actor, pilot: Pilot, title: str | None = None, seen: int | None = None, **card: Any
) -> bool:
    """Change the card, as long as the pilot has not started.

    Raises:
        RuleError: where it has started, or something cannot be.

    """
    row = held(pilot)
    _must_be_card(row)
    values = _card(row.record.initiative, card)
    return revise_record(by=by, stage=pilot, title=title, values=values, seen=seen)


def _must_be_card(row: Pilot) -> None:
    if row.state != State.CARD:
        raise RuleError(_("This pilot has started, and its card stays as it was at the start."))


@transaction.atomic
def start_pilot(
    *, by: Actor, pilot: Pilot, when: PartialDate | None = None, provenance: Provenance = HERE
) -> Pilot:
    """Start a pilot: its card is complete, and what the teams expect is locked from now on.

    Raises:
        RuleError: where it has started before, or naming each part of the card that is missing.

    """
    row = held(pilot)
    if row.state != State.CARD:
        raise RuleError(_("This pilot has started before."))
    if not provenance.reported:
        said = row.predictions.filter(withdrawn_at__isnull=True).exists()
        lacking = missing(row, predicted=said)
        if lacking:
            raise RuleError(" ".join(str(each.words) for each in lacking))
        _check_start(by, row, when)
    row.predictions.filter(withdrawn_at__isnull=True).update(locked_at=by.at)
    values = {"state": State.RUNNING.value, "started_at": by.at}
    starts = day_of(by, row.record, when, provenance)
    if starts is not None:
        values["starts_on"] = starts
    return turn(by, row, verb="started", values=values, when=when, provenance=provenance)


def _check_start(by: Actor, row: Pilot, when: PartialDate | None) -> None:
    """Refuse a start on a day gone by, and an end before it; an unsaid day is today."""
    today = row.record.initiative.today(by.at)
    starts = when.end if when else today
    if starts < today:
        raise RuleError(_("Choose a start that is not in the past."), "starts_on")
    _check_end(starts, row.ends_on)


def _check_end(today: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < today:
        raise RuleError(_("Choose an end that is still to come."), "ends_on")


@transaction.atomic
def move_end(*, by: Actor, pilot: Pilot, until: date, because: str) -> bool:
    """Let a pilot end on another day, with the reason on record.

    Raises:
        RuleError: where it is not under way, no reason is given, or the day is past.

    """
    row = held(pilot)
    _must_run(row, HERE)
    if not because.strip():
        raise RuleError(_("Say why, like “the first group started three weeks late”."), "because")
    _check_end(row.record.initiative.today(by.at), until)
    changes = row.change(ends_on=until)
    if changes:
        note_event(
            by=by, record=row.record, verb="end_moved", changes=changes, because=because.strip()
        )
    return bool(changes)


def _must_run(row: Pilot, provenance: Provenance) -> None:
    if row.state != State.RUNNING and not provenance.reported:
        raise RuleError(_("This pilot is not under way."))


@transaction.atomic
def end_pilot(
    *,
    by: Actor,
    pilot: Pilot,
    result: str = "",
    saw: str = "",
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> Pilot:
    """End a pilot; what came out and what is done with it are asked next, and what we learned.

    A report may tell at once how it came out, and of no decision.

    Raises:
        RuleError: where it is not under way, or the result is none of the four.

    """
    row = held(pilot)
    _must_run(row, provenance)
    if result:
        check_result(result)
    ended = day_of(by, row.record, when, provenance)
    values = {
        "state": State.ENDED.value,
        "ended_on": ended,
        "result": result,
        "saw": saw.strip(),
    }
    turn(by, row, verb="ended", values=values, when=when, provenance=provenance)
    if not provenance.reported:
        open_review(by=by, about=row.record, occasion="ended")
    return row


@transaction.atomic
def stop_pilot(
    *,
    by: Actor,
    pilot: Pilot,
    because: str,
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> Pilot:
    """Stop a pilot before its end, by which rule and why.

    Raises:
        RuleError: where it is not under way, or no reason is given.

    """
    row = held(pilot)
    _must_run(row, provenance)
    if not because.strip():
        raise RuleError(
            _("Say which rule stopped it, like “for harm: two families lost their place”."),
            "because",
        )
    values = {
        "state": State.STOPPED.value,
        "ended_on": day_of(by, row.record, when, provenance),
        "stopped_because": because.strip(),
    }
    turn(
        by,
        row,
        verb="stopped",
        values=values,
        because=because.strip(),
        when=when,
        provenance=provenance,
    )
    if not provenance.reported:
        open_review(by=by, about=row.record, occasion="stopped")
    return row


@transaction.atomic
def decide_pilot(
    *,
    by: Actor,
    pilot: Pilot,
    result: str,
    decision: str,
    because: str,
    saw: str = "",
    decided_by: Organisation | None = None,
    decided_post: Post | None = None,
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> Pilot:
    """Say how it came out in one word, and adopt, adapt or abandon it, with the reason.

    Raises:
        RuleError: where it has not ended, or says too little.

    """
    row = held(pilot)
    must_stand(row.record)
    if row.state not in {State.ENDED, State.STOPPED} and not provenance.reported:
        raise RuleError(_("First end the pilot, then decide what is done with it."))
    check_result(result)
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
    values |= {"state": State.DECIDED.value, "result": result, "saw": saw.strip()}
    return turn(
        by,
        row,
        verb="decided",
        values=values,
        because=because.strip(),
        when=when,
        provenance=provenance,
    )
