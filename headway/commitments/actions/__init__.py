"""Every write about promises: one verb-first function per thing that can happen."""

from headway.commitments.actions.answers import (
    confirm_promise,
    drop_promise,
    keep_promise,
    move_promise,
    reopen_promise,
)
from headway.commitments.actions.calendars import make_calendar_feed, revoke_calendar_feed
from headway.commitments.actions.keeping import (
    add_milestone,
    archive_promise,
    hand_over_promise,
    note_progress,
    reach_milestone,
    split_promise,
    withdraw_milestone,
)
from headway.commitments.actions.links import answer_by_link
from headway.commitments.actions.mailing import ask_to_confirm, mail_promises
from headway.commitments.actions.promises import (
    follow_minute,
    promise,
    promise_from_minute,
    revise_promise,
)
from headway.commitments.actions.reminders import write_reminders
from headway.commitments.actions.replying import answer_by_mail

__all__ = [
    "add_milestone",
    "answer_by_link",
    "answer_by_mail",
    "archive_promise",
    "ask_to_confirm",
    "confirm_promise",
    "drop_promise",
    "follow_minute",
    "hand_over_promise",
    "keep_promise",
    "mail_promises",
    "make_calendar_feed",
    "move_promise",
    "note_progress",
    "promise",
    "promise_from_minute",
    "reach_milestone",
    "reopen_promise",
    "revise_promise",
    "revoke_calendar_feed",
    "split_promise",
    "withdraw_milestone",
    "write_reminders",
]
