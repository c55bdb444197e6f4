from headway.commitments.forms.answers import (
    AnswerForm,
    ConfirmForm,
    HandOverForm,
    LinkForm,
    MilestoneForm,
    ProgressForm,
    ReopenForm,
    SplitForm,
)
from headway.commitments.forms.plans import MappingForm, PlanForm
from headway.commitments.forms.promise import PromiseForm, RevisePromiseForm

__all__ = [
    "AnswerForm",
    "ConfirmForm",
    "HandOverForm",
    "LinkForm",
    "MappingForm",
    "MilestoneForm",
    "PlanForm",
    "ProgressForm",
    "PromiseForm",
    "ReopenForm",
    "RevisePromiseForm",
    "SplitForm",
]
