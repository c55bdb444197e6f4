"""What somebody tells, one thing a line, each with its date in front: "March 2026: it was cold"."""

import re

from headway_analysis.partial_date import PartialDate, parse

LONGEST_DATE = 40
NUMBERS_FIRST = re.compile(r"(\d{4}-\d{2}(?:-\d{2})?|\d{1,2}/\d{1,2}/\d{4})\s+(?=\S)")
DIVIDERS = (":", " – ", " — ", " - ")


def told_lines(text: str) -> list[tuple[PartialDate | None, str]]:
    """Each line that says something, with its date where one stands in front."""
    return [_told(line.strip()) for line in text.splitlines() if line.strip()]


def _told(line: str) -> tuple[PartialDate | None, str]:
    numbers = NUMBERS_FIRST.match(line)
    cuts = [(numbers.group(1), line[numbers.end() :])] if numbers else []
    for divider in DIVIDERS:
        head, found, rest = line.partition(divider)
        if found and rest.strip() and len(head) <= LONGEST_DATE:
            cuts.append((head, rest.strip()))
    for head, rest in cuts:
        when = _date(head)
        if when is not None:
            return when, rest
    return None, line


def _date(words: str) -> PartialDate | None:
    try:
        return parse(words)
    except ValueError:
        return None
