"""Deadlines in a sentence: "by March 3", "end of Q2", "in two weeks", "before the board meets"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from headway.forums.formats.notes.days import (
    Named,
    day_of_month,
    end_of_period,
    iso_day,
    month_only,
    named_day,
    number_day,
    part_of_month,
    period,
    quarter,
    relative,
    season,
    some_days_before,
    the_next_meeting,
    unheard_of,
    unnamed,
    weekday,
    weekday_and_date,
    whole_year,
)
from headway.forums.formats.notes.records import Guess, Meeting
from headway_analysis.partial_date import PartialDate

WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs?|rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)\b\.?"
)
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
YEAR = r"(?:,? (?P<year>(?:19|20)\d\d)\b)?"
ORDINAL = r"(?:st|nd|rd|th)?"
MONTH_DAY = rf"\b{MONTH} (?P<day>\d{{1,2}}){ORDINAL}\b(?![:%/]| ?[ap]\.?m\b){YEAR}"
DAY_MONTH = rf"\b(?P<day>\d{{1,2}}){ORDINAL}(?: of)? {MONTH}{YEAR}"
SLASHES = r"(?<![\w/])(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>\d{4}|\d\d))?(?![\w/])"
COUNT = (
    r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|the next"
    r"|a couple of|the next two)"
)
UNIT = r"(?P<unit>business day|working day|day|week|fortnight|month|year)s?\b"
OCCASION = (
    r"easter|memorial day|labor day|thanksgiving|christmas|the holidays|new year'?s?|the fourth"
    r"|school starts|the (?:\w+ ){0,3}(?:meets|meeting|session|vote|hearing|retreat|count|deadline"
    r"|event|forum|launch|deadlines)"
)
Build = Callable[[re.Match[str], Meeting], Named | None]
RULES: tuple[tuple[str, Build], ...] = (
    (rf"\b{WEEKDAY},? {MONTH} (?P<day>\d{{1,2}}){ORDINAL}\b{YEAR}", weekday_and_date),
    (rf"\b{WEEKDAY},? {SLASHES}", weekday_and_date),
    (r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b", iso_day),
    (SLASHES, number_day),
    (r"(?<![\w/])\d{1,2}/\d{1,2}/\d+(?![\w/])", unheard_of),
    (MONTH_DAY, named_day),
    (DAY_MONTH, named_day),
    (rf"\b(?P<part>early|mid|late)[ -](?:in )?{MONTH}{YEAR}", part_of_month),
    (
        (
            rf"\b(?:the )?end of (?:(?P<named>{MONTH}{YEAR}|q[1-4]\b(?: (?:19|20)\d\d)?"
            r"|(?:19|20)\d\d\b)|(?P<which>the |this |next )?"
            r"(?P<unit>day|week|month|quarter|year)\b)"
        ),
        end_of_period,
    ),
    (r"\b(?:EOD|EOW|EOM|EOQ|EOY|[Mm]onth-end|[Yy]ear-end)\b", end_of_period),
    (r"\bq(?P<quarter>[1-4])\b(?:,? (?P<year>(?:19|20)\d\d)\b)?", quarter),
    (rf"\b{MONTH}(?: (?P<year>(?:19|20)\d\d)\b)?(?! \d)", month_only),
    (r"\b(?P<season>spring|summer|fall|autumn|winter)\b(?: (?P<year>(?:19|20)\d\d)\b)?", season),
    (rf"\b(?:(?P<which>this|next|coming|this coming) )?{WEEKDAY}", weekday),
    (r"\bthe (?P<day>\d{1,2})(?:st|nd|rd|th)\b(?! (?:\w+ )?(?:floor|street|avenue))", day_of_month),
    (r"\b(?P<which>this|next) (?P<unit>week|month|quarter|year)\b", period),
    (rf"\b(?:in|within) {COUNT} {UNIT}(?! of\b)", relative),
    (rf"\b{COUNT} {UNIT} from (?:now|today)\b", relative),
    (r"\b(?P<day_word>today|tomorrow)\b", relative),
    (
        rf"\b(?:{COUNT} {UNIT} before )(?:the|our) next (?:meeting|session|time)\b",
        some_days_before,
    ),
    (
        (
            r"\b(?:by|before|at|to|for|until|till|due) (?:(?:the|our) )?next "
            r"(?:meeting|session|time)\b"
        ),
        the_next_meeting,
    ),
    (r"\b(?P<year>20\d\d)\b", whole_year),
    (rf"\b(?:before|by|until|till|prior to|in time for|at) (?:{OCCASION})\b", unnamed),
    (r"\b(?:before|until|once|as soon as) (?:the|our|we|they|he|she|it) [^,.;:()\[\]]+", unnamed),
    (r"\b(?:asap|as soon as possible|soon|FY ?(?:20)?\d\d)\b", unnamed),
)
# Where these name a day that no calendar has, like February 31, somebody has to look.
DAYS = frozenset({iso_day, number_day, named_day, weekday_and_date})
COMPILED = tuple((re.compile(pattern, re.IGNORECASE), build) for pattern, build in RULES)
COULD_BE = re.compile(
    r"\d|day|week|month|quarter|year|spring|summer|fall|autumn|winter|meeting|session|asap|soon"
    r"|before|until|once|morrow|fortnight|EO[DWMQY]|by |jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec|mon|tue|wed|thu|fri|sat|sun|next time",
    re.IGNORECASE,
)
FILLER = (
    r"(?:(?:cob|close of business|eod|end of day|noon|on|the|at the latest|about|around)[ ,]+)*"
)
DEADLINE = re.compile(
    r"(?:\b(?:by|before|until|till|due(?: date)?|due by|due on|deadline|no later than|latest"
    rf"|not later than|prior to|in time for|ready for|when|or)[ :=]+){FILLER}$",
    re.IGNORECASE,
)
BEFORE = re.compile(rf"\b(?:before|prior to)[ :]+{FILLER}$", re.IGNORECASE)
UNTIL = re.compile(rf"\b(?:until|till)[ :]+{FILLER}$", re.IGNORECASE)
BOUND = re.compile(
    r"(?:\b(?:on|at|in|for|this) (?:the )?|[,(\[–—|:] ?|\s[-–—] ?|^)$", re.IGNORECASE
)
NO_DEADLINE = re.compile(
    r"\b(?:since|from|of|after|as of|dated|between|starting|beginning|last|past|to)(?: the)? $",
    re.IGNORECASE,
)
AT_END = re.compile(
    r"[ ,]*(?:at (?:noon|\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\.?)?))?[\s.!?)\]*_]*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date in a sentence: its place with the words around it, and how much it binds."""

    start: int
    end: int
    named: Named
    binds: bool


