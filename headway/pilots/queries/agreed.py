"""What those who took part in a review agree to, word by word."""

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from headway.pilots.models import Lesson, Review, ReviewDraft, ReviewParticipant
from headway.pilots.queries.review import HEADINGS


def agreed_text(review: Review, draft: ReviewDraft | None) -> str:
    """The four answers as they stand, and after the close the lessons that came of them."""
    said: Review | ReviewDraft | None = review if review.learned else draft
    if said is None or not said.learned:
        return ""
    answers = ((heading, getattr(said, name)) for name, heading in HEADINGS.items())
    told = " ".join(f"{heading} {text}" for heading, text in answers if text)
    words = _("You agree to all four answers as they stand now. %(answers)s") % {"answers": told}
    return " ".join((words, *_lessons(review)))


def agreed_version(review: Review, draft: ReviewDraft | None) -> int:
    """How often the answers and the lessons of a review were worded: other words, a higher one.

    Withdrawn lessons count on, so that no number comes back with other words.
    """
    many = Lesson.objects.of_review(review).aggregate(
        drawn=Count("pk"), worded=Sum("record__revision", default=0)
    )
    return int(many["drawn"] + many["worded"] + (draft.revision if draft else 0))


def tells_more(review: Review, reach: str) -> bool:
    """Whether more people than now may know the words then; who takes it back reads nothing."""
    told = review.state == Review.State.CLOSED
    return reach == ReviewParticipant.Reach.EVERYBODY or (bool(reach) and not told)


def _lessons(review: Review) -> tuple[str, ...]:
    """The lessons that may be told to everybody once all agreed to that."""
    if review.state != Review.State.CLOSED:
        return ()
    rows = Lesson.objects.live().of_review(review).order_by("record__recorded_at", "pk")
    lessons = tuple(f"“{row.text}” {row.applies_to}".strip() for row in rows)
    return (_("And to these lessons:"), *lessons) if lessons else ()
