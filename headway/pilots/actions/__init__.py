"""Every write of tests, pilots and reviews."""

from headway.pilots.actions.closing import close_review, destroy_notes
from headway.pilots.actions.findings import Numbers, record_finding, withdraw_finding
from headway.pilots.actions.followups import (
    add_follow_up,
    finish_follow_up,
    refuse_follow_up,
    revise_follow_up,
)
from headway.pilots.actions.lessons import (
    add_case,
    change_because_of,
    draw_lesson,
    revise_lesson,
    withdraw_case,
)
from headway.pilots.actions.missed import open_missed_reviews
from headway.pilots.actions.pilots import (
    decide_pilot,
    end_pilot,
    fill_card,
    move_end,
    prepare_pilot,
    start_pilot,
    stop_pilot,
)
from headway.pilots.actions.predictions import predict
from headway.pilots.actions.publishing import publish_lesson
from headway.pilots.actions.results import (
    ask_to_work_out,
    forget_results,
    keep_results,
    look_over_results,
    map_results,
    work_out,
)
from headway.pilots.actions.reviews import (
    agree,
    draft_answers,
    join_review,
    leave_review,
    name_conductor,
    open_review,
)
from headway.pilots.actions.sealing import Told
from headway.pilots.actions.small_tests import (
    decide_small_test,
    end_small_test,
    revise_small_test,
    start_small_test,
)
from headway.pilots.actions.tellings import store_told, tell

__all__ = [
    "Numbers",
    "Told",
    "add_case",
    "add_follow_up",
    "agree",
    "ask_to_work_out",
    "change_because_of",
    "close_review",
    "decide_pilot",
    "decide_small_test",
    "destroy_notes",
    "draft_answers",
    "draw_lesson",
    "end_pilot",
    "end_small_test",
    "fill_card",
    "finish_follow_up",
    "forget_results",
    "join_review",
    "keep_results",
    "leave_review",
    "look_over_results",
    "map_results",
    "move_end",
    "name_conductor",
    "open_missed_reviews",
    "open_review",
    "predict",
    "prepare_pilot",
    "publish_lesson",
    "record_finding",
    "refuse_follow_up",
    "revise_follow_up",
    "revise_lesson",
    "revise_small_test",
    "start_pilot",
    "start_small_test",
    "stop_pilot",
    "store_told",
    "tell",
    "withdraw_case",
    "withdraw_finding",
    "work_out",
]
