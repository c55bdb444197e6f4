from headway.initiatives.models import Initiative
from headway.solutions.models import Ballot, VoteSettings

FRONT = (Ballot.Rule.CONSENT, Ballot.Rule.RANKING)


def more_ways(initiative: Initiative) -> bool:
    """Whether an initiative offers more ways to vote than consent and ranking."""
    return VoteSettings.objects.filter(initiative=initiative, more_ways=True).exists()


def rules_offered(initiative: Initiative) -> tuple[Ballot.Rule, ...]:
    """The ways to vote that one may choose from, the usual two in front."""
    return tuple(Ballot.Rule) if more_ways(initiative) else FRONT
