"""The format of a backup: a ZIP of JSON lines that loads on SQLite and on PostgreSQL alike.

    manifest.json             what is inside, with counts and sha256
    tables/accounts.event     one JSON array a line, fields in the order of the manifest
    files/…                   uploaded files
    expunged.jsonl            what was removed for good, so that a restore removes it again
    keys/…                    only when asked for

`sha256` guards the bytes of a member. `rows_sha256` is the sum of the hashes of the rows: it does
not depend on their order, so that two databases can be compared whatever their collation.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self
from uuid import UUID
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.models import Model

FORMAT, VERSION = "headway-backup", 1
MANIFEST = "manifest.json"
BLOCK = 1024 * 1024
MODULUS = 1 << 256
# Made anew by the installation itself, or worth nothing elsewhere: people sign in again.
LEFT_OUT = frozenset(
    {
        "contenttypes.contenttype",
        "auth.permission",
        "sessions.session",
        "usersessions.usersession",
        # Made anew by the database out of what is restored.
        "initiatives.searchtext",
    }
)


class ArchiveError(Exception):
    """The archive cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table in an archive."""

    model: str
    fields: list[str]
    rows: int
    rows_sha256: str
    sha256: str

    @property
    def member(self) -> str:
        """Its name in the ZIP."""
        return f"tables/{self.model}"


@dataclass(frozen=True, slots=True)
class Stored:
    """One file in an archive."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds."""

    made_at: str
    headway: str
    engine: str
    migrations: list[list[str]]
    tables: list[Table] = field(default_factory=list)
    files: list[Stored] = field(default_factory=list)
    format: str = FORMAT
    version: int = VERSION

    def as_json(self) -> str:
        """For people as well."""
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read what `as_json` wrote.

        Raises:
            ArchiveError: where it is something else.

        """
        found = json.loads(text)
        if found.get("format") != FORMAT or found.get("version") != VERSION:
            raise ArchiveError(f"This is no backup of Headway in format {VERSION}.")
        found["tables"] = [Table(**row) for row in found["tables"]]
        found["files"] = [Stored(**row) for row in found["files"]]
        return cls(**found)


def _plain_number(value: Decimal) -> str:
    return format(value, "f")


def _plain_bytes(value: bytes | memoryview) -> str:
    return base64.b64encode(bytes(value)).decode("ascii")


PLAIN: dict[type, Callable[[Any], str]] = {
    datetime: datetime.isoformat,
    date: date.isoformat,
    time: time.isoformat,
    UUID: str,
    Decimal: _plain_number,
    bytes: _plain_bytes,
    memoryview: _plain_bytes,
}


def plain(value: object) -> str:
    """A value that JSON does not know, as text that the field reads again."""
    if isinstance(value, timedelta):
        from django.utils.duration import duration_iso_string

        return duration_iso_string(value)
    return PLAIN[type(value)](value)


def line_of(values: Iterable[object]) -> bytes:
    """One row; equal rows give equal bytes on both engines."""
    text = json.dumps(
        list(values), default=plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return text.encode("utf-8") + b"\n"


@dataclass(slots=True)
class Tally:
    """Counts and hashes lines as they pass."""

    rows: int = 0
    total: int = 0
    content: Any = field(default_factory=hashlib.sha256)

    def add(self, line: bytes) -> bytes:
        """Take a line into account and hand it on."""
        self.rows += 1
        self.content.update(line)
        self.total = (self.total + int.from_bytes(hashlib.sha256(line).digest())) % MODULUS
        return line

    def table(self, model: str, fields: list[str]) -> Table:
        """What has passed, as a line of the manifest."""
        rows_sha256 = f"{self.total:064x}"
        return Table(model, fields, self.rows, rows_sha256, self.content.hexdigest())


def archived_models(registry: "Apps") -> list["type[Model]"]:
    """Every table that a backup holds, by name."""
    every = registry.get_models(include_auto_created=True)
    wanted = [
        model
        for model in every
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(wanted, key=lambda model: model._meta.label_lower)


def columns(model: "type[Model]") -> list[str]:
    """The names of the values of one row."""
    return [column.attname for column in model._meta.local_concrete_fields if not column.generated]


def lines(model: "type[Model]", names: list[str], alias: str) -> Iterator[bytes]:
    """The rows of a table, in blocks, so that memory does not grow with it."""
    rows = model._base_manager.using(alias).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=2_000):
        yield line_of(row)


def blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """A stream in pieces."""
    while piece := stream.read(BLOCK):
        yield piece


def add_file(archive: ZipFile, path: Path, name: str) -> Stored:
    """Put one file into the archive while hashing it."""
    content, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        for piece in blocks(source):
            content.update(piece)
            size += target.write(piece)
    return Stored(name, size, content.hexdigest())


def add_table(archive: ZipFile, model: "type[Model]", alias: str) -> Table:
    """Put one table into the archive while counting and hashing it."""
    tally, names = Tally(), columns(model)
    label = model._meta.label_lower
    with archive.open(f"tables/{label}", "w", force_zip64=True) as target:
        for line in lines(model, names, alias):
            target.write(tally.add(line))
    return tally.table(label, names)


def open_archive(path: Path) -> ZipFile:
    """Open a backup for reading.

    Raises:
        ArchiveError: where it is no archive.

    """
    try:
        return ZipFile(path)
    except (OSError, BadZipFile) as trouble:
        raise ArchiveError(f"{path} cannot be read as a backup: {trouble}.") from trouble


def new_archive(path: Path) -> ZipFile:
    """Open a new archive that only its owner may read."""
    path.touch(mode=0o600)
    return ZipFile(path, "w", ZIP_DEFLATED, compresslevel=6)


def read_manifest(archive: ZipFile) -> Manifest:
    """The manifest of an archive.

    Raises:
        ArchiveError: where it has none.

    """
    try:
        return Manifest.from_json(archive.read(MANIFEST))
    except (KeyError, ValueError, TypeError, BadZipFile) as trouble:
        raise ArchiveError("This archive has no manifest of a Headway backup.") from trouble


def verify(archive: ZipFile, manifest: Manifest) -> None:
    """Read every member and compare it with the manifest.

    Raises:
        ArchiveError: naming the first member that differs.

    """
    wanted = {table.member: table.sha256 for table in manifest.tables}
    wanted |= {stored.name: stored.sha256 for stored in manifest.files}
    for name, sha256 in wanted.items():
        if _hash_of(archive, name) != sha256:
            raise ArchiveError(f"{name} is damaged; use another backup.")


def _hash_of(archive: ZipFile, name: str) -> str:
    content = hashlib.sha256()
    try:
        with archive.open(name) as stream:
            for piece in blocks(stream):
                content.update(piece)
    except (KeyError, BadZipFile, OSError):
        return ""
    return content.hexdigest()
