"""Everything that happens to a vote, from its first draft to its count."""

from headway.solutions.actions.ballots.casting import cast_vote
from headway.solutions.actions.ballots.closing import close_ballot, close_what_is_over, let_keys_go
from headway.solutions.actions.ballots.opening import name_stand_in, open_ballot, recuse_voice
from headway.solutions.actions.ballots.preparing import (
    OptionLine,
    VoteRule,
    prepare_ballot,
    revise_ballot,
    set_ways_to_vote,
)

__all__ = [
    "OptionLine",
    "VoteRule",
    "cast_vote",
    "close_ballot",
    "close_what_is_over",
    "let_keys_go",
    "name_stand_in",
    "open_ballot",
    "prepare_ballot",
    "recuse_voice",
    "revise_ballot",
    "set_ways_to_vote",
]
