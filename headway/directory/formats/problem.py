"""What could not be read, and where."""

from dataclasses import dataclass
from typing import Literal

Code = Literal[
    "binary",
    "broken_json",
    "broken_row",
    "broken_sign",
    "client_column",
    "client_value",
    "column_twice",
    "duplicate",
    "identifiers_of_two",
    "name_differs",
    "no_such_area",
    "no_such_organisation",
    "no_such_parent",
    "several_areas",
    "several_organisations",
    "several_people",
    "withdrawn",
    "empty",
    "encoding",
    "ends_first",
    "missing_column",
    "no_name",
    "no_such_id",
    "not_a_date",
    "not_a_kind",
    "not_a_list",
    "not_a_sector",
    "not_a_text",
    "not_an_address",
    "not_an_email",
    "not_an_identifier",
    "not_popolo",
    "refused",
    "role_without_organisation",
    "too_long",
    "too_many_cells",
    "unknown_column",
    "workbook",
]

NOTES: frozenset[Code] = frozenset({"encoding", "unknown_column"})
WHOLE_FILE: frozenset[Code] = frozenset(
    {
        "binary",
        "broken_json",
        "client_column",
        "column_twice",
        "empty",
        "missing_column",
        "not_popolo",
        "workbook",
    }
)
# Where one of these is found, the row is left out.
WHOLE_ROW: frozenset[Code] = frozenset(
    {"broken_row", "duplicate", "no_name", "not_a_text", "client_value"}
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: the row as a spreadsheet counts it (0: the file), its column, the value.

    The words for people are chosen by `code`, so that they can be translated.
    """

    row: int
    column: str
    code: Code
    value: str = ""

    @property
    def is_note(self) -> bool:
        """Whether it only tells something and needs no mending."""
        return self.code in NOTES

    @property
    def stops_file(self) -> bool:
        """Whether nothing of the file can be used."""
        return self.code in WHOLE_FILE


def short(value: str) -> str:
    """A value as a message shows it: no invisible signs, not long."""
    seen = "".join(sign if sign.isprintable() else "�" for sign in value[:61])
    return f"{seen[:60]}…" if len(value) > 60 else seen
