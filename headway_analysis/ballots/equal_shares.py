"""The Method of Equal Shares: every voter gets the same part of the budget to spend."""

from fractions import Fraction
from typing import TYPE_CHECKING

from headway_analysis.ballots.budget import (
    BudgetElection,
    BudgetOutcome,
    Completion,
    Project,
    Purchase,
    bought,
)

if TYPE_CHECKING:
    from headway_analysis.ballots.market import Round


def equal_shares(election: BudgetElection, *, completion: Completion = "add1") -> BudgetOutcome:
    """Projects that their supporters pay for out of equal shares of the budget.

    Each voter starts with budget / voters. A project can be bought where its supporters have its
    cost together; they share it as equally as their money allows, so that each pays the same or all
    that is left. With the cost as what a project is worth to its supporters, the next project is
    the one where the most that a supporter pays, divided by the cost, is least. Buying ends when no
    supporters can pay for another project. Projects that cost nothing come first, if anybody
    approves of them; projects that nobody approves of are never chosen. Equal ones: `TIE_BREAKS`.

    Buying so may leave money over. *add1* then gives every voter one unit of the currency more,
    from the beginning, again and again, until nothing more would fit into the budget, or until what
    is bought would cost more than the budget: then the outcome before that stands.

    Exact: every price is a fraction, and equal is equal (see `purses`). The order of the voters
    changes nothing. More money need not mean that all projects stay: that is how the rule is.

    Args:
        election: budget, projects and approvals.
        completion: what to do with money left over: *add1* or *none*.

    Raises:
        ValueError: for another completion.

    Source: Peters, Pierczyński and Skowron, "Proportional Participatory Budgeting with Additive
    Utilities" (2021); completion as in Faliszewski and others, "Participatory Budgeting: Data,
    Tools, and Analysis" (2023).

    >>> parks = (Project("park", 60), Project("pool", 50), Project("path", 40))
    >>> cast = (("park", "pool"), ("park", "pool"), ("path",), ("path",))
    >>> equal_shares(BudgetElection(100, parks, cast)).winners
    ('path', 'pool')

    """
    if completion not in {"add1", "none"}:
        raise ValueError(f"completion must be add1 or none, got {completion!r}")
    # They need numpy, which is heavy; most programs that import this module never split a budget.
    from headway_analysis.ballots.completion import Level, completed
    from headway_analysis.ballots.market import Run, market_of

    market, votes = market_of(election), election.votes
    free = [each for each in election.projects if each.cost == 0 and votes[each.id]]
    level = Level(market.budget, Run(market, market.budget).buy_all())
    if completion == "add1":
        level = completed(market, level)
    rounds = [
        *(Purchase(each.id, Fraction(0), votes[each.id], Fraction(0), ()) for each in free),
        *(_purchase(each, election.projects) for each in level.rounds),
    ]
    share = Fraction(level.start, market.unit) if election.ballots else None
    return bought("equal_shares", completion, election, rounds, share)


def _purchase(made: "Round", projects: tuple[Project, ...]) -> Purchase:
    project = projects[made.lot.place]
    return Purchase(
        project=project.id,
        cost=Fraction(project.cost),
        votes=len(made.lot.supporters),
        price=Fraction(made.rate.over, made.rate.under) * project.cost,
        tied=tuple(projects[each.place].id for each in made.tied),
    )
