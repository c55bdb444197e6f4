"""Every write of tests, pilots and reviews."""

from headway.pilots.actions.findings import Numbers, record_finding, withdraw_finding
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
from headway.pilots.actions.reviews import open_review
from headway.pilots.actions.small_tests import (
    decide_small_test,
    end_small_test,
    revise_small_test,
    start_small_test,
)

__all__ = [
    "Numbers",
    "decide_pilot",
    "decide_small_test",
    "end_pilot",
    "end_small_test",
    "fill_card",
    "move_end",
    "open_review",
    "predict",
    "prepare_pilot",
    "record_finding",
    "revise_small_test",
    "start_pilot",
    "start_small_test",
    "stop_pilot",
    "withdraw_finding",
]
