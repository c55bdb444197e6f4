"""Lines in the manner of real minutes: owner, date and kind right, or visibly not sure."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from headway.forums.formats.notes import Guess, NoteLine, read
from headway_analysis.partial_date import PartialDate
from tests.forums.meeting import MEETING, ROSTER

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The lines with what a careful reader takes from each; "?" means that nobody can be sure."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def verdict(guess: Guess[Any], expected: str, said: dict[str, Any]) -> str:
    """Whether a part was read right, wrong but visibly unsure, or wrong and sure."""
    if expected.startswith("?"):
        wanted = [said[one] for one in expected[1:].split("|") if one]
        seen = [guess.value, *guess.others]
        if not guess.sure and (not wanted or any(one in seen for one in wanted)):
            return "right"
    elif guess.value == said[expected]:
        return "right"
    return "wrong and sure" if guess.sure else "wrong but unsure"


class Owners(dict[str, Any]):
    """ "ststephens:mlopez+city" as the owners it stands for, without seats."""

    def __missing__(self, words: str) -> tuple[tuple[str, str], ...]:
        pairs = [one.partition(":") for one in words.split("+") if one]
        return tuple((one, person) for one, _colon, person in pairs)


class Dates(dict[str, Any]):
    """ "2026-04-01..2026-04-30" as first and last day; without the first only the last counts."""

    def __missing__(self, words: str) -> tuple[date | None, date] | None:
        if not words:
            return None
        start, dots, end = words.rpartition("..")
        last = date.fromisoformat(end)
        return (date.fromisoformat(start) if start else None if dots else last), last


def plain(line: NoteLine, expected: dict[str, str]) -> dict[str, str]:
    """The verdicts on kind, owner and date of a line."""
    owners = Guess(
        pairs(line.owners.value), line.owners.sure, tuple(map(pairs, line.owners.others))
    )
    loose = expected["due"].startswith("..")
    due = Guess(
        days(line.due.value, loose),
        line.due.sure,
        tuple(days(one, loose) for one in line.due.others),
    )
    kinds = {kind: kind for kind in ("will_do", "decided", "idea", "in_the_way", "fact", "note")}
    return {
        "kind": verdict(line.kind, expected["kind"], kinds),
        "owner": verdict(owners, expected["owner"], Owners()),
        "date": verdict(due, expected["due"], Dates()),
    }


def pairs(owners: tuple[Any, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((owner.organisation, owner.person) for owner in owners)


def days(due: PartialDate | None, loose: bool) -> tuple[date | None, date] | None:
    return None if due is None else (None if loose else due.start, due.end)


def verdicts(name: str) -> list[tuple[str, dict[str, str], NoteLine]]:
    found = []
    for row in rows(name):
        (line,) = read(row["line"], roster=ROSTER, meeting=MEETING)
        found.append((row["line"], plain(line, row), line))
    return found


@pytest.mark.parametrize("name", ["notes_lines.csv", "notes_lines_unseen.csv"])
def test_lines_of_real_minutes_are_read_right_or_visibly_not_sure(name: str) -> None:
    found = verdicts(name)
    for part in ("kind", "owner", "date"):
        counts = Counter(each[part] for _line, each, _read in found)
        wrong = [line for line, each, _read in found if each[part] == "wrong and sure"]
        assert counts["right"] >= 0.95 * len(found), (part, counts)
        assert wrong == []
