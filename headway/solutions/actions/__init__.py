"""Every write about ideas, recommendations, what is in the way, votes and what came out."""

from headway.solutions.actions.barriers import move_barrier, note_barrier, revise_barrier
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
    "bring_idea",
    "credit_authors",
    "end_authorship",
    "move_barrier",
    "move_solution",
    "name_owner",
    "note_barrier",
    "revise_barrier",
    "revise_solution",
    "start_recommendation",
]
