"""What is to be done after a review: with an owner, or *not doing, because*."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Post
from headway.initiatives.actions import (
    append_state,
    link_records,
    locked,
    must_be_of,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Initiative, Link, Member, Record
from headway.pilots.actions.turning import held, lock_in_order
from headway.pilots.models import FollowUp, Review

State = FollowUp.State


@transaction.atomic
def add_follow_up(
    *,
    by: Actor,
    review: Review,
    text: str,
    owner: Organisation | None = None,
    owner_post: Post | None = None,
    owner_member: Member | None = None,
    due_on: date | None = None,
) -> FollowUp:
    """Write down what is to be done; an owner may be named later, but before the review closes.

    Raises:
        RuleError: where nothing is said, an owner is named without a day, the day is past, or
            the review is closed and nobody is named.

    """
    record = locked(review.record)
    must_stand(record)
    _must_be_owned(review, owner or owner_post or owner_member)
    owner = owner or (owner_post.organisation if owner_post else None)
    _check(record.initiative, text, owner, owner_post, owner_member, due_on)
    _check_day(by, record, due_on)
    row = FollowUp(
        review=review,
        text=text.strip(),
        owner=owner,
        owner_post=owner_post,
        owner_member=owner_member,
        due_on=due_on,
    )
    _open_row(by, record, row)
    link_records(by=by, origin=row.record, target=record, kind=Link.Kind.CAME_FROM)
    return row


def _open_row(by: Actor, review: Record, row: FollowUp) -> None:
    row.record = open_record(
        by=by,
        initiative=review.initiative,
        kind=FollowUp.RECORD_KIND,
        title=title_of(row.text),
        visibility=review.visibility,
        organisation=row.owner,
    )
    row.save(force_insert=True)
    write_wording(by=by, record=row.record, field="text", text=row.text)
    append_state(record=row.record, state=row.state, by=by)
    changes = {
        "text": ("", row.text),
        "owner": ("", row.owner),
        "owner_member": ("", row.owner_member),
        "due_on": ("", row.due_on),
    }
    note_event(by=by, record=row.record, verb="noted", changes=changes)


def _check(
    initiative: Initiative,
    text: str,
    owner: Organisation | None,
    post: Post | None,
    member: Member | None,
    due_on: date | None,
) -> None:
    if not text.strip():
        raise RuleError(_("Say what is to be done, like “Ask the library for a room”."), "text")
    must_be_of(initiative.authority_id, owner, "owner")
    if post is not None and (owner is None or post.organisation_id != owner.pk):
        raise RuleError(
            _("Choose a seat of that organization, or leave the seat open."), "owner_post"
        )
    if member is not None and (member.initiative_id != initiative.pk or member.left_at is not None):
        raise RuleError(_("Choose a member of this initiative."), "owner_member")
    if (owner or member) and due_on is None:
        raise RuleError(_("Say by when, like 2026-03-27."), "due_on")


def _must_be_owned(review: Review, owner: object) -> None:
    """Refuse what nobody looks after, once the review is closed; its record is held."""
    if owner is None and Review.objects.get(pk=review.pk).state == Review.State.CLOSED:
        raise RuleError(
            _("The review is closed. Name who does it, or say why it is not done."), "owner"
        )


def _check_day(by: Actor, record: Record, due_on: date | None) -> None:
    """Refuse a day gone by, but where a report tells it."""
    if record.provenance == "reported" or due_on is None:
        return
    if due_on < record.initiative.today(by.at):
        raise RuleError(_("Choose a day that is still to come."), "due_on")


@transaction.atomic
def revise_follow_up(
    *,
    by: Actor,
    follow_up: FollowUp,
    text: str,
    owner: Organisation | None = None,
    owner_post: Post | None = None,
    owner_member: Member | None = None,
    due_on: date | None = None,
    seen: int | None = None,
) -> bool:
    """Word it anew, name another owner or another day, while it is to be done.

    Raises:
        RuleError: where it was done or given up, says too little, or the review is closed and
            nobody is named.

    """
    lock_in_order(follow_up.record, follow_up.review.record)
    row = _still_open(follow_up)
    _must_be_owned(row.review, owner or owner_post or owner_member)
    owner = owner or (owner_post.organisation if owner_post else None)
    _check(row.record.initiative, text, owner, owner_post, owner_member, due_on)
    if due_on != row.due_on:
        _check_day(by, row.record, due_on)
    values: dict[str, object] = {
        "text": text.strip(),
        "owner": owner,
        "owner_post": owner_post,
        "owner_member": owner_member,
        "due_on": due_on,
    }
    row.record.change(organisation=owner)
    return revise_record(by=by, stage=row, title=title_of(text), values=values, seen=seen)


def _still_open(follow_up: FollowUp) -> FollowUp:
    row = held(follow_up)
    if row.state != State.OPEN:
        raise RuleError(_("This was done or given up. Write down another follow-up instead."))
    return row


@transaction.atomic
def finish_follow_up(*, by: Actor, follow_up: FollowUp, because: str = "") -> FollowUp:
    """Say that it is done, and what shows it.

    Raises:
        RuleError: where it was done or given up before.

    """
    return _end(by, _still_open(follow_up), State.DONE, "done", because)


@transaction.atomic
def refuse_follow_up(*, by: Actor, follow_up: FollowUp, because: str) -> FollowUp:
    """Say that it is not done, and why: an answer like any other.

    Raises:
        RuleError: where no reason is given, or it was done or given up before.

    """
    row = _still_open(follow_up)
    if not because.strip():
        raise RuleError(_("Say why, like “the library has no room before May”."), "because")
    return _end(by, row, State.NOT_DOING, "dropped", because)


def _end(by: Actor, row: FollowUp, state: str, verb: str, because: str) -> FollowUp:
    values: dict[str, Any] = {
        "state": state,
        "because": because.strip(),
        "ended_on": row.record.initiative.today(by.at),
    }
    changes = row.change(**values)
    append_state(record=row.record, state=state, by=by, because=because.strip())
    note_event(by=by, record=row.record, verb=verb, changes=changes, because=because.strip())
    return row
