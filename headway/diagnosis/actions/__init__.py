"""Every write about the diagnosis: next moves, thresholds, conditions as stated."""

from headway.diagnosis.actions.conditions import state_condition
from headway.diagnosis.actions.moves import decline_move, take_move
from headway.diagnosis.actions.thresholds import set_threshold

__all__ = ["decline_move", "set_threshold", "state_condition", "take_move"]
