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
from headway.exchange.actions.ledger import (
    fingerprint,
    follow_in_ledger,
    key_fingerprint,
    note_passage,
)
from headway.exchange.actions.person import forget, leave_everything
from headway.exchange.actions.redact import blacken, said_in
from headway.exchange.formats.ledger import (
    ERASED,
    EXPUNGED,
    REDACTED,
    LedgerLine,
    is_key,
    read_lines,
)
from headway.exchange.queries.person import erased_address
from headway.exchange.queries.redactable import redactable_fields
from headway.initiatives.actions import locked
from headway.initiatives.models import Record

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
    user = User.objects.select_for_update().filter(pk=line.record).first()
    authority = _authority_of(line)
    if user is None or authority is None or user.email == erased_address(user):
        return False
    leave_everything(by=by, user=user)
    forget(by=by, authority=authority, user=user, because=line.because or ERASED, also=also)
    follow_in_ledger()
    return True


def _authority_of(line: LedgerLine) -> Authority | None:
    """Whose records office did it; old lines do not say, and mean the default one."""
    if is_key(line.authority):
        return Authority.objects.filter(pk=line.authority).first()
    return Authority.objects.order_by("host_name").first()


def _is_known(line: LedgerLine) -> bool:
    """Whether the log holds the removal itself or its replay."""
    replayed = EventValue.objects.filter(
        event__subject_id=line.record, field=CARRIED_OUT, new=line.event
    )
    return Event.objects.filter(pk=line.event).exists() or replayed.exists()


def _redact_again(by: Actor, record: Record, line: LedgerLine, also: Changes) -> bool:
    fields = [name for name in redactable_fields(record) if name in line.fields]
    passage = _passage_in(said_in(record, fields), line)
    if passage is None:
        return False
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
        note_passage(event, line.passage, line.key)
    follow_in_ledger()
    return True


def _passage_in(texts: Iterable[str], line: LedgerLine) -> str | None:
    """The passage that the ledger means; None where these texts do not hold it.

    It is empty, hence the whole text goes, where the line means the whole text, and where it was
    written under another key: then nothing can be found again, and too much is better than too
    little.
    """
    if not line.passage:
        return ""
    found = _found_again(texts, line.passage)
    return "" if found is None and line.key != key_fingerprint() else found


def _found_again(texts: Iterable[str], wanted: str) -> str | None:
    digits = wanted.partition(":")[0]
    length = int(digits) if digits.isdecimal() else 0
    for text in texts:
        for start in range(len(text) - length + 1):
            part = text[start : start + length]
            if hmac.compare_digest(fingerprint(part), wanted):
                return part
    return None
