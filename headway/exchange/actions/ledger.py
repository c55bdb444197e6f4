"""The ledger of removals beside the database, so that a restored backup can be made to forget.

The log is the truth and the ledger follows it: each removal adds what the ledger still lacks, so
that a crash between the commit and the write loses nothing.
"""

import fcntl
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch

from headway.accounts.models import Event, EventValue
from headway.accounts.models.authority import Visibility
from headway.exchange.formats.ledger import REMOVALS, LedgerLine, read_lines, write_line

PASSAGE, KEY = "passage", "passage_key"


def ledger_path() -> Path:
    """Where the ledger lies."""
    return Path(settings.DATA) / "expunged.jsonl"


def fingerprint(passage: str) -> str:
    """What a passage can be found again by, without saying it to whoever lacks the secret key."""
    digest = hmac.new(settings.SECRET_KEY.encode(), passage.encode(), sha256)
    return f"{len(passage)}:{digest.hexdigest()}"


def key_fingerprint() -> str:
    """What tells two secret keys apart: under another one, no passage can be found again."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"the key of this ledger", sha256)
    return digest.hexdigest()[:16]


@contextmanager
def _opened() -> Iterator[TextIO]:
    """The ledger, for this process alone."""
    path = ledger_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("r+", encoding="utf-8") as ledger:
        fcntl.flock(ledger, fcntl.LOCK_EX)
        yield ledger


def note_passage(event: Event, mark: str, key: str) -> None:
    """Keep with an event what the ledger has to say of a passage, for the office alone."""
    for field, said in ((PASSAGE, mark), (KEY, key)):
        kept = EventValue(event=event, field=field, new=said, visibility=Visibility.OFFICE)
        kept.save(force_insert=True)


def _line(event: Event) -> LedgerLine:
    said = {value.field: value.new for value in event.values.all()}
    return LedgerLine(
        event=str(event.pk),
        record=str(event.subject_id),
        kind=event.subject_kind,
        did=event.verb,
        at=event.recorded_at.isoformat(),
        by=str(event.user_id or ""),
        because=said.get("because", ""),
        fields=tuple(event.field_names),
        passage=said.get(PASSAGE, ""),
        key=said.get(KEY, ""),
        authority=str(event.stream.authority_id),
    )


def _removals() -> list[Event]:
    values = Prefetch("values", EventValue.objects.filter(field__in=["because", PASSAGE, KEY]))
    found = Event.objects.filter(verb__in=REMOVALS).order_by("recorded_at", "position")
    return list(found.select_related("stream").prefetch_related(values))


def _break_line(ledger: TextIO, text: str) -> None:
    """Begin a new line where a crash cut the last one short."""
    if text and not text.endswith("\n"):
        ledger.write("\n")


def complete_ledger() -> int:
    """Add every removal that the log knows and the ledger lacks; answer how many."""
    with _opened() as ledger:
        text = ledger.read()
        known = {line.event for line in read_lines(text.splitlines()).lines}
        missing = [event for event in _removals() if str(event.pk) not in known]
        _break_line(ledger, text)
        for event in missing:
            ledger.write(write_line(_line(event)))
        ledger.flush()
        os.fsync(ledger.fileno())
    return len(missing)


def follow_in_ledger() -> None:
    """Bring the ledger up to date as soon as the change is kept."""
    transaction.on_commit(complete_ledger)
