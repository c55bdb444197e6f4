"""Each rule of the house is proved once: a fault is planted in a copy, and the rule finds it."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import rules

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
COPIED = ("headway", "headway_analysis", "config", "requirements", "pyproject.toml")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "vendor", "*.mo", "fonts")
Rule = Callable[[Path], list[str]]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the product to break."""
    for name in COPIED:
        here, there = ROOT / name, tmp_path / name
        if here.is_dir():
            shutil.copytree(here, there, ignore=LEFT_OUT)
        else:
            shutil.copy(here, there)
    return tmp_path


def plant(copy: Path, place: str, fault: str) -> None:
    """Write a fault at the end of a file, or into a new one."""
    path = copy / place
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(fault)


FAULTS: list[tuple[Rule, str, str]] = [
    (rules.unknown_drawers, "headway/problems/utils.py", ""),
    (
        rules.writes_outside_actions,
        "headway/directory/queries/late.py",
        "\ndef forget():\n    Organisation.objects.filter(name='x').delete()\n",
    ),
    (
        rules.foreign_keys_given_as_text,
        "headway/directory/models/late.py",
        "\nkey = models.ForeignKey('initiatives.Initiative', on_delete=models.PROTECT)\n",
    ),
    (
        rules.links_downstream,
        "headway/directory/templates/directory/late.html",
        "<a href=\"{% url 'problems:home' slug %}\">x</a>\n",
    ),
    (rules.long_files, "headway/core/long.py", "x = 1\n" * 401),
    (rules.long_files, "headway/core/templates/core/long.html", "<p>x</p>\n" * 81),
    (
        rules.sizes,
        "headway/core/endless.py",
        "".join(f'def f{n}():\n    """Long.' + "\n" * 40 + '    """\n' for n in range(4000)),
    ),
    (
        rules.addresses_in_locks,
        "requirements/run.txt",
        "six @ https" + "://files.example/six-1.0.whl\n",
    ),
    (rules.inline_code, "headway/core/templates/core/bad.html", "<script>alert(1)</script>\n"),
    (rules.inline_code, "headway/core/templates/core/bad.html", '<p style="color:red">x</p>\n'),
    (rules.unescaped_output, "headway/core/templates/core/bad.html", "{{ typed|safe }}\n"),
]


@pytest.mark.parametrize(("rule", "place", "fault"), FAULTS)
def test_a_planted_fault_is_found(copy: Path, rule: Rule, place: str, fault: str) -> None:
    before = rule(copy)
    plant(copy, place, fault)
    assert set(rule(copy)) > set(before)


TOOL_FAULTS = [
    ("direction", "headway/core/late.py", "import headway.accounts.models\n"),
    ("analysis", "headway_analysis/late.py", "import django\n"),
    ("analysis", "headway_analysis/late.py", "import random\n"),
    ("formats", "headway/directory/formats/late.py", "import django\n"),
    ("queries", "headway/problems/queries/late.py", "import headway.problems.actions\n"),
]


@pytest.mark.parametrize(("contract", "place", "fault"), TOOL_FAULTS)
def test_the_import_contracts_find_a_planted_import(
    copy: Path, contract: str, place: str, fault: str
) -> None:
    plant(copy, place, fault)
    ended = subprocess.run(
        [BIN / "lint-imports", "--no-cache", "--contract", contract],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "BROKEN" in ended.stdout


def test_the_style_check_finds_a_relative_import_and_a_print(copy: Path) -> None:
    plant(copy, "headway/core/late.py", '"""Late."""\n\nfrom . import text\n\nprint(text)\n')
    ended = subprocess.run(
        [BIN / "ruff", "check", "--no-cache", "headway/core/late.py"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert {"TID252", "T201"} <= {word.strip(":[]*") for word in ended.stdout.split()}


def test_the_type_check_finds_an_untyped_function(copy: Path) -> None:
    plant(copy, "headway_analysis/late.py", '"""Late."""\n\n\ndef late(x):\n    return x + ""\n')
    ended = subprocess.run(
        [BIN / "mypy", "--cache-dir", "/dev/null", "headway_analysis/late.py"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "no-untyped-def" in ended.stdout
