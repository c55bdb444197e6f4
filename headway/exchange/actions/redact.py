"""Blackening a text or a passage of it, wherever the record and its log hold it."""

from collections.abc import Collection, Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Changes
from headway.accounts.models import Event, EventValue
from headway.core.errors import RuleError
from headway.exchange.actions.ledger import (
    fingerprint,
    follow_in_ledger,
    key_fingerprint,
    note_passage,
)
from headway.exchange.actions.quotes import blacken_quotes
from headway.exchange.actions.removal import (
    MARK,
    checked_reason,
    erase_quotes,
    refuse_if_expunged,
    refuse_if_held,
    titles_of,
)
from headway.exchange.queries.places import Place, places_of
from headway.exchange.queries.redactable import REASONS, TITLE, redactable_fields
from headway.initiatives.actions import locked, note_event
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Record

Gone = dict[str, set[str]]
LONGEST = 250


@transaction.atomic
def redact(
    *, by: Actor, record: Record, because: str, fields: Collection[str] = (), passage: str = ""
) -> Event:
    """Replace texts of a record, or one passage in them, by ███ everywhere they are kept.

    Args:
        by: who does it.
        record: whose texts.
        because: the reason, which stays.
        fields: which texts; none means every text of the record.
        passage: the exact words to blacken; empty means the whole text.

    Raises:
        RuleError: naming the hold, or where field, passage or reason do not allow it.

    """
    current = locked(record)
    because = checked_reason(because)
    refuse_if_expunged(current)
    refuse_if_held(current)
    known = redactable_fields(current)
    if not fields and not passage:
        raise RuleError(_("Choose a text, or enter the words to blacken."), "passage")
    if not set(fields) <= set(known):
        raise RuleError(_("Choose one of the texts listed."), "field")
    chosen = [name for name in known if name in fields or not fields]
    event = blacken(by=by, record=current, fields=chosen, passage=passage, because=because)
    if passage:
        note_passage(event, fingerprint(passage), key_fingerprint())
    follow_in_ledger()
    return event


def blacken(
    *,
    by: Actor,
    record: Record,
    fields: Collection[str],
    passage: str,
    because: str,
    also: Changes | None = None,
) -> Event:
    """Blacken texts of a locked record, and the title that was made from them, and note it.

    Raises:
        RuleError: where the passage stands nowhere.

    """
    titles = new_titles(record, fields, passage)
    chosen = {*fields, TITLE} if record.title in titles else set(fields)
    gone = _blacken_places(_texts_but_title(record, chosen), passage)
    _blacken_copies(record, chosen, passage, gone)
    told = _told(record, chosen, passage, titles, gone)
    touched = {*gone, *(_name_of(value.field, chosen) for value in told)}
    touched |= {TITLE} if record.change(title=titles.get(record.title, record.title)) else set()
    if not touched:
        raise RuleError(
            _("These words stand nowhere in it. Copy them exactly as they stand there."), "passage"
        )
    changes = dict.fromkeys(sorted(touched), ("", MARK)) | dict(also or {})
    if TITLE in changes:
        changes[TITLE] = ("", record.title)
    event = note_event(by=by, record=record, verb="redacted", changes=changes, because=because)
    keys = [value.pk for value in told]
    EventValue.objects.filter(pk__in=keys).update(old="", new="", erased_by=event)
    erase_quotes(record, titles, event)
    lost = {passage} if passage else set().union(*gone.values())
    blacken_quotes(record, dict.fromkeys(lost - {""}, MARK), titles, event)
    return event


def blackened(text: str, passage: str, longest: int | None) -> str:
    """A text with a passage, or all of it, replaced."""
    if not text:
        return text
    return text.replace(passage, MARK)[:longest] if passage else MARK


def new_titles(record: Record, fields: Collection[str], passage: str) -> dict[str, str]:
    """Every title that changes, with what takes its place.

    A title that is the beginning of a text which is blackened becomes the new text's beginning.
    """
    made = {
        title_of(text): title_of(blackened(text, passage, None))
        for text in said_in(record, set(fields) - {TITLE, REASONS})
    }
    known = titles_of(record)
    if TITLE in fields:
        named = {title: blackened(title, passage, LONGEST) for title in known}
        made = named | made if passage else named
    return {title: made[title] for title in known if made.get(title, title) != title}


def _texts_but_title(record: Record, fields: Collection[str]) -> list[Place]:
    """Where the texts stand; the title itself follows them."""
    every = places_of(record, fields)
    return [place for place in every if place.row is not record or place.column != TITLE]


def _blacken_places(places: Iterable[Place], passage: str) -> Gone:
    """Blacken each place; answer what stood there, by the names of the texts."""
    gone: Gone = {}
    for number, place in enumerate(places, start=1):
        text = place.text
        if _put(place, blackened(text, passage, place.longest), number):
            gone.setdefault(place.name, set()).add(text)
    return gone


def _put(place: Place, text: str, number: int) -> bool:
    """Put a text in its place; rows that a rule keeps apart stay so by a number."""
    if place.text == text:
        return False
    try:
        with transaction.atomic():
            place.row.change(**{place.column: text})
    except IntegrityError:
        place.row.change(**{place.column: f"{text[:50]} {number}"})
    return True


def _blacken_copies(record: Record, fields: Collection[str], passage: str, gone: Gone) -> None:
    """Blacken the reasons of states that repeat a detail, like why a fact was disputed."""
    lost = {text for name, texts in gone.items() if "." in name for text in texts}
    if lost and REASONS not in fields:
        reasons = [place for place in places_of(record, {REASONS}) if place.text in lost]
        for name, texts in _blacken_places(reasons, passage).items():
            gone.setdefault(name, set()).update(texts)


def _in_log(name: str) -> str:
    """What the log calls a text."""
    return "because" if name == REASONS else name.rpartition(".")[2]


def _name_of(field: str, fields: Collection[str]) -> str:
    return next((name for name in fields if _in_log(name) == field), field)


def _values(record: Record) -> list[EventValue]:
    found = EventValue.objects.filter(event__subject_id=record.pk, erased_by__isnull=True)
    return list(found)


def _told(
    record: Record,
    fields: Collection[str],
    passage: str,
    titles: Collection[str],
    gone: Gone,
) -> list[EventValue]:
    """What the log says in these texts. Compared here, because SQLite takes "ana" for "Ana"."""
    own = {_in_log(name) for name in fields if "." not in name}
    named = {_in_log(name) for name in fields}
    details = {text for name, texts in gone.items() if "." in name for text in texts}

    def goes(value: EventValue) -> bool:
        said = {value.old, value.new}
        if value.field == TITLE and said & set(titles):
            return True
        # The log may call a detail by a name of its own, like the options of a vote.
        if said & details:
            return True
        if passage:
            return value.field in named and any(passage in text for text in said)
        return value.field in own

    return [value for value in _values(record) if goes(value)]


def said_in(record: Record, fields: Collection[str]) -> set[str]:
    """Every text that blackening these fields would look through."""
    texts = {place.text for place in places_of(record, fields)}
    names = {_in_log(name) for name in fields}
    told = ((value.old, value.new) for value in _values(record) if value.field in names)
    return texts.union(*told) - {""}
