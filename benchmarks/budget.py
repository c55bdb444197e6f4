"""How fast budgets are split, against pabutools in the same run: `make bench-budget`.

For each .pb file given, and for each rule, both count the same election in this process; the
winners must be the same, else the exit code is 1. Then an election of 100 projects and 60,000
voters is made from a fixed seed and counted by Headway alone. Prints one JSON line for each;
seconds are processor time, the least of several runs, so that what else runs disturbs little.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
from pabutools.tiebreaking import min_cost_tie_breaking

from headway_analysis.ballots import pabulib
from headway_analysis.ballots.budget import BudgetElection, Project, greedy
from headway_analysis.ballots.equal_shares import equal_shares

PROJECTS, VOTERS, APPROVALS = 100, 60_000, 8
BUDGETS = (1_000_000, 3_000_000)


def timed(count: Callable[[], Any], times: int) -> tuple[Any, float]:
    """What a count answers, and the least seconds that it took."""
    taken, found = [], None
    for _ in range(times):
        began = time.process_time()
        found = count()
        taken.append(time.process_time() - began)
    return found, min(taken)


def theirs(path: Path) -> dict[str, Callable[[], Any]]:
    """The same rules in pabutools, with the same tie-break: the cheaper first."""
    instance, profile = parse_pabulib(str(path))
    common = {"sat_class": Cost_Sat, "tie_breaking": min_cost_tie_breaking}
    return {
        "greedy": lambda: greedy_utilitarian_welfare(instance, profile, **common),
        "mes": lambda: method_of_equal_shares(instance, profile, **common),
        "mes add1": lambda: method_of_equal_shares(
            instance, profile, voter_budget_increment=1, **common
        ),
    }


def ours(election: BudgetElection) -> dict[str, Callable[[], Any]]:
    """The rules here."""
    return {
        "greedy": lambda: greedy(election),
        "mes": lambda: equal_shares(election, completion="none"),
        "mes add1": lambda: equal_shares(election),
    }


def compared(path: Path) -> Iterator[dict[str, Any]]:
    """One line for each rule."""
    reading = pabulib.read(path.read_text(encoding="utf-8"))
    if reading.election is None:
        raise SystemExit("\n".join(map(str, reading.problems)))
    others = theirs(path)
    for rule, count in ours(reading.election).items():
        found, own = timed(count, 3)
        other, slow = timed(others[rule], 1)
        yield {
            "file": path.name,
            "rule": rule,
            "seconds": round(own, 5),
            "pabutools_seconds": round(slow, 5),
            "times_faster": round(slow / own, 1),
            "same_winners": sorted(found.winners) == sorted(each.name for each in other),
            "as_the_file_says": set(found.winners) == set(reading.selected),
        }


def made(budget: int) -> BudgetElection:
    """100 projects of different cost and popularity, 60,000 voters; always the same."""
    chance = np.random.default_rng(0)
    likely = np.minimum(0.6, chance.dirichlet(np.ones(PROJECTS)) * APPROVALS)
    cast = chance.random((VOTERS, PROJECTS)) < likely
    costs = chance.lognormal(11.5, 0.8, PROJECTS) // 500 * 500 + 500
    projects = tuple(Project(str(place), int(cost)) for place, cost in enumerate(costs))
    ballots = tuple(tuple(projects[each].id for each in np.flatnonzero(row)) for row in cast)
    return BudgetElection(budget, projects, ballots)


def synthetic(budget: int) -> dict[str, Any]:
    """One line for a large election."""
    election = made(budget)
    found, seconds = timed(lambda: equal_shares(election), 2)
    return {
        "made": f"{PROJECTS} projects, {VOTERS} voters, {sum(election.votes.values())} approvals",
        "rule": "mes add1",
        "budget": budget,
        "seconds": round(seconds, 3),
        "winners": len(found.winners),
        "raised_by": float(found.share_each - found.budget / VOTERS),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help=".pb files to count by both")
    options = parser.parse_args()
    lines = [line for path in options.files for line in compared(path)]
    for line in [*lines, *map(synthetic, BUDGETS)]:
        print(json.dumps(line), flush=True)
    return int(not all(line["same_winners"] for line in lines))


if __name__ == "__main__":
    sys.exit(main())
