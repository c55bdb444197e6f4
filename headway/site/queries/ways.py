"""The steps that lead on from a record of any stage, offered beside it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.core.slots import NotesPlace, RecordPlace, Way

# Out of these something can be promised; a recommendation's page offers it by itself.
PROMISED = frozenset({"minute_line", "meeting", "outcome", "decision", "ask", "objection"})
# Out of these an idea can come: what people said, found, or ran into.
THOUGHT_OF = frozenset(
    {"minute_line", "statement", "fact", "framing", "barrier", "happening", "objection", "effort"}
)
ASKED = frozenset({"barrier"})
TRIED = frozenset({"minute_line", "statement", "objection", "lesson", "outcome", "decision"})
LARGER = frozenset({"small_test"})
# What went well or was missed can be looked back at.
LEARNED_FROM = frozenset(
    {"promise", "meeting", "decision", "ask", "outcome", "barrier", "effort", "measure"}
    | {"recommendation", "small_test", "pilot", "happening"}
)
STEPS: tuple[tuple[frozenset[str], str, str, Message], ...] = (
    (PROMISED, "commitments.note", "commitments:promise_from", _("Make a promise from this")),
    (THOUGHT_OF, "solutions.propose", "site:idea_from", _("Make it an idea")),
    (ASKED, "arenas.write", "arenas:ask_from", _("Turn it into a request")),
    (TRIED, "pilots.test", "pilots:small_test_from", _("Try it in a small test")),
    (LARGER, "pilots.prepare", "pilots:pilot_from", _("Make a pilot of it")),
    (frozenset({"ask"}), "site.brief", "site:brief", _("Print the one-page brief")),
    (LEARNED_FROM, "pilots.review", "pilots:open_review", _("Ask what we learn from this")),
)


def ways_on(place: RecordPlace) -> tuple[Way, ...]:
    """What may be made of a record by this reader, and its whole path. No query."""
    at = [place.initiative.slug, place.record_id]
    made = tuple(
        Way(label, reverse(name, args=at))
        for of_kinds, permission, name, label in STEPS
        if place.kind in of_kinds and not place.withdrawn and place.may(permission)
    )
    if not place.may("site.trace"):
        return made
    return (*made, Way(_("Follow it to both ends"), reverse("site:trace", args=at)))


NOTES = {"notes": "site:notes", "lines": "site:correct_lines", "line": "site:correct_line"}


def notes_at(place: NotesPlace) -> str:
    """Where the notes of a meeting are written, and its lines corrected: they become records."""
    return reverse(NOTES[place.what], args=[place.slug, place.record_id])
