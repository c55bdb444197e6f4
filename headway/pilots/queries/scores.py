"""How near a team's expectation came; per team, never per person."""

from collections.abc import Sequence

from headway.pilots.models import PilotFinding, Prediction
from headway_analysis.experiment import prediction
from headway_analysis.experiment.prediction import Score


def scored(said: Prediction, found: Sequence[PilotFinding]) -> Score | None:
    """The score of an expectation against the newest finding that stands; None before one."""
    standing = [each.estimate for each in found if each.withdrawn_at is None]
    known = [estimate for estimate in standing if estimate is not None]
    if not known or said.locked_at is None:
        return None
    expected = prediction.Prediction(float(said.low), float(said.high), said.percent / 100)
    return prediction.score(expected, known[-1])
