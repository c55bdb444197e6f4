"""Minutes as they go on paper, and a meeting as a calendar entry."""

from datetime import datetime
from urllib.parse import urlsplit

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from headway.core.marks import Term
from headway.forums.formats.calendar import Entry
from headway.forums.formats.minutes import Minutes, Row, Section
from headway.forums.models import Meeting
from headway.forums.queries.meeting import MeetingPage, meeting_page
from headway.forums.queries.minutes import LineEntry
from headway.forums.queries.parts import moment_words
from headway.initiatives.reader import Reader


def minutes_on_paper(meeting: Meeting, reader: Reader, now: datetime) -> Minutes:
    """What the page of a meeting shows this reader, for Word and PDF."""
    page, initiative = meeting_page(meeting, reader, now), meeting.record.initiative
    sections = (_agenda(page), _people(page), _lines(page), _notes(page))
    return Minutes(
        title=page.detail.title,
        language=get_language() or "en",
        facts=(
            (_("Group"), meeting.forum.name),
            *((str(term.name), _value(term)) for term in page.detail.terms),
            *(((_("Open meeting"), page.law),) if page.law else ()),
        ),
        sections=tuple(section for section in sections if section is not None),
        footer=_("%(initiative)s, as recorded on %(day)s")
        % {"initiative": initiative.title, "day": moment_words(now, initiative)},
    )


def _value(term: Term) -> str:
    return str(term.value)


def _agenda(page: MeetingPage) -> Section | None:
    items = tuple(
        f"{entry.about} – {entry.text}" if entry.text else entry.about for entry in page.agenda
    )
    return Section(_("Agenda"), items=items) if items else None


def _people(page: MeetingPage) -> Section | None:
    rows = tuple(Row((each.name, each.organisation, str(each.was))) for each in page.people)
    if not rows:
        return None
    columns = (_("Name"), _("Organization"), _("Was"))
    return Section(_("Who was there"), text=page.counted, columns=columns, rows=rows)


def _lines(page: MeetingPage) -> Section | None:
    rows = tuple(Row(_cells(line)) for line in page.lines)
    if not rows:
        return None
    columns = (_("Kind"), _("What was said"), _("Who"), _("By when"), _("What came of it"))
    return Section(page.lines_heading, columns=columns, rows=rows)


def _cells(line: LineEntry) -> tuple[str, ...]:
    followed = "; ".join(str(link.text) for link in line.came_of)
    return (str(line.kind_words), line.text, line.owner, line.due, followed)


def _notes(page: MeetingPage) -> Section | None:
    return Section(_("Notes"), text=page.notes) if page.notes else None


def calendar_entry(meeting: Meeting, address: str, now: datetime) -> Entry:
    """A meeting as a calendar takes it; the id stays the same whatever changes."""
    told = [meeting.forum.name, meeting.link, address]
    return Entry(
        uid=f"meeting-{meeting.pk}@{urlsplit(address).hostname or 'headway'}",
        sequence=meeting.sequence,
        title=meeting.record.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        changed_at=now,
        place=meeting.place,
        text="\n".join(each for each in told if each),
        href=address,
        cancelled=meeting.state == Meeting.State.CANCELLED,
    )
