"""Carries out the tutorial of CONTRIBUTING.md in a copy of the code, as a reader would."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
START = "## A small feature through all drawers"
STEP = re.compile(
    r"(?:^`(?P<path>[\w./-]+)`(?P<new>, new)?:\n\n)?^```(?P<language>\w+)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
COPIED = ("headway", "headway_analysis", "config", "docs", "tests", "requirements", "examples")
FILES = ("manage.py", "pyproject.toml", "Makefile", "CHANGELOG.md", "CONTRIBUTING.md", "README.md")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "vendor", "_build", "*.mo")


@dataclass(frozen=True)
class Step:
    """One block of the tutorial: a new file, a change of one, or commands."""

    path: str
    new: bool
    language: str
    body: str


def steps() -> list[Step]:
    """Every block in its order; a block without a path belongs to the file before it."""
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition(START)[2]
    found, path = [], ""
    for block in STEP.finditer(text):
        path = block["path"] or path
        found.append(Step(path, bool(block["new"]), block["language"], block["body"]))
    return found


def copy_of_the_code(place: Path) -> Path:
    """The code without what was made from it, with the same environment."""
    for name in COPIED:
        shutil.copytree(PROJECT / name, place / name, ignore=LEFT_OUT)
    for name in FILES:
        shutil.copy(PROJECT / name, place / name)
    (place / ".venv").symlink_to(PROJECT / ".venv")
    return place


def carry_out(step: Step, place: Path) -> None:
    """Do what a block says."""
    if step.language == "console":
        for line in step.body.splitlines():
            run(line, place)
    elif step.language == "diff":
        change(place / step.path, step.body)
    else:
        path = place / step.path
        assert step.new, f"{step.path} is shown whole but not said to be new"
        assert not path.exists(), f"{step.path} is there already: the tutorial is behind the code"
        path.write_text(step.body, encoding="utf-8")


def change(path: Path, difference: str) -> None:
    """Replace the lines that a difference shows by what it makes of them."""
    old, new = (_side(difference, sign) for sign in "-+")
    text = path.read_text(encoding="utf-8")
    places = text.count(old)
    assert places == 1, f"{path.name} holds these lines {places} times:\n{old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _side(difference: str, sign: str) -> str:
    lines = difference.splitlines(keepends=True)
    return "".join(line[1:] for line in lines if line[:1] in {" ", sign})


def run(line: str, place: Path) -> None:
    """Run one command as it stands, on a database and settings of its own."""
    done = subprocess.run(
        shlex.split(line),
        cwd=place,
        env=dict(_environment(place)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"


def _environment(place: Path) -> Iterator[tuple[str, str]]:
    strange = ("HEADWAY_", "DJANGO_", "PYTEST_", "COV_")
    yield from ((key, value) for key, value in os.environ.items() if not key.startswith(strange))
    yield "HEADWAY_DATA", str(place / "var")
    yield "PYTHONPATH", str(place)
