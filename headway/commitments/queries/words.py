"""How promises read: their dates, their states, whose they are."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from headway.commitments.models import Commitment
from headway.core.dates import date_words
from headway.core.tables import Mark
from headway.initiatives.reader import Reader

State, Authority = Commitment.State, Commitment.Authority
MARKS: dict[str, str] = {
    State.INTENT: "draft",
    State.CONFIRMED: "under_way",
    State.KEPT: "kept",
    State.DROPPED: "not_going_ahead",
    State.SPLIT: "ended",
}


def due_words(commitment: Commitment) -> str:
    """By when, with the weekday where it is one day; empty where nobody said."""
    due = commitment.due
    if due is not None and due.exact:
        return date_format(due.start, "l, F j, Y")
    return date_words(due)


def state_mark(commitment: Commitment, today: date, *, plain: bool = False) -> Mark:
    """How a promise stands; `plain` as the public reads it, which judges nobody."""
    if commitment.is_late(today):
        if plain:
            return Mark("waiting_on", _("New date to be named"))
        return Mark("late", _("Late"))
    if commitment.state == State.INTENT:
        return Mark("draft", _("Not confirmed yet"))
    if commitment.state == State.CONFIRMED:
        return _confirmed(commitment)
    words = {State.KEPT: _("Kept"), State.DROPPED: _("Not going ahead"), State.SPLIT: _("Split")}
    return Mark(MARKS[commitment.state], words[State(commitment.state)])


def _confirmed(commitment: Commitment) -> Mark:
    if commitment.authority_stated == Authority.INTENT:
        return Mark("draft", _("Intent only"))
    if commitment.authority_stated == Authority.BOARD:
        return Mark("waiting_on", _("Their board decides"))
    if commitment.was_moved:
        return Mark("under_way", _("Confirmed, new date"))
    return Mark("under_way", _("Confirmed"))


def authority_words(commitment: Commitment) -> str:
    """Under whose authority it was confirmed."""
    if not commitment.authority_stated:
        return ""
    words = str(commitment.get_authority_stated_display())
    if commitment.board_by is None:
        return words
    day = date_format(commitment.board_by, "l, F j, Y")
    return _("%(words)s, which decides by %(day)s") % {"words": words, "day": day}


def seat_words(commitment: Commitment, reader: Reader) -> str:
    """The seat that answers for a promise, and the person where members may know them."""
    seat = commitment.post.label if commitment.post else ""
    person = commitment.person.canonical.name if commitment.person else ""
    if not reader.may("initiatives.view_members"):
        person = ""
    return ", ".join(part for part in (seat, person) if part)
