"""The ledger of what was removed for good: one JSON object a line, without what was removed."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

EXPUNGED, REDACTED, ERASED = "expunged", "redacted", "person_erased"
REMOVALS = (EXPUNGED, REDACTED, ERASED)
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One removal, by ids only.

    Attributes:
        event: the log's event that did it; the same event is carried out once.
        record: the record, or the account of the person, it was done to.
        kind: the record's kind.
        did: `expunged`, `redacted` or `person_erased`.
        fields: the fields that were emptied.
        at: when, as an ISO instant.
        by: the id of the person who did it.
        because: the reason.
        passage: for a part of a text, its length and keyed fingerprint ("12:…"), else empty.
        key: what tells the key of that fingerprint from another; empty in old lines.
        authority: the id of the authority whose records office did it; empty in old lines.

    """

    event: str
    record: str
    kind: str
    did: str
    at: str
    by: str = ""
    because: str = ""
    fields: tuple[str, ...] = ()
    passage: str = ""
    key: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a ledger says, and the numbers of the lines that nobody can read."""

    lines: tuple[LedgerLine, ...] = ()
    unreadable: tuple[int, ...] = field(default=())


def write_line(line: LedgerLine) -> str:
    """One line of the ledger.

    >>> write_line(LedgerLine("e", "r", "fact", "expunged", "2026-03-27T10:00:00+00:00"))[:28]
    '{"event": "e", "record": "r"'

    """
    return f"{json.dumps(asdict(line), ensure_ascii=False)}\n"


def _text(found: dict[str, object], key: str) -> str:
    value = found.get(key, "")
    return value if isinstance(value, str) else ""


def is_key(text: str) -> bool:
    """Whether a text can be the key of a row."""
    return _KEY.fullmatch(text) is not None


def _line(text: str) -> LedgerLine | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    if not isinstance(found, dict) or found.get("did") not in REMOVALS:
        return None
    names = ("event", "record", "kind", "did", "at", "by", "because", "passage", "key", "authority")
    said = {name: _text(found, name) for name in names}
    if not is_key(said["event"]) or not is_key(said["record"]):
        return None
    fields = found.get("fields") or []
    known = fields if isinstance(fields, list) else []
    return LedgerLine(**said, fields=tuple(str(each) for each in known))


def read_lines(lines: Iterable[str]) -> Reading:
    """Every line that can be read, in order; a last line cut short by a crash is only counted."""
    found: list[LedgerLine] = []
    unreadable: list[int] = []
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        line = _line(text)
        if line is None:
            unreadable.append(number)
        else:
            found.append(line)
    return Reading(tuple(found), tuple(unreadable))
