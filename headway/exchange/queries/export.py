from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from headway.directory.queries.sources import source_words
from headway.exchange.formats.records import (
    ExportedDetail,
    ExportedFile,
    ExportedRecord,
    ExportedText,
)
from headway.exchange.queries.content import contents_of
from headway.exchange.queries.details import details_told
from headway.exchange.queries.holds import holds_on
from headway.initiatives.models import File, Record, Wording
from headway.initiatives.models.record import RecordQuerySet

AT_ONCE = 500


@dataclass(frozen=True)
class _Beside:
    """What hangs on some records, asked for at once."""

    contents: dict[UUID, dict[str, str]]
    holds: dict[UUID, list[str]]
    versions: dict[UUID, list[ExportedText]]
    files: dict[UUID, list[ExportedFile]]
    details: dict[UUID, list[ExportedDetail]]


def _instant(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _versions(keys: list[UUID]) -> dict[UUID, list[ExportedText]]:
    found: dict[UUID, list[ExportedText]] = {}
    for row in Wording.objects.filter(record__in=keys).order_by("field", "number"):
        version = ExportedText(row.field, row.number, row.text, _instant(row.recorded_at))
        found.setdefault(row.record_id, []).append(version)
    return found


def _files(keys: list[UUID]) -> dict[UUID, list[ExportedFile]]:
    found: dict[UUID, list[ExportedFile]] = {}
    for row in File.objects.filter(record__in=keys).order_by("uploaded_at"):
        at = _instant(row.uploaded_at)
        file = ExportedFile(row.name, row.media_type, row.size, row.sha256, at)
        found.setdefault(row.record_id, []).append(file)
    return found


def _beside(records: list[Record]) -> _Beside:
    keys = [record.pk for record in records]
    return _Beside(
        contents_of(records),
        holds_on(records),
        _versions(keys),
        _files(keys),
        details_told(records),
    )


def _exported(record: Record, beside: _Beside) -> ExportedRecord:
    return ExportedRecord(
        id=str(record.pk),
        kind=record.kind,
        title=record.title,
        initiative=record.initiative.slug,
        language=record.language,
        visibility=record.visibility,
        when=str(record.when or record.date_as_said),
        recorded_at=_instant(record.recorded_at),
        author=str(record.author or ""),
        organization=str(record.organisation or ""),
        provenance=record.provenance,
        source=source_words(record.source),
        retention=record.retention.code if record.retention else "",
        withdrawn_at=_instant(record.withdrawn_at),
        withdrawn_because=record.withdrawn_because,
        expunged_at=_instant(record.expunged_at),
        holds=tuple(beside.holds[record.pk]),
        content=beside.contents.get(record.pk, {}),
        versions=tuple(beside.versions.get(record.pk, ())),
        files=tuple(beside.files.get(record.pk, ())),
        details=tuple(beside.details.get(record.pk, ())),
    )


def _blocks(records: Iterable[Record]) -> Iterator[list[Record]]:
    stream = iter(records)
    while block := list(islice(stream, AT_ONCE)):
        yield block


def exported_records(records: RecordQuerySet) -> Iterator[ExportedRecord]:
    """Everything about the records a search has found, some hundreds at a time."""
    full = records.select_related("initiative", "author", "organisation", "source", "retention")
    for block in _blocks(full.iterator(chunk_size=AT_ONCE)):
        beside = _beside(block)
        for record in block:
            yield _exported(record, beside)
