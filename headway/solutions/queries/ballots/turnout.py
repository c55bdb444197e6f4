"""How many voices there are and how many were given; never which way."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import Count, Q

from headway.solutions.models import Ballot, Elector
from headway.solutions.models.ballot import whose
from headway_analysis.ballots.quorum import Quorum


@dataclass(frozen=True, slots=True)
class Turnout:
    """All that anybody may know while a vote is open."""

    entitled: int
    recused: int
    cast: int
    needed: int

    @property
    def voices(self) -> int:
        """How many may still take part."""
        return self.entitled - self.recused

    @property
    def enough(self) -> bool:
        """Whether as many have voted as the rule wants."""
        return self.cast >= self.needed


def turnout_of(ballot: Ballot) -> Turnout:
    """The turnout of a vote that has opened."""
    voices = Elector.objects.filter(ballot=ballot).annotate(whose=whose())
    found = voices.aggregate(
        entitled=Count("whose", distinct=True),
        left=Count("whose", distinct=True, filter=Q(recused=False)),
        cast=Count("whose", distinct=True, filter=Q(has_voted=True)),
    )
    entitled = found["entitled"]
    recused = entitled - found["left"]
    share = Fraction(ballot.quorum_percent, 100)
    needed = Quorum(entitled, share, recused).needed if entitled else 0
    return Turnout(entitled, recused, found["cast"], needed)


def is_over(ballot: Ballot, turnout: Turnout, at: datetime) -> bool:
    """Whether its time is up, or everybody has voted."""
    ended = ballot.closes_at is not None and ballot.closes_at <= at
    return ended or turnout.cast == turnout.voices


def may_close_by_hand(ballot: Ballot, turnout: Turnout, at: datetime) -> bool:
    """Whether its rule lets somebody close it now."""
    return is_over(ballot, turnout, at) or (ballot.closes_early and turnout.enough)
