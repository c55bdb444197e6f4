"""Databases that have their tables already: made once for a state of the code, then copied."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

PROJECT = Path(__file__).resolve().parent.parent
PLACE = PROJECT / "build" / "tables"
# What migrations are and use; whatever else changed, `migrate` is called on the copy as well.
SOURCES = (
    "headway/*/migrations/*.py",
    "headway/accounts/triggers.py",
    "headway/initiatives/search_index/*.*",
    "requirements/run.txt",
)
MANAGE = (sys.executable, "-W", "ignore", "-m", "config.command", "manage")


def fingerprint() -> str:
    """One of everything that could change what migrations made."""
    whole = hashlib.sha256()
    for path in sorted(path for pattern in SOURCES for path in PROJECT.glob(pattern)):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:20]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "tables.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_tables(environment: Mapping[str, str]) -> None:
    for words in (("migrate", "-v", "0"), ("createcachetable",)):
        subprocess.run([*MANAGE, *words], cwd=PROJECT, env=dict(environment), check=True)


def _settings(data: Path | str, database_url: str) -> dict[str, str]:
    rest = {name: value for name, value in os.environ.items() if not name.startswith("HEADWAY_")}
    return rest | {"HEADWAY_DATA": str(data), "HEADWAY_DATABASE_URL": database_url}


def sqlite_file() -> Path:
    """A SQLite file with every table, kept while migrations are the same."""
    place = PLACE / f"{fingerprint()}.sqlite3"
    with _alone(PLACE):
        if place.exists():
            return place
        for old in PLACE.glob("*.sqlite3"):
            old.unlink()
        with tempfile.TemporaryDirectory(prefix="headway-tables-") as folder:
            _make_tables(_settings(folder, ""))
            with closing(sqlite3.connect(Path(folder) / "headway.sqlite3")) as made:
                made.execute("VACUUM INTO ?", [f"{folder}/whole.sqlite3"])
            shutil.move(f"{folder}/whole.sqlite3", place)
    return place


def lay_tables(environment: Mapping[str, str]) -> None:
    """Give an installation on SQLite its tables."""
    folder = Path(environment["HEADWAY_DATA"])
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(sqlite_file(), folder / "headway.sqlite3")


def postgres_template() -> str:
    """The name of a database of this run that has every table, made by whoever asks first."""
    server, name = os.environ["HEADWAY_TEST_DATABASE_URL"], os.environ["HEADWAY_TEST_TABLES"]
    data = os.environ["HEADWAY_DATA"]
    with _alone(Path(data)), psycopg.connect(server, autocommit=True) as session:
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if session.execute(known, [name]).fetchone() is None:
            session.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
            _make_tables(_settings(data, server.rsplit("/", 1)[0] + f"/{name}"))
    return name


def forget_template() -> None:
    """Remove that database from a server that outlives the run."""
    server, name = os.environ["HEADWAY_TEST_DATABASE_URL"], os.environ["HEADWAY_TEST_TABLES"]
    with psycopg.connect(server, autocommit=True) as session:
        session.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))
