from headway.solutions.models.ballot import (
    Ballot,
    BallotOption,
    Elector,
    NamedVote,
    Objection,
    OpenedVote,
    Outcome,
    SealedVote,
)
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

__all__ = [
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
]
