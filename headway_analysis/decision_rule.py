"""How a body decides: how many votes a request needs, and whether a count of votes carried it."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal, get_args

Basis = Literal["members", "present", "voting"]
Tie = Literal["fails", "chair"]
Result = Literal["adopted", "not_adopted", "no_quorum", "tie_for_the_chair", "vetoed"]


def _whole(name: str, value: int, lowest: int, highest: int | None = None) -> None:
    if value < lowest or (highest is not None and value > highest):
        bound = f"{lowest} to {highest}" if highest is not None else f"{lowest} or more"
        raise ValueError(f"{name} must be {bound}, got {value}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A decision rule as data.

    Attributes:
        seats: how many seats of the body have a vote, filled or vacant.
        basis: what the share is counted on: all `seats` ("members"), those present ("present"),
            or those who vote yes or no ("voting", abstentions left out).
        share: the share needed, above 0 and at most 1.
        more_than: whether the votes must exceed the share (a majority) or reach it (two thirds).
        quorum: how many seats must be filled by somebody present; 0 where no rule says so.
        tie: what an even count of yes and no means under a rule of more than half; under any
            other share the chair has no casting vote.
        override: the share of `seats` that overrules a veto, None where no veto exists.

    """

    seats: int
    basis: Basis = "voting"
    share: Fraction = Fraction(1, 2)
    more_than: bool = True
    quorum: int = 0
    tie: Tie = "fails"
    override: Fraction | None = None

    def __post_init__(self) -> None:
        """Refuse what can be no rule."""
        _whole("seats", self.seats, 1)
        _whole("quorum", self.quorum, 0, self.seats)
        if self.basis not in get_args(Basis):
            raise ValueError(f"basis must be one of {get_args(Basis)}, got {self.basis!r}")
        for name, share in (("share", self.share), ("override", self.override)):
            if share is not None and not 0 < share <= 1:
                raise ValueError(f"{name} must be above 0 and at most 1, got {share}")
        if self.more_than and self.share == 1:
            raise ValueError("share of 1 cannot be exceeded; set more_than to False")


@dataclass(frozen=True, slots=True)
class Count:
    """How a vote went.

    Attributes:
        yes: votes for.
        no: votes against.
        abstained: present without a yes or a no.

    """

    yes: int
    no: int
    abstained: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be counted."""
        for name in ("yes", "no", "abstained"):
            _whole(name, getattr(self, name), 0)

    @property
    def present(self) -> int:
        """How many seats took part, by a vote or by abstaining."""
        return self.yes + self.no + self.abstained


def _least(share: Fraction, of: int, *, more_than: bool) -> int:
    """The smallest whole number above (or at) a share of `of`."""
    return floor(share * of) + 1 if more_than else ceil(share * of)


def votes_needed(rule: Rule, *, present: int, voting: int | None = None) -> int:
    """How many yes votes carry a request.

    With *b* the number that the basis names (all seats, those present, those voting), the votes
    needed are the smallest whole number above `share · b`, or at it where the rule says "at
    least"; never fewer than one. Counted in fractions, so that two thirds of six is four exactly.

    Args:
        rule: how the body decides.
        present: how many seats are present.
        voting: how many of them vote yes or no; all who are present unless said.

    Raises:
        ValueError: where more are present than there are seats, or more vote than are present.

    >>> two_thirds = Rule(seats=7, basis="present", share=Fraction(2, 3), more_than=False)
    >>> votes_needed(two_thirds, present=5)
    4
    >>> votes_needed(Rule(seats=7, basis="members"), present=5)
    4
    >>> votes_needed(Rule(seats=7), present=5, voting=4)
    3

    """
    _whole("present", present, 0, rule.seats)
    voting = present if voting is None else voting
    _whole("voting", voting, 0, present)
    base = {"members": rule.seats, "present": present, "voting": voting}[rule.basis]
    return max(1, _least(rule.share, base, more_than=rule.more_than))


def _is_tie(rule: Rule, count: Count, needed: int) -> bool:
    """Whether the casting vote of the chair would carry it; no chair mends a missing two thirds."""
    simple = rule.more_than and rule.share == Fraction(1, 2)
    even = count.yes == count.no > 0
    return rule.tie == "chair" and simple and even and count.yes + 1 >= needed


def result_of(rule: Rule, count: Count, *, vetoed: bool = False) -> Result:
    """What a count of votes means under a rule.

    Without a quorum nothing is decided. A request is adopted with the votes that `votes_needed`
    names. At a tie the rule may leave it to the chair. A veto stands unless the yes votes reach
    the share of all seats that overrules it.

    Raises:
        ValueError: where more votes were cast than there are seats.

    >>> rule = Rule(seats=7, quorum=4)
    >>> result_of(rule, Count(yes=3, no=2))
    'adopted'
    >>> result_of(rule, Count(yes=2, no=1))
    'no_quorum'
    >>> result_of(Rule(seats=7, override=Fraction(2, 3)), Count(yes=4, no=3), vetoed=True)
    'vetoed'

    """
    _whole("votes and abstentions", count.present, 0, rule.seats)
    if count.present < rule.quorum:
        return "no_quorum"
    needed = votes_needed(rule, present=count.present, voting=count.yes + count.no)
    if count.yes < needed:
        return "tie_for_the_chair" if _is_tie(rule, count, needed) else "not_adopted"
    if vetoed and not _overrules(rule, count):
        return "vetoed"
    return "adopted"


def _overrules(rule: Rule, count: Count) -> bool:
    return rule.override is not None and count.yes >= ceil(rule.override * rule.seats)
