from headway.diagnosis.models.answers import ConditionStatement, Move, Threshold
from headway.diagnosis.models.practices import Activity, ActivityOrganisation, ActivityStep
from headway.diagnosis.models.readiness import Readiness

__all__ = [
    "Activity",
    "ActivityOrganisation",
    "ActivityStep",
    "ConditionStatement",
    "Move",
    "Readiness",
    "Threshold",
]
