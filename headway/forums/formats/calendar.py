"""A meeting as a calendar file (iCalendar, RFC 5545) that later versions replace."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting; `uid` stays the same, `sequence` grows with every change.

    Attributes:
        uid: one for ever, like `6f…@county.example`.
        sequence: how often it was changed; calendars take only a higher one.
        title: what it is called.
        starts_at: when it begins.
        ends_at: when it ends; an hour later where nobody said.
        changed_at: when this file was made.
        place: where.
        text: what else to know.
        href: its page.
        cancelled: whether it does not take place.

    """

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime | None
    changed_at: datetime
    place: str = ""
    text: str = ""
    href: str = ""
    cancelled: bool = False


def write(entry: Entry, *, zone: str) -> bytes:
    """The calendar with one entry, told by the clock of `zone`, which the file carries.

    >>> noon = datetime(2026, 3, 27, 17, tzinfo=UTC)
    >>> entry = Entry("m1@x", 2, "All partners", noon, None, noon)
    >>> b"DTSTART;TZID=America/Chicago:20260327T120000" in write(entry, zone="America/Chicago")
    True

    """
    # Heavy, and only this file needs it.
    from icalendar import Calendar, Timezone

    calendar = Calendar()
    calendar.add("prodid", "-//Headway//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if entry.cancelled else "PUBLISH")
    year = entry.starts_at.year
    first, last = date(year, 1, 1), date(min(year + 1, 9998), 12, 31)
    calendar.add_component(Timezone.from_tzid(zone, first_date=first, last_date=last))
    calendar.add_component(_event(entry, zone))
    return bytes(calendar.to_ical())


def _event(entry: Entry, zone: str) -> "Event":
    from icalendar import Event

    clock, event = ZoneInfo(zone), Event()
    ends_at = entry.ends_at or entry.starts_at + timedelta(hours=1)
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts_at.astimezone(clock))
    event.add("dtend", ends_at.astimezone(clock))
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    for name, value in (
        ("location", entry.place),
        ("description", entry.text),
        ("url", entry.href),
    ):
        if value:
            event.add(name, value)
    return event
