"""Brings browser assets, catalogues, static files and database up to date, each only when stale."""

import hashlib
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from config.environment import PROJECT, environment

NOTE = PROJECT / "build" / "prepared.json"
MIGRATIONS = ("headway/*/migrations/*.py", "requirements/run.txt")


@dataclass(frozen=True, slots=True)
class Step:
    """Something made from files; it is made again when one of them has changed."""

    name: str
    sources: tuple[str, ...]
    proof: str
    make: Callable[[], None]


def _module(name: str) -> Callable[[], None]:
    def call() -> None:
        subprocess.run([sys.executable, "-m", name], cwd=PROJECT, check=True)

    return call


def _collect_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


STEPS = (
    Step(
        "browser assets",
        ("package.json", "package-lock.json", "config/assets.py", "headway/*/scss/**/*"),
        "headway/core/static/core/css/headway.css",
        _module("config.assets"),
    ),
    Step(
        "catalogues",
        ("config/catalogues.py", "headway/**/*.py", "headway/*/templates/**/*"),
        "headway/locale",
        _module("config.catalogues"),
    ),
    Step(
        "static files",
        ("requirements/run.txt", "headway/*/static/**/*"),
        "static/staticfiles.json",
        _collect_static,
    ),
)


def _files(patterns: Iterable[str]) -> list[Path]:
    found = {path for pattern in patterns for path in PROJECT.glob(pattern) if path.is_file()}
    return sorted(found)


def fingerprint(patterns: Iterable[str]) -> str:
    """Names, sizes and times of the files; reading them all would take too long."""
    whole = hashlib.sha256()
    for path in _files(patterns):
        stat = path.stat()
        whole.update(f"{path}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return whole.hexdigest()


def _noted() -> dict[str, str]:
    if not NOTE.is_file():
        return {}
    found: dict[str, str] = json.loads(NOTE.read_text(encoding="utf-8"))
    return found


def _is_fresh(step: Step, noted: dict[str, str]) -> bool:
    return noted.get(step.name) == fingerprint(step.sources) and (PROJECT / step.proof).exists()


def _make(step: Step, noted: dict[str, str]) -> None:
    if _is_fresh(step, noted):
        return
    started = time.monotonic()
    sys.stderr.write(f"Making the {step.name} …\n")
    step.make()
    sys.stderr.write(f"Made the {step.name} in {time.monotonic() - started:.0f} s.\n")
    noted[step.name] = fingerprint(step.sources)
    NOTE.parent.mkdir(exist_ok=True)
    NOTE.write_text(json.dumps(noted, indent=1), encoding="utf-8")


def prepare_files() -> None:
    """Make what a browser and the pages need."""
    noted = _noted()
    for step in STEPS:
        _make(step, noted)


def _tables_note() -> Path:
    return environment().data / "tables-of"


def note_tables() -> None:
    """Remember which migrations the embedded database has had."""
    _tables_note().write_text(fingerprint(MIGRATIONS), encoding="utf-8")


def _has_every_table() -> bool:
    """Whether the embedded database itself says that it has had each of our migrations.

    The note alone may be wrong: somebody may have put another database in its place.
    """
    place = environment().data / "headway.sqlite3"
    files = [path for path in _files(MIGRATIONS[:1]) if path.stem != "__init__"]
    try:
        with closing(sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True)) as database:
            had = set(database.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.Error:
        return False
    return had >= {(path.parent.parent.name, path.stem) for path in files}


def seems_ready() -> bool:
    """Whether files and the embedded database were made from what is here now; a quick look."""
    settings, note = environment(), _tables_note()
    if settings.database_url or not note.is_file():
        return False
    same = note.read_text(encoding="utf-8") == fingerprint(MIGRATIONS)
    noted = _noted()
    return same and all(_is_fresh(step, noted) for step in STEPS) and _has_every_table()


def main() -> int:
    """Prepare the files; the command line's `serve --demonstration` does the same."""
    from config.command import start_django

    start_django()
    prepare_files()
    return 0


if __name__ == "__main__":
    sys.exit(main())
