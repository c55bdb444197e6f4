"""Budget splits: against slow and obvious counts of the same rules, and what always holds."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway_analysis.ballots.budget import BudgetElection, Project, greedy
from headway_analysis.ballots.equal_shares import equal_shares

PARK, PATH = Project("park", 60), Project("path", 40)


@st.composite
def elections(draw: st.DrawFn) -> BudgetElection:
    """Few projects and voters, with costs that make ties likely."""
    costs = draw(
        st.lists(
            st.sampled_from([0, 1, 2, 3, 4, 6, 12]) | st.integers(1, 40), min_size=1, max_size=5
        )
    )
    projects = tuple(Project(f"p{place}", cost) for place, cost in enumerate(costs))
    ids = st.sampled_from([each.id for each in projects])
    ballots = draw(st.lists(st.lists(ids, max_size=5), max_size=7))
    return BudgetElection(draw(st.integers(1, 60)), projects, tuple(map(tuple, ballots)))


def price_of(cost: Fraction, purses: Sequence[Fraction]) -> Fraction | None:
    """What those pay who pay in full; None where the purses do not hold the cost."""
    if sum(purses) < cost:
        return None
    for poor in range(len(purses)):
        rest = sorted(purses)[poor:]
        price = (cost - sum(sorted(purses)[:poor])) / len(rest)
        if price <= rest[0]:
            return price
    raise AssertionError


def slow_run(election: BudgetElection, share: Fraction) -> list[str]:
    """Equal Shares, word by word."""
    purses = [share for _ in election.ballots]
    winners = [each.id for each in election.projects if not each.cost and election.votes[each.id]]
    while True:
        found = []
        for place, project in enumerate(election.projects):
            fans = [row for row, ballot in enumerate(election.ballots) if project.id in ballot]
            if project.id in winners or not fans:
                continue
            price = price_of(Fraction(project.cost), [purses[row] for row in fans])
            if price is not None:
                found.append((price / project.cost, project.cost, -len(fans), place, fans, price))
        if not found:
            return winners
        *_, place, fans, price = min(found)
        winners.append(election.projects[place].id)
        for row in fans:
            purses[row] -= min(purses[row], price)


def slow_equal_shares(election: BudgetElection) -> tuple[list[str], Fraction]:
    """Equal Shares with add1, one unit after the other."""
    cost = {each.id: each.cost for each in election.projects}
    share = Fraction(election.budget, max(1, len(election.ballots)))
    winners = slow_run(election, share)
    while True:
        left = election.budget - sum(cost[each] for each in winners)
        wanted = [each for each in cost if election.votes[each] and each not in winners]
        more = slow_run(election, share + 1)
        if all(cost[each] > left for each in wanted):
            return winners, share
        if sum(cost[each] for each in more) > election.budget:
            return winners, share
        winners, share = more, share + 1


@given(elections())
@settings(deadline=None, max_examples=400)
def test_equal_shares_are_those_of_the_slow_count(election: BudgetElection) -> None:
    share = Fraction(election.budget, max(1, len(election.ballots)))
    found = equal_shares(election, completion="none")
    assert list(found.winners) == slow_run(election, share)


@given(elections())
@settings(deadline=None, max_examples=200)
def test_completion_is_that_of_trying_every_unit(election: BudgetElection) -> None:
    found = equal_shares(election)
    winners, share = slow_equal_shares(election)
    assert list(found.winners) == winners
    assert found.share_each == (share if election.ballots else None)


@given(elections())
@settings(deadline=None, max_examples=200)
def test_greedy_takes_the_most_wanted_that_still_fits(election: BudgetElection) -> None:
    left, winners = election.budget, []
    key = {each.id: (-election.votes[each.id], each.cost) for each in election.projects}
    for project in sorted(election.projects, key=lambda each: key[each.id]):
        if election.votes[project.id] and project.cost <= left:
            left -= project.cost
            winners.append(project.id)
    assert list(greedy(election).winners) == winners


@given(elections(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=100)
def test_the_order_of_the_voters_changes_nothing_and_the_budget_is_kept(election, chance) -> None:
    mixed = list(election.ballots)
    chance.shuffle(mixed)
    other = BudgetElection(election.budget, election.projects, tuple(mixed))
    for count in (greedy, equal_shares):
        found = count(election)
        assert found == count(other)
        assert found.cost == sum(each.cost for each in found.rounds) <= election.budget
        assert all(election.votes[each] for each in found.winners)


@given(elections(), st.data())
@settings(deadline=None, max_examples=100)
def test_one_more_vote_never_harms_a_project_under_the_greedy_rule(election, data) -> None:
    winners = greedy(election).winners
    if not winners:
        return
    one = data.draw(st.sampled_from(winners))
    more = BudgetElection(election.budget, election.projects, (*election.ballots, (one,)))
    assert one in greedy(more).winners


def test_a_group_gets_its_part_of_the_money_under_equal_shares_but_not_under_greedy() -> None:
    cast = (("park", "path"),) * 6 + (("shed",),) * 4
    election = BudgetElection(100, (PARK, PATH, Project("shed", 40)), cast)
    assert greedy(election).winners == ("path", "park")
    assert equal_shares(election).winners == ("path", "shed")


def test_a_tie_is_named_with_the_projects_that_came_behind() -> None:
    twins = (Project("left", 10), Project("right", 10))
    election = BudgetElection(10, twins, (("left",), ("right",)))
    (made,) = greedy(election).rounds
    assert (made.project, made.tied) == ("left", ("right",))
    both = BudgetElection(20, twins, election.ballots)
    assert [each.tied for each in equal_shares(both).rounds] == [("right",), ()]


def test_thirds_of_money_stay_exact() -> None:
    cast = (("a",), ("a", "b"), ("a", "b"))
    exact = (Project("a", 1), Project("b", Fraction(4, 3)))
    assert equal_shares(BudgetElection(3, exact, cast), completion="none").winners == ("a", "b")
    dearer = (Project("a", 1), Project("b", Fraction(4, 3) + Fraction(1, 10**30)))
    assert equal_shares(BudgetElection(3, dearer, cast), completion="none").winners == ("a",)


def test_a_million_units_more_for_one_lonely_project_take_no_time() -> None:
    projects = (Project("path", 1_000), Project("bridge", 9_000_000))
    cast = (("path",),) * 99 + (("bridge",),)
    found = equal_shares(BudgetElection(10_000_000, projects, cast))
    assert found.winners == ("path", "bridge")
    assert found.share_each == 9_000_000


def test_nobody_voting_buys_nothing() -> None:
    for count in (greedy, equal_shares):
        found = count(BudgetElection(100, (PARK,), ()))
        assert (found.winners, found.cost, found.share_each) == ((), 0, None)


@pytest.mark.parametrize(
    ("budget", "projects", "ballots", "said"),
    [
        (0, (PARK,), (), "above 0, got 0"),
        (1, (), (), "at least 1, got none"),
        (1, (PARK, PARK), (), "'park' is listed twice"),
        (1, (PARK,), (("lake",),), "'lake' is none of the projects"),
    ],
)
def test_nonsense_is_refused_with_value_and_bound(budget, projects, ballots, said) -> None:
    with pytest.raises(ValueError, match=said):
        BudgetElection(budget, projects, ballots)


def test_a_project_without_id_or_with_a_cost_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 0, got -1"):
        Project("park", -1)
    with pytest.raises(ValueError, match="needs an id, got ''"):
        Project("", 1)
    with pytest.raises(ValueError, match="add1 or none, got 'all'"):
        equal_shares(BudgetElection(1, (PARK,), ()), completion="all")
