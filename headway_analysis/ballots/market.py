"""One run of buying under Equal Shares, and how a run proves what happens between two budgets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import chain
from math import inf, lcm
from typing import TYPE_CHECKING

import numpy as np

from headway_analysis.ballots.budget import BudgetElection
from headway_analysis.ballots.purses import Price, Purses

if TYPE_CHECKING:
    from numpy.typing import NDArray

# More than the rounding of one division, in both directions.
SLACK = 1 + 1e-14


@dataclass(frozen=True, slots=True)
class Lot:
    """A project that somebody approves of, ready for buying.

    Attributes:
        place: where it is listed.
        cost: as a whole number of the market's unit.
        supporters: positions of the voters who approve of it.
        key: what decides between equal rates: cheaper, more votes, listed first.

    """

    place: int
    cost: int
    supporters: "NDArray[np.intp]"
    key: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Market:
    """An election in whole numbers: money is counted in 1 / `unit` of the currency.

    Attributes:
        lots: projects that cost something and that somebody approves of.
        voters: how many ballots there are, empty ones included.
        budget: what may be spent; also what each voter would start with, times `voters`.
        unit: parts of the currency, times `voters`.

    """

    lots: tuple[Lot, ...]
    voters: int
    budget: int
    unit: int

    @property
    def lots_by_place(self) -> dict[int, Lot]:
        """Each lot by where it is listed."""
        return {lot.place: lot for lot in self.lots}


@dataclass(frozen=True, slots=True)
class Rate:
    """What supporters pay for each part of a project's cost, exactly `over / under`."""

    over: int
    under: int

    def compare(self, other: "Rate") -> int:
        """Below 0 where this is less, above 0 where it is more, else 0."""
        return self.over * other.under - other.over * self.under

    def __float__(self) -> float:
        return self.over / self.under


@dataclass(frozen=True, slots=True)
class Round:
    """One purchase, and what was known of the other lots when it was made.

    Attributes:
        lot: what was bought.
        rate: its rate, the least of all.
        tied: lots that had the same rate.
        floors: for each lot that was still for sale a lower bound of its rate.
        exact: for some of them the rate itself.

    """

    lot: Lot
    rate: Rate
    tied: tuple[Lot, ...]
    floors: Mapping[int, float]
    exact: Mapping[int, Rate]

    def still_wins(self, later: "Round", lots: Mapping[int, Lot]) -> bool:
        """Whether this lot wins from its own start up to that of a run that bought the same.

        With the same purchases behind them, whoever started with more has at least as much left, so
        that no rate is higher. Where each other rate up there is above the rate that won down here,
        no start in between lets another lot win.
        """
        low = float(self.rate) * SLACK
        return later.lot.place == self.lot.place and all(
            floor > low or self._comes_before(lots[place], later.exact.get(place))
            for place, floor in later.floors.items()
            if place != self.lot.place
        )

    def _comes_before(self, other: Lot, rate: Rate | None) -> bool:
        if rate is None:
            return False
        more = rate.compare(self.rate)
        return more > 0 or (more == 0 and other.key > self.lot.key)


def market_of(election: BudgetElection) -> Market:
    """The election in whole numbers.

    >>> from headway_analysis.ballots.budget import Project
    >>> market = market_of(BudgetElection(10, (Project("park", Fraction(5, 2)),), (("park",), ())))
    >>> market.budget, market.unit, market.lots[0].cost
    (20, 4, 10)

    """
    amounts = [Fraction(election.budget), *(Fraction(each.cost) for each in election.projects)]
    parts = lcm(*(each.denominator for each in amounts))
    voters = max(1, len(election.ballots))
    found = []
    for place, supporters in enumerate(_supporters(election)):
        cost = int(amounts[place + 1] * parts)
        if cost and len(supporters):
            found.append(Lot(place, cost * voters, supporters, (cost, -len(supporters), place)))
    return Market(tuple(found), voters, int(amounts[0] * parts), parts * voters)


def _supporters(election: BudgetElection) -> "list[NDArray[np.intp]]":
    """For each project the positions of the voters who approve of it."""
    column = {project.id: place for place, project in enumerate(election.projects)}
    ballots = [dict.fromkeys(ballot) for ballot in election.ballots]
    voters = np.repeat(np.arange(len(ballots)), [len(ballot) for ballot in ballots])
    named = map(column.__getitem__, chain.from_iterable(ballots))
    places = np.fromiter(named, dtype=np.int32, count=len(voters))
    order = np.argsort(places, kind="stable")
    edges = np.searchsorted(places[order], np.arange(1, len(column)))
    return np.split(voters[order], edges)


