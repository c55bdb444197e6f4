"""What each voter has left while projects are bought: fast in floats, decided in whole numbers.

Every sum and price is first reckoned in floats together with a bound on its error. Wherever that
bound leaves open who comes first, who can still pay in full, or whether the money suffices, the
same question is asked again in whole numbers of one common denominator. So the outcome is that of
exact arithmetic. Each price that was paid is kept exactly, and what a voter has left is the start
less the prices of what the voter paid in full, so that the exact money of any set of voters is a
sum over purchases and not over voters.
"""

from dataclasses import dataclass
from math import gcd, inf
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Bounds on float errors, in parts of one voter's start: of a subtraction, and of a sum a voter.
STEP, SUMMED = 2.5e-16, 5e-15
NEAR = 1e-11
LEAST = 1e-300


@dataclass(frozen=True, slots=True)
class Price:
    """An exact price per supporter that pays in full: `over / (under · common denominator)`."""

    over: int
    under: int


class Purses:
    """The money of all voters in one run of buying; changed by `buy`.

    Args:
        voters: how many there are.
        rounds: how many purchases there can be.
        start: what each has, as a whole number, above 0.

    """

    def __init__(self, voters: int, rounds: int, start: int) -> None:
        self.start = start
        self.left = np.ones(voters)
        self.paid = np.zeros((rounds, voters), dtype=np.bool_)
        self.prices: list[int] = []
        self.common = 1

    def off(self) -> float:
        """How far a purse in floats can be from what it truly holds, in parts of the start."""
        return STEP * (len(self.prices) + 1)

    def exact_sum(self, voters: "NDArray[np.intp]") -> int:
        """The money of some voters that have some, in parts of the common denominator."""
        if not len(voters):
            return 0
        paid = self.paid[: len(self.prices)].take(voters, axis=1)
        often: list[int] = np.count_nonzero(paid, axis=1).tolist()
        spent = sum(number * price for number, price in zip(often, self.prices, strict=True))
        return len(voters) * self.start * self.common - spent

    def exact_groups(self, voters: "NDArray[np.intp]") -> "list[tuple[int, NDArray[np.intp]]]":
        """Some voters by what they exactly hold, least first."""
        if not len(voters):
            return []
        if not self.prices:
            return [(self.start, voters)]
        paid, which = np.unique(self.paid[: len(self.prices), voters], axis=1, return_inverse=True)
        groups: dict[int, list[NDArray[np.intp]]] = {}
        for column in range(paid.shape[1]):
            members = voters[which.ravel() == column]
            groups.setdefault(self.exact_sum(members[:1]), []).append(members)
        return [(money, np.concatenate(groups[money])) for money in sorted(groups)]

    def at_least(self, cost: int, supporters: "NDArray[np.intp]", known: float) -> float:
        """A lower bound of the price that those pay who pay in full, in parts of the start.

        The price x solves "sum of min(left, x) = cost". For any set that cannot pay x in full,
        x ≥ (cost − their money) / (number of the others), so that each of Newton's steps from
        below is a lower bound. Infinite where they clearly cannot pay; where that hangs on the
        last digits, `can_pay` says it.

        Args:
            cost: what it costs.
            supporters: voters; those who have nothing left may be among them.
            known: a lower bound known before.

        """
        left = self.left.take(supporters)
        payers = len(left)
        doubt = payers * (self.off() + SUMMED)
        target = cost / self.start - doubt
        bound = max(known, target / payers)
        while True:
            poor = left[left < bound]
            others = len(left) - len(poor)
            if others == payers:
                return bound
            if not others:
                return bound if float(np.add.reduce(left)) > target - doubt else inf
            payers = others
            bound = max(bound, (target - float(np.add.reduce(poor))) / others)

    def can_pay(self, cost: int, supporters: "NDArray[np.intp]") -> bool:
        """Whether supporters, who all have something, exactly have the cost together."""
        rest = float(np.add.reduce(self.left.take(supporters))) - cost / self.start
        if abs(rest) > len(supporters) * (self.off() + SUMMED):
            return rest > 0
        return self.exact_sum(supporters) >= cost * self.common

    def exact_price(self, cost: int, supporters: "NDArray[np.intp]", guess: float) -> Price:
        """The price that those pay who pay in full, exactly; the guess only saves time."""
        near = NEAR
        while True:
            price = self._price_around(cost, supporters, guess, near)
            if price.under > 0:
                found = self.in_floats(price)
                if abs(found - guess) <= near / 2:
                    return price
                guess = found
            near *= 16

    def _price_around(
        self, cost: int, supporters: "NDArray[np.intp]", guess: float, near: float
    ) -> Price:
        """The exact price where everybody farther from the guess than `near` is on its side."""
        left = self.left.take(supporters)
        poor = supporters[left < guess - near]
        unsure = supporters[abs(left - guess) <= near]
        over = cost * self.common - self.exact_sum(poor)
        under = len(supporters) - len(poor)
        for money, members in self.exact_groups(unsure):
            if money * under >= over:
                break
            over -= money * len(members)
            under -= len(members)
        return Price(over, under)

    def in_floats(self, price: Price) -> float:
        """A price in parts of the start."""
        return price.over / (price.under * self.common * self.start)

    def buy(self, supporters: "NDArray[np.intp]", price: Price) -> None:
        """Take the price from the supporters, or all they have where that is less."""
        paying = self.in_floats(price)
        left = self.left.take(supporters)
        keeps = left > paying + NEAR
        unsure = supporters[abs(left - paying) <= NEAR]
        for money, members in self.exact_groups(unsure):
            if money * price.under > price.over:
                keeps |= np.isin(supporters, members)
        # What is exactly above nothing stays above it, however the floats are rounded.
        self.left[supporters] = np.where(keeps, np.maximum(left - paying, LEAST), 0)
        self.paid[len(self.prices), supporters[keeps]] = True
        part = price.under // gcd(price.over, price.under)
        self.common *= part
        self.prices = [each * part for each in self.prices]
        self.prices.append(price.over * part // price.under)
