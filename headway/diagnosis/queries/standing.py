"""Where an initiative stands, in words, as one reader may see it."""

from datetime import date, datetime

from headway.diagnosis.queries.keeping import kept
from headway.diagnosis.queries.lines import Lines
from headway.diagnosis.queries.told import (
    ConditionLine,
    Figured,
    LeadLine,
    MoveLine,
    Standing,
    StepLine,
)
from headway.initiatives.models import Initiative
from headway.initiatives.reader import Reader

__all__ = [
    "ConditionLine",
    "Figured",
    "LeadLine",
    "MoveLine",
    "Standing",
    "StepLine",
    "standing",
]


def standing(
    initiative: Initiative,
    reader: Reader,
    today: date,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> Standing:
    """Where an initiative stands as of a day, with today's knowledge or what was known then.

    Args:
        initiative: which.
        reader: who reads it; what they may not see counts for nothing.
        today: the date where the initiative is.
        as_of: the day whose end is looked at; today where none is given.
        known_at: leaves out what was recorded later.

    """
    day = as_of or today
    found = kept(initiative, reader.readers, day, known_at)
    return Lines(found, reader, day, known_at, is_today=day == today).standing()
