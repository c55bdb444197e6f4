"""People and their roles as CSV, one role a row."""

from collections.abc import Iterable, Iterator

from headway.core.spreadsheets import write_rows
from headway.directory.formats.cells import joined
from headway.directory.formats.problem import Problem
from headway.directory.formats.reading import RowReader
from headway.directory.formats.records import LONGEST_PERSON, PersonRecord, Reading, once
from headway.directory.formats.table import Columns, Row, read_table
from headway_analysis.similarity import fold

COLUMNS = Columns(
    longest=LONGEST_PERSON,
    needed=("name",),
    also={
        "person": "name",
        "full name": "name",
        "e mail": "email",
        "mail": "email",
        "email address": "email",
        "alias": "other_names",
        "also known as": "other_names",
        "organisation": "organization",
        "agency": "organization",
        "employer": "organization",
        "seat": "post",
        "position": "post",
        "title": "role",
        "job title": "role",
        "start": "starts",
        "start date": "starts",
        "from": "starts",
        "end": "ends",
        "end date": "ends",
        "until": "ends",
        "source title": "source",
    },
    example=("name", "email", "organization", "role", "starts", "ends"),
)
HEADING = tuple(LONGEST_PERSON)


def read(text: str) -> Reading[PersonRecord]:
    """Read everything that can be read; a row that cannot is None with its problems."""
    table = read_table(text, COLUMNS)
    rows = once(map(person_record, table.rows), _key)
    return Reading(table.problems, table.columns, rows)


def write(records: Iterable[PersonRecord]) -> Iterator[str]:
    """The same records as CSV text, in pieces."""
    return write_rows(HEADING, map(_cells, records))


def person_record(row: Row) -> tuple[PersonRecord | None, tuple[Problem, ...]]:
    """The record of one row, or None, and what is wrong with it."""
    reader = RowReader(row)
    name = reader.name()
    if reader.hopeless:
        return None, tuple(reader.problems)
    starts, ends = reader.dates("starts", "ends")
    source, source_url = reader.source()
    record = PersonRecord(
        name=name,
        email=reader.email(),
        other_names=reader.names("other_names"),
        organization=reader.line("organization"),
        organization_id=reader.line("organization_id"),
        post=reader.line("post"),
        role=reader.line("role"),
        starts=starts,
        ends=ends,
        source=source,
        source_url=source_url,
        id=reader.line("id"),
        row=row.number,
    )
    if (record.role or record.post) and not record.organization:
        reader.refuse("organization", "role_without_organisation", record.role or record.post)
    return record, tuple(reader.problems)


def _key(record: PersonRecord) -> tuple[str, ...]:
    """Two rows of the same key tell the same role of the same person."""
    return (
        record.id,
        record.email.lower() or fold(record.name),
        fold(record.organization),
        fold(record.post),
        fold(record.role),
        record.starts,
    )


def _cells(record: PersonRecord) -> tuple[str, ...]:
    return (
        record.id,
        record.name,
        record.email,
        joined(record.other_names),
        record.organization,
        record.organization_id,
        record.post,
        record.role,
        record.starts,
        record.ends,
        record.source,
        record.source_url,
    )
