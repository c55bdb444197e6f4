"""What is told on its way: each closed under its review's key, all equally long."""

import json
import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from headway_analysis.partial_date import PartialDate

NONCE = 12
# 5,000 characters of a text and 60 of a date take at most four bytes each.
ROOM = 32_000


class UnreadableError(ValueError):
    """Something sealed that was not closed under this key for this review."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that somebody tells: an event with its date, or an answer to a question."""

    part: str
    text: str
    when: PartialDate | None = None


def seal_told(told: Told, *, key: bytes, review_id: UUID) -> bytes:
    """What is told as bytes that say nothing, not even by their length.

    Raises:
        ValueError: where it does not fit into the room.

    """
    said = [told.part, told.text]
    if told.when is not None:
        said += [told.when.start.isoformat(), told.when.end.isoformat(), told.when.as_said]
    plain = json.dumps(said, ensure_ascii=False).encode()
    if len(plain) > ROOM:
        raise ValueError(f"a telling takes at most {ROOM} bytes, got {len(plain)}")
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain.ljust(ROOM), review_id.bytes)


def unseal_told(sealed: bytes, *, key: bytes, review_id: UUID) -> Told:
    """What was sealed.

    Raises:
        UnreadableError: where it was changed, or belongs to another review.

    """
    try:
        plain = AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], review_id.bytes)
    except InvalidTag as wrong:
        raise UnreadableError(f"a sealed telling of {len(sealed)} bytes does not open") from wrong
    part, text, *dated = json.loads(plain)
    return Told(part, text, _when(dated))


def _when(dated: list[str]) -> PartialDate | None:
    if not dated:
        return None
    start, end, as_said = dated
    return PartialDate(date.fromisoformat(start), date.fromisoformat(end), as_said)
