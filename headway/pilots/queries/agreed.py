"""What those who took part in a review agree to, word by word."""

from django.utils.translation import gettext as _

from headway.pilots.models import Lesson, Review, ReviewDraft
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


def _lessons(review: Review) -> tuple[str, ...]:
    """The lessons that may be told to everybody once all agreed to that."""
    if review.state != Review.State.CLOSED:
        return ()
    rows = Lesson.objects.live().of_review(review).order_by("record__recorded_at", "pk")
    lessons = tuple(f"“{row.text}” {row.applies_to}".strip() for row in rows)
    return (_("And to these lessons:"), *lessons) if lessons else ()
