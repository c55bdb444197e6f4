"""What a record said goes where other records repeat it as well."""

from collections.abc import Collection, Mapping

from django.db.models import Q

from headway.accounts.models import Event, EventValue
from headway.exchange.actions.removal import MARK
from headway.exchange.queries.places import places_of
from headway.exchange.queries.quotes import quoting
from headway.initiatives.models import Record

CUT = "…"
LONGEST_TITLE = 250


def without(text: str, gone: Mapping[str, str]) -> str:
    """A text with each of some words replaced, the longest first."""
    for words in sorted(gone, key=len, reverse=True):
        text = text.replace(words, gone[words])
    return text


def title_without(title: str, gone: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """A title that quotes another; a mark where it may quote only the beginning of it."""
    left = without(title, {**gone, **titles})
    return MARK if titles and left == title and title.endswith(CUT) else left


def empty_quotes(record: Record, titles: Collection[str], erasure: Event) -> None:
    """Empty every column that repeats an expunged record, and the titles that quote its title."""
    gone = dict.fromkeys(titles, MARK)
    for other, columns in quoting(record):
        lost = {place.text for place in places_of(other, columns)} - {""}
        for place in places_of(other, columns):
            place.row.change(**{place.column: MARK if place.text else ""})
        title = title_without(other.title, {}, gone)
        _retitle(other, MARK if title == other.title else title, lost)
        _erase_copies(other, lost, erasure)


def blacken_quotes(
    record: Record, gone: Mapping[str, str], titles: Mapping[str, str], erasure: Event
) -> None:
    """Blacken in what repeats a record the words that were blackened in it."""
    for other, columns in quoting(record):
        lost: set[str] = set()
        for place in places_of(other, columns):
            text = place.text
            left = without(text, {**gone, **titles})[: place.longest]
            if place.row.change(**{place.column: left}):
                lost.add(text)
        _retitle(other, title_without(other.title, gone, titles), lost)
        _erase_copies(other, lost, erasure)


def _retitle(record: Record, title: str, lost: set[str]) -> None:
    before = record.title
    if record.change(title=title[:LONGEST_TITLE]):
        lost.add(before)


def _erase_copies(record: Record, lost: Collection[str], erasure: Event) -> None:
    """Empty what the log says in exactly the texts that went."""
    told = EventValue.objects.filter(event__subject_id=record.pk, erased_by__isnull=True)
    copies = told.filter(Q(old__in=lost) | Q(new__in=lost))
    copies.update(old="", new="", erased_by=erasure)
