"""`headway analyse budget` and `headway analyse ballot`: counts a file of ballots."""

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from config.analyse.files import RefusedError, Result, refusal, text_of

if TYPE_CHECKING:
    from headway_analysis.ballots.ballot_csv import BallotKind, CastBallots
    from headway_analysis.ballots.budget import BudgetOutcome
    from headway_analysis.ballots.runoff import RunoffOutcome
    from headway_analysis.ballots.schulze import SchulzeOutcome
    from headway_analysis.ballots.tally import Tally

BUDGET_RULES = ("mes", "greedy")
BALLOT_RULES = ("schulze", "irv", "approval", "score")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """By which rule a budget or a ballot is counted."""
    parser.add_argument(
        "--rule",
        required=True,
        choices=(*BUDGET_RULES, *BALLOT_RULES),
        help="mes or greedy for a budget, one of the others for a ballot",
    )
    parser.add_argument(
        "--completion",
        choices=("add1", "none"),
        help="what mes does with money left over (add1)",
    )
    parser.add_argument("--lowest", type=int, metavar="N", help="the least score (0)")
    parser.add_argument("--highest", type=int, metavar="N", help="the greatest score (10)")


def rules_of(what: str) -> tuple[str, ...]:
    """The rules for a budget or a ballot."""
    return BUDGET_RULES if what == "budget" else BALLOT_RULES


def analyse(options: argparse.Namespace) -> Result:
    """Count the file.

    Raises:
        RefusedError: where it cannot be counted.

    """
    check(options)
    text = text_of(options.file)
    found = budget(text, options) if options.what == "budget" else ballot(text, options)
    return Result(found, f"Chosen: {', '.join(found['winners']) or 'none'}")


def check(options: argparse.Namespace) -> None:
    """Refuse words that do not go together.

    Raises:
        RefusedError: with what to write instead.

    """
    rules = rules_of(options.what)
    if options.rule not in rules:
        raise RefusedError(f"--rule for a {options.what} is one of {', '.join(rules)}")
    if options.completion and options.rule != "mes":
        raise RefusedError("--completion belongs to --rule mes")
    if options.rule != "score" and (options.lowest is not None or options.highest is not None):
        raise RefusedError("--lowest and --highest belong to --rule score")
    lowest, highest = scores(options)
    if lowest >= highest:
        raise RefusedError(
            f"--highest must be above --lowest {lowest}, like --highest {lowest + 5}"
        )


def scores(options: argparse.Namespace) -> tuple[int, int]:
    """The least and the greatest score."""
    lowest = 0 if options.lowest is None else options.lowest
    return lowest, 10 if options.highest is None else options.highest


def number(amount: Fraction) -> int | float:
    """An amount as JSON holds it: whole where it is whole."""
    return int(amount) if amount.denominator == 1 else float(amount)


def budget(text: str, options: argparse.Namespace) -> dict[str, Any]:
    """The result of a budget split."""
    from headway_analysis.ballots import pabulib
    from headway_analysis.ballots.budget import greedy
    from headway_analysis.ballots.equal_shares import equal_shares

    found = pabulib.read(text)
    if found.election is None:
        raise refusal(options.file, found.problems)
    if options.rule == "greedy":
        return budget_result(greedy(found.election))
    return budget_result(equal_shares(found.election, completion=options.completion or "add1"))


def budget_result(outcome: "BudgetOutcome") -> dict[str, Any]:
    """The outcome as JSON holds it; amounts are in the currency of the file."""
    from headway_analysis.ballots.budget import TIE_BREAKS

    return {
        "rule": outcome.rule,
        "completion": outcome.completion,
        "winners": list(outcome.winners),
        "cost": number(outcome.cost),
        "budget": number(outcome.budget),
        "share_each": None if outcome.share_each is None else float(outcome.share_each),
        "tie_break": TIE_BREAKS[outcome.rule],
        "rounds": [
            {
                "project": each.project,
                "cost": number(each.cost),
                "votes": each.votes,
                "price": None if each.price is None else float(each.price),
                "tied": list(each.tied),
            }
            for each in outcome.rounds
        ],
    }


def ballot(text: str, options: argparse.Namespace) -> dict[str, Any]:
    """The result of a ballot."""
    from headway_analysis.ballots import ballot_csv
    from headway_analysis.ballots.places import LISTED_ORDER

    lowest, highest = scores(options)
    by_sums = options.rule in {"approval", "score"}
    kind: BallotKind = options.rule if by_sums else "ranked"
    cast = ballot_csv.read(text, kind, lowest=lowest, highest=highest)
    if cast.problems:
        raise refusal(options.file, cast.problems)
    found = plain(asdict(sums(cast, options) if by_sums else ranked(cast, options.rule)))
    winner = found.pop("winner")
    start = {"rule": options.rule, "winners": [] if winner is None else [winner]}
    return {**start, "tie_break": LISTED_ORDER, **found}


def sums(cast: "CastBallots", options: argparse.Namespace) -> "Tally":
    """Approval or score."""
    from headway_analysis.ballots.tally import approval, score

    if options.rule == "approval":
        return approval([tuple(each) for each in cast.ballots], cast.options, times=cast.times)
    lowest, highest = scores(options)
    return score(cast.ballots, cast.options, lowest=lowest, highest=highest, times=cast.times)


def ranked(cast: "CastBallots", rule: str) -> "SchulzeOutcome | RunoffOutcome":
    """Schulze or instant run-off."""
    from headway_analysis.ballots.ranking import Ranking
    from headway_analysis.ballots.runoff import instant_runoff
    from headway_analysis.ballots.schulze import schulze

    rankings = [Ranking.from_ranks(each) for each in cast.ballots]
    if rule == "schulze":
        return schulze(rankings, cast.options, times=cast.times)
    return instant_runoff(rankings, cast.options, times=cast.times)


def plain(value: Any) -> Any:
    """A result as JSON holds it."""
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value
