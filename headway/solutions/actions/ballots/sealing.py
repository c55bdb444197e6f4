"""Secret votes while their ballot is open: each closed under the ballot's key, all equally long."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
# A reason of 5,000 characters takes at most four bytes for each; the rest is room for the choice.
LONGEST_REASON, LONGEST_CHOICE, PER_OPTION = 20_000, 250, 20
END = b"\x00"


class UnreadableError(ValueError):
    """A sealed vote that was not closed under this key for this ballot."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What one voice says, and why."""

    content: Mapping[str, Any]
    because: str = ""


def room_for(options: int) -> int:
    """How many bytes every vote of a ballot takes before it is sealed."""
    return LONGEST_REASON + LONGEST_CHOICE + PER_OPTION * options


def seal(vote: Vote, *, key: bytes, ballot_id: UUID, room: int) -> bytes:
    """A vote as bytes that say nothing, not even by their length.

    Raises:
        ValueError: where it does not fit into the room.

    """
    choice = json.dumps(vote.content, separators=(",", ":"), sort_keys=True).encode()
    plain = choice + END + vote.because.encode()
    if len(plain) > room:
        raise ValueError(f"a vote takes at most {room} bytes, got {len(plain)}")
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain.ljust(room, END), ballot_id.bytes)


def unseal(sealed: bytes, *, key: bytes, ballot_id: UUID) -> Vote:
    """The vote that was sealed.

    Raises:
        UnreadableError: where it was changed, or belongs to another ballot.

    """
    try:
        plain = AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], ballot_id.bytes)
    except InvalidTag as wrong:
        raise UnreadableError(f"a sealed vote of {len(sealed)} bytes does not open") from wrong
    choice, _end, because = plain.partition(END)
    return Vote(json.loads(choice), because.rstrip(END).decode())
