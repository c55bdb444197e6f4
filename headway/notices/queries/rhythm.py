"""When a mail is due: at once, every morning or every Monday morning where the initiative is."""

from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from headway.initiatives.models import Initiative
from headway.notices.models import Preference, Rhythm

MORNING: Final = time(7)
MONDAY: Final = 0


def due_at(rhythm: str, noted_at: datetime, zone: str) -> datetime | None:
    """When a notice goes out by mail; None where somebody wants none.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 27, 17, tzinfo=UTC)
    >>> due_at("daily", noon, "America/Chicago").isoformat()
    '2026-03-28T07:00:00-05:00'
    >>> due_at("weekly", noon, "America/Chicago").isoformat()
    '2026-03-30T07:00:00-05:00'
    """
    if rhythm == Rhythm.NEVER:
        return None
    if rhythm == Rhythm.IMMEDIATE:
        return noted_at
    here = noted_at.astimezone(ZoneInfo(zone))
    due = datetime.combine(here.date(), MORNING, ZoneInfo(zone))
    while due <= here or (rhythm == Rhythm.WEEKLY and due.weekday() != MONDAY):
        due = datetime.combine(due.date() + timedelta(days=1), MORNING, ZoneInfo(zone))
    return due


def rhythms_in(initiative: Initiative) -> dict[UUID, str]:
    """The rhythm of every account that chose one for an initiative."""
    chosen = Preference.objects.filter(initiative=initiative)
    return dict(chosen.values_list("user_id", "rhythm"))


def rhythm_of(user_id: UUID, initiative_id: UUID) -> str:
    """How often somebody wants mail about an initiative."""
    chosen = Preference.objects.filter(user=user_id, initiative=initiative_id)
    return chosen.values_list("rhythm", flat=True).first() or Rhythm.DAILY