class Run:
    """Buying, one project after the other, until no supporters can pay for another one.

    Args:
        market: what there is to buy.
        start: what each voter begins with, in the market's whole numbers, above 0.
        above: the rounds of a run that started with more. While both have bought the same, what was
            known of rates there holds here too, which saves looking.

    """

    def __init__(self, market: Market, start: int, above: Sequence[Round] = ()) -> None:
        self.start = start
        self.above = above
        self.purses = Purses(market.voters, len(market.lots), start)
        self.lots = market.lots_by_place
        self.supporters = {lot.place: lot.supporters for lot in market.lots}
        # Lower bounds of each rate, least first; purses only become emptier, so they stay true.
        self.floors = [(1 / len(lot.supporters) / SLACK, lot.place) for lot in market.lots]
        self.rounds: list[Round] = []

    def buy_all(self) -> tuple[Round, ...]:
        """Buy until nothing more can be paid for."""
        following = True
        while True:
            made = len(self.rounds)
            following = following and made < len(self.above)
            if following:
                self._learn(self.above[made].floors)
            if not self._buy_next():
                return tuple(self.rounds)
            following = following and self.rounds[made].lot.place == self.above[made].lot.place

    def _learn(self, floors: Mapping[int, float]) -> None:
        """Raise the lower bounds to those of a run that has more money."""
        known = [(max(floor, floors.get(place, inf)), place) for floor, place in self.floors]
        self.floors = [each for each in known if each[0] < inf]

    def _buy_next(self) -> bool:
        """Buy the lot of the lowest rate; false where no lot can be paid for."""
        heapify(self.floors)
        exact: dict[int, tuple[Rate, Price]] = {}
        for place, rate, price in self._cheapest():
            exact[place] = rate, price
        if not exact:
            return False
        rates = {place: rate for place, (rate, _price) in exact.items()}
        self.floors += [(float(rate) / SLACK, place) for place, rate in rates.items()]
        first, *tied = self._first(rates)
        floors = {place: floor for floor, place in self.floors}
        equal = tuple(self.lots[each] for each in tied)
        self.rounds.append(Round(self.lots[first], rates[first], equal, floors, rates))
        self.floors = [each for each in self.floors if each[1] != first]
        self.purses.buy(self.supporters[first], exact[first][1])
        return True

    def _first(self, rates: Mapping[int, Rate]) -> list[int]:
        """The lots of the least rate, first the one that the tie-break prefers."""
        first, *others = sorted(rates, key=lambda place: self.lots[place].key)
        tied: list[int] = []
        for place in others:
            more = rates[place].compare(rates[first])
            if more < 0:
                first, tied = place, []
            elif more == 0:
                tied.append(place)
        return [first, *tied]

    def _cheapest(self) -> Iterator[tuple[int, Rate, Price]]:
        """The lot of the lowest rate, and all others whose rate may be as low."""
        fresh: set[int] = set()
        known = inf
        while self.floors and self.floors[0][0] <= known:
            floor, place = heappop(self.floors)
            if place not in fresh:
                fresh.add(place)
                heappush(self.floors, (self._higher_floor(place, floor), place))
            elif self._can_pay(place):
                rate, price = self._exactly(place, floor)
                known = min(known, float(rate) * SLACK)
                yield place, rate, price

    def _higher_floor(self, place: int, floor: float) -> float:
        """The lower bound of a rate, reckoned again from what is left now."""
        lot = self.lots[place]
        parts = lot.cost / self.start
        bound = self.purses.at_least(lot.cost, self.supporters[place], floor * parts)
        return max(floor, bound / parts / SLACK)

    def _can_pay(self, place: int) -> bool:
        """Whether the supporters can pay for a lot; who has nothing left is one no more."""
        supporters = self.supporters[place]
        self.supporters[place] = supporters[self.purses.left.take(supporters) > 0]
        return self.purses.can_pay(self.lots[place].cost, self.supporters[place])

    def _exactly(self, place: int, floor: float) -> tuple[Rate, Price]:
        cost = self.lots[place].cost
        guess = floor * cost / self.start
        price = self.purses.exact_price(cost, self.supporters[place], guess)
        return Rate(price.over, price.under * self.purses.common * cost), price
