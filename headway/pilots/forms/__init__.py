"""Forms of tests, pilots and reviews."""

from headway.pilots.forms.pilots import (
    CardForm,
    DecidePilotForm,
    MoveEndForm,
    PredictionForm,
    PreparePilotForm,
    StopForm,
)
from headway.pilots.forms.results import (
    ColumnsForm,
    FindingForm,
    ResultsForm,
    WithdrawFindingForm,
)
from headway.pilots.forms.small_tests import (
    DecideForm,
    EndSmallTestForm,
    ReviseSmallTestForm,
    SmallTestForm,
)

__all__ = [
    "CardForm",
    "ColumnsForm",
    "DecideForm",
    "DecidePilotForm",
    "EndSmallTestForm",
    "FindingForm",
    "MoveEndForm",
    "PredictionForm",
    "PreparePilotForm",
    "ResultsForm",
    "ReviseSmallTestForm",
    "SmallTestForm",
    "StopForm",
    "WithdrawFindingForm",
]
