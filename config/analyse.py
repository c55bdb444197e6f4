"""`headway analyse`: counts a file of ballots; needs neither settings nor database."""

import argparse
import gzip
import json
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headway_analysis.ballots.ballot_csv import BallotKind, CastBallots
    from headway_analysis.ballots.budget import BudgetOutcome
    from headway_analysis.ballots.reading import Problem
    from headway_analysis.ballots.runoff import RunoffOutcome
    from headway_analysis.ballots.schulze import SchulzeOutcome
    from headway_analysis.ballots.tally import Tally

BUDGET_RULES = ("mes", "greedy")
BALLOT_RULES = ("schulze", "irv", "approval", "score")
PACKED = b"\x1f\x8b"
LARGEST = 500_000_000
MOST_SHOWN = 200


class RefusedError(Exception):
    """The file cannot be counted; the text says why, one problem a line."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to count and by which rule."""
    parser.add_argument(
        "what",
        choices=("budget", "ballot"),
        metavar="budget|ballot",
        help="budget: a Pabulib file (.pb, .pb.gz); ballot: a CSV file, one ballot a row",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the ballots")
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
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the result here, too")


def run(options: argparse.Namespace) -> int:
    """Count the file, print the result and write it where asked."""
    try:
        check(options)
        text = text_of(options.file)
        found = budget(text, options) if options.what == "budget" else ballot(text, options)
        written = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        if options.json:
            options.json.write_text(written, encoding="utf-8")
    except RefusedError as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    except OSError as trouble:
        sys.stderr.write(f"{trouble.filename}: {trouble.strerror}\n")
        return 2
    sys.stdout.write(f"Chosen: {', '.join(found['winners']) or 'none'}\n")
    return 0


def check(options: argparse.Namespace) -> None:
    """Refuse words that do not go together.

    Raises:
        RefusedError: with what to write instead.

    """
    rules = BUDGET_RULES if options.what == "budget" else BALLOT_RULES
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


def text_of(path: Path) -> str:
    """The text of a file, packed or not; what is no UTF-8 becomes a sign that reading names.

    Raises:
        RefusedError: where a packed file is damaged or too large.

    """
    raw = path.read_bytes()
    if raw.startswith(PACKED):
        try:
            with gzip.open(path) as packed:
                raw = packed.read(LARGEST + 1)
        except (OSError, EOFError, zlib.error) as trouble:
            raise RefusedError(f"{path}: cannot be unpacked ({trouble}); pack it again") from None
    if len(raw) > LARGEST:
        raise RefusedError(f"{path}: is larger than {LARGEST // 10**6} MB; split it")
    return raw.decode("utf-8", errors="replace")


def refusal(path: Path, problems: "Sequence[Problem]") -> RefusedError:
    """Every problem by name; of very many the first ones and how many more there are."""
    named = [f"{path}: {problem}" for problem in problems[:MOST_SHOWN]]
    more = len(problems) - len(named)
    named += [f"{path}: and {more:,} problems more"] if more else []
    return RefusedError("\n".join(named))


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
