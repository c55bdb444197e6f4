from headway.problems.models.citation import Citation
from headway.problems.models.direction import Effort, EffortState, VisionLine
from headway.problems.models.facet import Facet, FacetHolder
from headway.problems.models.fact import Fact, FactStance, FactState, Stance, last_words, state_from
from headway.problems.models.framing import Framing, FramingState
from headway.problems.models.problem import AffectedGroup, Baseline, Problem

__all__ = [
    "AffectedGroup",
    "Baseline",
    "Citation",
    "Effort",
    "EffortState",
    "Facet",
    "FacetHolder",
    "Fact",
    "FactStance",
    "FactState",
    "Framing",
    "FramingState",
    "Problem",
    "Stance",
    "VisionLine",
    "last_words",
    "state_from",
]
