"""Due dates as a calendar file (iCalendar, RFC 5545): a task and a day for each promise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event, Timezone, Todo

Status = Literal["open", "done", "cancelled"]
TODO_STATUS: dict[Status, str] = {
    "open": "NEEDS-ACTION",
    "done": "COMPLETED",
    "cancelled": "CANCELLED",
}
LAST_MINUTE = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Entry:
    """One promise with a day: `uid` stays the same whatever else changes."""

    uid: str
    title: str
    text: str
    due: date
    status: Status
    percent: int
    changed_at: datetime
    href: str = ""


def write(entries: Iterable[Entry], *, name: str, zone: str, now: datetime) -> bytes:
    """The calendar; days end at midnight in `zone`, which the file carries.

    >>> now = datetime(2026, 3, 27, 17, tzinfo=UTC)
    >>> entry = Entry("p1@x", "Send the list", "", date(2026, 4, 2), "open", 0, now)
    >>> b"DUE;TZID=America/Chicago:20260402T235959" in write(
    ...     [entry], name="Promises", zone="America/Chicago", now=now
    ... )
    True

    """
    # Heavy, and only this file needs it.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Headway//Promises//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    known = list(entries)
    if known:
        calendar.add_component(_timezone(zone, known))
    for entry in known:
        calendar.add_component(_task(entry, zone, now))
        if entry.status == "open":
            calendar.add_component(_day(entry, now))
    return bytes(calendar.to_ical())


def _timezone(zone: str, entries: list[Entry]) -> "Timezone":
    from icalendar import Timezone

    days = [entry.due for entry in entries]
    first, last = min(days), max(days)
    return Timezone.from_tzid(
        zone, first_date=date(first.year, 1, 1), last_date=date(min(last.year + 1, 9998), 12, 31)
    )


def _task(entry: Entry, zone: str, now: datetime) -> "Todo":
    from icalendar import Todo

    task = Todo()
    _describe(task, entry, "todo", now)
    task.add("due", datetime.combine(entry.due, LAST_MINUTE, ZoneInfo(zone)))
    task.add("status", TODO_STATUS[entry.status])
    task.add("percent-complete", entry.percent)
    return task


def _day(entry: Entry, now: datetime) -> "Event":
    from icalendar import Event

    day = Event()
    _describe(day, entry, "day", now)
    day.add("dtstart", entry.due)
    day.add("dtend", entry.due + timedelta(days=1))
    day.add("transp", "TRANSPARENT")
    return day


def _describe(component: "Event | Todo", entry: Entry, part: str, now: datetime) -> None:
    component.add("uid", f"{part}-{entry.uid}")
    component.add("dtstamp", now.astimezone(UTC))
    component.add("last-modified", entry.changed_at.astimezone(UTC))
    component.add("summary", entry.title)
    if entry.text:
        component.add("description", entry.text)
    if entry.href:
        component.add("url", entry.href)
