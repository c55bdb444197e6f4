"""Schulze's rule: whoever beats all others, directly or over a strongest path."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from headway_analysis.ballots.places import Place, shared_first
from headway_analysis.ballots.ranking import Pile, Ranking, piled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK = 16_384


@dataclass(frozen=True, slots=True)
class SchulzeOutcome:
    """What came of a ranked ballot under Schulze's rule.

    Attributes:
        winner: the option that no other beats; of several the one listed first; None where every
            ballot was blank.
        tied: those that no other beats, where there are several, in the order listed.
        places: every option; place 1 + the number of options that beat it, figure the number of
            options it beats. Both need not agree where paths are equally strong.
        ballots: how many were cast, blank ones included.
        blank: how many name no option.
        options: ids in the order of the rows and columns below.
        preferred: `preferred[i][j]` voters rank option i above option j.
        strengths: `strengths[i][j]` is the strength of the strongest path from i to j, in voters.

    """

    winner: str | None
    tied: tuple[str, ...]
    places: tuple[Place, ...]
    ballots: int
    blank: int
    options: tuple[str, ...]
    preferred: tuple[tuple[int, ...], ...]
    strengths: tuple[tuple[int, ...], ...]


def schulze(
    ballots: Iterable[Ranking],
    options: Sequence[str],
    *,
    times: Sequence[int] | None = None,
) -> SchulzeOutcome:
    """The option that wins against every other over the strongest path.

    A link leads from i to j where more voters rank i above j than j above i; its strength is the
    number of voters who rank i above j ("winning votes"). A path is as strong as its weakest link.
    An option beats another where its strongest path there is stronger than the one back. All is
    counted in whole voters, so that equal is equal. An option that beats each other in pairs wins;
    raising the winner on a ballot never harms it; the order of the ballots changes nothing.

    Args:
        ballots: may hold equal options and leave out some; left out is below all that are named.
        options: all ids in the order of the ballot paper, which decides between equal options.
        times: how often each ballot was cast; once each where it is left out.

    Raises:
        ValueError: for an id that is no option, no options, or a number below 1.

    Source: Schulze, "A new monotonic, clone-independent, reversal symmetric, and
    Condorcet-consistent single-winner election method", Social Choice and Welfare 36 (2011).

    >>> cast = [Ranking.of("a", "b", "c"), Ranking.of("b", "c", "a"), Ranking.of("c", "a", "b")]
    >>> schulze(cast, ["a", "b", "c"], times=[4, 3, 2]).winner
    'a'

    """
    pile = piled(ballots, options, times)
    preferred = _preferred(pile, options)
    strengths = _strengths(preferred)
    places = _places(strengths, options)
    some = pile.blank < pile.ballots
    return SchulzeOutcome(
        winner=places[0].option if some else None,
        tied=shared_first(places) if some else (),
        places=places,
        ballots=pile.ballots,
        blank=pile.blank,
        options=tuple(options),
        preferred=_rows(preferred),
        strengths=_rows(strengths),
    )


def _preferred(pile: Pile, options: Sequence[str]) -> "NDArray[np.int64]":
    """How many voters rank the option of the row above that of the column."""
    import numpy as np

    found = np.zeros((len(options), len(options)), dtype=np.int64)
    for start in range(0, len(pile.rankings), BLOCK):
        block = pile.rankings[start : start + BLOCK]
        often = np.array([number for _ranking, number in block], dtype=np.int64)
        ranks = _ranks([ranking for ranking, _number in block], options)
        for row in range(len(options)):
            found[row] += often @ (ranks[:, [row]] < ranks)
    return found


def _ranks(rankings: Sequence[Ranking], options: Sequence[str]) -> "NDArray[np.int32]":
    """The rank of each option (column) on each ballot (row); what is left out comes last."""
    import numpy as np

    column = {option: position for position, option in enumerate(options)}
    ranks = np.full((len(rankings), len(options)), len(options), dtype=np.int32)
    for row, ranking in enumerate(rankings):
        for rank, group in enumerate(ranking.groups):
            for option in group:
                ranks[row, column[option]] = rank
    return ranks


def _strengths(preferred: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """The strongest path between each two options, by widening one waypoint at a time."""
    import numpy as np

    strengths = np.where(preferred > preferred.T, preferred, 0)
    for waypoint in range(len(strengths)):
        over = np.minimum(strengths[:, [waypoint]], strengths[[waypoint], :])
        strengths = np.maximum(strengths, over)
    np.fill_diagonal(strengths, 0)
    return strengths


def _places(strengths: "NDArray[np.int64]", options: Sequence[str]) -> tuple[Place, ...]:
    beats = strengths > strengths.T
    won, lost = beats.sum(axis=1), beats.sum(axis=0)
    found = [
        Place(option, 1 + int(lost[row]), Fraction(int(won[row])))
        for row, option in enumerate(options)
    ]
    return tuple(sorted(found, key=lambda each: each.place))


def _rows(table: "NDArray[np.int64]") -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row) for row in table.tolist())
