"""Secret votes while their ballot is open: each closed under the ballot's key, all equally long."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from headway.core.keys import seal, unseal

# A reason of 5,000 characters takes at most four bytes for each; the rest is room for the choice.
LONGEST_REASON, LONGEST_CHOICE, PER_OPTION = 20_000, 250, 20
END = b"\x00"


@dataclass(frozen=True, slots=True)
class Vote:
    """What one voice says, and why."""

    content: Mapping[str, Any]
    because: str = ""


def room_for(options: int) -> int:
    """How many bytes every vote of a ballot takes before it is sealed."""
    return LONGEST_REASON + LONGEST_CHOICE + PER_OPTION * options


def seal_vote(vote: Vote, *, key: bytes, ballot_id: UUID, room: int) -> bytes:
    """A vote as bytes that say nothing, not even by their length.

    Raises:
        ValueError: where it does not fit into the room.

    """
    choice = json.dumps(vote.content, separators=(",", ":"), sort_keys=True).encode()
    plain = choice + END + vote.because.encode()
    return seal(plain, key=key, owner_id=ballot_id, room=room, fill=END)


def unseal_vote(sealed: bytes, *, key: bytes, ballot_id: UUID) -> Vote:
    """The vote that was sealed.

    Raises:
        UnreadableError: where it was changed, or belongs to another ballot.

    """
    plain = unseal(sealed, key=key, owner_id=ballot_id)
    choice, _end, because = plain.partition(END)
    return Vote(json.loads(choice), because.rstrip(END).decode())
