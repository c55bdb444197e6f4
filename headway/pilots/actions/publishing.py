"""Who may read a lesson: everybody, once all who took part agreed to it; else the partners."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.initiatives.actions import note_event
from headway.initiatives.actions.records import count_revision
from headway.initiatives.models import Record
from headway.pilots.actions.turning import held, lock_in_order
from headway.pilots.models import Lesson, Review, ReviewParticipant

Reach = ReviewParticipant.Reach


@transaction.atomic
def publish_lesson(*, by: Actor, lesson: Lesson) -> bool:
    """Show it to everybody.

    Raises:
        RuleError: where somebody who ever took part in its review has not agreed to that.

    """
    if lesson.review is not None:
        # Who takes an agreement back meanwhile waits, or is waited for.
        lock_in_order(lesson.record, lesson.review.record)
    row = held(lesson)
    if row.record.initiative.visibility != Visibility.PUBLIC:
        raise RuleError(_("This initiative is for its members only, and so are its lessons."))
    if row.review_id is not None:
        _must_be_agreed(row.review_id)
    return _show_to(by, row.record, Visibility.PUBLIC, "published")


def _must_be_agreed(review: UUID) -> None:
    """Refuse as long as somebody has not agreed; what those told who left is in the answers, too.

    Raises:
        RuleError: where somebody has not.

    """
    took_part = ReviewParticipant.objects.filter(review=review)
    if took_part.exclude(agreed_to=Reach.EVERYBODY).exists():
        raise RuleError(
            _(
                "Not everybody who took part agreed that it is told to everybody; those who left "
                "the review are asked, too. Ask them on the page of the review."
            )
        )


def _show_to(by: Actor, record: Record, readers: str, verb: str) -> bool:
    changes = record.change(visibility=readers)
    if changes:
        count_revision(record)
        note_event(by=by, record=record, verb=verb, changes=changes)
    return bool(changes)


def published_of(review: Review) -> list[Lesson]:
    """The lessons of a review that everybody may read."""
    public = Lesson.objects.live().of_review(review).filter(record__visibility=Visibility.PUBLIC)
    return list(public.select_related("record__initiative__stream").order_by("pk"))


def keep_among_partners(*, by: Actor, lessons: Iterable[Lesson]) -> None:
    """Take back lessons that everybody may read: somebody agrees to that no longer."""
    for lesson in lessons:
        _show_to(by, held(lesson).record, Visibility.MEMBERS, "unpublished")


def ask_anew(*, by: Actor, lesson: Lesson) -> None:
    """Let a lesson that is worded anew wait among the partners until everybody agrees anew.

    A lesson that came from no review is nobody's but its author's: it stays as it is.
    """
    row = held(lesson)
    if row.review_id is None or row.record.visibility != Visibility.PUBLIC:
        return
    agreed = ReviewParticipant.objects.filter(review=row.review_id, agreed_to=Reach.EVERYBODY)
    agreed.update(agreed_to=Reach.PARTNERS, noted_at=None)
    changes = row.record.change(visibility=Visibility.MEMBERS)
    note_event(by=by, record=row.record, verb="unpublished", changes=changes)
