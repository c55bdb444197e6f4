"""Ranked ballots: against slow and obvious counts, known examples, and what always holds."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway_analysis.ballots.ranking import Ranking
from headway_analysis.ballots.runoff import instant_runoff
from headway_analysis.ballots.schulze import schulze

OPTIONS = ("a", "b", "c", "d")
RANKS = st.dictionaries(st.sampled_from(OPTIONS), st.integers(1, 5))
CAST = st.lists(RANKS.map(Ranking.from_ranks), max_size=9)
# The first example of Schulze's paper.
PUBLISHED = {
    "ACBED": 5,
    "ADECB": 5,
    "BEDAC": 8,
    "CABED": 3,
    "CAEBD": 7,
    "CBADE": 2,
    "DCEBA": 7,
    "EBADC": 8,
}


def rank(ballot: Ranking, option: str) -> int:
    """The group in which an option stands; the last one where it is left out."""
    for place, group in enumerate(ballot.groups):
        if option in group:
            return place
    return len(OPTIONS)


def slow_strength(cast: list[Ranking], start: str, end: str) -> int:
    """The strongest path, by trying every one."""

    def link(one: str, other: str) -> int:
        there = sum(rank(each, one) < rank(each, other) for each in cast)
        back = sum(rank(each, other) < rank(each, one) for each in cast)
        return there if there > back else 0

    others = [option for option in OPTIONS if option not in {start, end}]
    paths = [
        (start, *between, end)
        for length in range(len(others) + 1)
        for between in permutations(others, length)
    ]
    return max(min(map(link, path, path[1:])) for path in paths)


def slow_runoff(cast: list[Ranking]) -> str | None:
    """Instant run-off, word by word."""
    left, history = list(OPTIONS), []
    if not any(each.groups for each in cast):
        return None
    while True:
        votes = dict.fromkeys(left, Fraction(0))
        for ballot in cast:
            named = [option for option in left if option in ballot.named]
            best = min((rank(ballot, option) for option in named), default=None)
            top = [option for option in named if rank(ballot, option) == best]
            for option in top:
                votes[option] += Fraction(1, len(top))
        if len(left) == 1 or max(votes.values()) * 2 > sum(votes.values()):
            return max(left, key=lambda option: votes[option])
        history.append(votes)
        last = min(
            left,
            key=lambda option: ([each[option] for each in reversed(history)], -left.index(option)),
        )
        left.remove(last)


@given(CAST)
@settings(deadline=None, max_examples=150)
def test_schulze_is_that_of_trying_every_path(cast: list[Ranking]) -> None:
    found = schulze(cast, OPTIONS)
    for row, one in enumerate(OPTIONS):
        for column, other in enumerate(OPTIONS):
            if one != other:
                assert found.strengths[row][column] == slow_strength(cast, one, other)
    unbeaten = [
        one
        for row, one in enumerate(OPTIONS)
        if all(found.strengths[row][each] >= found.strengths[each][row] for each in range(4))
    ]
    some = any(each.groups for each in cast)
    assert found.winner == (unbeaten[0] if some else None)
    assert found.tied == (tuple(unbeaten) if some and len(unbeaten) > 1 else ())


@given(CAST)
@settings(deadline=None, max_examples=300)
def test_the_run_off_is_that_of_the_slow_count(cast: list[Ranking]) -> None:
    assert instant_runoff(cast, OPTIONS).winner == slow_runoff(cast)


@given(CAST, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_ballots_changes_nothing(cast, chance) -> None:
    mixed = list(cast)
    chance.shuffle(mixed)
    assert schulze(mixed, OPTIONS) == schulze(cast, OPTIONS)
    assert instant_runoff(mixed, OPTIONS) == instant_runoff(cast, OPTIONS)


@given(CAST, st.data())
@settings(deadline=None)
def test_raising_the_winner_never_harms_it_under_schulze(cast, data) -> None:
    winner = schulze(cast, OPTIONS).winner
    if winner is None:
        return
    row = data.draw(st.integers(0, len(cast) - 1))
    others = [tuple(each for each in group if each != winner) for group in cast[row].groups]
    raised = Ranking(((winner,), *(group for group in others if group)))
    assert schulze([*cast[:row], raised, *cast[row + 1 :]], OPTIONS).winner == winner


@given(CAST, st.lists(st.integers(1, 4), min_size=9, max_size=9))
@settings(deadline=None)
def test_a_ballot_cast_often_is_as_many_ballots(cast, numbers) -> None:
    times = numbers[: len(cast)]
    each = [ballot for ballot, often in zip(cast, times, strict=True) for _ in range(often)]
    assert schulze(cast, OPTIONS, times=times) == schulze(each, OPTIONS)
    assert instant_runoff(cast, OPTIONS, times=times) == instant_runoff(each, OPTIONS)


def test_the_published_example_of_schulze() -> None:
    cast = [Ranking.of(*names) for names in PUBLISHED]
    found = schulze(cast, "ABCDE", times=list(PUBLISHED.values()))
    assert [each.option for each in found.places] == ["E", "A", "C", "B", "D"]
    assert found.preferred[0] == (0, 20, 26, 30, 22)
    assert found.strengths[4] == (25, 28, 28, 31, 0)


def test_ties_and_gaps_in_a_ranking() -> None:
    assert Ranking.from_ranks({"a": 3, "b": 9, "c": 3}) == Ranking((("a", "c"), ("b",)))
    shared = instant_runoff([Ranking((("a", "b"),)), Ranking.of("b")], ("a", "b"))
    assert shared.rounds[0].votes == (("a", Fraction(1, 2)), ("b", Fraction(3, 2)))


def test_a_tie_in_the_run_off_looks_back_and_then_at_the_ballot_paper() -> None:
    cast = [Ranking.of("a")] * 3 + [Ranking.of("b")] * 2 + [Ranking.of("c", "b")]
    back = instant_runoff(cast, ("a", "b", "c"))
    assert [each.decided_by for each in back.rounds] == ["votes", "earlier_round", "votes"]
    assert (back.winner, back.tied) == ("a", ())
    even = instant_runoff([Ranking.of("a"), Ranking.of("b")], ("a", "b"))
    assert (even.winner, even.tied, even.rounds[0].eliminated) == ("a", ("a", "b"), "b")


def test_blank_ballots_choose_nobody() -> None:
    for count in (schulze, instant_runoff):
        found = count([Ranking(())], OPTIONS)
        assert (found.winner, found.tied, found.ballots, found.blank) == (None, (), 1, 1)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="'a' is ranked twice"):
        Ranking.of("a", "a")
    with pytest.raises(ValueError, match="at least 1 option"):
        Ranking(((),))
    with pytest.raises(ValueError, match="at least 1, got 0"):
        Ranking.from_ranks({"a": 0})
    with pytest.raises(ValueError, match="'e' is none of the options a, b, c, d"):
        schulze([Ranking.of("e")], OPTIONS)
    with pytest.raises(ValueError, match="must have 1 numbers, got 0"):
        instant_runoff([Ranking.of("a")], OPTIONS, times=[])
