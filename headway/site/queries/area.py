"""The area *Meetings & conversations*: what comes next, what is open, and what happened."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.core.tables import TablePage, TextLink, table_page
from headway.forums.models import Conversation
from headway.forums.queries.area import last_meeting
from headway.forums.queries.conversations import visible_conversations
from headway.forums.queries.meetings import MeetingLine, forums_to_call, lines_of
from headway.initiatives import kinds
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.queries.happenings import COLUMNS, happening_row, visible_happenings
from headway.initiatives.reader import Reader
from headway.site.navigation import AREAS
from headway.site.queries.next_meeting import planned_meetings

MOST_CONVERSATIONS, MOST_GROUPS = 6, 12


@dataclass(frozen=True)
class MeetingsArea:
    """Meetings and conversations on one page, with what happened before."""

    title: Message
    lead: Message
    next: MeetingLine | None
    next_href: str
    last: MeetingLine | None
    groups: tuple[TextLink, ...]
    open_group_href: str
    all_meetings: str
    all_lines: str
    conversations: tuple[TextLink, ...]
    all_conversations: str
    log_href: str
    table: TablePage
    add_href: str


def meetings_area(
    initiative: Initiative, reader: Reader, params: QueryDict, now: datetime
) -> MeetingsArea:
    """The next meeting and the last, open conversations, and what happened by date."""
    area = next(each for each in AREAS if each.key == "meetings")
    found = visible_happenings(initiative, reader).of(*area.categories)
    following = planned_meetings(initiative, reader, now)[:1]
    last = last_meeting(initiative, reader)
    groups = forums_to_call(initiative, reader)[:MOST_GROUPS]
    return MeetingsArea(
        title=area.label,
        lead=_("What was agreed, what people say now, and when we meet next."),
        next=next(iter(lines_of(following, initiative, reader)), None),
        last=next(iter(lines_of([last] if last else [], initiative, reader)), None),
        groups=tuple(TextLink(row.name, address(reader, "forums:forum", row.pk)) for row in groups),
        open_group_href=if_may(reader, "forums.lead", "forums:add_forum"),
        all_meetings=address(reader, "forums:meetings"),
        all_lines=address(reader, "forums:minute_lines"),
        next_href=if_may(reader, "site.next_meeting", "site:next_meeting"),
        conversations=_open_conversations(initiative, reader),
        all_conversations=address(reader, "forums:conversations"),
        log_href=if_may(reader, "forums.view_moderation", "forums:moderation_log"),
        table=table_page(found, COLUMNS, params, build=lambda each: happening_row(each, reader)),
        add_href=if_may(reader, "initiatives.record_happening", "initiatives:add_happening"),
    )


def _open_conversations(initiative: Initiative, reader: Reader) -> tuple[TextLink, ...]:
    found = visible_conversations(initiative, reader).filter(state=Conversation.State.OPEN)
    return tuple(
        TextLink(row.record.title, kinds.href(row.record, reader.slug))
        for row in found[:MOST_CONVERSATIONS]
    )
