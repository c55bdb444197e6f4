"""Dates as exactly as people know them: a day, a month, a season, a year, "about"."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 2),
}
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
EXAMPLES = "2026-03-27, 3/27/2026, 2026-03 or spring 2026"
EARLIEST, LATEST = 1000, 9998


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A stretch of days in which something happened, with the words it was said in.

    Attributes:
        start: first day it can have been.
        end: last day it can have been, never before `start`.
        as_said: the words of the source, kept for display.

    Raises:
        ValueError: where `end` is before `start`.

    >>> PartialDate(date(2007, 9, 1), date(2007, 11, 30), "autumn 2007").exact
    False

    """

    start: date
    end: date
    as_said: str = ""

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"end {self.end} is before start {self.start}")

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.start == self.end

    @classmethod
    def on(cls, day: date) -> "PartialDate":
        """One exactly known day.

        >>> PartialDate.on(date(2006, 11, 28)).as_said
        '2006-11-28'

        """
        return cls(day, day, day.isoformat())

    def __str__(self) -> str:
        return self.as_said or (
            self.start.isoformat() if self.exact else f"{self.start} to {self.end}"
        )


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _season(name: str, year: int) -> tuple[date, date]:
    first, last = SEASONS[name]
    return date(year, first, 1), _month(year if last > first else year + 1, last)[1]


def _day(year: str, month: str, day: str) -> tuple[date, date]:
    found = date(int(year), int(month), int(day))
    return found, found


def _named(word: str, year: str) -> tuple[date, date]:
    if word in SEASONS:
        return _season(word, int(year))
    if word in MONTHS:
        return _month(int(year), MONTHS[word])
    raise ValueError(word)


def _named_day(word: str, day: str, year: str) -> tuple[date, date]:
    return _day(year, str(MONTHS[word]) if word in MONTHS else "", day)


PATTERNS: tuple[tuple[str, Callable[[re.Match[str]], tuple[date, date]]], ...] = (
    (r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", lambda found: _day(*found.groups())),
    (r"(\d{1,2})/(\d{1,2})/(\d{4})", lambda found: _day(found[3], found[1], found[2])),
    (r"(\d{4})[-/](\d{1,2})", lambda found: _month(int(found[1]), int(found[2]))),
    (r"(\d{4})[- ]([a-z]+)", lambda found: _named(found[2], found[1])),
    (r"([a-z]+)\.? (\d{4})", lambda found: _named(found[1], found[2])),
    (r"([a-z]+)\.? (\d{1,2}),? (\d{4})", lambda found: _named_day(found[1], found[2], found[3])),
    (r"(\d{4})", lambda found: (date(int(found[1]), 1, 1), date(int(found[1]), 12, 31))),
)


def _span(words: str) -> tuple[date, date]:
    for pattern, build in PATTERNS:
        found = re.fullmatch(pattern, words)
        if found:
            start, end = build(found)
            break
    else:
        raise ValueError(words)
    if not EARLIEST <= start.year <= LATEST:
        raise ValueError(words)
    return start, end


def parse(text: str) -> PartialDate:
    """Read a date as people write it; "c." and "about" widen it by nothing but stay in the words.

    Numbers are read as the US writes them (month/day/year). Winter of a year runs from its
    December to the next February.

    Args:
        text: like "2006-11-28", "11/28/2006", "Nov 28, 2006", "2006-11", "autumn 2007",
            "2007-autumn", "2016" or "c. 2016".

    Raises:
        ValueError: with examples, where it is none of these or there is no such day.

    >>> print(parse("autumn 2007").start, parse("autumn 2007").end)
    2007-09-01 2007-11-30
    >>> parse("c. 2016").start
    datetime.date(2016, 1, 1)
    >>> parse("2006-11-31")
    Traceback (most recent call last):
    ...
    ValueError: "2006-11-31" is no date; write it like 2026-03-27, 3/27/2026, 2026-03 or spring 2026

    """
    said = " ".join(text.split())
    words = re.sub(r"^(c\.|ca\.|circa|about|around)\s*", "", said.lower())
    try:
        start, end = _span(words)
    except ValueError:
        raise ValueError(f'"{said[:60]}" is no date; write it like {EXAMPLES}') from None
    return PartialDate(start, end, said)
