"""What several stages do together: each function composes their actions in one transaction."""

from headway.site.actions.lines import follow_line, follow_lines
from headway.site.actions.meetings import (
    call_next,
    correct_lines,
    keep_notes,
    put_suggestions_on_agenda,
    send_promises,
)

__all__ = [
    "call_next",
    "correct_lines",
    "follow_line",
    "follow_lines",
    "keep_notes",
    "put_suggestions_on_agenda",
    "send_promises",
]
