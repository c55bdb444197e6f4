"""The example's tables: CSV with a heading, one fact a row, every row with its source."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from headway_analysis.partial_date import PartialDate, parse

ADDRESS = re.compile(r"https?://\S+[^\s;,)]")


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a row was read: a title, and an address where there is one."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """An organisation and what it did."""

    name: str
    sector: str
    kind: str
    role: str
    since: PartialDate | None
    source: Cited


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened; the date as it was said."""

    date: str
    event: str
    kind: str
    source: Cited


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One thing known about the problem; `kind` says what."""

    kind: str
    title: str
    text: str
    value: str
    unit: str
    date: str
    measure: str
    source: Cited

    @property
    def when(self) -> PartialDate | None:
        """When it was so."""
        return day(self.date)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action of the plan with its goal, its owner and its status in the words of the report.

    `organisation` is the owner as the directory names it, `said` is when it was first told, and
    `state` what it came to, `since` when.
    """

    goal: str
    action: str
    owner: str
    organisation: str
    status: str
    said: PartialDate | None
    due: PartialDate | None
    state: str
    since: PartialDate | None
    moves: str
    source: Cited

    @property
    def owner_stated(self) -> bool:
        """Whether anybody was named."""
        return self.owner != "not stated"


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """What one key of the readings means: a measure, and who counted it there."""

    key: str
    measure: str
    series: str
    unit: str
    kind: str
    direction: str
    subject: str
    month: str
    counts: str
    story: str


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One figure for one time, or why nothing was counted."""

    key: str
    when: PartialDate
    value: Decimal | None
    not_counted: str
    note: str
    source: Cited


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What a measure was to reach, by when, and since when that was said."""

    key: str
    value: Decimal
    due: PartialDate | None
    set_on: PartialDate | None
    because: str
    source: Cited


@dataclass(frozen=True, slots=True)
class PilotRow:
    """One thing that a report tells of a pilot; `what` says what."""

    pilot: str
    what: str
    when: PartialDate | None
    said: str
    value: str
    source: Cited


def day(text: str) -> PartialDate | None:
    """A date as it was said; "by" one means at the latest then. None where nobody said.

    >>> day("by 2012").end.isoformat()
    '2012-12-31'
    >>> day("") is None
    True

    """
    if not text:
        return None
    if text.startswith("by "):
        return replace(parse(text.removeprefix("by ")), as_said=text)
    return parse(text)


def cited(text: str) -> Cited:
    """Split a source into its title and its first address; words after that stay in the title.

    >>> cited("A report (County, 2016) https://county.example/report").url
    'https://county.example/report'
    >>> cited("Minutes of May 3, on paper").url
    ''

    """
    found = ADDRESS.search(text)
    if found is None:
        return Cited(text.strip(), "")
    if not text[found.end() :].strip():
        return Cited(text[: found.start()].strip(), found[0])
    return Cited(re.sub(r"https?://(www\.)?", "", text).strip(), found[0])


def _rows(text: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(text.splitlines())


def partners(text: str) -> list[PartnerRow]:
    """The organisations of `partners.csv`."""
    return [
        PartnerRow(
            row["name"],
            row["sector"],
            row["kind"],
            row["role"],
            day(row["since"]),
            cited(row["source"]),
        )
        for row in _rows(text)
    ]


def events(text: str) -> list[EventRow]:
    """The events of `timeline.csv`."""
    return [
        EventRow(row["date"], row["event"], row["kind"], cited(row["source"]))
        for row in _rows(text)
    ]


def took_part(text: str) -> dict[str, list[str]]:
    """Which partners each event names, out of `took-part.csv`."""
    found: dict[str, list[str]] = {}
    for row in _rows(text):
        found.setdefault(row["event"], []).append(row["partner"])
    return found


def problem(text: str) -> list[ProblemRow]:
    """What is known about the problem, out of `problem.csv`."""
    return [
        ProblemRow(
            row["kind"],
            row["title"],
            row["text"],
            row["value"],
            row["unit"],
            row["date"],
            row["measure"],
            cited(row["source"]),
        )
        for row in _rows(text)
    ]


def actions(text: str, about: str) -> list[ActionRow]:
    """The actions of `actions.csv` with the days and states of `actions-about.csv`."""
    known = {row["recommendation or action"]: row for row in _rows(about)}
    return [_action(row, known[row["recommendation or action"]]) for row in _rows(text)]


def _action(row: dict[str, str], about: dict[str, str]) -> ActionRow:
    return ActionRow(
        row["goal"],
        row["recommendation or action"],
        row["owner"],
        about["organization"],
        row["status"],
        day(about["said"]),
        day(about["due"]),
        about["state"],
        day(about["since"]),
        about["moves"],
        cited(row["source"]),
    )


def measures(text: str) -> dict[str, MeasureRow]:
    """What each key of the readings means, out of `measures-about.csv`."""
    return {row["key"]: MeasureRow(**row) for row in _rows(text)}


def readings(text: str, notes: str, about: dict[str, MeasureRow]) -> list[ReadingRow]:
    """The figures of `measures.csv` with the days and words of `measures-notes.csv`.

    A figure whose unit says more than the measure's keeps those words as its note.
    """
    said = {(row["key"], row["year"]): row for row in _rows(notes)}
    found = [
        _reading(row, said.pop((row["measure"], row["year"]), {}), about) for row in _rows(text)
    ]
    gaps = [
        ReadingRow(
            row["key"], parse(row["date"]), None, row["not_counted"], "", cited(row["source"])
        )
        for row in said.values()
    ]
    return [*found, *gaps]


def _reading(row: dict[str, str], said: dict[str, str], about: dict[str, MeasureRow]) -> ReadingRow:
    told = about[row["measure"]]
    usual = f"{row['year']}-{told.month}" if told.month else row["year"]
    words = [row["unit"]] if row["unit"] != told.unit else []
    return ReadingRow(
        key=row["measure"],
        when=parse(said.get("date") or usual),
        value=Decimal(row["value"]),
        not_counted="",
        note=". ".join([*words, *filter(None, [said.get("note")])]),
        source=cited(row["source"]),
    )


def targets(text: str) -> list[TargetRow]:
    """What was to be reached, out of `targets.csv`."""
    return [
        TargetRow(
            row["key"],
            Decimal(row["value"]),
            day(row["due"]),
            day(row["set_on"]),
            row["because"],
            cited(row["source"]),
        )
        for row in _rows(text)
    ]


def pilots(text: str) -> dict[str, list[PilotRow]]:
    """What is told of each pilot, out of `pilots.csv`."""
    found: dict[str, list[PilotRow]] = {}
    for row in _rows(text):
        told = PilotRow(
            row["pilot"],
            row["what"],
            day(row["date"]),
            row["said"],
            row["value"],
            cited(row["source"]),
        )
        found.setdefault(told.pilot, []).append(told)
    return found
