import os
from pathlib import Path

import pytest

from config import prepare
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
