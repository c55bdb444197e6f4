"""The columns of the files that come in and go out."""

from dataclasses import fields

from docs.tables.markdown import code, table
from headway.accounts.formats.log_csv import LogLine
from headway.directory.formats import organisations_csv, people_csv
from headway.directory.formats.table import Columns


def _columns(columns: Columns) -> str:
    rows = [
        (
            code(name),
            "yes" if name in columns.needed else "no",
            longest,
            ", ".join(other for other, meant in columns.also.items() if meant == name),
        )
        for name, longest in columns.longest.items()
    ]
    return table(("Column", "Needed", "Longest, in signs", "Also read as"), rows)


def organisations() -> str:
    """Columns of organizations."""
    return _columns(organisations_csv.COLUMNS)


def people() -> str:
    """Columns of people and their roles."""
    return _columns(people_csv.COLUMNS)


def log() -> str:
    """Columns of the exported log."""
    return table(("Column",), [(code(field.name),) for field in fields(LogLine)])
