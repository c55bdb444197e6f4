"""What is told on its way: each closed under its review's key, all equally long."""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from headway.core.keys import seal, unseal
from headway_analysis.partial_date import PartialDate

# 5,000 characters of a text and 60 of a date take at most four bytes each.
ROOM = 32_000


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
    return seal(plain, key=key, owner_id=review_id, room=ROOM, fill=b" ")


def unseal_told(sealed: bytes, *, key: bytes, review_id: UUID) -> Told:
    """What was sealed.

    Raises:
        UnreadableError: where it was changed, or belongs to another review.

    """
    plain = unseal(sealed, key=key, owner_id=review_id)
    part, text, *dated = json.loads(plain)
    return Told(part, text, _when(dated))


def _when(dated: list[str]) -> PartialDate | None:
    if not dated:
        return None
    start, end, as_said = dated
    return PartialDate(date.fromisoformat(start), date.fromisoformat(end), as_said)
