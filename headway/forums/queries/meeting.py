from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.slots import NOTES_AT, NotesPlace
from headway.core.tables import TextLink
from headway.forums.models import AgendaItem, Attendance, Meeting
from headway.forums.queries.minutes import LineEntry, line_entries
from headway.forums.queries.parts import MARKS, may_read, moment_words, time_words
from headway.initiatives import kinds
from headway.initiatives.pages.detail import DetailPage, Step, address, beside, if_may
from headway.initiatives.queries.panel import RecordPanel
from headway.initiatives.reader import Reader
from headway.problems.queries.parts import member_words

WAS = {"present": "met", "excused": "not_needed", "absent": "not_recorded"}
HIDDEN = gettext_lazy("A record that you may not open")
HOUR = 60


@dataclass(frozen=True)
class AgendaEntry:
    """One line of the agenda, with where it leads and how it is changed."""

    number: int
    about: str
    text: str
    reason: Message
    minutes: int | None
    record: TextLink | None
    edit_href: str
    remove_href: str
    up_href: str
    down_href: str
    show_href: str


@dataclass(frozen=True)
class PersonLine:
    """Somebody who was there, or excused themselves."""

    name: str
    organisation: str
    state: str
    was: Message
    mark: str


@dataclass(frozen=True)
class MeetingPage:
    """One meeting: agenda, who was there, what was said and what came of it."""

    detail: DetailPage
    law: str
    agenda: tuple[AgendaEntry, ...]
    agenda_minutes: str
    people: tuple[PersonLine, ...]
    counted: str
    lines_heading: str
    lines: tuple[LineEntry, ...]
    to_look_at: int
    notes: str
    files: tuple[TextLink, ...]
    agenda_href: str
    show_href: str
    attendance_href: str
    notes_href: str
    correct_href: str

    @property
    def panel(self) -> RecordPanel:
        """What stands beside the record; where it was removed pages show that and nothing else."""
        return self.detail.panel

    @property
    def title(self) -> str:
        """What the meeting is called."""
        return self.detail.title


def agenda_entries(meeting: Meeting, reader: Reader) -> tuple[AgendaEntry, ...]:
    """The agenda; a record that the reader may not open keeps its title to itself."""
    return entries_of(agenda_items(meeting), meeting, reader)


def agenda_items(meeting: Meeting) -> list[AgendaItem]:
    """The lines of the agenda with their records."""
    return list(AgendaItem.objects.filter(meeting=meeting).select_related("record"))


def entries_of(rows: list[AgendaItem], meeting: Meeting, reader: Reader) -> tuple[AgendaEntry, ...]:
    """The lines of an agenda as the reader may see them."""
    may = reader.may("forums.meet") and not meeting.record.withdrawn
    return tuple(_agenda_entry(row, reader, may=may, last=len(rows)) for row in rows)


def _agenda_entry(item: AgendaItem, reader: Reader, *, may: bool, last: int) -> AgendaEntry:
    opens = may_read(item.record, reader)
    link = kinds.href(item.record, reader.slug) if item.record and opens else ""

    def way(name: str) -> str:
        return address(reader, f"forums:{name}", item.pk) if may else ""

    return AgendaEntry(
        number=item.number,
        about=item.about if item.title or opens else str(HIDDEN),
        text=item.text if item.record is None or opens else "",
        reason="" if item.reason == AgendaItem.Reason.OTHER else item.get_reason_display(),
        minutes=item.minutes,
        record=TextLink(item.record.title, link) if item.record and link else None,
        edit_href=way("edit_agenda_item"),
        remove_href=way("remove_agenda_item"),
        up_href=way("agenda_item_up") if item.number > 1 else "",
        down_href=way("agenda_item_down") if item.number < last else "",
        show_href=address(reader, "forums:show", item.meeting_id, item.number),
    )


def people_of(meeting: Meeting, reader: Reader) -> tuple[PersonLine, ...]:
    """Who was there; visitors read names only where open-meeting law counts."""
    rows = Attendance.objects.filter(meeting=meeting).select_related("organisation__merged_into")
    named = meeting.forum.meets_in_the_open
    return tuple(
        PersonLine(
            name=row.name if named else member_words(row.name, reader),
            organisation=row.organisation.canonical.name if row.organisation else "",
            state=row.was,
            was=row.get_was_display(),
            mark=WAS[row.was],
        )
        for row in rows
    )


def _counted(people: tuple[PersonLine, ...]) -> str:
    present = sum(person.mark == WAS["present"] for person in people)
    return _("%(present)s of %(all)s noted were present.") % {
        "present": present,
        "all": len(people),
    }


def meeting_page(meeting: Meeting, reader: Reader, now: datetime) -> MeetingPage:
    """One meeting with everything about it."""
    agenda, people = agenda_entries(meeting, reader), people_of(meeting, reader)
    lines, pk = line_entries(meeting, reader), meeting.pk
    writes = not meeting.record.withdrawn and meeting.state != Meeting.State.CANCELLED
    notes = "forums.take_notes" if writes else ""
    may_note = writes and reader.may("forums.take_notes")
    return MeetingPage(
        detail=_detail(meeting, reader, now),
        law=_law(meeting),
        agenda=agenda,
        agenda_minutes=_in_all(agenda),
        people=people,
        counted=_counted(people) if people else "",
        lines_heading=(
            _("Noted before the meeting") if meeting.lies_ahead(now) else _("What was agreed")
        ),
        lines=lines,
        to_look_at=sum(bool(line.unsure) for line in lines),
        notes=meeting.notes,
        files=_files(meeting, reader),
        agenda_href=_may(reader, "forums.meet" if writes else "", "forums:agenda", pk),
        show_href=address(reader, "forums:show", pk, 1) if agenda else "",
        attendance_href=_may(reader, notes, "forums:attendance", pk),
        notes_href=NOTES_AT.ask(NotesPlace(reader.slug, "notes", pk)) if may_note else "",
        correct_href=(
            NOTES_AT.ask(NotesPlace(reader.slug, "lines", pk)) if may_note and lines else ""
        ),
    )


