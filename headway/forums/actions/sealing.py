"""Statements on their way: each closed under its conversation's key, all equally long."""

from dataclasses import dataclass
from uuid import UUID

from headway.core.keys import seal, unseal

# 280 characters of a statement and 250 of an address take at most four bytes each.
ROOM = 2_400
END = b"\x00"


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
    return seal(plain, key=key, owner_id=conversation_id, room=ROOM, fill=END)


def unseal_said(sealed: bytes, *, key: bytes, conversation_id: UUID) -> Said:
    """The statement that was sealed.

    Raises:
        UnreadableError: where it was changed, or belongs to another conversation.

    """
    plain = unseal(sealed, key=key, owner_id=conversation_id)
    text, _end, address = plain.partition(END)
    return Said(text.decode(), address.rstrip(END).decode())
