"""What the words for days, weeks, months and occasions mean, counted from a meeting."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from headway.forums.formats.notes.records import Meeting
from headway_analysis.partial_date import MONTHS, PartialDate, parse

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
COUNTS = {
    "a": 1, "an": 1, "one": 1, "the next": 1, "two": 2, "a couple of": 2, "the next two": 2,
    "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12,
}  # fmt: skip
# Beyond these a date without its year may as well be the one before.
RECENT, FAR = timedelta(90), timedelta(270)
AN_ADJECTIVE = re.compile(r" (?!(?:and|or|at|with|for|to|in|if|by|so|from)\b)[a-z]+")
A_GATHERING = re.compile(r" (?:\w+ )?(?:meeting|session|forum|board|council|hearing)")


@dataclass(frozen=True, slots=True)
class Named:
    """What a date's words mean.

    Attributes:
        value: the day or stretch; None where the words name none.
        sure: whether it can be nothing else.
        others: what else it may be.
        stands_alone: whether it says "by when" without a word like "by" in front.
        binds: whether it is a deadline even without such a word.
        needs_word: whether it says so only with such a word.

    """

    value: PartialDate | None
    sure: bool = True
    others: tuple[PartialDate, ...] = ()
    stands_alone: bool = False
    binds: bool = False
    needs_word: bool = False

    def the_day_before(self) -> "Named":
        """The last day that is still before it."""
        if self.value is None:
            return self
        earlier = tuple(PartialDate.on(_before(one.start)) for one in self.others)
        return replace(self, value=PartialDate.on(_before(self.value.start)), others=earlier)


def _before(day: date) -> date:
    return day - timedelta(1) if day > date.min else day


def month_number(word: str) -> int:
    """The number of a month by its name or the beginning of it."""
    return MONTHS[word.lower().rstrip(".")[:3]]


def whole_month(year: int, month: int) -> PartialDate:
    """All days of a month."""
    last = calendar.monthrange(year, month)[1]
    return PartialDate(date(year, month, 1), date(year, month, last), f"{year}-{month:02}")


def _stretch(text: str, held: date, *, forward: bool = True) -> PartialDate:
    """A stretch that is named with its year, or the next one that has not ended."""
    span = parse(f"{text} {held.year}")
    return parse(f"{text} {held.year + 1}") if forward and span.end < held else span


def _coming(month: int, day: int, held: date) -> Named:
    """The next such day; not sure where the one before is as near."""
    found = _with_year(month, day, held.year)
    if found < held:
        earlier = (PartialDate.on(found),) if held - found <= RECENT else ()
        return Named(PartialDate.on(_with_year(month, day, held.year + 1)), not earlier, earlier)
    far = found - held > FAR
    earlier = (PartialDate.on(_with_year(month, day, held.year - 1)),) if far else ()
    return Named(PartialDate.on(found), not far, earlier)


def _with_year(month: int, day: int, year: int) -> date:
    if (month, day) == (2, 29) and not calendar.isleap(year):
        raise ValueError(f"there is no February 29 in {year}")
    return date(year, month, day)


def _on(year: str | None, month: int, day: int, held: date) -> Named:
    if not year:
        return _coming(month, day, held)
    found = date(int(year) + 2000 if len(year) == 2 else int(year), month, day)
    return Named(PartialDate.on(found), sure=found >= held)


def iso_day(match: re.Match[str], meeting: Meeting) -> Named:
    """2026-03-20."""
    return _on(match["year"], int(match["month"]), int(match["day"]), meeting.held_on)


def number_day(match: re.Match[str], meeting: Meeting) -> Named | None:
    """3/20 or 3/20/2026 as the US writes it; 20/3 can only be the other way and is not sure."""
    first, second, year = int(match["first"]), int(match["second"]), match["year"]
    if (first, second, year) == (24, 7, None):
        return None
    if first > 12 >= second:
        return replace(_on(year, second, first, meeting.held_on), sure=False)
    return _on(year, first, second, meeting.held_on)


def named_day(match: re.Match[str], meeting: Meeting) -> Named:
    """March 20, Mar. 20th, 20 March 2026."""
    return _on(match["year"], month_number(match["month"]), int(match["day"]), meeting.held_on)


def weekday_and_date(match: re.Match[str], meeting: Meeting) -> Named | None:
    """Friday, March 20; not sure where that is no Friday."""
    build = named_day if "month" in match.groupdict() else number_day
    named = build(match, meeting)
    if named is None or named.value is None:
        return named
    wanted = DAY_NAMES.index(match["weekday"].lower()[:3])
    if named.value.start.weekday() == wanted:
        return named
    near = [named.value.start + timedelta(shift) for shift in (-1, 1, -2, 2, -3, 3)]
    others = tuple(PartialDate.on(day) for day in near if day.weekday() == wanted)
    return replace(named, sure=False, others=(*others, *named.others))


def part_of_month(match: re.Match[str], meeting: Meeting) -> Named:
    """Early, mid or late in a month: about a third of it."""
    year = match["year"] or str(_month(month_number(match["month"]), meeting.held_on).start.year)
    whole = whole_month(int(year), month_number(match["month"]))
    part = match["part"].lower()
    first = {"early": 1, "mid": 11, "late": 21}[part]
    last = {"early": 10, "mid": 20, "late": whole.end.day}[part]
    said = f"{part} {calendar.month_name[whole.start.month]} {year}"
    span = PartialDate(whole.start.replace(day=first), whole.start.replace(day=last), said)
    return Named(span, sure=False, others=(whole,))


def _month(month: int, held: date) -> PartialDate:
    span = whole_month(held.year, month)
    return whole_month(held.year + 1, month) if span.end < held else span


def month_only(match: re.Match[str], meeting: Meeting) -> Named | None:
    """April; as part of a name ("the April dinner") it says nothing."""
    word, rest = match["month"], match.string[match.end() :]
    if word.islower() and word.rstrip(".") in {"may", "march", "mar", "sep", "dec", "jan"}:
        return None
    month, held = month_number(word), meeting.held_on
    span = whole_month(int(match["year"]), month) if match["year"] else _month(month, held)
    far = not match["year"] and span.start - held > FAR
    others = (whole_month(span.start.year - 1, month),) if far else ()
    if match.string[: match.start()].lower().endswith("the ") or AN_ADJECTIVE.match(rest):
        gathering = A_GATHERING.match(rest)
        said_when = re.search(r"\b(?:at|by|before|for) (?:the )?$", match.string[: match.start()])
        return Named(span, sure=False) if gathering and said_when else None
    return Named(span, sure=not far and span.end >= held, others=others)


def season(match: re.Match[str], meeting: Meeting) -> Named | None:
    """By fall, in spring 2027."""
    before = match.string[: match.start()]
    if not match["year"] and not re.search(r"\b(?:by|before|in|this|until)(?: the)? $", before):
        return None
    word, held = match["season"].lower(), meeting.held_on
    if match["year"]:
        return Named(parse(f"{word} {match['year']}"))
    span = _stretch(word, held)
    return Named(span, sure=span.start >= held, others=() if span.start >= held else (
        parse(f"{word} {span.start.year + 1}"),
    ))  # fmt: skip


def quarter(match: re.Match[str], meeting: Meeting) -> Named | None:
    """By Q2."""
    number, year = int(match["quarter"]), match["year"]
    span = _quarter(number, int(year) if year else meeting.held_on.year)
    if not year and span.end < meeting.held_on:
        span = _quarter(number, meeting.held_on.year + 1)
    return Named(span, needs_word=True)


def _quarter(number: int, year: int) -> PartialDate:
    first, last = date(year, 3 * number - 2, 1), whole_month(year, 3 * number).end
    return PartialDate(first, last, f"Q{number} {year}")


def weekday(match: re.Match[str], meeting: Meeting) -> Named | None:
    """The coming Friday; "next Friday" may be that one or the one after."""
    word, which = match["weekday"], (match["which"] or "").lower()
    if word.islower() and len(word) <= 4:
        return None
    ahead = (DAY_NAMES.index(word.lower()[:3]) - meeting.held_on.weekday() - 1) % 7 + 1
    coming = meeting.held_on + timedelta(ahead)
    if which == "next":
        later = PartialDate.on(coming + timedelta(7))
        return Named(later, sure=False, others=(PartialDate.on(coming),), stands_alone=True)
    return Named(PartialDate.on(coming), stands_alone=bool(which))


def day_of_month(match: re.Match[str], meeting: Meeting) -> Named:
    """The 25th: of this month, or of the next where it is past."""
    held, day = meeting.held_on, int(match["day"])
    if day >= held.day:
        return Named(PartialDate.on(held.replace(day=day)), needs_word=False)
    following = whole_month(held.year, held.month).end + timedelta(1)
    return Named(PartialDate.on(following.replace(day=day)))


def period(match: re.Match[str], meeting: Meeting) -> Named:
    """The running or the next week (its working days), month, quarter or year."""
    ahead = 1 if match["which"].lower() == "next" else 0
    return Named(_period(match["unit"].lower(), ahead, meeting.held_on), stands_alone=True)


def _period(unit: str, ahead: int, held: date) -> PartialDate:
    if unit == "week":
        monday = held - timedelta(held.weekday()) + timedelta(7 * ahead)
        friday = max(monday + timedelta(4), held)
        return PartialDate(max(monday, held), friday)
    if unit == "month":
        months = held.year * 12 + held.month - 1 + ahead
        return whole_month(months // 12, months % 12 + 1)
    if unit == "quarter":
        quarters = held.year * 4 + (held.month - 1) // 3 + ahead
        return _quarter(quarters % 4 + 1, quarters // 4)
    year = held.year + ahead
    return PartialDate(date(year, 1, 1), date(year, 12, 31), str(year))


def end_of_period(match: re.Match[str], meeting: Meeting) -> Named:
    """The last day of a named month, quarter or year, or of the running or next one."""
    held, found = meeting.held_on, match.groupdict()
    if found.get("month"):
        year = found.get("year")
        month = month_number(found["month"])
        span = whole_month(int(year), month) if year else _month(month, held)
    elif found.get("named"):
        span = _named_period(found["named"], held)
    else:
        span = _running_period(match[0], found, held)
    return Named(PartialDate.on(span.end), sure=span.end >= held, stands_alone=True, binds=True)


def _named_period(words: str, held: date) -> PartialDate:
    year = re.search(r"\d{4}", words)
    if words[0] not in "qQ":
        return PartialDate(date(int(words), 1, 1), date(int(words), 12, 31))
    span = _quarter(int(words[1]), int(year[0]) if year else held.year)
    return span if year or span.end >= held else _quarter(int(words[1]), held.year + 1)


def _running_period(words: str, found: dict[str, str | None], held: date) -> PartialDate:
    letters = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
    short = letters["y" if words.lower() == "year-end" else words[2].lower()] if (
        len(words) == 3 or words.lower() == "year-end"
    ) else "month"  # fmt: skip
    unit = found.get("unit") or short
    if unit.lower() == "day":
        return PartialDate.on(held)
    ahead = 1 if (found.get("which") or "").lower().strip() == "next" else 0
    return _period(unit.lower(), ahead, held)


def relative(match: re.Match[str], meeting: Meeting) -> Named:
    """Tomorrow, in two weeks, within 30 days."""
    found = match.groupdict()
    if found.get("day_word"):
        ahead = 1 if match[0].lower() == "tomorrow" else 0
        return Named(PartialDate.on(meeting.held_on + timedelta(ahead)), stands_alone=True)
    return Named(_later(match, meeting.held_on), stands_alone=True, binds=True)


def _later(match: re.Match[str], held: date, sign: int = 1) -> PartialDate:
    word, unit = match["count"].lower(), match["unit"].lower()
    count = sign * (int(word) if word.isdigit() else COUNTS[word])
    if unit in {"month", "year"}:
        months = held.year * 12 + held.month - 1 + count * (12 if unit == "year" else 1)
        last = calendar.monthrange(months // 12, months % 12 + 1)[1]
        return PartialDate.on(date(months // 12, months % 12 + 1, min(held.day, last)))
    if unit in {"business day", "working day"}:
        return PartialDate.on(_working_days(held, count))
    days = {"day": 1, "week": 7, "fortnight": 14}[unit]
    return PartialDate.on(held + timedelta(days * count))


def _working_days(held: date, count: int) -> date:
    step = 1 if count > 0 else -1
    for _each in range(abs(count)):
        held += timedelta(step)
        while held.weekday() > 4:
            held += timedelta(step)
    return held


def the_next_meeting(_match: re.Match[str], meeting: Meeting) -> Named:
    """The next meeting's day, where it is known."""
    if meeting.next_on is None:
        return Named(None, sure=False, stands_alone=True, binds=True)
    return Named(PartialDate.on(meeting.next_on), stands_alone=True, binds=True)


def some_days_before(match: re.Match[str], meeting: Meeting) -> Named:
    """A week before the next meeting."""
    if meeting.next_on is None:
        return Named(None, sure=False, stands_alone=True, binds=True)
    return Named(_later(match, meeting.next_on, -1), stands_alone=True, binds=True)


def whole_year(match: re.Match[str], meeting: Meeting) -> Named:
    """By 2027; without such a word a number that may be anything."""
    year = int(match["year"])
    span = PartialDate(date(year, 1, 1), date(year, 12, 31), str(year))
    return Named(span, sure=year >= meeting.held_on.year, needs_word=True)


def unnamed(_match: re.Match[str], _meeting: Meeting) -> Named:
    """Words that say by when without a day: before the board meets, as soon as possible."""
    return Named(None, sure=False, stands_alone=True, binds=True)


def unheard_of(_match: re.Match[str], _meeting: Meeting) -> Named:
    """A day that no calendar has: February 31, 12/31/10000; it counts only after "by" or such."""
    return Named(None, sure=False, needs_word=True)
