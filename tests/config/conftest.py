"""One installation with something in it, which the tests of backup and restore share."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers import a_database, headway, own_settings
from tests.tables import lay_tables

STORED = "ab/cd0123"
SIMULATE = ("simulate", "--partners", "7", "--events", "120")


def carry_out(environment: dict[str, str], *words: str) -> str:
    """Run a sub-command that must succeed; answer what it says beside its output."""
    done = headway(environment, *words)
    assert done.returncode == 0, done.stderr
    return done.stderr


def fill(environment: dict[str, str]) -> None:
    """An installation with people, an initiative, events and a file."""
    carry_out(environment, "migrate", "--administrator", "ann@county.example")
    carry_out(environment, *SIMULATE)
    place = Path(environment["HEADWAY_DATA"]) / "files" / STORED
    place.parent.mkdir(parents=True)
    place.write_bytes(bytes(range(256)))


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A filled installation on SQLite; tests only read it."""
    environment = own_settings(tmp_path_factory.mktemp("origin"))
    lay_tables(environment)
    fill(environment)
    return environment


@contextmanager
def another(origin: dict[str, str], folder: Path, engine: str) -> Iterator[dict[str, str]]:
    """A filled installation that a test may change."""
    if engine == "sqlite":
        shutil.copytree(origin["HEADWAY_DATA"], folder)
        yield own_settings(folder)
        return
    with a_database(engine, with_tables=True) as url:
        environment = own_settings(folder, url)
        fill(environment)
        yield environment


@pytest.fixture(scope="session")
def backup(origin: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    file = tmp_path_factory.mktemp("backups") / "backup.zip"
    carry_out(origin, "backup", str(file))
    return file


@pytest.fixture(scope="session")
def backup_with_keys(origin: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it with the keys."""
    file = tmp_path_factory.mktemp("backups") / "backup.zip"
    carry_out(origin, "backup", str(file), "--with-keys")
    return file
