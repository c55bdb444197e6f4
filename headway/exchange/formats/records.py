"""A search result of the records office as JSON or as rows of a table, piece by piece."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class ExportedText:
    """One version of one text."""

    field: str
    number: int
    text: str
    recorded_at: str


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file kept with a record; the content itself lies in the store under its fingerprint."""

    name: str
    media_type: str
    size: int
    sha256: str
    uploaded_at: str


@dataclass(frozen=True, slots=True)
class ExportedDetail:
    """A row that hangs on a record, like a vote, a milestone or a comment."""

    kind: str
    content: dict[str, str]

    def __str__(self) -> str:
        said = "; ".join(f"{name}: {value}" for name, value in self.content.items())
        return f"{self.kind}: {said}"


@dataclass(frozen=True, slots=True)
class ExportedRecord:
    """Everything that is kept about one record."""

    id: str
    kind: str
    title: str
    initiative: str
    language: str
    visibility: str
    when: str
    recorded_at: str
    author: str
    organization: str
    provenance: str
    source: str
    retention: str
    withdrawn_at: str
    withdrawn_because: str
    expunged_at: str
    holds: tuple[str, ...]
    content: dict[str, str]
    versions: tuple[ExportedText, ...] = ()
    files: tuple[ExportedFile, ...] = ()
    details: tuple[ExportedDetail, ...] = ()


PLAIN = (
    "id",
    "kind",
    "title",
    "initiative",
    "language",
    "visibility",
    "when",
    "recorded_at",
    "author",
    "organization",
    "provenance",
    "source",
    "retention",
    "withdrawn_at",
    "withdrawn_because",
    "expunged_at",
)
HEADING = (*PLAIN, "holds", "content", "versions", "files", "details")


def as_row(record: ExportedRecord) -> tuple[str, ...]:
    """A record as one row of a table; what has several parts stands one a line in its cell."""
    return (
        *(str(getattr(record, name)) for name in PLAIN),
        "\n".join(record.holds),
        "\n".join(f"{name}: {value}" for name, value in record.content.items()),
        str(len(record.versions)),
        "\n".join(file.name for file in record.files),
        "\n".join(str(detail) for detail in record.details),
    )


def write_json(records: Iterable[ExportedRecord]) -> Iterator[str]:
    """A JSON list, one record a piece, so that any number fits into memory."""
    before = "["
    for record in records:
        yield f"{before}\n{json.dumps(asdict(record), ensure_ascii=False)}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"
