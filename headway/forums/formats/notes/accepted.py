r"""Owner and date as they stand behind a line that somebody has looked at.

"Will do: call the shelters [= St. Stephen's Human Services / Maria Lopez; by 2026-03-20]". Several
owners stand with "&" between them; a sign that would part them stands behind a "\\".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from headway.forums.formats.notes.records import Guess, Owner, Roster
from headway_analysis.partial_date import PartialDate

TAIL = re.compile(r"(?P<what>.*?)\s*\[=(?P<told>(?:[^\\\[\]]|\\.)*)\]", re.DOTALL)
DATES = re.compile(
    r"by (?P<start>\d{4}-\d\d-\d\d)(?:\.\.(?P<end>\d{4}-\d\d-\d\d))?(?: \"(?P<said>.*)\")?",
    re.DOTALL,
)
NOBODY = "-"
Owners = tuple[Owner, ...]
Keys = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What of a line is kept: its words, who answers for it, by when."""

    what: str
    owners: Guess[Owners]
    due: Guess[PartialDate | None]


def accepted(text: str, roster: Roster) -> Accepted | None:
    """Read the brackets behind a line; None where there are none or they name somebody unknown."""
    found = TAIL.fullmatch(text)
    if found is None:
        return None
    parts = [part.strip() for part in _parted(found["told"], ";")]
    try:
        due = _due(parts.pop()) if parts[-1].startswith("by ") else None
        owners = tuple(_owner(one, roster) for part in parts for one in _parted(part, "&") if one)
    except (LookupError, ValueError):
        return None
    return Accepted(found["what"], Guess(owners), Guess(due))


def brackets(owners: Owners, due: PartialDate | None, roster: Roster) -> str:
    """The same as text."""
    told = " & ".join(_named(owner, roster) for owner in owners)
    parts = [part for part in (told, _dated(due)) if part]
    return f"[= {'; '.join(parts)}]" if parts else "[=]"


def _parted(text: str, sign: str) -> list[str]:
    """The parts of a text between signs that do not stand behind a backslash."""
    parts = [""]
    for piece in re.findall(r"\\.|[^\\]", text, re.DOTALL):
        if piece == sign:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def _guarded(name: str) -> str:
    return re.sub(r"([\\/&;\[\]])", r"\\\1", " ".join(name.split()))


def _plain(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name)


def _named(owner: Owner, roster: Roster) -> str:
    keys = (owner.organisation, owner.person, owner.post)
    names = [
        _guarded(_name(key, known)) if key else NOBODY
        for key, known in zip(keys, _known(roster), strict=True)
    ]
    while len(names) > 1 and names[-1] == NOBODY:
        names.pop()
    return " / ".join(names)


def _name(key: str, known: Keys) -> str:
    found = next((name for name, its_key in known.items() if its_key == key), "")
    return found or f"#{key}"


def _owner(text: str, roster: Roster) -> Owner:
    keys = [
        "" if name == NOBODY else _key(_plain(name), known)
        for name, known in zip(_parted(text, "/"), _known(roster), strict=False)
    ]
    return Owner(*keys)


def _key(name: str, known: Keys) -> str:
    if name.startswith("#") and name[1:] in known.values():
        return name[1:]
    return known[name]


@lru_cache(maxsize=16)
def _known(roster: Roster) -> tuple[Keys, Keys, Keys]:
    """Names that mean one only, with their keys: organisations, people, seats."""
    named = [(each.name, each.key) for each in roster.organisations]
    elsewhere = {key for each in roster.people for key in each.organisations}
    elsewhere |= {each.organisation for each in roster.posts}
    unnamed = [("", key) for key in sorted(elsewhere - {key for _name, key in named})]
    return (
        _unique(named + unnamed),
        _unique([(each.name, each.key) for each in roster.people]),
        _unique([(each.label, each.key) for each in roster.posts]),
    )


def _unique(pairs: list[tuple[str, str]]) -> Keys:
    """Names that several bear, or that look like a key, are no names here; keys stand for them."""
    found: dict[str, str] = {}
    twice = set()
    for name, key in ((" ".join(name.split()), key) for name, key in pairs):
        if name in found or not name or name[0] in "#-":
            twice.add(name)
        found[name] = key
    named = {name: key for name, key in found.items() if name not in twice}
    return named | {f"#{key}": key for _name, key in pairs if key not in named.values()}


def _dated(due: PartialDate | None) -> str:
    if due is None:
        return ""
    span = due.start.isoformat() if due.exact else f"{due.start}..{due.end}"
    said = _guarded(due.as_said)
    return f"by {span}" if said in {"", span} else f'by {span} "{said}"'


def _due(text: str) -> PartialDate:
    found = DATES.fullmatch(text)
    if found is None:
        raise ValueError(text)
    start = date.fromisoformat(found["start"])
    end = date.fromisoformat(found["end"]) if found["end"] else start
    said = _plain(found["said"] or "")
    return PartialDate(start, end, said or (start.isoformat() if start == end else ""))
