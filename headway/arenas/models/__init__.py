from headway.arenas.models.arena import (
    Arena,
    DecisionRule,
    ElectionWindow,
    PathTemplateStep,
    Seat,
)
from headway.arenas.models.ask import (
    AdvocacyLimit,
    Approach,
    Ask,
    BodyDecision,
    OnRecord,
    PathStep,
    SeatVote,
)

__all__ = [
    "AdvocacyLimit",
    "Approach",
    "Arena",
    "Ask",
    "BodyDecision",
    "DecisionRule",
    "ElectionWindow",
    "OnRecord",
    "PathStep",
    "PathTemplateStep",
    "Seat",
    "SeatVote",
]
