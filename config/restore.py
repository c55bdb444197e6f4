"""`headway restore FILE`: load a backup into an empty place, on either engine."""

import argparse
import itertools
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZipFile

from config.archive import (
    ArchiveError,
    Manifest,
    Table,
    Tally,
    blocks,
    lines,
    open_archive,
    read_manifest,
    verify,
)
from config.command import start_django

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.migrations.graph import MigrationGraph
    from django.db.models import Field, Model

ROWS_AT_ONCE = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where, and what was removed for good since."""
    parser.add_argument("file", type=Path, metavar="FILE", help="archive that `backup` wrote")
    parser.add_argument(
        "--expunged",
        type=Path,
        metavar="LEDGER",
        help="expunged.jsonl of the installation that is replaced: what it removed for good after "
        "this backup is removed again",
    )


def refuse_used_place() -> None:
    """Only an empty place is filled.

    Raises:
        ArchiveError: where the database or the folder of files holds anything.

    """
    from django.apps import apps
    from django.conf import settings
    from django.db import connection

    from config.archive import archived_models

    there = set(connection.introspection.table_names())
    made = [model for model in archived_models(apps) if model._meta.db_table in there]
    used = [model._meta.db_table for model in made if model._base_manager.exists()]
    if used or any((settings.DATA / "files").rglob("*")):
        where = f"rows in {used[0]}" if used else f"files in {settings.DATA / 'files'}"
        raise ArchiveError(
            f"This place holds {where}. Restore into an empty one: choose another HEADWAY_DATA "
            "or another HEADWAY_DATABASE_URL."
        )


def last_of_each_app(
    graph: "MigrationGraph", wanted: set[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The migrations that no other wanted one of the same app builds on."""
    nodes = wanted & set(graph.nodes)
    below = {
        parent.key
        for node in nodes
        for parent in graph.node_map[node].parents
        if parent.key[0] == node[0]
    }
    return sorted(nodes - below)


def migrate_as_then(manifest: Manifest) -> "Apps":
    """Make the tables as they were when the backup was written; answer their models.

    Raises:
        ArchiveError: where the backup is from a newer Headway.

    """
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, name in manifest.migrations}
    unknown = sorted(wanted - set(executor.loader.disk_migrations))
    if unknown:
        raise ArchiveError(
            f"This backup is from Headway {manifest.headway}, which knows more "
            f"({'.'.join(unknown[0])}). Install that version first."
        )
    last = last_of_each_app(executor.loader.graph, wanted)
    executor.migrate(last)
    return executor.loader.project_state(last).apps


def _batches(stream: IO[bytes], tally: Tally) -> Iterator[list[list[Any]]]:
    while piece := list(itertools.islice(stream, ROWS_AT_ONCE)):
        yield [json.loads(tally.add(line)) for line in piece]


def _objects(
    model: "type[Model]", fields: Sequence["Field[Any, Any]"], rows: list[list[Any]]
) -> list["Model"]:
    return [
        model(
            **{
                field.attname: field.to_python(value)
                for field, value in zip(fields, row, strict=True)
            }
        )
        for row in rows
    ]


def _insert(model: "type[Model]", fields: Sequence["Field[Any, Any]"], rows: list["Model"]) -> None:
    """Insert rows exactly as they are: no default, no clock, no check of ours."""
    from django.db import connection
    from django.db.models.sql import InsertQuery

    size = connection.ops.bulk_batch_size(list(fields), rows)
    for start in range(0, len(rows), size):
        query = InsertQuery(model)
        query.insert_values(list(fields), rows[start : start + size], raw=True)
        query.get_compiler(connection=connection).execute_sql()


