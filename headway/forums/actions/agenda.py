from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.forums.models import AgendaItem, AgendaLine, Meeting
from headway.initiatives.actions import locked, must_stand, note_event
from headway.initiatives.actions.records import count_revision
from headway.initiatives.models import Record

MOST_ITEMS = 200
# Numbers are unique in a meeting; lines are lifted out of the way before they get new ones.
ASIDE = 10_000


def _check(meeting: Meeting, lines: Sequence[AgendaLine]) -> None:
    if len(lines) > MOST_ITEMS:
        raise RuleError(_("Put at most 200 lines on one agenda."), "items")
    for line in lines:
        if not line.title.strip() and line.record is None:
            raise RuleError(_("Say what the line is about, like “Winter shelter beds”."), "title")
        if line.reason not in AgendaItem.Reason.values:
            raise RuleError(_("Choose why it is on the agenda from the list."), "reason")
        if line.record and line.record.initiative_id != meeting.record.initiative_id:
            raise RuleError(_("Choose a record of this initiative."), "record")


def _matched(item: AgendaItem, line: AgendaLine) -> bool:
    """Whether a line is this item: by its number, else by its record, else by its words."""
    if line.item is not None:
        return line.item == item.pk
    if line.record is not None and item.record_id is not None:
        return line.record.pk == item.record_id
    return bool(line.title.strip()) and line.title.strip() == item.title


def _words(items: Iterable[AgendaItem], meeting: Meeting) -> str:
    """The agenda for the log, which may be read by more people than one of its records."""
    return "\n".join(f"{item.number}. {_told(item, meeting)}" for item in items)


def _told(item: AgendaItem, meeting: Meeting) -> str:
    if item.title or item.record is None:
        return item.title
    open_alike = item.record.visibility == meeting.record.visibility
    return item.record.title if open_alike else _("a record that not everybody may read")


def _stored(meeting: Meeting) -> list[AgendaItem]:
    rows = AgendaItem.objects.filter(meeting=meeting).select_for_update(of=("self",))
    return list(rows.select_related("record").order_by("number"))


@transaction.atomic
def set_agenda(*, by: Actor, meeting: Meeting, items: Sequence[AgendaLine]) -> list[AgendaItem]:
    """Make these lines the agenda, in this order; lines that stay keep their page.

    Raises:
        RuleError: where a line is about nothing, or the meeting was withdrawn.

    """
    _check(meeting, items)
    record = locked(meeting.record)
    must_stand(record)
    before = _stored(meeting)
    told = _words(before, meeting)
    AgendaItem.objects.filter(meeting=meeting).update(number=F("number") + ASIDE)
    free = {item.pk: item for item in before}
    kept = [_place(meeting, free, line, number) for number, line in enumerate(items, 1)]
    AgendaItem.objects.filter(pk__in=free).delete()
    _note(by, record, told, _words(kept, meeting))
    return kept


def _place(
    meeting: Meeting, free: dict[UUID, AgendaItem], line: AgendaLine, number: int
) -> AgendaItem:
    """The stored line for one given in, taken out of those that are still free."""
    known = next((item for item in free.values() if _matched(item, line)), None)
    item = free.pop(known.pk) if known else AgendaItem(meeting=meeting)
    item.number = number
    item.title, item.text = line.title.strip(), line.text.strip()
    item.reason, item.minutes, item.record = line.reason, line.minutes, line.record
    item.save(force_insert=known is None)
    return item


def _note(by: Actor, record: Record, before: str, after: str) -> None:
    if before != after:
        count_revision(record)
        note_event(by=by, record=record, verb="agenda_set", changes={"agenda": (before, after)})


def as_line(item: AgendaItem) -> AgendaLine:
    """A stored line as it would be given in."""
    return AgendaLine(item.title, item.text, item.reason, item.minutes, item.record, item.pk)


@transaction.atomic
def put_on_agenda(*, by: Actor, meeting: Meeting, line: AgendaLine) -> AgendaItem:
    """Add one line at the end; a record that is on the agenda already stays where it is.

    Raises:
        RuleError: where the line is about nothing.

    """
    locked(meeting.record)
    before = _stored(meeting)
    known = next(
        (item for item in before if line.record and item.record_id == line.record.pk), None
    )
    if known is not None:
        return known
    return set_agenda(by=by, meeting=meeting, items=[*map(as_line, before), line])[-1]


@transaction.atomic
def revise_agenda_item(*, by: Actor, item: AgendaItem, line: AgendaLine) -> None:
    """Change the words of one line.

    Raises:
        RuleError: where it would be about nothing.

    """
    locked(item.meeting.record)
    lines = [
        AgendaLine(
            line.title, line.text, line.reason, line.minutes, line.record or each.record, each.pk
        )
        if each.pk == item.pk
        else as_line(each)
        for each in _stored(item.meeting)
    ]
    set_agenda(by=by, meeting=item.meeting, items=lines)


@transaction.atomic
def move_agenda_item(*, by: Actor, item: AgendaItem, to: int) -> None:
    """Move one line to a place, counted from 1; beyond the last one means the end."""
    locked(item.meeting.record)
    stored = _stored(item.meeting)
    others = [as_line(each) for each in stored if each.pk != item.pk]
    place = max(1, to) - 1
    moved = [*others[:place], as_line(item), *others[place:]]
    set_agenda(by=by, meeting=item.meeting, items=moved)


@transaction.atomic
def take_off_agenda(*, by: Actor, item: AgendaItem) -> None:
    """Take one line off; the log keeps that it was there."""
    locked(item.meeting.record)
    others = [as_line(each) for each in _stored(item.meeting) if each.pk != item.pk]
    set_agenda(by=by, meeting=item.meeting, items=others)
