"""Organisations as CSV, one a row."""

from collections.abc import Iterable, Iterator

from headway.core.spreadsheets import write_rows
from headway.directory.formats.cells import joined
from headway.directory.formats.problem import Problem
from headway.directory.formats.reading import RowReader
from headway.directory.formats.records import (
    LONGEST_ORGANISATION,
    OrganisationRecord,
    Reading,
    once,
)
from headway.directory.formats.table import Columns, Row, read_table
from headway_analysis.similarity import fold

COLUMNS = Columns(
    longest=LONGEST_ORGANISATION,
    needed=("name",),
    also={
        "organization": "name",
        "organisation": "name",
        "organization name": "name",
        "organisation name": "name",
        "partner": "name",
        "agency": "name",
        "classification": "kind",
        "type": "kind",
        "identifier": "identifiers",
        "alias": "other_names",
        "aliases": "other_names",
        "also known as": "other_names",
        "part of": "parent",
        "url": "website",
        "web": "website",
        "start": "founded",
        "source title": "source",
    },
    example=("name", "kind", "sector", "identifiers", "website"),
)
HEADING = tuple(LONGEST_ORGANISATION)


def read(text: str) -> Reading[OrganisationRecord]:
    r"""Read everything that can be read; a row that cannot is None with its problems.

    >>> [record.sector for record, _ in read("Name,Sector\nThe Bridge,Non-profit").rows]
    ['nonprofit']

    """
    table = read_table(text, COLUMNS)
    rows = once(map(organisation_record, table.rows), _key)
    return Reading(table.problems, table.columns, rows)


def write(records: Iterable[OrganisationRecord]) -> Iterator[str]:
    """The same records as CSV text, in pieces."""
    return write_rows(HEADING, map(_cells, records))


def organisation_record(row: Row) -> tuple[OrganisationRecord | None, tuple[Problem, ...]]:
    """The record of one row, or None, and what is wrong with it."""
    reader = RowReader(row)
    name = reader.name()
    if reader.hopeless:
        return None, tuple(reader.problems)
    founded, dissolved = reader.dates("founded", "dissolved")
    source, source_url = reader.source()
    record = OrganisationRecord(
        name=name,
        kind=reader.kind(),
        sector=reader.sector(),
        identifiers=reader.identifiers(),
        other_names=reader.names("other_names"),
        parent=reader.line("parent"),
        parent_id=reader.line("parent_id"),
        area=reader.line("area"),
        area_id=reader.line("area_id"),
        founded=founded,
        dissolved=dissolved,
        website=reader.website(),
        description=row.get("description"),
        source=source,
        source_url=source_url,
        id=reader.line("id"),
        row=row.number,
    )
    return record, tuple(reader.problems)


def _key(record: OrganisationRecord) -> tuple[str, str]:
    """Two rows of the same key tell the same organisation."""
    return fold(record.name), record.kind


def _cells(record: OrganisationRecord) -> tuple[str, ...]:
    return (
        record.id,
        record.name,
        record.kind,
        record.sector,
        joined(f"{scheme}:{number}" for scheme, number in record.identifiers),
        joined(record.other_names),
        record.parent,
        record.parent_id,
        record.area,
        record.area_id,
        record.founded,
        record.dissolved,
        record.website,
        record.description,
        record.source,
        record.source_url,
    )
