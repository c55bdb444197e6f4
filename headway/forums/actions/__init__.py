"""Every write of groups, meetings and talk: one verb-first function per thing that can happen."""

from headway.forums.actions.agenda import (
    move_agenda_item,
    put_on_agenda,
    revise_agenda_item,
    set_agenda,
    take_off_agenda,
)
from headway.forums.actions.attendance import note_attendance
from headway.forums.actions.choices import (
    choose,
    choose_for_organisation,
    tell_sector,
    type_in_paper,
)
from headway.forums.actions.comments import comment_on, edit_comment, take_back_comment
from headway.forums.actions.conversations import (
    close_conversation,
    close_what_is_over,
    destroy_old_keys,
    make_codes,
    open_conversation,
    revise_conversation,
    start_conversation,
)
from headway.forums.actions.follows import follow, unfollow
from headway.forums.actions.forums import end_moderator, name_moderator, open_forum, revise_forum
from headway.forums.actions.importing import HeldThere, StatedThere, bring_in_conversation
from headway.forums.actions.meetings import (
    call_meeting,
    cancel_meeting,
    hold_meeting,
    post_notice,
    record_meeting,
    revise_meeting,
)
from headway.forums.actions.merging import merge_statements
from headway.forums.actions.minutes import correct_line, mark_minutes_sent, write_minutes
from headway.forums.actions.moderation import (
    decide_queue,
    decide_statement,
    decide_statements,
    hide_comment,
    leave_comment,
    report_comment,
    report_statement,
    restore_comment,
)
from headway.forums.actions.phases import close_phase_now, open_phase, revise_phase
from headway.forums.actions.saying import say_something, store_statements
from headway.forums.actions.statements import (
    add_seeds,
    add_statement,
    replace_statement,
    revise_statement,
)
from headway.forums.models.lines import AgendaLine, Attendee, SaidLine, WordOfCounsel

__all__ = [
    "AgendaLine",
    "Attendee",
    "HeldThere",
    "SaidLine",
    "StatedThere",
    "WordOfCounsel",
    "add_seeds",
    "add_statement",
    "bring_in_conversation",
    "call_meeting",
    "cancel_meeting",
    "choose",
    "choose_for_organisation",
    "close_conversation",
    "close_phase_now",
    "close_what_is_over",
    "comment_on",
    "correct_line",
    "decide_queue",
    "decide_statement",
    "decide_statements",
    "destroy_old_keys",
    "edit_comment",
    "end_moderator",
    "follow",
    "hide_comment",
    "hold_meeting",
    "leave_comment",
    "make_codes",
    "mark_minutes_sent",
    "merge_statements",
    "move_agenda_item",
    "name_moderator",
    "note_attendance",
    "open_conversation",
    "open_forum",
    "open_phase",
    "post_notice",
    "put_on_agenda",
    "record_meeting",
    "replace_statement",
    "report_comment",
    "report_statement",
    "restore_comment",
    "revise_agenda_item",
    "revise_conversation",
    "revise_forum",
    "revise_meeting",
    "revise_phase",
    "revise_statement",
    "say_something",
    "set_agenda",
    "start_conversation",
    "store_statements",
    "take_back_comment",
    "take_off_agenda",
    "tell_sector",
    "type_in_paper",
    "unfollow",
    "write_minutes",
]
