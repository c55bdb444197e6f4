import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from config import prepare
from config.environment import Environment
from config.prepare import Step


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "look.scss").write_text("a")
    monkeypatch.setattr(prepare, "PROJECT", tmp_path)
    monkeypatch.setattr(prepare, "NOTE", tmp_path / "build" / "prepared.json")
    return tmp_path


@pytest.fixture
def made(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []

    def make() -> None:
        done.append("look")
        (project / "look.css").write_text("a")

    monkeypatch.setattr(prepare, "STEPS", (Step("look", ("*.scss",), "look.css", make),))
    return done


def test_what_is_up_to_date_is_left_alone(made: list[str]) -> None:
    prepare.prepare_files()
    prepare.prepare_files()

    assert made == ["look"]


def test_what_comes_from_a_changed_file_is_made_again(project: Path, made: list[str]) -> None:
    prepare.prepare_files()
    os.utime(project / "look.scss", (1, 1))
    prepare.prepare_files()

    assert made == ["look", "look"]


def test_what_somebody_removed_is_made_again(project: Path, made: list[str]) -> None:
    prepare.prepare_files()
    (project / "look.css").unlink()
    prepare.prepare_files()

    assert made == ["look", "look"]


def test_a_step_that_failed_is_tried_again(
    made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        made.append("failed")
        raise RuntimeError

    good = prepare.STEPS
    monkeypatch.setattr(prepare, "STEPS", (Step("look", ("*.scss",), "look.css", fail),))
    with pytest.raises(RuntimeError):
        prepare.prepare_files()
    monkeypatch.setattr(prepare, "STEPS", good)
    prepare.prepare_files()

    assert made == ["failed", "look"]


def test_every_step_looks_at_files_that_are_there() -> None:
    assert [step.name for step in prepare.STEPS if not prepare._files(step.sources)] == []


@pytest.fixture
def installed(project: Path, made: list[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An embedded database in a place where everything is up to date."""
    monkeypatch.setattr(prepare, "MIGRATIONS", ("headway/*/migrations/*.py",))
    monkeypatch.setattr(prepare, "environment", lambda: Environment(data=project, database_url=""))
    migration = project / "headway" / "people" / "migrations" / "0001_people.py"
    migration.parent.mkdir(parents=True)
    migration.touch()
    with closing(sqlite3.connect(project / "headway.sqlite3")) as database:
        database.execute("CREATE TABLE django_migrations (app, name)")
        database.execute("INSERT INTO django_migrations VALUES ('people', '0001_people')")
        database.commit()
    prepare.prepare_files()
    prepare.note_tables()
    return project


def test_what_was_made_from_what_is_here_seems_ready(installed: Path) -> None:
    assert prepare.seems_ready()


@pytest.mark.parametrize("change", ["look.scss", "headway/people/migrations/0002_more.py"])
def test_what_has_changed_since_is_not_ready(installed: Path, change: str) -> None:
    (installed / change).write_text("something else")

    assert not prepare.seems_ready()


@pytest.mark.parametrize("lost", ["headway.sqlite3", "look.css", "tables-of"])
def test_what_somebody_removed_is_not_ready(installed: Path, lost: str) -> None:
    (installed / lost).unlink()

    assert not prepare.seems_ready()


@pytest.mark.parametrize("undo", ["DELETE FROM django_migrations", "DROP TABLE django_migrations"])
def test_a_database_that_lacks_a_migration_is_not_ready_whatever_the_note_says(
    installed: Path, undo: str
) -> None:
    with closing(sqlite3.connect(installed / "headway.sqlite3")) as database:
        database.execute(undo)
        database.commit()

    assert not prepare.seems_ready()
