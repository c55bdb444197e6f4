"""Every write of an initiative: one verb-first function per thing that can happen."""

from headway.initiatives.actions.files import add_file, withdraw_file
from headway.initiatives.actions.happenings import record_happening, revise_happening
from headway.initiatives.actions.holds import hold_names, place_hold, release_hold
from headway.initiatives.actions.initiative import (
    close_initiative,
    open_initiative,
    reopen_initiative,
    revise_initiative,
)
from headway.initiatives.actions.members import (
    end_mandate,
    end_role,
    give_mandate,
    grant_role,
    invite_member,
    let_go,
    on_behalf_of,
    reassign_everything,
)
from headway.initiatives.actions.once import answered, forget_sent_forms, once
from headway.initiatives.actions.records import (
    append_state,
    as_closed_as,
    hand_over_record,
    link_records,
    lock_all,
    locked,
    must_be_of,
    must_stand,
    note_event,
    open_record,
    revise_record,
    subject_of,
    unlink_records,
    withdraw_record,
    write_wording,
)
from headway.initiatives.actions.texts import translate_text

__all__ = [
    "add_file",
    "answered",
    "append_state",
    "as_closed_as",
    "close_initiative",
    "end_mandate",
    "end_role",
    "forget_sent_forms",
    "give_mandate",
    "grant_role",
    "hand_over_record",
    "hold_names",
    "invite_member",
    "let_go",
    "link_records",
    "lock_all",
    "locked",
    "must_be_of",
    "must_stand",
    "note_event",
    "on_behalf_of",
    "once",
    "open_initiative",
    "open_record",
    "place_hold",
    "reassign_everything",
    "record_happening",
    "release_hold",
    "reopen_initiative",
    "revise_happening",
    "revise_initiative",
    "revise_record",
    "subject_of",
    "translate_text",
    "unlink_records",
    "withdraw_file",
    "withdraw_record",
    "write_wording",
]
