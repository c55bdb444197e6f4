from headway.problems.forms.ledger import (
    CiteForm,
    EffortForm,
    FacetForm,
    FactForm,
    HoldForm,
    StanceForm,
    VisionLineForm,
)
from headway.problems.forms.problem import (
    BaselineForm,
    DecideForm,
    FramingForm,
    GroupForm,
    StatementForm,
    TurnForm,
)

__all__ = [
    "BaselineForm",
    "CiteForm",
    "DecideForm",
    "EffortForm",
    "FacetForm",
    "FactForm",
    "FramingForm",
    "GroupForm",
    "HoldForm",
    "StanceForm",
    "StatementForm",
    "TurnForm",
    "VisionLineForm",
]
