"""What notes say, read against the people of the initiative; nothing is stored."""

from dataclasses import dataclass, replace
from datetime import datetime

from headway.forums.formats.notes import Meeting as MeetingDay
from headway.forums.formats.notes import NoteLine, Owner, read
from headway.forums.models import Meeting, MinuteLine, SaidLine
from headway.forums.queries.roster import Known, known_to


@dataclass(frozen=True)
class ReadLine:
    """One line of the notes, what was understood, and the record it was kept as before."""

    note: NoteLine
    said: SaidLine | None
    kept: MinuteLine | None


def said_in(meeting: Meeting, notes: str, now: datetime) -> list[SaidLine]:
    """The lines of notes that become records, ready for `write_minutes`."""
    return [line.said for line in read_notes(meeting, notes, now) if line.said is not None]


def read_notes(meeting: Meeting, notes: str, now: datetime) -> list[ReadLine]:
    """Every line of the notes; what somebody corrected before stays as they corrected it."""
    initiative = meeting.record.initiative
    known = known_to(initiative, initiative.today(now))
    free = list(_kept(meeting))
    found = []
    for note in read(notes.strip(), roster=known.roster, meeting=_day(meeting)):
        row = next((each for each in free if each.as_typed == note.source), None)
        if row is not None:
            free.remove(row)
        found.append(ReadLine(note, _said(note, row, known), row))
    return found


def _kept(meeting: Meeting) -> list[MinuteLine]:
    rows = MinuteLine.objects.of(meeting).live()
    return list(rows.select_related("record", "owner", "owner_person", "owner_post"))


def _day(meeting: Meeting) -> MeetingDay:
    following = Meeting.objects.filter(forum=meeting.forum_id).live()
    after = following.coming(meeting.starts_at).exclude(pk=meeting.pk).first()
    initiative = meeting.record.initiative
    next_on = initiative.today(after.starts_at) if after else None
    return MeetingDay(held_on=meeting.day(), next_on=next_on)


def _said(note: NoteLine, row: MinuteLine | None, known: Known) -> SaidLine | None:
    """The line as it is to be kept; a plain note that is surely one stays in the notes only."""
    if row is not None and row.corrected_at is not None:
        return as_said(row)
    if not note.text.strip() or (not note.is_record and note.kind.sure):
        return None
    said = understood(note, known)
    return replace(said, line=row.pk) if row is not None else said


def understood(note: NoteLine, known: Known) -> SaidLine:
    """What a line says, with rows for the keys of the roster."""
    owners = note.owners.value
    owner = owners[0] if owners else Owner()
    organisation = known.organisation_of(owner)
    named = organisation is not None or not owners
    return SaidLine(
        kind=note.kind.value,
        text=note.text,
        what=note.what,
        as_typed=note.source,
        owner=organisation,
        owner_person=known.people.get(owner.person),
        owner_post=known.posts.get(owner.post),
        owner_as_said=note.owners.said or ("" if named else known.names.get(owner.person, "")),
        due=note.due.value,
        due_as_said=note.due.said if note.due.value is None else "",
        unsure=_unsure(note),
    )


def _unsure(note: NoteLine) -> tuple[str, ...]:
    """What to look at; a promise of two needs one that answers for it."""
    parts = {
        "kind": note.kind.sure,
        "owner": note.owners.sure and len(note.owners.value) <= 1,
        "due": note.due.sure,
    }
    return tuple(part for part, sure in parts.items() if not sure)


def as_said(row: MinuteLine) -> SaidLine:
    """A stored line as it would be given in."""
    return SaidLine(
        kind=row.kind,
        text=row.text,
        what=row.what,
        as_typed=row.as_typed,
        owner=row.owner,
        owner_person=row.owner_person,
        owner_post=row.owner_post,
        owner_as_said=row.owner_as_said,
        due=row.due,
        due_as_said=row.due_as_said,
        unsure=tuple(row.unsure),
        line=row.pk,
    )
