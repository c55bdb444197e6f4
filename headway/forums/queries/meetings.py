from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypedDict, cast
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.marks import Tab
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.directory.queries.sources import source_words
from headway.forums.models import Forum, Meeting
from headway.forums.queries.parts import MARKS, local, time_words
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader
from headway.problems.queries.parts import reported_by


@dataclass(frozen=True)
class MeetingLine:
    """One meeting in a short list."""

    title: str
    href: str
    when: str
    mark: str
    words: str


@dataclass(frozen=True)
class MeetingsPage:
    """Every meeting, the last one first."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    table: TablePage
    any: bool
    call_href: str
    forums_href: str
    lines_href: str
    export_href: str


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Lines(TypedDict):
        kept: int

    CountedMeeting: TypeAlias = WithAnnotations[Meeting, _Lines]

COLUMNS = (
    Column("title", gettext_lazy("Meeting"), sort="record__title"),
    Column("when", gettext_lazy("When"), sort="starts_at"),
    Column("group", gettext_lazy("Group"), sort="forum__record__title"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("lines", gettext_lazy("Lines of minutes"), sort="kept", numeric=True),
    Column("source", gettext_lazy("Source")),
)


def visible_meetings(initiative: Initiative, reader: Reader) -> "QuerySet[CountedMeeting]":
    """The meetings that the reader may see, the last one first, with how many lines were kept."""
    found = Meeting.objects.in_initiative(initiative).live().visible_to(reader.readers)
    kept = Q(lines__record__withdrawn_at__isnull=True)
    related = found.select_related("record__source", "forum__record")
    counted = related.annotate(kept=Count("lines", filter=kept)).newest_first()
    return cast("QuerySet[CountedMeeting]", counted)


def narrowed(found: "QuerySet[CountedMeeting]", params: QueryDict) -> "QuerySet[CountedMeeting]":
    """Only meetings in a state, or of a group, where the address asks for it."""
    state, group = params.get("state", ""), params.get("group", "")
    if state in Meeting.State.values:
        found = found.filter(state=state)
    try:
        return found.filter(forum=UUID(group)) if group else found
    except ValueError:
        return found.none()


def lines_of(
    meetings: Iterable[Meeting], initiative: Initiative, reader: Reader
) -> tuple[MeetingLine, ...]:
    """Meetings in few words."""
    return tuple(
        MeetingLine(
            title=meeting.record.title,
            href=address(reader, "forums:meeting", meeting.pk),
            when=time_words(meeting, initiative),
            mark=MARKS[meeting.state],
            words=capfirst(meeting.get_state_display()),
        )
        for meeting in meetings
    )


def meetings_page(initiative: Initiative, reader: Reader, params: QueryDict) -> MeetingsPage:
    """The list of meetings."""

    def row(meeting: "CountedMeeting") -> dict[str, object]:
        forum = meeting.forum
        words = capfirst(meeting.get_state_display())
        return {
            "title": TextLink(meeting.record.title, address(reader, "forums:meeting", meeting.pk)),
            "when": time_words(meeting, initiative),
            "group": TextLink(forum.name, address(reader, "forums:forum", forum.pk)),
            "state": Mark(MARKS[meeting.state], words),
            "lines": meeting.kept,
            "source": reported_by(meeting.record),
        }

    every = visible_meetings(initiative, reader)
    chosen = params.get("state", "")
    return MeetingsPage(
        title=_("Meetings"),
        lead=_("What was agreed, who was there, and what comes next."),
        tabs=_tabs(chosen),
        table=table_page(narrowed(every, params), COLUMNS, params, build=row),
        any=every.exists(),
        call_href=if_may(reader, "forums.meet", "forums:call"),
        forums_href=address(reader, "forums:forums"),
        lines_href=address(reader, "forums:minute_lines"),
        export_href=f"{address(reader, 'forums:meetings_csv')}?{params.urlencode()}",
    )


def _tabs(chosen: str) -> tuple[Tab, ...]:
    every = Tab(_("All"), "?", chosen not in Meeting.State.values)
    states = (
        Tab(capfirst(state.label), f"?state={state.value}", chosen == state.value)
        for state in Meeting.State
    )
    return (every, *states)


MEETING_HEADING = (
    "meeting",
    "group",
    "begins",
    "ends",
    "place",
    "state",
    "lines of minutes",
    "reported by",
)


def meeting_rows(
    initiative: Initiative, reader: Reader, params: QueryDict
) -> Iterator[tuple[str, ...]]:
    """The meetings as rows of a table file, a few hundred at a time."""
    found = narrowed(visible_meetings(initiative, reader), params)
    for meeting in found.iterator(chunk_size=500):
        begins = local(meeting.starts_at, initiative)
        yield (
            meeting.record.title,
            meeting.forum.name,
            meeting.record.date_as_said if meeting.day_only else begins.isoformat(),
            local(meeting.ends_at, initiative).isoformat() if meeting.ends_at else "",
            meeting.place,
            meeting.state,
            str(meeting.kept),
            source_words(meeting.record.source),
        )


def forums_to_call(initiative: Initiative, reader: Reader) -> QuerySet[Forum]:
    """The groups for which a meeting may be called."""
    found = Forum.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related("record__initiative__stream").by_name()
