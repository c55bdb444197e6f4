"""What headings, states, owners and dates of an action plan mean, in whatever words they stand."""

import re
from datetime import date
from typing import Literal

from headway.directory.formats.table import plain_heading
from headway.forums.formats.notes import Meeting
from headway.forums.formats.notes.dates import due_in
from headway_analysis.partial_date import PartialDate, parse
from headway_analysis.similarity import fold

Status = Literal["not_started", "under_way", "kept", "late", "not_going_ahead", "not_recorded"]
COLUMNS = (
    "goal",
    "recommendation",
    "action",
    "owner",
    "due",
    "status",
    "reason",
    "source",
    "notes",
)
HEADINGS: dict[str, str] = {
    "action": r"(?:recommendation or )?actions?(?: (?:item|step|plan)s?)?|recommendation or action"
    r"|activit(?:y|ies)|tasks?|steps?|deliverables?|promises?|commitments?|what|milestones?",
    "recommendation": r"recommendations?|strateg(?:y|ies)|objectives?|initiatives?",
    "goal": r"goals?|priorit(?:y|ies)|themes?|pillars?|(?:focus )?areas?|sections?",
    "owner": r"owners?|leads?|lead (?:agency|organi[sz]ation|partner)s?|responsible"
    r"(?: (?:party|agency|organi[sz]ation|person|parties))?|who|assigned to|agency|organi[sz]ation"
    r"|responsibility|accountable|by whom|partners?",
    "due": r"due(?: (?:date|by|on))?|deadline|when|by when|target(?: date)?|time ?(?:line|frame)"
    r"|(?:completion|end|finish) date|date|finish",
    "status": r"(?:current |action )?status|state|progress|stage",
    "reason": r"reasons?|why|because|reason (?:dropped|not going ahead)",
    "source": r"sources?|references?|citations?|links?|url",
    "notes": r"notes?|comments?|remarks?|details?|updates?|description",
}
PARTS: dict[str, str] = {
    "owner": r"\b(?:owner|lead|responsible)\b",
    "due": r"\b(?:due|deadline|target date)\b",
    "status": r"\bstatus\b",
    "action": r"\bactions?\b",
    "recommendation": r"\brecommendations?\b",
    "goal": r"\bgoals?\b",
    "source": r"\bsource\b",
    "notes": r"\b(?:notes?|comments?)\b",
}
STATES: tuple[tuple[Status, str], ...] = (
    (
        "not_recorded",
        (
            r"(?:not (?:stated|recorded|known|reported|available)|unknown|n/?a|tb[da]|none|[-–—?.]+"
            r"|recommended|named)\b|[-–—?.]*$"
        ),
    ),
    (
        "not_going_ahead",
        (
            r"(?:dropped|cancel\w*|abandoned|withdrawn|not going (?:ahead|forward)|will not|won't"
            r"|discontinued|rejected|removed)\b"
        ),
    ),
    (
        "not_started",
        (
            r"(?:not (?:yet )?(?:started|begun|initiated)|to ?-?do|planned|pending|proposed"
            r"|upcoming|scheduled|new|open|no progress)$"
            r"|(?:not (?:yet )?(?:started|begun)|planned)\b|0 ?%"
        ),
    ),
    (
        "late",
        r"(?:late|overdue|delayed|behind(?: schedule)?|off track|stalled|past due|slipped)\b",
    ),
    (
        "kept",
        (
            r"(?:kept|done|completed?|finished|achieved|accomplished|closed|yes|met|fulfilled"
            r"|implemented|reached|surpassed|delivered"
            r"|reported (?:as )?(?:done|complete)d?)\b|100 ?%|✔|✓"
        ),
    ),
    (
        "under_way",
        (
            r"(?:under ?-?way|in progress|on-?going|on track|started|active|running|in operation"
            r"|continuing|in process|on schedule|begun|partly|partially|implementing)\b|[1-9]\d? ?%"
        ),
    ),
)
DOUBT = re.compile(
    r"\b(?:not|never|nearly|almost|half|partly|partially|except|but|late|behind|delayed|stalled)\b"
)
UNOWNED = re.compile(
    r"(?:not (?:stated|recorded|known|assigned|named|yet .*)|none|nobody|no ?one|no owner|unknown"
    r"|unassigned|unowned|n/?a|tb[da]|t\.b\.[da]\.|to be (?:determined|decided|assigned|named"
    r"|confirmed|announced)|open|vacant|[-–—?._ ]*)[.!]?"
)
UNDATED = re.compile(
    r"(?:not stated|not recorded|none|unknown|n/?a|tb[da]|to be (?:determined|decided)|on-?going"
    r"|continuous(?:ly)?|asap|as soon as possible|no date|[-–—?._ ]*)[.!]?"
)
YEARS = re.compile(r"((?:19|20)\d\d)\s*(?:[-–—]|to)\s*((?:19|20)\d\d)")
LONG_AGO = Meeting(date(1900, 1, 1))
WHY = re.compile(r"(?:\bbecause(?: of)?\b|\bdue to\b|[:;,(–—]|\s-\s)\s*(?P<why>[^\s].*)", re.DOTALL)


