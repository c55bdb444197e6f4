"""Every write about ideas, recommendations, what is in the way, votes and what came out."""

from headway.solutions.actions.amendments import (
    MovedMeanwhileError,
    accept_change,
    close_suggestions,
    promote_change,
    refuse_change,
    reopen_suggestions,
    suggest_change,
)
from headway.solutions.actions.barriers import move_barrier, note_barrier, revise_barrier
from headway.solutions.actions.judging import (
    add_criterion,
    declare_interest,
    revise_criterion,
    revise_interest,
    score,
)
from headway.solutions.actions.money import Money, add_funding, revise_funding
from headway.solutions.actions.solutions import (
    bring_idea,
    credit_authors,
    end_authorship,
    move_solution,
    name_owner,
    revise_solution,
    start_recommendation,
)

__all__ = [
    "Money",
    "MovedMeanwhileError",
    "accept_change",
    "add_criterion",
    "add_funding",
    "bring_idea",
    "close_suggestions",
    "credit_authors",
    "declare_interest",
    "end_authorship",
    "move_barrier",
    "move_solution",
    "name_owner",
    "note_barrier",
    "promote_change",
    "refuse_change",
    "reopen_suggestions",
    "revise_barrier",
    "revise_criterion",
    "revise_funding",
    "revise_interest",
    "revise_solution",
    "score",
    "start_recommendation",
    "suggest_change",
]
