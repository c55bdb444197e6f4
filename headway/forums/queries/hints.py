"""What is unsure about the lines of a meeting, said beside the field that settles it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from headway.forums.formats.notes import NoteLine
from headway.forums.models import Meeting, MinuteLine
from headway.forums.queries.notes import ReadLine, read_notes
from headway.forums.queries.parts import owner_words
from headway.forums.queries.roster import known_to

Hints = dict[UUID, dict[str, str]]


def hints_for(meeting: Meeting, now: datetime) -> Hints:
    """For each kept line, what to look at, by the name of its part."""
    read = read_notes(meeting, meeting.notes, now)
    return {line.kept.pk: _hints(line, line.kept) for line in read if line.kept is not None}


def _hints(line: ReadLine, kept: MinuteLine) -> dict[str, str]:
    says = {"kind": _kind_hint, "owner": _owner_hint, "due": _due_hint}
    return {part: says[part](line.note, kept) for part in kept.unsure}


def _kind_hint(note: NoteLine, kept: MinuteLine) -> str:
    del kept
    words = dict(MinuteLine.Kind.choices)
    others = ", ".join(str(words[each]) for each in note.kind.others)
    return (
        _("Not sure. It may also be: %(others)s.") % {"others": others}
        if others
        else _("Not sure. Choose what it is.")
    )


def _owner_hint(note: NoteLine, kept: MinuteLine) -> str:
    if len(note.owners.value) > 1:
        return _("Several are named in “%(line)s”. Choose the one that answers for it.") % {
            "line": note.text
        }
    said = note.owners.said or owner_words(kept)
    if not said:
        return _("Nobody is named. Enter a partner, a person or a seat.")
    return _("Not sure who “%(said)s” is. Enter a partner, a person or a seat.") % {"said": said}


def _due_hint(note: NoteLine, kept: MinuteLine) -> str:
    said = note.due.said or kept.due_as_said
    if not said:
        return _("No day is named. Enter one, like 2026-04-10.")
    return _("The notes say “%(said)s”. Enter the day, like 2026-04-10.") % {"said": said}


def known_names(meeting: Meeting, now: datetime) -> tuple[str, ...]:
    """The partners, people and seats to choose from while typing."""
    initiative = meeting.record.initiative
    roster = known_to(initiative, initiative.today(now)).roster
    organisations = {each.name for each in roster.organisations}
    people = {each.name for each in roster.people}
    return tuple(sorted(organisations | people | {post.label for post in roster.posts}))


@dataclass(frozen=True)
class CorrectPage:
    """Every recognised line with its parts, and the names to choose from."""

    title: str
    lead: str
    meeting: str
    back_href: str
    known: tuple[str, ...]


def correct_page(meeting: Meeting, now: datetime, back: str) -> CorrectPage:
    """What stands around the lines."""
    return CorrectPage(
        title=_("What was recognized"),
        lead=_("Correct what is wrong. Saving says that you looked at every line."),
        meeting=meeting.record.title,
        back_href=back,
        known=known_names(meeting, now),
    )
