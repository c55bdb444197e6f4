"""The raw notes of a review, for those who take part."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Moment
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader
from headway.pilots.models import Review, SealedTelling, Telling
from headway.pilots.queries.review import HEADINGS, here, notes_words, takes_part


@dataclass(frozen=True)
class ToldPart:
    """What was told in answer to one of the questions."""

    heading: Message
    texts: tuple[str, ...]


@dataclass(frozen=True)
class NotesPage:
    """The raw notes of a review, for who takes part: one timeline, and what answers a question."""

    title: str
    review: str
    back_href: str
    moments: tuple[Moment, ...]
    parts: tuple[ToldPart, ...]
    waiting: str
    tell_href: str
    answers_href: str
    gone: str


def notes_page(review: Review, reader: Reader) -> NotesPage:
    """Everything that was told, merged: what has a date by date, the rest by question."""
    rows = list(
        Telling.objects.filter(review=review).order_by("happened_from", "happened_to", "pk")
    )
    waiting = SealedTelling.objects.filter(review=review).count()
    is_open = review.state == Review.State.OPEN and not review.record.withdrawn
    takes = takes_part(review, reader)
    return NotesPage(
        title=_("Raw notes"),
        review=review.record.title,
        back_href=address(reader, "pilots:review", review.pk),
        moments=_moments(rows),
        parts=_parts(rows),
        waiting=_waiting_words(waiting),
        tell_href=here(reader, "tell", review) if is_open and takes else "",
        answers_href=here(reader, "answers", review) if is_open else "",
        gone=notes_words(review) if review.notes_destroyed_on else "",
    )


def _moments(rows: Iterable[Telling]) -> tuple[Moment, ...]:
    events = [row for row in rows if row.part == Telling.Part.EVENT]
    dated = [row for row in events if row.happened_from is not None]
    undated = [row for row in events if row.happened_from is None]
    return tuple(
        Moment(when=date_words(row.when, row.date_as_said), title=row.text) for row in dated
    ) + tuple(Moment(when=_("no date said"), title=row.text) for row in undated)


def _parts(rows: Iterable[Telling]) -> tuple[ToldPart, ...]:
    found = list(rows)
    told = (
        ToldPart(heading, tuple(row.text for row in found if row.part == name))
        for name, heading in HEADINGS.items()
    )
    return tuple(part for part in told if part.texts)


def _waiting_words(waiting: int) -> str:
    if not waiting:
        return ""
    return ngettext(
        "%(count)s more thing was told. It shows as soon as a second person has told something, "
        "or tomorrow, so that nobody can see who told what.",
        "%(count)s more things were told. They show as soon as a second person has told "
        "something, or tomorrow, so that nobody can see who told what.",
        waiting,
    ) % {"count": waiting}
