from headway.diagnosis.models.answers import ConditionStatement, Move, Threshold
from headway.diagnosis.models.practices import Activity, ActivityOrganisation, ActivityStep

__all__ = [
    "Activity",
    "ActivityOrganisation",
    "ActivityStep",
    "ConditionStatement",
    "Move",
    "Threshold",
]
