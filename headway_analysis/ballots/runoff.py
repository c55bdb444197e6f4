"""Instant run-off: the last drops out until one has more than half."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from headway_analysis.ballots.ranking import Pile, Ranking, piled

Decided = Literal["votes", "earlier_round", "listed_order"]


@dataclass(frozen=True, slots=True)
class RunoffRound:
    """One round of the count.

    Attributes:
        votes: every option still in, as listed, with its votes; halves and thirds come from ballots
            that put several options first.
        exhausted: how many ballots name no option that is still in, blank ones included.
        eliminated: who drops out after it; None in the last round.
        decided_by: how the one to drop out was found: by *votes*; where several had the fewest, by
            the *earlier_round* in which they last differed; else by the *listed_order*.
        tied: those that only the listed order parted; empty unless it decided.

    """

    votes: tuple[tuple[str, Fraction], ...]
    exhausted: int
    eliminated: str | None
    decided_by: Decided
    tied: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunoffOutcome:
    """What came of a ranked ballot by instant run-off.

    Attributes:
        winner: the option with more than half of the votes of the last round, or the last one
            left; None where every ballot was blank.
        tied: all options that only the order of the ballot paper parted in some round, as listed;
            the rounds say where.
        rounds: every round, first to last.
        ballots: how many were cast, blank ones included.
        blank: how many name no option.

    """

    winner: str | None
    tied: tuple[str, ...]
    rounds: tuple[RunoffRound, ...]
    ballots: int
    blank: int


def instant_runoff(
    ballots: Iterable[Ranking],
    options: Sequence[str],
    *,
    times: Sequence[int] | None = None,
) -> RunoffOutcome:
    """The option that gets more than half after the last ones have dropped out.

    In each round a ballot counts for the options that it ranks highest among those still in; where
    it ranks several equally it gives each the same part of its vote, exactly. An option with more
    than half of the votes that still count wins. Otherwise the one with the fewest drops out; of
    several, the one with fewer votes in the latest earlier round in which they differ; if they
    never differ, the one listed last. The order of the ballots changes nothing. Unlike under the
    other rules, raising an option can harm it.

    Args:
        ballots: may hold equal options and leave out some; a ballot whose options have all dropped
            out counts no more.
        options: all ids in the order of the ballot paper.
        times: how often each ballot was cast; once each where it is left out.

    Raises:
        ValueError: for an id that is no option, no options, or a number below 1.

    Source: Robert's Rules of Order Newly Revised, "preferential voting"; equal ranks shared as in
    Delemazure and Peters, "Generalizing Instant Runoff Voting to Allow for Indifferences" (2024),
    there called split IRV.

    >>> cast = [Ranking.of("a"), Ranking.of("b"), Ranking.of("c", "b")]
    >>> instant_runoff(cast, ["a", "b", "c"], times=[4, 3, 2]).winner
    'b'

    """
    pile = piled(ballots, options, times)
    if pile.blank == pile.ballots:
        return RunoffOutcome(None, (), (), pile.ballots, pile.blank)
    rounds = _rounds(pile, options)
    last = dict(rounds[-1].votes)
    parted = {option for each in rounds for option in each.tied}
    return RunoffOutcome(
        winner=max(last, key=lambda option: last[option]),
        tied=tuple(option for option in options if option in parted),
        rounds=tuple(rounds),
        ballots=pile.ballots,
        blank=pile.blank,
    )


def _rounds(pile: Pile, options: Sequence[str]) -> list[RunoffRound]:
    left, rounds = list(options), list[RunoffRound]()
    while True:
        votes, exhausted = _count(pile, left)
        listed = tuple(votes.items())
        if len(left) == 1 or 2 * max(votes.values()) > sum(votes.values()):
            return [*rounds, RunoffRound(listed, exhausted, None, "votes", ())]
        last, decided, tied = _last(votes, rounds)
        rounds.append(RunoffRound(listed, exhausted, last, decided, tied))
        left.remove(last)


def _count(pile: Pile, left: Sequence[str]) -> tuple[dict[str, Fraction], int]:
    """The votes of each option still in, and how many ballots name none of them."""
    votes, counted = dict.fromkeys(left, Fraction(0)), 0
    for ranking, often in pile.rankings:
        top = _top(ranking, votes)
        counted += often if top else 0
        for option in top:
            votes[option] += Fraction(often, len(top))
    return votes, pile.ballots - counted


def _top(ranking: Ranking, left: Container[str]) -> list[str]:
    """The options that a ballot ranks highest among those still in."""
    for group in ranking.groups:
        found = [option for option in group if option in left]
        if found:
            return found
    return []


def _last(
    votes: Mapping[str, Fraction], rounds: Sequence[RunoffRound]
) -> tuple[str, Decided, tuple[str, ...]]:
    """Who drops out, how that was found, and whom only the listed order parted."""
    last = _fewest(votes, list(votes))
    if len(last) == 1:
        return last[0], "votes", ()
    for earlier in reversed(rounds):
        last = _fewest(dict(earlier.votes), last)
        if len(last) == 1:
            return last[0], "earlier_round", ()
    return last[-1], "listed_order", tuple(last)


def _fewest(votes: Mapping[str, Fraction], among: Sequence[str]) -> list[str]:
    least = min(votes[option] for option in among)
    return [option for option in among if votes[option] == least]