def column_of(heading: str) -> str:
    """The column that a heading surely means, or nothing.

    >>> column_of("Lead Agency"), column_of("Recommendation or Action")
    ('owner', 'action')

    """
    plain = plain_heading(heading)
    return next((name for name, words in HEADINGS.items() if re.fullmatch(words, plain)), "")


def column_like(heading: str) -> str:
    """The column that a longer heading may mean, or nothing."""
    plain = plain_heading(heading)
    return next((name for name, words in PARTS.items() if re.search(words, plain)), "")


def status_of(words: str) -> Status | None:
    """The state that some words mean; None where they may mean several or none.

    >>> status_of("Done 2009-2011; over 3000 households"), status_of("not done")
    ('kept', None)

    """
    plain = fold(words)
    found = next((state for state, pattern in STATES if re.match(pattern, plain)), None)
    if found == "kept" and DOUBT.search(re.split(r"[;(.]", plain)[0]):
        return None
    return found


def why_in(words: str) -> str:
    """The reason that stands behind a state: "dropped: the grant ended"."""
    found = WHY.search(words)
    return " ".join(found["why"].rstrip(")").split()) if found else ""


def is_stated(owner: str) -> bool:
    """Whether a cell names an owner.

    >>> is_stated("not stated"), is_stated("Hennepin County")
    (False, True)

    """
    return UNOWNED.fullmatch(fold(owner)) is None


def has_no_date(words: str) -> bool:
    """Whether a cell says that there is no date."""
    return UNDATED.fullmatch(fold(words)) is not None


def due_of(words: str) -> PartialDate | None:
    """The day or stretch that a cell names with its year; None where it names none.

    >>> print(due_of("end of June 2026"), due_of("5/12"))
    end of June 2026 None

    """
    said = " ".join(words.split())
    try:
        return parse(re.sub(r"^(?:by|before|due)\s+", "", said, flags=re.IGNORECASE))
    except ValueError:
        return _years(said) or _named(said)


def _years(said: str) -> PartialDate | None:
    found = YEARS.fullmatch(said)
    if found is None or found[2] < found[1]:
        return None
    return PartialDate(date(int(found[1]), 1, 1), date(int(found[2]), 12, 31), said)


def _named(said: str) -> PartialDate | None:
    """A quarter or a part of a month, like "Q2 2026"; without its year nothing is certain."""
    if len(said) > 60 or not re.search(r"\b(?:19|20)\d\d\b", said):
        return None
    found = due_in(f"by {said}", LONG_AGO)
    if found.value is None or found.value.start.year < 1901 or f"by {said}" != found.said:
        return None
    return PartialDate(found.value.start, found.value.end, said)