def load_table(archive: ZipFile, table: Table, models: "Apps") -> None:
    """Load one table and compare what came with the manifest.

    Raises:
        ArchiveError: where the rows are not those of the manifest.

    """
    model = models.get_model(table.model)
    by_name = {column.attname: column for column in model._meta.local_concrete_fields}
    fields = [by_name[name] for name in table.fields]
    tally = Tally()
    with archive.open(table.member) as stream:
        for rows in _batches(stream, tally):
            _insert(model, fields, _objects(model, fields, rows))
    if (tally.rows, f"{tally.total:064x}") != (table.rows, table.rows_sha256):
        raise ArchiveError(f"{table.member} does not hold what the manifest says.")


def reset_sequences(models: Sequence["type[Model]"]) -> None:
    """Let new rows be numbered after the loaded ones."""
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def compare_tables(manifest: Manifest, models: "Apps") -> None:
    """Read every table back and compare counts and hashes.

    Raises:
        ArchiveError: naming the first table that differs.

    """
    from django.db import connection

    for table in manifest.tables:
        tally = Tally()
        model = models.get_model(table.model)
        for line in lines(model, table.fields, connection.alias):
            tally.add(line)
        if (tally.rows, f"{tally.total:064x}") != (table.rows, table.rows_sha256):
            raise ArchiveError(
                f"{table.model} differs after loading: {tally.rows} rows of {table.rows}."
            )


def load_tables(archive: ZipFile, manifest: Manifest, models: "Apps") -> None:
    """Load all tables in one transaction: all or nothing."""
    from django.db import transaction

    loaded = [models.get_model(table.model) for table in manifest.tables]
    with transaction.atomic():
        for table in manifest.tables:
            load_table(archive, table, models)
        reset_sequences(loaded)
        compare_tables(manifest, models)


def place_of(name: str, data: Path) -> Path:
    """Where a file of the archive belongs; never outside the data folder.

    Raises:
        ArchiveError: where the name leads elsewhere.

    """
    parts = PurePosixPath(name).parts
    inner = parts[1:] if parts[0] == "keys" else parts
    if not inner or ".." in parts or PurePosixPath(name).is_absolute():
        raise ArchiveError(f"{name!r} is no name for a file of a backup.")
    return data.joinpath(*inner)


def load_files(archive: ZipFile, manifest: Manifest, data: Path) -> None:
    """Put the files back, readable by their owner only."""
    for stored in manifest.files:
        place = place_of(stored.name, data)
        place.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(stored.name) as source, place.open("wb") as target:
            for piece in blocks(source):
                target.write(piece)


def restore(file: Path) -> Manifest:
    """Load an archive into this empty place and bring it up to date.

    Raises:
        ArchiveError: where archive and place do not allow it; the database stays empty then.

    """
    from django.conf import settings

    from config.migrate import make_tables

    with open_archive(file) as archive:
        manifest = read_manifest(archive)
        verify(archive, manifest)
        refuse_used_place()
        load_tables(archive, manifest, migrate_as_then(manifest))
        load_files(archive, manifest, settings.DATA)
    make_tables()
    return manifest


def remove_again(ledger: Path) -> int:
    """Remove what was removed for good after the backup was written; answer how much."""
    from django.utils import timezone

    from headway.accounts.actor import Actor
    from headway.exchange.actions import replay_expunges

    with ledger.open(encoding="utf-8") as ledger_lines:
        return replay_expunges(ledger_lines, by=Actor(kind="worker", at=timezone.now()))


def run(options: argparse.Namespace) -> int:
    """Restore, then remove again what was removed for good."""
    os.umask(0o077)
    if options.expunged and not options.expunged.is_file():
        sys.stderr.write(f"There is no ledger at {options.expunged}.\n")
        return 2
    start_django()
    try:
        manifest = restore(options.file)
    except ArchiveError as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    rows = sum(table.rows for table in manifest.tables)
    sys.stderr.write(
        f"Restored {rows} rows of {len(manifest.tables)} tables and {len(manifest.files)} files; "
        "counts and hashes agree.\n"
    )
    if options.expunged:
        sys.stderr.write(f"Removed {remove_again(options.expunged)} records and passages again.\n")
    return 0
