"""Every write about the problem: one verb-first function per thing that can happen."""

from headway.problems.actions.citations import cite, named_sources, withdraw_citation
from headway.problems.actions.efforts import end_effort, record_effort, resume_effort, revise_effort
from headway.problems.actions.facets import add_facet, hold_facet, release_facet, revise_facet
from headway.problems.actions.facts import add_fact, revise_fact, take_stance
from headway.problems.actions.framings import (
    adopt_framing,
    propose_framing,
    revise_framing,
    set_framing_aside,
)
from headway.problems.actions.problem import revise_problem, state_problem
from headway.problems.actions.start import (
    add_affected_group,
    add_baseline,
    revise_affected_group,
    revise_baseline,
)
from headway.problems.actions.vision import add_vision_line, move_vision_line, revise_vision_line

__all__ = [
    "add_affected_group",
    "add_baseline",
    "add_facet",
    "add_fact",
    "add_vision_line",
    "adopt_framing",
    "cite",
    "end_effort",
    "hold_facet",
    "move_vision_line",
    "named_sources",
    "propose_framing",
    "record_effort",
    "release_facet",
    "resume_effort",
    "revise_affected_group",
    "revise_baseline",
    "revise_effort",
    "revise_facet",
    "revise_fact",
    "revise_framing",
    "revise_problem",
    "revise_vision_line",
    "set_framing_aside",
    "state_problem",
    "take_stance",
    "withdraw_citation",
]
