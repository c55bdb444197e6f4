"""What the area page shows of groups and meetings: one frozen summary."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst

from headway.forums.models import Forum, Meeting, MinuteLine
from headway.forums.queries.minutes import LineEntry, line_entries
from headway.forums.queries.parts import MARKS, time_words
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader

MOST_FORUMS = 12


@dataclass(frozen=True)
class MeetingSummary:
    """One meeting with the number of lines on its agenda."""

    title: str
    href: str
    when: str
    group: str
    place: str
    mark: str
    words: str
    agenda: int


@dataclass(frozen=True)
class ForumLink:
    """One group in few words."""

    name: str
    href: str
    public_body: bool


@dataclass(frozen=True)
class MeetingsSummary:
    """The next meeting, what the last one agreed, the groups, and where to go on.

    Addresses that the reader may not open are empty.
    """

    next: MeetingSummary | None
    last: MeetingSummary | None
    last_lines: tuple[LineEntry, ...]
    to_look_at: int
    forums: tuple[ForumLink, ...]
    all_meetings: str
    all_forums: str
    all_lines: str
    call_href: str
    open_forum_href: str


def meetings_summary(initiative: Initiative, reader: Reader, now: datetime) -> MeetingsSummary:
    """What the area page shows, in at most seven questions."""
    following, last = next_meeting(initiative, reader, now), last_meeting(initiative, reader)
    lines = line_entries(last, reader) if last else ()
    return MeetingsSummary(
        next=_summary(following, initiative, reader) if following else None,
        last=_summary(last, initiative, reader) if last else None,
        last_lines=lines,
        to_look_at=_to_look_at(initiative, reader),
        forums=_forums(initiative, reader),
        all_meetings=address(reader, "forums:meetings"),
        all_forums=address(reader, "forums:forums"),
        all_lines=address(reader, "forums:minute_lines"),
        call_href=if_may(reader, "forums.meet", "forums:call"),
        open_forum_href=if_may(reader, "forums.lead", "forums:add_forum"),
    )


def next_meeting(initiative: Initiative, reader: Reader, now: datetime) -> Meeting | None:
    """The planned meeting that comes first, or sits now."""
    found = Meeting.objects.in_initiative(initiative).live().visible_to(reader.readers)
    related = found.select_related("record__initiative__stream", "forum__record__initiative")
    return related.running(now).first() or related.coming(now).first()


def last_meeting(initiative: Initiative, reader: Reader) -> Meeting | None:
    """The meeting that was held last."""
    found = Meeting.objects.in_initiative(initiative).live().visible_to(reader.readers)
    held = found.filter(state=Meeting.State.HELD).newest_first()
    return held.select_related("record__initiative", "forum__record").first()


def _summary(meeting: Meeting, initiative: Initiative, reader: Reader) -> MeetingSummary:
    return MeetingSummary(
        title=meeting.record.title,
        href=address(reader, "forums:meeting", meeting.pk),
        when=time_words(meeting, initiative),
        group=meeting.forum.name,
        place=meeting.place,
        mark=MARKS[meeting.state],
        words=capfirst(meeting.get_state_display()),
        agenda=meeting.agenda.count(),
    )


def _to_look_at(initiative: Initiative, reader: Reader) -> int:
    """How many lines wait for somebody to look at them, for those who may."""
    if not reader.may("forums.take_notes"):
        return 0
    found = MinuteLine.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.exclude(unsure=[]).count()


def _forums(initiative: Initiative, reader: Reader) -> tuple[ForumLink, ...]:
    found = Forum.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return tuple(
        ForumLink(row.name, address(reader, "forums:forum", row.pk), row.meets_in_the_open)
        for row in found.select_related("record").by_name()[:MOST_FORUMS]
    )
