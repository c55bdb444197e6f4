"""A budget split by approvals: its values, and the greedy rule."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from typing import Literal

BudgetRule = Literal["greedy", "equal_shares"]
Completion = Literal["none", "add1"]
TIE_BREAKS: dict[BudgetRule, str] = {
    "greedy": (
        "Of projects with equally many votes the cheaper comes first, then the one listed first."
    ),
    "equal_shares": (
        "Of projects with an equal price for what they cost the cheaper comes first, then the one "
        "with more votes, then the one listed first."
    ),
}


@dataclass(frozen=True, slots=True)
class Project:
    """Something that can be paid for or not.

    Attributes:
        id: its name in ballots and results.
        cost: in the currency of the budget, at least 0, exactly.
        name: what people call it.

    Raises:
        ValueError: for an empty id or a cost below 0.

    """

    id: str
    cost: Fraction | int
    name: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError(f"a project needs an id, got {self.id!r}")
        if self.cost < 0:
            raise ValueError(f"cost of {self.id!r} must be at least 0, got {self.cost}")


@dataclass(frozen=True, slots=True)
class BudgetElection:
    """A budget, what it could pay for, and what each voter approves of.

    Attributes:
        budget: what may be spent, above 0, exactly.
        projects: at least one, in the order of the ballot paper.
        ballots: for each voter the ids approved of; an id named twice counts once; may be empty.

        votes: how many approve of each project, in the order listed; counted, not given.

    Raises:
        ValueError: where a bound is broken, an id is listed twice or a ballot names an unknown one.

    >>> BudgetElection(10, (Project("park", 4),), (("park",), ())).votes
    {'park': 1}

    """

    budget: Fraction | int
    projects: tuple[Project, ...]
    ballots: tuple[tuple[str, ...], ...]
    votes: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.budget <= 0:
            raise ValueError(f"budget must be above 0, got {self.budget}")
        if not self.projects:
            raise ValueError("projects must name at least 1, got none")
        known = Counter(project.id for project in self.projects)
        twice = [name for name, often in known.items() if often > 1]
        if twice:
            raise ValueError(f"project {twice[0]!r} is listed twice")
        counted = Counter(chain.from_iterable(map(set, self.ballots)))
        unknown = counted.keys() - known.keys()
        if unknown:
            raise ValueError(f"{min(unknown)!r} is none of the projects")
        object.__setattr__(self, "votes", {name: counted[name] for name in known})


@dataclass(frozen=True, slots=True)
class Purchase:
    """One project that was chosen, and how.

    Attributes:
        project: its id.
        cost: what it takes from the budget.
        votes: how many approve of it.
        price: under Equal Shares the most that one of them paid; None under the greedy rule.
        tied: projects that were equal and that the tie-break put behind; see `TIE_BREAKS`.

    """

    project: str
    cost: Fraction
    votes: int
    price: Fraction | None
    tied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BudgetOutcome:
    """What a budget pays for.

    Attributes:
        rule: what it was counted by.
        completion: how money left over was used; *none* under the greedy rule.
        winners: ids in the order chosen.
        cost: what they cost together, never more than `budget`.
        budget: what could be spent.
        share_each: under Equal Shares the money each voter ended with to begin the last round of
            buying; None under the greedy rule or where nobody voted.
        rounds: each purchase in order.

    """

    rule: BudgetRule
    completion: Completion
    winners: tuple[str, ...]
    cost: Fraction
    budget: Fraction
    share_each: Fraction | None
    rounds: tuple[Purchase, ...]


def greedy(election: BudgetElection) -> BudgetOutcome:
    """Most votes first, skipping what no longer fits; what most cities do.

    Projects that nobody approves of are never chosen. Equal ones: see `TIE_BREAKS`. Counted in
    whole votes and exact money. The order of the voters changes nothing, and one more vote never
    harms a project.

    Source: Rey and Maly, "The (Computational) Social Choice Take on Indivisible Participatory
    Budgeting" (2023), the greedy rule with cost utility.

    >>> parks = (Project("park", 60), Project("pool", 50), Project("path", 40))
    >>> cast = (("park", "pool"), ("park", "pool"), ("park", "path"))
    >>> greedy(BudgetElection(100, parks, cast)).winners
    ('park', 'path')

    """
    votes = election.votes
    order = sorted(election.projects, key=lambda project: (-votes[project.id], project.cost))
    left, rounds = Fraction(election.budget), list[Purchase]()
    for position, project in enumerate(order):
        own = votes[project.id]
        if own and project.cost <= left:
            equal = [
                each.id
                for each in order[position + 1 :]
                if votes[each.id] == own and each.cost <= left
            ]
            left -= project.cost
            rounds.append(Purchase(project.id, Fraction(project.cost), own, None, tuple(equal)))
    return bought("greedy", "none", election, rounds, None)


def bought(
    rule: BudgetRule,
    completion: Completion,
    election: BudgetElection,
    rounds: Sequence[Purchase],
    share_each: Fraction | None,
) -> BudgetOutcome:
    """The outcome of these purchases.

    >>> bought("greedy", "none", BudgetElection(10, (Project("park", 4),), ()), [], None).cost
    Fraction(0, 1)

    """
    return BudgetOutcome(
        rule=rule,
        completion=completion,
        winners=tuple(each.project for each in rounds),
        cost=sum((each.cost for each in rounds), Fraction(0)),
        budget=Fraction(election.budget),
        share_each=share_each,
        rounds=tuple(rounds),
    )
