"""The next meeting: what it is, its agenda, what belongs on it, and what the last one left open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.tables import TextLink
from headway.forums.models import Forum, Meeting
from headway.forums.queries.area import last_meeting
from headway.forums.queries.meeting import AgendaEntry, agenda_items, entries_of
from headway.forums.queries.parts import time_words
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader
from headway.site.queries.agenda import Section, drafted_agenda

# A meeting that began this long ago is still the one that people mean.
STILL_GOING = timedelta(hours=12)
USUALLY_AFTER = timedelta(weeks=4)
FIRST_AFTER = timedelta(weeks=2)
USUAL_HOUR = time(10)
MOST_OTHERS = 6


@dataclass(frozen=True)
class LastMeeting:
    """The meeting before, with what is left to do after it; empty addresses where nothing is."""

    title: str
    href: str
    notes_href: str
    mail_href: str
    sent: bool


@dataclass(frozen=True)
class NextMeetingPage:
    """The next meeting on one page. Where none is planned, `meeting` is empty."""

    title: str
    lead: str
    meeting: str
    href: str
    group: str
    place: str
    posted: str
    agenda: tuple[AgendaEntry, ...]
    sections: tuple[Section, ...]
    suggest_href: str
    arrange_href: str
    show_href: str
    notes_href: str
    mail_href: str
    files: tuple[TextLink, ...]
    others: tuple[TextLink, ...]
    last: LastMeeting | None
    call_href: str
    call_words: Message

    @property
    def suggested(self) -> list[str]:
        """The keys of all lines that the agenda drafts by itself."""
        return [each.key for section in self.sections for each in section.suggestions]


def planned_meetings(initiative: Initiative, reader: Reader, now: datetime) -> QuerySet[Meeting]:
    """The meetings that lie ahead or have just begun, the next one first."""
    found = Meeting.objects.in_initiative(initiative).live().visible_to(reader.readers)
    planned = found.coming(now - STILL_GOING)
    return planned.select_related("record__initiative__stream", "forum__record__initiative")


def next_meeting_page(
    initiative: Initiative, reader: Reader, planned: Sequence[Meeting], meeting: Meeting | None
) -> NextMeetingPage:
    """The page of one of the planned meetings, or of the first that would have to be called."""
    until = meeting.day() if meeting else (reader.today + FIRST_AFTER)
    items = agenda_items(meeting) if meeting else []
    sections = drafted_agenda(initiative, reader, until, [item.record_id for item in items])
    agenda = entries_of(items, meeting, reader) if meeting else ()
    last = last_meeting(initiative, reader)
    return NextMeetingPage(
        title=_("Next meeting"),
        lead=time_words(meeting, initiative) if meeting else _("No meeting is planned yet."),
        meeting=meeting.record.title if meeting else "",
        href=address(reader, "forums:meeting", meeting.pk) if meeting else "",
        group=meeting.forum.name if meeting else "",
        place=(meeting.place or meeting.link) if meeting else "",
        posted=_posted(meeting),
        agenda=agenda,
        sections=sections,
        suggest_href=_way(meeting, reader, "forums.meet", "site:suggest"),
        arrange_href=_way(meeting, reader, "forums.meet", "forums:agenda"),
        show_href=address(reader, "forums:show", meeting.pk, 1) if meeting and agenda else "",
        notes_href=_way(meeting, reader, "forums.take_notes", "site:notes"),
        mail_href="",
        files=_files(meeting, reader),
        others=tuple(_other(each, reader) for each in planned if each != meeting),
        last=_last(last, reader) if last and last != meeting else None,
        call_href=if_may(reader, "forums.meet", "site:call"),
        call_words=_("Call another meeting") if meeting else _("Call the meeting"),
    )


def _way(meeting: Meeting | None, reader: Reader, permission: str, name: str) -> str:
    return if_may(reader, permission, name, meeting.pk) if meeting else ""


def _posted(meeting: Meeting | None) -> str:
    if meeting is None or not meeting.forum.meets_in_the_open:
        return ""
    if meeting.notice_posted_at is None:
        return _("This group counts as a public body and its notice is not posted yet.")
    return _("This group counts as a public body; its notice is posted.")


def _files(meeting: Meeting | None, reader: Reader) -> tuple[TextLink, ...]:
    if meeting is None:
        return ()
    offered = (
        (_("Word"), "forums:minutes_docx"),
        (_("PDF"), "forums:minutes_pdf"),
        (_("Calendar file"), "forums:meeting_ics"),
    )
    return tuple(TextLink(words, address(reader, name, meeting.pk)) for words, name in offered)


def _other(meeting: Meeting, reader: Reader) -> TextLink:
    return TextLink(meeting.record.title, address(reader, "site:meeting_ahead", meeting.pk))


def _last(meeting: Meeting, reader: Reader) -> LastMeeting:
    sent, here = meeting.minutes_sent_at is not None, not meeting.record.source_id
    note = "forums.take_notes"
    return LastMeeting(
        title=meeting.record.title,
        href=address(reader, "forums:meeting", meeting.pk),
        notes_href=if_may(reader, note, "site:notes", meeting.pk) if here else "",
        mail_href=if_may(reader, note, "site:mail", meeting.pk) if here and not sent else "",
        sent=sent,
    )


def usual_start(initiative: Initiative, last: Meeting | None, now: datetime) -> datetime:
    """When the next meeting would be: as many weeks after the last one as usual, but ahead."""
    zone = ZoneInfo(initiative.zone)
    today = initiative.today(now)
    if last is None or last.day_only:
        return _at(_working_day(today + FIRST_AFTER), USUAL_HOUR, zone)
    there = last.starts_at.astimezone(zone)
    day = there.date() + USUALLY_AFTER
    while day <= today:
        day += timedelta(weeks=1)
    return _at(day, there.time(), zone)


def _working_day(day: date) -> date:
    saturday = 5
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= saturday else day


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def usual_forum(forums: QuerySet[Forum], last: Meeting | None) -> Forum | None:
    """The group that would meet: the one that met last, else the first by name."""
    met = forums.filter(pk=last.forum_id).first() if last else None
    return met or forums.first()
