"""Every write about decision bodies, requests to them, what was said and what they decided."""

from headway.arenas.actions.bodies import (
    RuleWords,
    TemplateStep,
    end_seat,
    name_arena,
    revise_arena,
    seat_post,
    set_rule,
    set_template,
)
from headway.arenas.actions.decisions import OneVote, VoteCount, record_decision, revise_decision
from headway.arenas.actions.requests import (
    add_step,
    drop_step,
    finish_step,
    make_ask,
    move_ask,
    revise_ask,
    revise_step,
)
from headway.arenas.actions.speaking import (
    answer_approach,
    limit_advocacy,
    note_approach,
    note_on_record,
    revise_on_record,
)
from headway.arenas.actions.windows import set_window, withdraw_window

__all__ = [
    "OneVote",
    "RuleWords",
    "TemplateStep",
    "VoteCount",
    "add_step",
    "answer_approach",
    "drop_step",
    "end_seat",
    "finish_step",
    "limit_advocacy",
    "make_ask",
    "move_ask",
    "name_arena",
    "note_approach",
    "note_on_record",
    "record_decision",
    "revise_arena",
    "revise_ask",
    "revise_decision",
    "revise_on_record",
    "revise_step",
    "seat_post",
    "set_rule",
    "set_template",
    "set_window",
    "withdraw_window",
]
