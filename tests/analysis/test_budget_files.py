"""Pabulib files: round trip, every kind of damage, and two real elections where at hand."""

import os
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway_analysis.ballots.budget import BudgetElection, Project, greedy
from headway_analysis.ballots.equal_shares import equal_shares
from headway_analysis.ballots.pabulib import read, write

SMALL = """META
key;value
description;Small place; quoted "by hand"
budget;100
vote_type;approval
PROJECTS
project_id;cost;votes;name;selected
park;60;2;"The ""old"" park; north";0
path;40,50;1;Path;1

VOTES
voter_id;age;vote
1;30;park,path
2;;park
3;41;
"""
SMALL = SMALL.replace('place; quoted "by hand"', "place")
NAMES = st.text(st.sampled_from('abc é";'), max_size=6).map(lambda text: " ".join(text.split()))


@st.composite
def elections(draw: st.DrawFn) -> BudgetElection:
    costs = draw(st.lists(st.integers(0, 10**6), min_size=1, max_size=4))
    projects = tuple(
        Project(f"p{place}", Fraction(cost, 100), draw(NAMES)) for place, cost in enumerate(costs)
    )
    ids = st.sampled_from([each.id for each in projects])
    ballots = draw(st.lists(st.lists(ids, max_size=3, unique=True), max_size=4))
    return BudgetElection(draw(st.integers(1, 10**6)), projects, tuple(map(tuple, ballots)))


@given(elections())
@settings(deadline=None)
def test_what_is_written_reads_the_same(election: BudgetElection) -> None:
    found = read("".join(write(election, {"unit": "Assen"})))
    assert (found.election, found.problems) == (election, ())
    assert found.meta["unit"] == "Assen"


def test_a_small_file_is_read_whole() -> None:
    found = read(SMALL)
    assert found.problems == ()
    assert found.selected == ("path",)
    assert found.election is not None
    assert found.election.projects[0].name == 'The "old" park; north'
    assert found.election.projects[1].cost == Fraction(81, 2)
    assert found.election.ballots == (("park", "path"), ("park",), ())


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_the_mark_at_the_start_do_not_matter(ends: str) -> None:
    assert read("\ufeff" + SMALL.replace("\n", ends)) == read(SMALL)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("budget;100", "budget;a lot", "line 4: budget is “a lot”; write an amount like"),
        ("budget;100", "budget;0", "line 4: budget is “0”"),
        ("budget;100", "funds;100", "line 1: META has no line budget"),
        ("approval", "ordinal", "line 5: vote_type is “ordinal”; only approval"),
        ("PROJECTS\n", "", "the part PROJECTS is missing"),
        ("VOTES\n", "", "the part VOTES is missing"),
        ("META\n", "", "line 1: stands before the first part"),
        ("project_id;cost", "project_id;price", "line 6: PROJECTS has no column cost"),
        ("age;vote", "age;choice", "line 11: VOTES has no column vote"),
        ("park;60", "park;sixty", "line 8: cost of “park” is “sixty”; write an amount"),
        ("park;60", "park;-60", "line 8: cost of “park” is “-60”"),
        ("park;60", "park;1e3", "line 8: cost of “park” is “1e3”"),
        ("park;60", "park;²", "line 8: cost of “park” is “²”"),
        ("path;40,50", "park;40", "line 9: project “park” is listed a second time"),
        ("path;40,50", ";40", "line 9: project_id is “”"),
        ("path;40,50", "path;1;2;3", "line 9: has 7 cells, but the heading 5"),
        ('"The ""old""', '"The "old', "line 8: has a quotation mark that is not closed"),
        ("2;;park", "2;;lake,pond", "line 14: votes for “lake”, “pond”, which PROJECTS does not"),
        ("2;;park", "1;;park", "line 14: voter “1” has voted on line 13 already"),
        ("2;;park", "2;park", "line 14: has 2 cells, but the heading 3"),
        ("2;;park", "2;;pa\x00rk", "line 14: holds a NUL sign"),
        ("2;;park", "2;;p�rk", "line 14: holds a sign that is not UTF-8"),
        ("VOTES\n", "VOTES\nvoter_id;age;vote\nPROJECTS\n", "PROJECTS begins a second time"),
    ],
)
def test_every_damage_is_named_with_its_line(old: str, new: str, said: str) -> None:
    assert old in SMALL
    found = read(SMALL.replace(old, new, 1))
    assert found.election is None
    assert said in "\n".join(map(str, found.problems))


def test_all_problems_are_named_at_once() -> None:
    broken = SMALL.replace("park;60", "park;x").replace("path;40,50", "path;y")
    lines = [problem.line for problem in read(broken).problems]
    assert lines[:2] == [8, 9]


@given(st.text(max_size=60) | st.text(st.sampled_from('META\nPROJECTSVO;,"\x00 1'), max_size=200))
@settings(deadline=None)
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    found = read(text)
    assert (found.election is None) == bool(found.problems)


def test_an_amount_without_a_decimal_form_cannot_be_written() -> None:
    third = BudgetElection(Fraction(1, 3), (Project("p", 1),), ())
    with pytest.raises(ValueError, match="at most 15 decimals, got 1/3"):
        list(write(third, {}))


DATA = Path(os.environ.get("BUDGET_DATA") or "there-is-none")
REAL = {
    "Netherlands_Assen_2024.pb": equal_shares,
    "Poland_Warszawa_2020_Praga-Polnoc.pb": greedy,
}


@pytest.mark.skipif(not DATA.is_dir(), reason="BUDGET_DATA names no folder of Pabulib files")
@pytest.mark.parametrize("name", REAL)
def test_the_official_winners_are_found(name: str) -> None:
    found = read((DATA / name).read_text(encoding="utf-8"))
    assert found.election is not None
    assert set(REAL[name](found.election).winners) == set(found.selected)
