"""What a line records, by the words it begins with: "Will do:", "DECISION -", "AP:", "- [ ]"."""

import re
from dataclasses import dataclass

from headway.forums.formats.notes.records import Guess, Kind

PREFIX = re.compile(
    r"\s*(?:(?:[-*+•‣◦▪■□●○–—→➔➜►☐☑☒✅✔✓💡❗⚠🔹👉]\ufe0f?|#{1,6}|>|\(?(?:\d{1,3}|[a-zA-Z])[.)])(?:\s+|(?=\S))"
    r"(?![-*_]*$))*"
)
CHECKBOX = re.compile(r"\[(?P<mark>[ xX]?)\]\s*")
WORDS: tuple[tuple[Kind, bool, str], ...] = (
    (
        "will_do",
        True,
        (
            r"will[- ]do|to[- ]?dos?|action(?: items?| points?)?|AP|next steps?|follow[- ]?ups?"
            r"|tasks?|assignments?|commitments?|promises?"
        ),
    ),
    ("decided", True, r"decided|decisions?|resolved|resolution|agreed|motion (?:carried|passed)"),
    ("idea", True, r"ideas?|suggestions?|suggested|proposals?|brainstorm(?:ing)?"),
    (
        "in_the_way",
        True,
        (
            r"in the way|what(?:'s|’s| is) in the way|barriers?|blocked|blockers?|obstacles?|stuck"
            r"|challenges?|hurdles?"
        ),
    ),
    ("fact", True, r"facts?|data|stats?|statistics?"),
    ("will_do", False, r"AI"),
    ("will_do", False, r"responsible|pending"),
    ("decided", False, r"motion|consensus|agreements?|vote"),
    ("in_the_way", False, r"issues?|risks?|problems?|concerns?"),
    ("fact", False, r"FYI|info|findings?|update"),
)
QUALIFIER = (
    r"(?: unanimously| by (?:consensus|vote|consent)| #?\d{1,3}"
    r"| for (?P<assignee>[^:;–—()\[\]]{1,40})| from (?P<source>[^:;–—()\[\]]{1,40})"
    r"| ?[(\[](?P<aside>[^()\[\]]{1,60})[)\]])?"
)
DELIMITER = r"[*_]{0,3}\s*(?:[:;]|->|→|[–—]|-(?=\s)|=(?=\s))\s*[*_]{0,3}\s*"
MARKERS = tuple(
    (
        kind,
        sure,
        re.compile(
            rf"[*_]{{0,3}}(?:{names}){QUALIFIER}{DELIMITER}",
            0 if names == "AI" else re.IGNORECASE,
        ),
    )
    for kind, sure, names in WORDS
)
BARE_TODO = re.compile(r"TO-?DO\s+(?=\S)")
STARS = r"[*_]{0,3}"
ALONE = tuple(
    (kind, re.compile(rf"{STARS}(?:{names})\s*{STARS}\s*[:.]?\s*{STARS}", re.IGNORECASE))
    for kind, _sure, names in WORDS[:5]
)
SOUNDS_DECIDED = re.compile(
    r"(?:we|the group|the commission|the board|it was|members)\s+(?:have |has |all )?"
    r"(?:decided|agreed|resolved|adopted|approved|voted)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A line after its marker was read.

    Attributes:
        prefix: indent and bullets.
        kind: what the marker says; a note where there is none.
        beside: what stands in brackets beside the marker, or behind its "from".
        text: the words after the marker.
        marked: whether there is a marker.

    """

    prefix: str
    kind: Guess[Kind]
    beside: str
    text: str
    marked: bool


def marked(line: str) -> Marked:
    """Read the marker of a line.

    >>> marked("2) **DECIDED** - no meeting in July").kind.value
    'decided'

    """
    prefix = PREFIX.match(line)
    place = prefix.end() if prefix else 0
    box = CHECKBOX.match(line, place)
    start = box.end() if box else place
    for kind, sure, pattern in MARKERS:
        found = pattern.match(line, start)
        if found is not None:
            return _of(line, start, found, Guess(kind, sure, () if sure else ("note",)))
    todo = BARE_TODO.match(line, start)
    if todo is not None:
        return Marked(line[:start], Guess("will_do"), "", line[todo.end() :].strip(), marked=True)
    if box is not None and line[start:].strip():
        ticked = box["mark"].strip() != ""
        kind_read: Guess[Kind] = Guess("will_do", not ticked, ("note",) if ticked else ())
        return Marked(line[:place], kind_read, "", line[start:].strip(), marked=True)
    return Marked(line[:start], Guess("note"), "", line[start:].strip(), marked=False)


def _of(line: str, start: int, found: re.Match[str], kind: Guess[Kind]) -> Marked:
    assignee = found["assignee"] if kind.value == "will_do" else ""
    beside = found["aside"] or found["source"] or assignee or ""
    kind = Guess(kind.value, kind.sure, kind.others, found[0].strip(" *_:-–—"))
    text = line[found.end() :].strip()
    if re.match(r"responsible\b", found[0], re.IGNORECASE):
        return Marked(line[:start], Guess("will_do"), "", line[start:].strip(), marked=True)
    return Marked(line[:start], kind, beside, text, marked=True)


def heads_section(line: str) -> Kind | None:
    """The kind of the lines that follow, where a line is nothing but a marker."""
    prefix = PREFIX.match(line)
    bare = line[prefix.end() if prefix else 0 :].strip()
    for kind, pattern in ALONE:
        if pattern.fullmatch(bare):
            return kind
    return None


def is_heading(line: str) -> bool:
    """Whether a line stands over others."""
    return line.lstrip().startswith("#") or line.rstrip(" *_").endswith(":")
