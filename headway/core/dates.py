"""Dates as people read them, exactly as far as they are known."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from headway_analysis.partial_date import PartialDate

FRIDAY = 4
DAY, MONTH = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII), re.compile(r"\d{4}-\d{2}", re.ASCII)


def date_words(when: PartialDate | None, as_said: str = "") -> str:
    """A day or a month in the reader's language; anything vaguer in the words it was said in."""
    if when is None:
        return as_said
    said = when.as_said or when.start.isoformat()
    if when.exact and DAY.fullmatch(said):
        return date_format(when.start, "DATE_FORMAT")
    if MONTH.fullmatch(said):
        return date_format(when.start, "YEAR_MONTH_FORMAT")
    return str(when)


def weekday_words(day: date | None) -> str:
    """A day on which somebody must act, with its weekday; empty where there is none."""
    return f"{date_format(day, 'l')}, {date_format(day, 'DATE_FORMAT')}" if day else ""


def _midnight(day: date, zone: str, days_later: int = 0) -> datetime | None:
    try:
        midnight = datetime.combine(day + timedelta(days=days_later), time(), ZoneInfo(zone))
        return midnight.astimezone(UTC)
    except OverflowError:
        return None


def day_range(day: date, zone: str) -> tuple[datetime | None, datetime | None]:
    """The first instant of a day where a clock shows this zone, and the first one after it.

    None where the calendar of the computer ends; nothing lies beyond it.

    >>> [instant.isoformat() for instant in day_range(date(2026, 3, 8), "America/Chicago")]
    ['2026-03-08T06:00:00+00:00', '2026-03-09T05:00:00+00:00']
    >>> day_range(date.max, "UTC")[1] is None
    True

    """
    return _midnight(day, zone), _midnight(day, zone, 1)


def day_that_ends(at: datetime, zone: str) -> date | None:
    """The day that is over at an instant where it is midnight there; None at any other time.

    >>> day_that_ends(datetime(2026, 12, 2, 6, tzinfo=UTC), "America/Chicago")
    datetime.date(2026, 12, 1)
    >>> day_that_ends(datetime(2026, 12, 2, 7, tzinfo=UTC), "America/Chicago") is None
    True

    """
    there = at.astimezone(ZoneInfo(zone))
    return there.date() - timedelta(1) if there.time() == time() else None


def last_day_before(at: datetime, zone: str) -> date:
    """The last day before an end: the midnight that ends a day belongs to that day.

    >>> last_day_before(datetime(2026, 12, 2, 6, tzinfo=UTC), "America/Chicago")
    datetime.date(2026, 12, 1)
    >>> last_day_before(datetime(2026, 12, 2, 7, tzinfo=UTC), "America/Chicago")
    datetime.date(2026, 12, 2)

    """
    return day_that_ends(at, zone) or at.astimezone(ZoneInfo(zone)).date()


def working_day_before(day: date, days: int) -> date:
    """The day so many days before another; from a weekend back to the Friday before it.

    No days before is the day itself, whatever day of the week it is.

    >>> working_day_before(date(2026, 6, 30), 45)
    datetime.date(2026, 5, 15)
    >>> working_day_before(date(2026, 6, 28), 0)
    datetime.date(2026, 6, 28)

    """
    due = day - timedelta(days)
    over = due.weekday() - FRIDAY
    return due - timedelta(over) if days and over > 0 else due


def instants_between(since: date | None, until: date | None, zone: str) -> dict[str, datetime]:
    """Lookups for a time from one day to another, both included; open ends are left out."""
    first = day_range(since, zone)[0] if since else None
    after = day_range(until, zone)[1] if until else None
    return {name: at for name, at in (("gte", first), ("lt", after)) if at is not None}
