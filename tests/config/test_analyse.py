import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from config.command import main
from tests.servers import PROJECT

BUDGET = """META
key;value
budget;100
PROJECTS
project_id;cost
park;60
path;40
shed;40
VOTES
voter_id;vote
"""
BUDGET += "".join(f"{voter};{'park,path' if voter < 6 else 'shed'}\n" for voter in range(10))
RANKED = "voter,beds,jobs,rent,count\n1,1,2,,4\n2,,1,3,3\n3,,2,1,2\n"


@pytest.fixture
def budget(tmp_path: Path) -> Path:
    path = tmp_path / "town.pb"
    path.write_text(BUDGET, encoding="utf-8")
    return path


@pytest.fixture
def ballots(tmp_path: Path) -> Path:
    path = tmp_path / "ballots.csv"
    path.write_text(RANKED, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "winners"),
    [
        (["mes"], ["path", "shed"]),
        (["mes", "--completion", "none"], ["path", "shed"]),
        (["greedy"], ["path", "park"]),
    ],
)
def test_a_budget_is_split_packed_or_not(budget: Path, words: list[str], winners) -> None:
    packed, out = budget.with_suffix(".pb.gz"), budget.with_suffix(".json")
    packed.write_bytes(gzip.compress(budget.read_bytes()))
    for path in (budget, packed):
        assert main(["analyse", "budget", str(path), "--rule", *words, "--json", str(out)]) == 0
        found = json.loads(out.read_text(encoding="utf-8"))
        assert found["winners"] == winners == [each["project"] for each in found["rounds"]]
        assert (found["cost"], found["budget"]) == (sum(r["cost"] for r in found["rounds"]), 100)


@pytest.mark.parametrize(("rule", "winner"), [("schulze", "jobs"), ("irv", "jobs")])
def test_a_ranked_ballot_is_counted(ballots: Path, rule: str, winner: str, capsys) -> None:
    out = ballots.with_suffix(".json")
    assert main(["analyse", "ballot", str(ballots), "--rule", rule, "--json", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert (found["rule"], found["winners"], found["ballots"]) == (rule, [winner], 9)
    assert capsys.readouterr().out == f"Chosen: {winner}\n"


@pytest.mark.parametrize(
    ("rule", "text", "winner"), [("approval", "a,b\n1,\n1,1\n", "a"), ("score", "a,b\n3,9\n", "b")]
)
def test_sums_are_counted(ballots: Path, rule: str, text: str, winner: str, capsys) -> None:
    ballots.write_text(text, encoding="utf-8")
    assert main(["analyse", "ballot", str(ballots), "--rule", rule]) == 0
    assert capsys.readouterr().out == f"Chosen: {winner}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["budget", "FILE", "--rule", "irv"], "--rule for a budget is one of mes, greedy"),
        (["ballot", "FILE", "--rule", "mes"], "--rule for a ballot is one of schulze, irv"),
        (["budget", "FILE", "--rule", "greedy", "--completion", "add1"], "belongs to --rule mes"),
        (["ballot", "FILE", "--rule", "irv", "--highest", "5"], "belong to --rule score"),
        (["ballot", "FILE", "--rule", "score", "--highest", "0"], "must be above --lowest 0"),
        (["budget", "nowhere.pb", "--rule", "mes"], "nowhere.pb: No such file"),
        (
            ["budget", "FILE", "--rule", "mes", "--json", "/no/such/place"],
            "/no/such/place: No such",
        ),
    ],
)
def test_what_cannot_be_done_says_why(budget: Path, words: list[str], said: str, capsys) -> None:
    code = main(["analyse", *(str(budget) if word == "FILE" else word for word in words)])
    assert code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 50,
        b"\x1f\x8b broken",
        gzip.compress(BUDGET.encode())[:-12],
        BUDGET.encode("utf-16"),
        BUDGET.replace("park;60", "parc\xe9;60").encode("cp1252"),
        b"\xff" * 100,
    ],
)
def test_a_broken_file_is_refused_without_a_traceback(budget: Path, raw: bytes, capsys) -> None:
    budget.write_bytes(raw)
    for what, rule in (("budget", "mes"), ("ballot", "irv")):
        assert main(["analyse", what, str(budget), "--rule", rule]) == 2
        assert str(budget) in capsys.readouterr().err


def test_of_very_many_problems_the_first_are_named(budget: Path, capsys) -> None:
    budget.write_text(BUDGET + "9;lake\n" * 1_000)
    assert main(["analyse", "budget", str(budget), "--rule", "mes"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 201
    assert lines[-1].endswith("and 800 problems more")


def test_counting_needs_no_django_and_no_settings(budget: Path) -> None:
    program = (
        "import sys; from config.command import main\n"
        f"code = main(['analyse', 'budget', {str(budget)!r}, '--rule', 'mes'])\n"
        "sys.exit(code or 'django' in sys.modules)"
    )
    wrong = {"HEADWAY_MODE": "nonsense", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, env=wrong, check=False)
    assert done.returncode == 0
