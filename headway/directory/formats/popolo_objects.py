"""One object of a Popolo file as a record; the same checks as for a row of a spreadsheet."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from headway.directory.formats.cells import joined
from headway.directory.formats.problem import Problem, short
from headway.directory.formats.reading import RowReader, plain_word
from headway.directory.formats.records import (
    LONGEST_ORGANISATION,
    LONGEST_PERSON,
    AreaRecord,
    PostRecord,
)
from headway.directory.formats.table import Row, cell_problem

AREA_KINDS = (
    "country",
    "state",
    "region",
    "county",
    "city",
    "tribal",
    "district",
    "neighborhood",
)
LONGEST_AREA = {
    "id": 120,
    "name": 250,
    "kind": 60,
    "identifier": 120,
    "parent": 250,
    "parent_id": 120,
}
LONGEST_POST = {
    "id": 120,
    "name": 250,
    "role": 250,
    "organization": 250,
    "organization_id": 120,
    "starts": 60,
    "ends": 60,
}


@dataclass(frozen=True)
class ObjectRow(Row):
    """A row whose cells may still be added to, where references are resolved."""

    cells: dict[str, str]


@dataclass(frozen=True)
class Shape:
    """Which keys of an object fill which columns, and how long their values may be."""

    keys: Mapping[str, tuple[str, Callable[[Any], str]]]
    longest: Mapping[str, int]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None or isinstance(value, (dict, list, bool)) else str(value)


def _items(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _names(value: Any) -> str:
    return joined(_text(item.get("name")) for item in _items(value))


def _identifiers(value: Any) -> str:
    return joined(
        f"{_text(item.get('scheme'))}:{_text(item.get('identifier'))}" for item in _items(value)
    )


def _link(value: Any) -> str:
    return next((_text(item.get("url")) for item in _items(value)), "")


def _note(value: Any) -> str:
    return next((_text(item.get("note")) for item in _items(value)), "")


# What something is called must be text: a number there is a mistake of whatever wrote the file.
NAMES = frozenset({"name", "label"})
SAME = {
    key: (key, _text) for key in ("id", "name", "parent_id", "area_id", "organization_id", "role")
}
DATES = {
    "start_date": ("starts", _text),
    "end_date": ("ends", _text),
    "start_date_as_said": ("starts", _text),
    "end_date_as_said": ("ends", _text),
}
AREA = Shape(
    {**SAME, "classification": ("kind", _text), "identifier": ("identifier", _text)}, LONGEST_AREA
)
ORGANISATION = Shape(
    {
        **SAME,
        "classification": ("kind", _text),
        "sector": ("sector", _text),
        "identifiers": ("identifiers", _identifiers),
        "other_names": ("other_names", _names),
        "founding_date": ("founded", _text),
        "dissolution_date": ("dissolved", _text),
        "founding_date_as_said": ("founded", _text),
        "dissolution_date_as_said": ("dissolved", _text),
        "links": ("website", _link),
        "description": ("description", _text),
        "sources": ("source_url", _link),
        "sources ": ("source", _note),
    },
    LONGEST_ORGANISATION,
)
PERSON = Shape(
    {
        **SAME,
        "email": ("email", _text),
        "other_names": ("other_names", _names),
        "sources": ("source_url", _link),
        "sources ": ("source", _note),
    },
    LONGEST_PERSON,
)
MEMBERSHIP = Shape(
    {
        **SAME,
        **DATES,
        "post_id": ("post_id", _text),
        "sources": ("source_url", _link),
        "sources ": ("source", _note),
    },
    {**LONGEST_PERSON, "post_id": 120},
)
POST = Shape({**SAME, **DATES, "label": ("name", _text)}, LONGEST_POST)


def _nameless(number: int, item: Mapping[str, Any], shape: Shape) -> list[Problem]:
    """Names that are no text, each with what stands there instead."""
    wrong = [
        (key, item[key])
        for key in shape.keys
        if key in NAMES and not isinstance(item.get(key), str | None)
    ]
    return [
        Problem(number, key, "not_a_text", short(json.dumps(value, ensure_ascii=False)))
        for key, value in wrong
    ]


def row_of(number: int, item: Mapping[str, Any], shape: Shape) -> ObjectRow:
    """The values of one object by our columns; later keys win over earlier ones."""
    cells: dict[str, str] = {}
    problems = _nameless(number, item, shape)
    refused = {problem.column for problem in problems}
    for key, (column, as_text) in shape.keys.items():
        value = (
            as_text(None if key in refused else item.get(key.strip()))
            .replace("\r\n", "\n")
            .replace("\r", "\n")
            .strip()
        )
        if not value or column not in shape.longest:
            continue
        problem = cell_problem(number, column, value, shape.longest[column])
        if problem is None:
            cells[column] = value
        else:
            problems.append(problem)
    return ObjectRow(number, cells, tuple(problems))


def area_record(row: Row) -> tuple[AreaRecord | None, tuple[Problem, ...]]:
    """An area, or what keeps it from being one."""
    reader = RowReader(row)
    name, kind = reader.name(), plain_word(row.get("kind"))
    if not reader.hopeless and kind not in AREA_KINDS:
        reader.refuse("kind", "not_a_kind", short(row.get("kind")))
        return None, tuple(reader.problems)
    if reader.hopeless:
        return None, tuple(reader.problems)
    record = AreaRecord(
        name=name,
        kind=kind,
        identifier=reader.line("identifier"),
        parent=reader.line("parent"),
        parent_id=row.get("parent_id"),
        id=row.get("id"),
        row=row.number,
    )
    return record, tuple(reader.problems)


def post_record(row: Row) -> tuple[PostRecord | None, tuple[Problem, ...]]:
    """A seat, or what keeps it from being one."""
    reader = RowReader(row)
    label = reader.name()
    starts, ends = reader.dates("starts", "ends")
    if reader.hopeless or not row.get("organization"):
        return None, tuple(reader.problems)
    record = PostRecord(
        organization=reader.line("organization"),
        organization_id=row.get("organization_id"),
        label=label,
        role=reader.line("role"),
        starts=starts,
        ends=ends,
        id=row.get("id"),
        row=row.number,
    )
    return record, tuple(reader.problems)
