"""Every write of groups, meetings and talk: one verb-first function per thing that can happen."""

from headway.forums.actions.agenda import (
    move_agenda_item,
    put_on_agenda,
    revise_agenda_item,
    set_agenda,
    take_off_agenda,
)
from headway.forums.actions.attendance import note_attendance
from headway.forums.actions.forums import end_moderator, name_moderator, open_forum, revise_forum
from headway.forums.actions.meetings import (
    call_meeting,
    cancel_meeting,
    hold_meeting,
    post_notice,
    record_meeting,
    revise_meeting,
)
from headway.forums.actions.minutes import correct_line, mark_minutes_sent, write_minutes
from headway.forums.actions.phases import close_phase_now, open_phase, revise_phase
from headway.forums.models.lines import AgendaLine, Attendee, SaidLine

__all__ = [
    "AgendaLine",
    "Attendee",
    "SaidLine",
    "call_meeting",
    "cancel_meeting",
    "close_phase_now",
    "correct_line",
    "end_moderator",
    "hold_meeting",
    "mark_minutes_sent",
    "move_agenda_item",
    "name_moderator",
    "note_attendance",
    "open_forum",
    "open_phase",
    "post_notice",
    "put_on_agenda",
    "record_meeting",
    "revise_agenda_item",
    "revise_forum",
    "revise_meeting",
    "revise_phase",
    "set_agenda",
    "take_off_agenda",
    "write_minutes",
]
