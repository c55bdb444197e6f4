"""How many voices a decision needs before it counts."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Quorum:
    """The share of those entitled who must have taken part.

    Voices that stand back because of an interest leave the count before the share is taken.

    Attributes:
        entitled: how many voices there are, at least 1; people or organisations, not mixed.
        share: the share of the voices left that must take part, from 0 to 1, exactly.
        recused: how many of the entitled stand back, from 0 to `entitled`.

    Raises:
        ValueError: where a number is outside its bounds.

    >>> Quorum(entitled=7, recused=1).needed
    3

    """

    entitled: int
    share: Fraction = HALF
    recused: int = 0

    def __post_init__(self) -> None:
        if self.entitled < 1:
            raise ValueError(f"entitled must be at least 1, got {self.entitled}")
        if not 0 <= self.share <= 1:
            raise ValueError(f"share must be from 0 to 1, got {self.share}")
        if not 0 <= self.recused <= self.entitled:
            raise ValueError(f"recused must be from 0 to {self.entitled}, got {self.recused}")

    @property
    def voices(self) -> int:
        """How many may still take part."""
        return self.entitled - self.recused

    @property
    def needed(self) -> int:
        """How many must take part: the share of the voices left, rounded up, and at least one."""
        return max(1, ceil(self.share * self.voices))

    def met_by(self, cast: int) -> bool:
        """Whether that many are enough.

        Raises:
            ValueError: where more took part than may.

        >>> Quorum(entitled=7).met_by(3), Quorum(entitled=7).met_by(4)
        (False, True)

        """
        if not 0 <= cast <= self.voices:
            raise ValueError(f"cast must be from 0 to {self.voices}, got {cast}")
        return cast >= self.needed
