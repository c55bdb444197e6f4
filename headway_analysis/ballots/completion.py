"""Equal Shares with money left over: one unit more for each voter, again and again."""

from dataclasses import dataclass

from headway_analysis.ballots.market import Market, Round, Run

# How many units further the next run starts; runs that are near know enough of each other.
STRIDE = 8


@dataclass(frozen=True, slots=True)
class Level:
    """What is bought where each voter starts with so much."""

    start: int
    rounds: tuple[Round, ...]

    @property
    def spent(self) -> int:
        """What all that is bought costs."""
        return sum(each.lot.cost for each in self.rounds)


def completed(market: Market, first: Level) -> Level:
    """Raise the start by whole units until one more would be too much; the last that stands.

    The answer is that of trying every unit. Where the runs at both ends of a stretch prove that all
    starts in between buy the same (see `Round.still_wins`) the stretch is skipped, else it is
    halved. A step of which all was skipped is doubled.

    Args:
        market: what there is to buy.
        first: what is bought with equal parts of the budget; it never costs more than that.

    >>> from headway_analysis.ballots.budget import BudgetElection, Project
    >>> from headway_analysis.ballots.market import market_of
    >>> parks = (Project("park", 4), Project("pool", 5))
    >>> market = market_of(BudgetElection(10, parks, (("park",), ("pool",), ())))
    >>> level = completed(market, Level(market.budget, Run(market, market.budget).buy_all()))
    >>> level.start / market.unit, level.spent / market.unit
    (5.333333333333333, 9.0)

    """
    here, step = first, 1
    while _more_fits(market, here):
        there = _level(market, here.start + step * market.unit)
        found = _stop(market, here, there)
        if found is not None:
            return found
        step = 2 * step if _same_between(market, here, there) else STRIDE
        here = there
    return here


def _level(market: Market, start: int, above: Level | None = None) -> Level:
    return Level(start, Run(market, start, above.rounds if above else ()).buy_all())


def _stop(market: Market, here: Level, there: Level) -> Level | None:
    """The level at which raising ends, on the way from here to there; None where it goes on."""
    between = (there.start - here.start) // market.unit
    if between > 1 and not _same_between(market, here, there):
        middle = _level(market, here.start + between // 2 * market.unit, there)
        return _stop(market, here, middle) or _stop(market, middle, there)
    if there.spent > market.budget * market.voters:
        return here
    return None if _more_fits(market, there) else there


def _same_between(market: Market, here: Level, there: Level) -> bool:
    """Whether it is proven that every start in between buys the same as both."""
    lots = market.lots_by_place
    return len(here.rounds) == len(there.rounds) and all(
        low.still_wins(high, lots) for low, high in zip(here.rounds, there.rounds, strict=True)
    )


def _more_fits(market: Market, level: Level) -> bool:
    """Whether a lot that is not bought would still fit into the budget."""
    left = market.budget * market.voters - level.spent
    chosen = {each.lot.place for each in level.rounds}
    return any(lot.cost <= left for lot in market.lots if lot.place not in chosen)
