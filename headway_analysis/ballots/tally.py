"""Approval and score: every option has a sum, and the highest wins."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from headway_analysis.ballots.places import (
    Place,
    check_known,
    check_options,
    placed,
    shared_first,
    with_times,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a count by sums.

    Attributes:
        rule: *approval* or *score*.
        winner: the option with the highest sum; of equal ones the one listed first; None where
            every ballot was blank.
        tied: those that share the first place, in the order listed; none where one alone has it.
        places: every option, best first; the figure is the sum of approvals or scores.
        ballots: how many were cast, blank ones included.
        blank: how many name no option.

    """

    rule: Literal["approval", "score"]
    winner: str | None
    tied: tuple[str, ...]
    places: tuple[Place, ...]
    ballots: int
    blank: int


def _outcome(
    rule: Literal["approval", "score"], sums: Mapping[str, Fraction], ballots: int, blank: int
) -> Tally:
    places = placed(sums)
    if blank == ballots:
        return Tally(rule, None, (), places, ballots, blank)
    return Tally(rule, places[0].option, shared_first(places), places, ballots, blank)


def approval(
    ballots: Iterable[Collection[str]],
    options: Sequence[str],
    *,
    times: Sequence[int] | None = None,
) -> Tally:
    """The option that most approve of.

    Each ballot names any number of options; an option named twice on it counts once. The order of
    the ballots changes nothing, and one more approval never harms an option.

    Args:
        ballots: the ids that each approves of; may be empty.
        options: all ids in the order of the ballot paper, which decides between equal options.
        times: how often each ballot was cast; once each where it is left out.

    Raises:
        ValueError: for an id that is no option, no options, or a number below 1.

    Source: Brams and Fishburn, "Approval Voting" (1978).

    >>> approval([{"beds", "jobs"}, {"jobs"}, set()], ["beds", "jobs"]).winner
    'jobs'

    """
    check_options(options)
    sums = dict.fromkeys(options, Fraction(0))
    cast = blank = 0
    for ballot, often in with_times(ballots, times):
        check_known(ballot, sums)
        cast += often
        blank += 0 if ballot else often
        for option in set(ballot):
            sums[option] += often
    return _outcome("approval", sums, cast, blank)


def score(
    ballots: Iterable[Mapping[str, int | Fraction]],
    options: Sequence[str],
    *,
    lowest: int = 0,
    highest: int = 5,
    times: Sequence[int] | None = None,
) -> Tally:
    """The option with the highest sum of scores.

    An option that a ballot leaves out gets the lowest score from it, so that an option that few
    know cannot win by a few high scores. A ballot that scores nothing is blank and adds nothing.
    The order of the ballots changes nothing, and a higher score never harms an option.

    Args:
        ballots: a score for each id, from `lowest` to `highest`, exactly.
        options: all ids in the order of the ballot paper, which decides between equal options.
        lowest: the least score that can be given.
        highest: the greatest, above `lowest`.
        times: how often each ballot was cast; once each where it is left out.

    Raises:
        ValueError: for an id that is no option, no options, a score or a number out of its bounds.

    Source: Smith, "Range voting" (2000), with the lowest score for what is left out.

    >>> score([{"beds": 5, "jobs": 3}, {"jobs": 4}], ["beds", "jobs"]).winner
    'jobs'

    """
    check_options(options)
    if lowest >= highest:
        raise ValueError(f"highest must be above lowest {lowest}, got {highest}")
    sums = dict.fromkeys(options, Fraction(0))
    cast = blank = 0
    for ballot, often in with_times(ballots, times):
        check_known(ballot, sums)
        cast += often
        blank += 0 if ballot else often
        for option in options if ballot else ():
            sums[option] += often * _within(ballot.get(option, lowest), lowest, highest)
    return _outcome("score", sums, cast, blank)


def _within(given: int | Fraction, lowest: int, highest: int) -> Fraction:
    if not lowest <= given <= highest:
        raise ValueError(f"a score must be from {lowest} to {highest}, got {given}")
    return Fraction(given)
