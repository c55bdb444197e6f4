"""Every write about measures: one verb-first function per thing that can happen."""

from headway.measures.actions.imports import (
    bring_in_readings,
    confirm_file,
    forget_files,
    keep_file,
    look_over_file,
    map_file,
)
from headway.measures.actions.measures import (
    add_measure,
    choose_headline,
    revise_measure,
    say_what_moves,
    set_floor,
    set_target,
)
from headway.measures.actions.noting import CellLine, ReadingLine
from headway.measures.actions.readings import add_reading, note_readings, withdraw_reading
from headway.measures.actions.series import (
    open_series,
    revise_series,
    share_series,
    show_first,
    withdraw_series,
)

__all__ = [
    "CellLine",
    "ReadingLine",
    "add_measure",
    "add_reading",
    "bring_in_readings",
    "choose_headline",
    "confirm_file",
    "forget_files",
    "keep_file",
    "look_over_file",
    "map_file",
    "note_readings",
    "open_series",
    "revise_measure",
    "revise_series",
    "say_what_moves",
    "set_floor",
    "set_target",
    "share_series",
    "show_first",
    "withdraw_reading",
    "withdraw_series",
]
