from headway.solutions.models.ballot import (
    NO_KEY,
    Ballot,
    BallotOption,
    Elector,
    VoteSettings,
)
from headway.solutions.models.outcome import Objection, Outcome
from headway.solutions.models.solution import (
    Amendment,
    Barrier,
    CoAuthor,
    Criterion,
    CriterionScore,
    Funding,
    Interest,
    Solution,
)
from headway.solutions.models.vote import NamedVote, OpenedVote, SealedVote

__all__ = [
    "NO_KEY",
    "Amendment",
    "Ballot",
    "BallotOption",
    "Barrier",
    "CoAuthor",
    "Criterion",
    "CriterionScore",
    "Elector",
    "Funding",
    "Interest",
    "NamedVote",
    "Objection",
    "OpenedVote",
    "Outcome",
    "SealedVote",
    "Solution",
    "VoteSettings",
]
