"""Who may read a lesson: everybody, once all who took part agreed to it; else the partners."""

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
    row = held_with_review(lesson)
    if row.record.initiative.visibility != Visibility.PUBLIC:
        raise RuleError(_("This initiative is for its members only, and so are its lessons."))
    if row.review_id is not None:
        _must_be_agreed(row.review_id)
    return _show_to(by, row.record, Visibility.PUBLIC, "published")


def held_with_review(lesson: Lesson) -> Lesson:
    """The lesson held, and first its review: whoever agrees to it meanwhile waits."""
    if lesson.review is not None:
        lock_in_order(lesson.record, lesson.review.record)
    return held(lesson)


def lock_with_lessons(review: Review) -> None:
    """Lock a review and its lessons: none of them is worded or published meanwhile."""
    lessons = Lesson.objects.live().of_review(review).select_related("record")
    lock_in_order(review.record, *(lesson.record for lesson in lessons))


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


def keep_among_partners(*, by: Actor, review: Review) -> None:
    """Take back the lessons that everybody may read: somebody does not agree to that."""
    public = Lesson.objects.live().of_review(review).filter(record__visibility=Visibility.PUBLIC)
    for lesson in public.select_related("record__initiative__stream").order_by("pk"):
        _show_to(by, held(lesson).record, Visibility.MEMBERS, "unpublished")


def ask_anew(review: Review) -> None:
    """Ask all who took part again: other words are to be told than those they agreed to."""
    agreed = ReviewParticipant.objects.filter(review=review, agreed_to=Reach.EVERYBODY)
    agreed.update(agreed_to=Reach.PARTNERS, noted_at=None)


def wait_for_agreement(*, by: Actor, lesson: Lesson) -> None:
    """Let a held lesson that is worded anew wait among the partners until everybody agrees anew.

    A lesson that came from no review is nobody's but its author's: it stays as it is.
    """
    if lesson.review is None:
        return
    ask_anew(lesson.review)
    changes = lesson.record.change(visibility=Visibility.MEMBERS)
    if changes:
        note_event(by=by, record=lesson.record, verb="unpublished", changes=changes)
