"""Every write about the diagnosis: moves, thresholds, conditions as stated, readiness."""

from headway.diagnosis.actions.conditions import state_condition
from headway.diagnosis.actions.moves import decline_move, take_move
from headway.diagnosis.actions.readiness import check_readiness
from headway.diagnosis.actions.thresholds import set_threshold

__all__ = ["check_readiness", "decline_move", "set_threshold", "state_condition", "take_move"]
