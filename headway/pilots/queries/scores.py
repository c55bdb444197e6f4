"""How near a team's expectation came; per team, never per person."""

from collections.abc import Sequence
from dataclasses import dataclass

from headway.pilots.models import PilotFinding, Prediction


@dataclass(frozen=True, slots=True)
class Score:
    """Whether what came out lies in the range, and the Brier score of the chance given."""

    inside: bool
    brier: float


def scored(said: Prediction, found: Sequence[PilotFinding]) -> Score | None:
    """The score of an expectation against the newest finding that stands; None before one."""
    standing = [each for each in found if each.withdrawn_at is None and each.estimate is not None]
    if not standing or said.locked_at is None:
        return None
    estimate = standing[-1].estimate or 0.0
    inside = float(said.low) <= estimate <= float(said.high)
    return Score(inside, (said.percent / 100 - inside) ** 2)
