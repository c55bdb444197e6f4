"""Where an initiative stands: evidence in; eight conditions, three readings, risks, levers out."""

from headway_analysis.diagnosis.conditions import ConditionReading, State
from headway_analysis.diagnosis.evidence import (
    CONDITIONS,
    LEADINGS,
    Act,
    Answered,
    Condition,
    Evidence,
    Holding,
    Leading,
    Link,
    Role,
    Statement,
    Tie,
    Turn,
    at,
)
from headway_analysis.diagnosis.items import (
    NEEDS,
    Item,
    Phase,
    Pledge,
    Recommendation,
    Request,
    Step,
    Trial,
)
from headway_analysis.diagnosis.levers import BY_KEY, LEVERS, Lever, LeverKey, Reason, Trigger
from headway_analysis.diagnosis.readings import Figure, LeadershipReading
from headway_analysis.diagnosis.spread import Drill, Spread, drill, effective_number
from headway_analysis.diagnosis.tenure import Gap, Milestone
from headway_analysis.diagnosis.thresholds import DEFAULT, NAMES, Thresholds
from headway_analysis.diagnosis.whole import Diagnosis, diagnose

# Part of the key under which a diagnosis is kept: another version reads the same evidence anew.
VERSION = "4"

__all__ = [
    "BY_KEY",
    "CONDITIONS",
    "DEFAULT",
    "LEADINGS",
    "LEVERS",
    "NAMES",
    "NEEDS",
    "VERSION",
    "Act",
    "Answered",
    "Condition",
    "ConditionReading",
    "Diagnosis",
    "Drill",
    "Evidence",
    "Figure",
    "Gap",
    "Holding",
    "Item",
    "LeadershipReading",
    "Leading",
    "Lever",
    "LeverKey",
    "Link",
    "Milestone",
    "Phase",
    "Pledge",
    "Reason",
    "Recommendation",
    "Request",
    "Role",
    "Spread",
    "State",
    "Statement",
    "Step",
    "Thresholds",
    "Tie",
    "Trial",
    "Trigger",
    "Turn",
    "at",
    "diagnose",
    "drill",
    "effective_number",
]
