"""What people enter about decision bodies."""

from headway.arenas.forms.bodies import (
    ArenaForm,
    EditArenaForm,
    EditSeatForm,
    PathTemplateForm,
    RuleForm,
    SeatForm,
)
from headway.arenas.forms.decisions import DecisionForm, EditDecisionForm
from headway.arenas.forms.requests import (
    AskForm,
    EditAskForm,
    FinishStepForm,
    MoveForm,
    StepForm,
)
from headway.arenas.forms.speaking import (
    AnswerForm,
    ApproachForm,
    EditOnRecordForm,
    LimitForm,
    OnRecordForm,
    WindowForm,
)

__all__ = [
    "AnswerForm",
    "ApproachForm",
    "ArenaForm",
    "AskForm",
    "DecisionForm",
    "EditArenaForm",
    "EditAskForm",
    "EditDecisionForm",
    "EditOnRecordForm",
    "EditSeatForm",
    "FinishStepForm",
    "LimitForm",
    "MoveForm",
    "OnRecordForm",
    "PathTemplateForm",
    "RuleForm",
    "SeatForm",
    "StepForm",
    "WindowForm",
]
