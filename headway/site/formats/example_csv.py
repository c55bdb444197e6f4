"""The example's tables: CSV with a heading, one fact a row, every row with its source."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass


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
    source: Cited


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action of the plan with its goal, its owner and its status in the words of the report."""

    goal: str
    action: str
    owner: str
    status: str
    source: Cited

    @property
    def owner_stated(self) -> bool:
        """Whether anybody was named."""
        return self.owner != "not stated"


def cited(text: str) -> Cited:
    """Split a source into its title and its address.

    >>> cited("A report (County, 2016) https://county.example/report").url
    'https://county.example/report'
    >>> cited("Minutes of May 3, on paper").url
    ''

    """
    title, mark, rest = text.partition(" http")
    return Cited(title.strip(), f"http{rest}".strip() if mark else "")


def _rows(text: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(text.splitlines())


def partners(text: str) -> list[PartnerRow]:
    """The organisations of `partners.csv`."""
    return [
        PartnerRow(row["name"], row["sector"], row["kind"], row["role"], cited(row["source"]))
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
            cited(row["source"]),
        )
        for row in _rows(text)
    ]


def actions(text: str) -> list[ActionRow]:
    """The actions of `actions.csv`."""
    return [
        ActionRow(
            row["goal"],
            row["recommendation or action"],
            row["owner"],
            row["status"],
            cited(row["source"]),
        )
        for row in _rows(text)
    ]
