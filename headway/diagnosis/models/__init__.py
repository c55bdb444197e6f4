from headway.diagnosis.models.answers import ConditionStatement, Move, Threshold

__all__ = ["ConditionStatement", "Move", "Threshold"]
