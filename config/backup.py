"""`headway backup FILE`: everything of an installation, as it was at one moment."""

import argparse
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zipfile import ZipFile

from config.archive import (
    MANIFEST,
    Manifest,
    Stored,
    add_file,
    add_table,
    archived_models,
    new_archive,
)
from config.command import start_django

SNAPSHOT = "snapshot"
LEDGER = "expunged.jsonl"
SECRETS = ("secret-key",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether the keys go along."""
    parser.add_argument("file", type=Path, metavar="FILE", help="archive to write")
    parser.add_argument(
        "--with-keys",
        action="store_true",
        help="put the secret key in, but never those of votes; whoever has the file has it then",
    )


@contextmanager
def _sqlite_copy() -> Iterator[str]:
    """A copy made by SQLite's online backup; writers need not wait for it."""
    from django.db import connection, connections

    with tempfile.TemporaryDirectory(prefix="headway-backup-") as folder:
        place = Path(folder) / "copy.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(place)) as target:
            connection.connection.backup(target)
        connections.databases[SNAPSHOT] = {**connection.settings_dict, "NAME": str(place)}
        try:
            yield SNAPSHOT
        finally:
            connections[SNAPSHOT].close()
            del connections[SNAPSHOT], connections.databases[SNAPSHOT]


@contextmanager
def _repeatable_read() -> Iterator[str]:
    """One transaction that sees the database as it was when it began."""
    from django.db import connection, transaction

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield connection.alias


@contextmanager
def one_moment() -> Iterator[str]:
    """The alias of a database that does not change while it is read."""
    from django.db import connection

    with _sqlite_copy() if connection.vendor == "sqlite" else _repeatable_read() as alias:
        yield alias


def installed_version() -> str:
    """Which Headway this is."""
    try:
        return version("headway")
    except PackageNotFoundError:
        return "unknown"


def empty_manifest(alias: str) -> Manifest:
    """What is known before anything is written."""
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        headway=installed_version(),
        engine=connections[alias].vendor,
        migrations=sorted([app, name] for app, name in applied),
    )


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _secrets(data: Path) -> list[Path]:
    places = [data / name for name in SECRETS]
    return [path for place in places for path in ([place] if place.is_file() else _below(place))]


def _add_files(archive: ZipFile, data: Path, *, with_keys: bool) -> list[Stored]:
    """Uploaded files and the ledger; the keys only where asked for."""
    paths = [*_below(data / "files"), *([data / LEDGER] if (data / LEDGER).exists() else [])]
    stored = [add_file(archive, path, path.relative_to(data).as_posix()) for path in paths]
    if with_keys:
        names = [(path, f"keys/{path.relative_to(data).as_posix()}") for path in _secrets(data)]
        stored += [add_file(archive, path, name) for path, name in names]
    return stored


def write_backup(target: Path, *, with_keys: bool = False) -> Manifest:
    """Write an archive; the name appears only when it is whole."""
    from django.apps import apps
    from django.conf import settings

    partial = target.with_name(target.name + ".partial")
    with new_archive(partial) as archive:
        with one_moment() as alias:
            manifest = empty_manifest(alias)
            for model in archived_models(apps):
                manifest.tables.append(add_table(archive, model, alias))
        manifest.files.extend(_add_files(archive, settings.DATA, with_keys=with_keys))
        archive.writestr(MANIFEST, manifest.as_json())
    partial.replace(target)
    return manifest


def run(options: argparse.Namespace) -> int:
    """Write the archive and say what it holds."""
    start_django()
    if options.file.exists():
        sys.stderr.write(f"{options.file} exists already; choose another name.\n")
        return 2
    os.umask(0o077)
    manifest = write_backup(options.file, with_keys=options.with_keys)
    rows = sum(table.rows for table in manifest.tables)
    sys.stderr.write(
        f"Wrote {rows} rows of {len(manifest.tables)} tables and {len(manifest.files)} files "
        f"to {options.file}.\n"
    )
    return 0