def _may(reader: Reader, permission: str, name: str, *args: object) -> str:
    return if_may(reader, permission, name, *args) if permission else ""


def _in_all(agenda: tuple[AgendaEntry, ...]) -> str:
    total = sum(entry.minutes or 0 for entry in agenda)
    if not total:
        return ""
    hours, minutes = divmod(total, HOUR)
    if not hours:
        return ngettext("In all %(count)s minute.", "In all %(count)s minutes.", minutes) % {
            "count": minutes
        }
    return _("In all %(hours)s h %(minutes)s min.") % {"hours": hours, "minutes": minutes}


def _law(meeting: Meeting) -> str:
    """What open-meeting law asks of this meeting, said on its page."""
    if not meeting.forum.meets_in_the_open:
        return ""
    if meeting.emergency:
        return _("Called as an emergency, because: %(why)s") % {"why": meeting.emergency}
    return _("This group counts as a public body: votes stand by name in these minutes.")


def _files(meeting: Meeting, reader: Reader) -> tuple[TextLink, ...]:
    offered = (
        (_("Calendar file (.ics)"), "forums:meeting_ics", not meeting.day_only),
        (_("Minutes as Word (.docx)"), "forums:minutes_docx", True),
        (_("Minutes as PDF"), "forums:minutes_pdf", True),
    )
    return tuple(
        TextLink(label, address(reader, name, meeting.pk)) for label, name, has in offered if has
    )


def _detail(meeting: Meeting, reader: Reader, now: datetime) -> DetailPage:
    initiative, forum = meeting.record.initiative, meeting.forum
    posted = meeting.notice_posted_at
    terms = [
        Term(_("When"), time_words(meeting, initiative)),
        Term(_("Where"), meeting.place or _("Not said yet")),
    ]
    if meeting.link:
        terms.append(Term(_("Call"), meeting.link, meeting.link))
    if posted:
        terms.append(Term(_("Notice posted"), moment_words(posted, initiative)))
    if meeting.minutes_sent_at:
        terms.append(Term(_("Minutes sent"), moment_words(meeting.minutes_sent_at, initiative)))
    return DetailPage(
        title=meeting.record.title,
        kicker=forum.name,
        kicker_href=address(reader, "forums:forum", forum.pk),
        state=MARKS[meeting.state],
        state_label=capfirst(meeting.get_state_display()),
        terms=tuple(terms),
        steps=_steps(meeting, reader, now),
        **beside(meeting.record, reader),
    )


def _steps(meeting: Meeting, reader: Reader, now: datetime) -> tuple[Step, ...]:
    if meeting.record.withdrawn or not reader.may("forums.meet"):
        return ()

    def step(label: str, name: str) -> Step:
        return Step(label, address(reader, f"forums:{name}", meeting.pk))

    steps = [step(_("Change time or place"), "edit_meeting")]
    if not meeting.is_planned:
        return tuple(steps)
    if meeting.day() <= meeting.record.initiative.today(now):
        steps.append(step(_("It was held"), "hold_meeting"))
    if meeting.notice_posted_at is None:
        steps.append(step(_("Post the notice"), "post_notice"))
    return (*steps, step(_("Cancel it"), "cancel_meeting"))


@dataclass(frozen=True)
class ShowPage:
    """One line of the agenda in big type, for the wall."""

    title: str
    meeting: str
    number: int
    all: int
    about: str
    text: str
    record: TextLink | None
    minutes: int | None
    before_href: str
    after_href: str
    leave_href: str


def show_page(meeting: Meeting, reader: Reader, number: int) -> ShowPage | None:
    """The agenda's line of a number, or None where there is none."""
    entries = agenda_entries(meeting, reader)
    if not 1 <= number <= len(entries):
        return None
    entry = entries[number - 1]
    return ShowPage(
        title=f"{number}. {entry.about}",
        meeting=meeting.record.title,
        number=number,
        all=len(entries),
        about=entry.about,
        text=entry.text,
        record=entry.record,
        minutes=entry.minutes,
        before_href=entries[number - 2].show_href if number > 1 else "",
        after_href=entries[number].show_href if number < len(entries) else "",
        leave_href=address(reader, "forums:meeting", meeting.pk),
    )


@dataclass(frozen=True)
class AgendaPage:
    """The agenda to arrange, with a form for the next line."""

    title: str
    meeting: str
    back_href: str
    agenda: tuple[AgendaEntry, ...]
    agenda_minutes: str


def agenda_page(meeting: Meeting, reader: Reader) -> AgendaPage:
    """The agenda as the convener arranges it."""
    entries = agenda_entries(meeting, reader)
    return AgendaPage(
        title=_("Agenda"),
        meeting=meeting.record.title,
        back_href=address(reader, "forums:meeting", meeting.pk),
        agenda=entries,
        agenda_minutes=_in_all(entries),
    )
