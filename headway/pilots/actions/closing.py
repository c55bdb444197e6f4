"""How a review ends, and what becomes of its raw notes."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.core.keys import destroy_key
from headway.initiatives.actions import (
    append_state,
    hold_names,
    locked,
    note_event,
    write_wording,
)
from headway.initiatives.actions.records import retention_for
from headway.pilots.actions.reviews import QUESTIONS, held_open
from headway.pilots.actions.tellings import store_waiting
from headway.pilots.models import (
    FollowUp,
    Review,
    ReviewDraft,
    ReviewParticipant,
    SealedTelling,
    Telling,
)

# The class of the schedule that raw notes belong to, where the authority has one of this name.
NOTES = "review_notes"


@transaction.atomic
def close_review(*, by: Actor, review: Review) -> Review:
    """Tell the partners the agreed answers; nothing more is told after it.

    Raises:
        RuleError: where a follow-up has no owner, an answer is missing or somebody has not agreed.

    """
    row = held_open(review)
    _must_be_owned(row)
    draft = ReviewDraft.objects.filter(review=row).first()
    if draft is None or not draft.learned:
        raise RuleError(_("First write down what you learned."))
    _must_be_agreed(row)
    store_waiting(row)
    values = {name: getattr(draft, name) for name in QUESTIONS}
    changes = row.change(
        **values,
        state=Review.State.CLOSED,
        closed_at=by.at,
        notes_kept_until=notes_kept_until(row, row.record.initiative.today(by.at)),
    )
    for name in QUESTIONS:
        if values[name]:
            write_wording(by=by, record=row.record, field=name, text=values[name])
    append_state(record=row.record, state=row.state, by=by)
    told = {name: change for name, change in changes.items() if name in QUESTIONS}
    note_event(by=by, record=row.record, verb="closed", changes=told)
    _forget_key(row)
    return row


def _must_be_owned(review: Review) -> None:
    many = FollowUp.objects.live().ownerless().filter(review=review).count()
    if many:
        raise RuleError(
            ngettext(
                "%(count)s follow-up has no owner. Name one, or say why it is not done.",
                "%(count)s follow-ups have no owner. Name one each, or say why they are not done.",
                many,
            )
            % {"count": many}
        )


def _must_be_agreed(review: Review) -> None:
    standing = ReviewParticipant.objects.standing().filter(review=review)
    waiting = standing.filter(agreed_to="").count()
    if waiting:
        raise RuleError(
            ngettext(
                "%(count)s person who takes part has not agreed yet that the answers are told.",
                "%(count)s people who take part have not agreed yet that the answers are told.",
                waiting,
            )
            % {"count": waiting}
        )


def notes_kept_until(review: Review, today: date) -> date | None:
    """The last day of raw notes under the authority's schedule; None where they are kept.

    The class of their own name counts, else that of working papers.
    """
    kept = retention_for(review.record.initiative, NOTES)
    if kept is None or kept.keep_years is None:
        return None
    return _years_after(today, kept.keep_years)


def _years_after(today: date, years: int) -> date:
    year = min(today.year + years, date.max.year - 1)
    try:
        return today.replace(year=year)
    except ValueError:
        return today.replace(year=year, day=28)


def _forget_key(review: Review) -> None:
    key_id = review.key_id
    if key_id is not None:
        review.change(key_id=None)
        transaction.on_commit(lambda: destroy_key(key_id))


def destroy_notes(*, now: datetime) -> int:
    """Destroy the raw notes whose time is over, where no hold keeps them; answers how many reviews.

    A review that was withdrawn is never closed: its notes are kept as long from that day on. A
    backup from before brings notes back only until this runs again.
    """
    withdrawn = Q(notes_kept_until=None, record__withdrawn_at__isnull=False)
    kept = Review.objects.filter(notes_destroyed_on=None)
    rows = kept.filter(withdrawn | Q(notes_kept_until__isnull=False))
    due = [row for row in rows.select_related("record__initiative") if _due(row, now)]
    return sum(_destroy(row, now) for row in due)


def _due(review: Review, now: datetime) -> bool:
    initiative, gone = review.record.initiative, review.record.withdrawn_at
    today = initiative.today(now)
    if review.notes_kept_until is not None or gone is None:
        return review.notes_due(today)
    until = notes_kept_until(review, initiative.today(gone))
    return until is not None and until < today


@transaction.atomic
def _destroy(review: Review, now: datetime) -> bool:
    record = locked(review.record)
    row = Review.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if row.notes_destroyed_on is not None or hold_names(record):
        return False
    row.record = record
    for model in (Telling, SealedTelling, ReviewDraft):
        model._base_manager.filter(review=row).delete()
    row.change(notes_destroyed_on=record.initiative.today(now))
    _forget_key(row)
    note_event(by=Actor(kind="worker", at=now), record=record, verb="notes_destroyed")
    return True
