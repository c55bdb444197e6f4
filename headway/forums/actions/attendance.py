from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import append_event
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.forums.models import Attendance, Attendee, Meeting
from headway.initiatives.actions import locked, must_stand, subject_of
from headway.initiatives.actions.records import count_revision

MOST_PEOPLE = 1_000
Key = tuple[str, UUID | None]


def _name(given: Attendee) -> str:
    known = given.member or given.person
    return (given.name.strip() or (known.name if known else ""))[:250]


def _key(given: Attendee) -> Key:
    member = given.member.organisation_id if given.member else None
    return _name(given), given.organisation.pk if given.organisation else member


def _check(meeting: Meeting, given: Attendee) -> None:
    if not _name(given):
        raise RuleError(_("Enter who was there, like “Maria Lopez”."), "name")
    if given.was not in Attendance.Was.values:
        raise RuleError(_("Choose one of: present, excused, absent."), "was")
    initiative = meeting.record.initiative
    if given.member and given.member.initiative_id != initiative.pk:
        raise RuleError(_("Choose a member of this initiative."), "member")
    if given.organisation and given.organisation.authority_id != initiative.authority_id:
        raise RuleError(_("Choose an organization of this directory."), "organisation")


def _words(rows: Sequence[Attendance]) -> str:
    """Who was there, for the log; only members read it, whoever may read the meeting."""
    return "; ".join(sorted(f"{row.name}: {row.get_was_display()}" for row in rows))


@transaction.atomic
def note_attendance(
    *, by: Actor, meeting: Meeting, attendees: Sequence[Attendee]
) -> list[Attendance]:
    """Make this the list of who was there; who is not in it any more is taken off.

    Raises:
        RuleError: where somebody has no name, or is no member here.

    """
    if len(attendees) > MOST_PEOPLE:
        raise RuleError(_("Note at most 1,000 people for one meeting."), "attendees")
    for given in attendees:
        _check(meeting, given)
    record = locked(meeting.record)
    must_stand(record)
    rows = Attendance.objects.filter(meeting=meeting).select_for_update(of=("self",))
    before = list(rows)
    told = _words(before)
    free = {(row.name, row.organisation_id): row for row in before}
    wanted = {_key(given): given for given in attendees}
    kept = [_write(meeting, free.pop(key, None), given) for key, given in wanted.items()]
    Attendance.objects.filter(pk__in=[row.pk for row in free.values()]).delete()
    if _words(kept) != told:
        count_revision(record)
        append_event(
            stream=record.initiative.stream,
            by=by,
            verb="attendance_noted",
            subject=subject_of(record),
            changes={"attendance": (told, _words(kept))},
            visibility=Visibility.MEMBERS,
        )
    return kept


def _write(meeting: Meeting, known: Attendance | None, given: Attendee) -> Attendance:
    name, organisation_id = _key(given)
    if known is not None:
        known.change(was=given.was, member=given.member or known.member)
        return known
    row = Attendance(
        meeting=meeting,
        organisation_id=organisation_id,
        member=given.member,
        person=given.person or (given.member.person if given.member else None),
        name=name,
        was=given.was,
    )
    row.save(force_insert=True)
    return row
