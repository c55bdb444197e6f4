import json
import re
from pathlib import Path

import pytest

from config import bootstrap
from tests.servers import PROJECT

LOCKS = [*sorted((PROJECT / "requirements").glob("*.txt")), PROJECT / "package-lock.json"]
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", re.MULTILINE)
HOST = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|cloud|internal|local)\b")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_no_lock_names_an_address(lock: Path) -> None:
    assert "://" not in lock.read_text()


@pytest.mark.parametrize("name", [".ci/run", "Makefile", ".npmrc", "config/bootstrap.py"])
def test_what_sets_up_names_no_host(name: str) -> None:
    assert HOST.findall((PROJECT / name).read_text()) == []


@pytest.mark.parametrize("lock", LOCKS[:-1], ids=lambda path: path.name)
def test_every_pin_has_a_hash(lock: Path) -> None:
    blocks = re.split(r"\n(?=\S)", lock.read_text().strip())

    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_development_holds_all_that_run_needs() -> None:
    run, development = (
        dict(PIN.findall((PROJECT / "requirements" / f"{kind}.txt").read_text()))
        for kind in bootstrap.KINDS
    )

    assert run.items() <= development.items()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / ".venv"
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "python").touch()
    (home / "bin" / "uv").touch()
    monkeypatch.setattr(bootstrap, "HOME", home)
    monkeypatch.setattr(bootstrap, "PYTHON", home / "bin" / "python")
    monkeypatch.setattr(bootstrap, "NOTE", home / "installed.json")
    monkeypatch.setattr(bootstrap, "make_home", lambda: None)
    return home


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(bootstrap, "install", lambda kind, *_prints: found.append(kind))
    monkeypatch.setattr(
        bootstrap, "wanted", lambda kind: {"run": "1"} | ({kind: "1"} if kind != "run" else {})
    )
    return found


def test_a_second_call_installs_nothing(place: Path, installed: list[str]) -> None:
    bootstrap.main("run")
    bootstrap.main("run")

    assert installed == ["run"]


def test_run_leaves_a_development_environment_whole(place: Path, installed: list[str]) -> None:
    bootstrap.main("development")
    bootstrap.main("run")
    (place / "installed.json").write_text(json.dumps({"run": "old", "development": "old"}))
    bootstrap.main("run")

    assert installed == ["development", "development"]


def test_a_changed_lock_is_installed(place: Path, installed: list[str]) -> None:
    bootstrap.main("run")
    (place / "installed.json").write_text(json.dumps({"run": "old"}))
    bootstrap.main("run")

    assert installed == ["run", "run"]
