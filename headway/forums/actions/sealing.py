"""Statements on their way: each closed under its conversation's key, all equally long."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
# 280 characters of a statement and 250 of an address take at most four bytes each.
ROOM = 2_400
END = b"\x00"


class UnreadableError(ValueError):
    """A sealed statement that was not closed under this key for this conversation."""


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """What somebody said, and where they want to hear what became of it."""

    text: str
    address: str = ""


def seal_said(said: Said, *, key: bytes, conversation_id: UUID) -> bytes:
    """A statement as bytes that say nothing, not even by their length.

    Raises:
        ValueError: where it does not fit into the room.

    """
    plain = said.text.encode() + END + said.address.encode()
    if len(plain) > ROOM:
        raise ValueError(f"a statement takes at most {ROOM} bytes, got {len(plain)}")
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain.ljust(ROOM, END), conversation_id.bytes)


def unseal_said(sealed: bytes, *, key: bytes, conversation_id: UUID) -> Said:
    """The statement that was sealed.

    Raises:
        UnreadableError: where it was changed, or belongs to another conversation.

    """
    try:
        plain = AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], conversation_id.bytes)
    except InvalidTag as wrong:
        raise UnreadableError(f"a sealed statement of {len(sealed)} bytes does not open") from wrong
    text, _end, address = plain.partition(END)
    return Said(text.decode(), address.rstrip(END).decode())