def due_in(
    text: str, meeting: Meeting, *, only_deadlines: bool = False
) -> Guess[PartialDate | None]:
    """By when something is due; None and sure where no date is meant.

    >>> from datetime import date
    >>> due_in("send it by March 20", Meeting(date(2026, 3, 12))).value.start
    datetime.date(2026, 3, 20)

    """
    found = deadlines(text, meeting)
    binding = [each for each in found if each.binds]
    chosen = binding or ([] if only_deadlines else found)
    if not chosen:
        return Guess(None)
    best = chosen[0]
    every = chosen if only_deadlines else found
    values = [each.named.value for each in every] + [
        other for each in chosen for other in each.named.others
    ]
    others = tuple(
        dict.fromkeys(one for one in values if one is not None and one != best.named.value)
    )
    several = any(one.named.value != best.named.value for one in every)
    sure = best.named.sure and not several
    return Guess(best.named.value, sure, others, text[best.start : best.end].strip())


def deadlines(text: str, meeting: Meeting) -> list[Deadline]:
    """Every date of a sentence that may say by when."""
    if not COULD_BE.search(text):
        return []
    found = (_in_its_place(text, place, named) for place, named in _named(text, meeting))
    return [each for each in found if each is not None]


def _named(text: str, meeting: Meeting) -> Iterator[tuple[tuple[int, int], Named]]:
    """All dates, the longest where several overlap."""
    every: list[tuple[int, int, Named]] = []
    for pattern, build in COMPILED:
        for match in pattern.finditer(text):
            named = _built(build, match, meeting)
            if named is not None:
                every.append((match.start(), match.end(), named))
    taken: list[tuple[int, int, Named]] = []
    for start, end, named in sorted(every, key=lambda one: one[0] - one[1]):
        if all(end <= other[0] or start >= other[1] for other in taken):
            taken.append((start, end, named))
    for start, end, named in sorted(taken, key=lambda one: one[0]):
        yield (start, end), named


def _built(build: Build, match: re.Match[str], meeting: Meeting) -> Named | None:
    try:
        return build(match, meeting)
    except (ValueError, OverflowError):
        return unheard_of(match, meeting) if build in DAYS else None


def _in_its_place(text: str, place: tuple[int, int], named: Named) -> Deadline | None:
    start, end = place
    before = text[max(0, start - 60) : start]
    deadline = DEADLINE.search(before)
    if deadline is not None:
        if BEFORE.search(before):
            named = named.the_day_before()
        if UNTIL.search(before):
            named = replace(named, sure=False)
        return Deadline(start - len(deadline[0]), end, named, binds=True)
    if named.stands_alone:
        return None if NO_DEADLINE.search(before) else Deadline(start, end, named, named.binds)
    bound = BOUND.search(before)
    if bound is None and not (AT_END.match(text[end:]) and not NO_DEADLINE.search(before)):
        return None
    if named.needs_word:
        return None
    return Deadline(start - len(bound[0]) if bound else start, end, named, binds=False)
