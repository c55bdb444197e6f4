"""After a restore: what was removed since the backup was made is removed again."""

import hmac
import logging
from collections.abc import Iterable

from django.db import transaction

from headway.accounts.actor import Actor
from headway.accounts.events import Changes
from headway.accounts.models import Authority, Event, EventValue, User
from headway.core.errors import RuleError
from headway.exchange.actions.expunge import remove
from headway.exchange.actions.ledger import fingerprint, follow_in_ledger, note_passage
from headway.exchange.actions.person import erased_address, forget
from headway.exchange.actions.redact import blacken
from headway.exchange.formats.ledger import (
    ERASED,
    EXPUNGED,
    REDACTED,
    LedgerLine,
    read_lines,
)
from headway.exchange.queries.content import stage_of
from headway.exchange.queries.redactable import redactable_fields
from headway.initiatives.actions import locked
from headway.initiatives.models import Record, Wording

log = logging.getLogger("headway.exchange")
CARRIED_OUT = "ledger_event"


def replay_expunges(lines: Iterable[str], *, by: Actor) -> int:
    """Carry out every removal of a ledger that this database does not know; safe to run again.

    A hold does not stop it: each removal was lawful when it was done. Returns how many were
    carried out.
    """
    reading = read_lines(lines)
    for number in reading.unreadable:
        log.warning("line %s of the ledger cannot be read and was left out", number)
    return sum(_carry_out(by, line) for line in reading.lines)


@transaction.atomic
def _carry_out(by: Actor, line: LedgerLine) -> bool:
    if _is_known(line):
        return False
    also: dict[str, tuple[object, object]] = {
        CARRIED_OUT: ("", line.event),
        "first_done_at": ("", line.at),
        "first_done_by": ("", line.by),
    }
    if line.did == ERASED:
        return _erase_again(by, line, also)
    record = Record.objects.filter(pk=line.record, expunged_at__isnull=True).first()
    if record is None:
        return False
    if line.did == REDACTED:
        return _redact_again(by, locked(record), line, also)
    remove(by=by, record=locked(record), because=line.because or EXPUNGED, also=also)
    follow_in_ledger()
    return True


def _erase_again(by: Actor, line: LedgerLine, also: Changes) -> bool:
    user = User.objects.filter(pk=line.record).first()
    authority = Authority.objects.order_by("host_name").first()
    if user is None or authority is None or user.email == erased_address(user):
        return False
    forget(by=by, authority=authority, user=user, because=line.because or ERASED, also=also)
    follow_in_ledger()
    return True


def _is_known(line: LedgerLine) -> bool:
    """Whether the log holds the removal itself or its replay."""
    replayed = EventValue.objects.filter(
        event__subject_id=line.record, field=CARRIED_OUT, new=line.event
    )
    return Event.objects.filter(pk=line.event).exists() or replayed.exists()


def _redact_again(by: Actor, record: Record, line: LedgerLine, also: Changes) -> bool:
    fields = [name for name in redactable_fields(record) if name in line.fields]
    passage = _passage_in(record, fields, line.passage) if line.passage else ""
    try:
        event = blacken(
            by=by,
            record=record,
            fields=fields,
            passage=passage,
            because=line.because,
            also=also,
        )
    except RuleError:
        # The text that held it is younger than the backup: there is nothing to blacken.
        return False
    if line.passage:
        note_passage(event, line.passage)
    follow_in_ledger()
    return True


def _texts(record: Record, fields: Iterable[str]) -> set[str]:
    names = list(fields)
    stage = stage_of(record)
    texts = {record.title, record.withdrawn_because}
    texts |= {str(getattr(stage, name, "")) for name in names}
    texts |= set(
        Wording.objects.filter(record=record, field__in=names).values_list("text", flat=True)
    )
    values = EventValue.objects.filter(event__subject_id=record.pk, field__in=names)
    for old, new in values.values_list("old", "new"):
        texts |= {old, new}
    return texts


def _passage_in(record: Record, fields: Iterable[str], wanted: str) -> str:
    """The passage that the ledger means; empty, hence the whole text, where the key is another."""
    length = int(wanted.partition(":")[0]) if wanted.partition(":")[0].isdecimal() else 0
    for text in _texts(record, fields):
        for start in range(len(text) - length + 1):
            found = text[start : start + length]
            if hmac.compare_digest(fingerprint(found), wanted):
                return found
    return ""
