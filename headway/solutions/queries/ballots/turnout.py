"""How many voices there are and how many were given; never which way."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q

from headway.solutions.models import Ballot, Elector
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
    found = Elector.objects.filter(ballot=ballot).aggregate(
        entitled=Count("pk"),
        recused=Count("pk", filter=Q(recused=True)),
        cast=Count("pk", filter=Q(has_voted=True)),
    )
    entitled = found["entitled"]
    share = Fraction(ballot.quorum_percent, 100)
    needed = Quorum(entitled, share, found["recused"]).needed if entitled else 0
    return Turnout(entitled, found["recused"], found["cast"], needed)
