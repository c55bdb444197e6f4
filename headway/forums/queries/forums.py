from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias, TypedDict, cast

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.forums.models import Forum, ForumModerator, Meeting
from headway.forums.queries.meetings import MeetingLine, lines_of
from headway.forums.queries.parts import local, moment_words
from headway.forums.queries.phases import PhaseLine, phase_lines, phases_of, right_words
from headway.forums.queries.rights import rights_in
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import (
    DetailPage,
    Passage,
    Step,
    address,
    beside,
    if_may,
)
from headway.initiatives.queries.panel import RecordPanel
from headway.initiatives.reader import Reader
from headway.problems.queries.parts import member_words
from headway_analysis.partial_date import PartialDate

SHOWN = 6
LAW: dict[str, Message] = {
    Forum.PublicBody.YES: gettext_lazy(
        "This group is a public body. Its notice and agenda are posted before it meets, its members"
        " neither discuss nor vote here between meetings, votes stand by name in the minutes, and"
        " there are no secret ballots."
    ),
    Forum.PublicBody.ASK: gettext_lazy(
        "Nobody has said yet whether open-meeting law counts for this group. Until counsel answers"
        " it is treated as a public body: notice is posted, nobody discusses or votes here between"
        " meetings, and there are no secret ballots."
    ),
    Forum.PublicBody.NO: gettext_lazy(
        "This group is no public body: its members may discuss and vote here between meetings."
    ),
}


@dataclass(frozen=True)
class ForumsPage:
    """Every group that meets and talks."""

    title: str
    lead: str
    table: TablePage
    add_href: str
    export_href: str
    home_href: str


@dataclass(frozen=True)
class ModeratorLine:
    """Who moderates a group, from when until when."""

    name: str
    starts_on: object
    ends_on: object
    end_href: str


@dataclass(frozen=True)
class ForumPage:
    """One group: what counts for it, its phases, its meetings and who moderates it."""

    detail: DetailPage
    law: Message
    counsel: str
    counsel_from: str
    open_now: tuple[Message, ...]
    phases: tuple[PhaseLine, ...]
    meetings: tuple[MeetingLine, ...]
    moderators: tuple[ModeratorLine, ...]
    record_href: str
    phase_href: str
    name_href: str
    all_meetings: str

    @property
    def panel(self) -> RecordPanel:
        """What stands beside the record; where it was removed pages show that and nothing else."""
        return self.detail.panel

    @property
    def title(self) -> str:
        """What the group is called."""
        return self.detail.title


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Meetings(TypedDict):
        held: int
        next_at: datetime | None

    CountedForum: TypeAlias = WithAnnotations[Forum, _Meetings]

COLUMNS = (
    Column("name", gettext_lazy("Group"), sort="record__title"),
    Column("led_by", gettext_lazy("Led by"), sort="record__organisation__name"),
    Column("public", gettext_lazy("Public body"), sort="public_body"),
    Column("meetings", gettext_lazy("Meetings held"), sort="held", numeric=True),
    Column("next", gettext_lazy("Next meeting"), sort="next_at"),
)


def visible_forums(initiative: Initiative, reader: Reader) -> "QuerySet[CountedForum]":
    """The groups that the reader may see, with how often they met and when they meet next."""
    meetings = Meeting.objects.filter(forum=OuterRef("pk")).live().visible_to(reader.readers)
    held = meetings.filter(state=Meeting.State.HELD).order_by().values("forum")
    planned = meetings.filter(state=Meeting.State.PLANNED).order_by("starts_at")
    found = Forum.objects.in_initiative(initiative).live().visible_to(reader.readers)
    counted = (
        found.select_related("record__organisation__merged_into")
        .annotate(
            held=Coalesce(Subquery(held.annotate(count=Count("pk")).values("count")), 0),
            next_at=Subquery(planned.values("starts_at")[:1]),
        )
        .by_name()
    )
    return cast("QuerySet[CountedForum]", counted)


def _led_by(forum: Forum) -> str:
    organisation = forum.record.organisation
    return organisation.canonical.name if organisation else ""


def _body(forum: Forum) -> Mark:
    states = {"yes": "met", "no": "not_needed", "ask_counsel": "waiting_on"}
    return Mark(states[forum.public_body], capfirst(forum.get_public_body_display()))


def forums_page(initiative: Initiative, reader: Reader, params: QueryDict) -> ForumsPage:
    """The list of groups."""

    def row(forum: "CountedForum") -> dict[str, object]:
        next_at = forum.next_at
        return {
            "name": TextLink(forum.name, address(reader, "forums:forum", forum.pk)),
            "led_by": _led_by(forum) or _("Not recorded"),
            "public": _body(forum),
            "meetings": forum.held,
            "next": moment_words(next_at, initiative) if next_at else _("None planned"),
        }

    found = visible_forums(initiative, reader)
    return ForumsPage(
        title=_("Groups"),
        lead=_("Who meets and talks: all partners, a committee, a working group."),
        table=table_page(found, COLUMNS, params, build=row),
        add_href=if_may(reader, "forums.lead", "forums:add_forum"),
        export_href=address(reader, "forums:forums_csv"),
        home_href=address(reader, "forums:meetings"),
    )


FORUM_HEADING = ("group", "led by", "public body", "purpose", "meetings held", "next meeting")


def forum_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """The groups as rows of a table file."""
    for forum in visible_forums(initiative, reader).iterator(chunk_size=500):
        next_at = forum.next_at
        yield (
            forum.name,
            _led_by(forum),
            forum.public_body,
            forum.purpose,
            str(forum.held),
            local(next_at, initiative).isoformat() if next_at else "",
        )


def forum_page(forum: Forum, reader: Reader, now: datetime) -> ForumPage:
    """One group with what counts for it."""
    record, pk = forum.record, forum.pk
    stands = not record.withdrawn
    leads = "forums.lead" if stands else ""
    meetings = Meeting.objects.filter(forum=forum).live().visible_to(reader.readers)
    phases = phases_of(forum)
    return ForumPage(
        detail=DetailPage(
            title=forum.name,
            kicker=_("Groups"),
            kicker_href=address(reader, "forums:forums"),
            passages=(
                Passage("", forum.purpose),
                Passage(_("Rules of what is said here"), forum.policy),
            ),
            terms=_terms(forum),
            steps=_steps(forum, reader),
            **beside(record, reader),
        ),
        law=LAW[forum.public_body],
        counsel=forum.counsel,
        counsel_from=_counsel_from(forum),
        open_now=right_words(rights_in(phases, forum, now)),
        phases=phase_lines(phases, forum, reader, now),
        meetings=lines_of(meetings.newest_first()[:SHOWN], record.initiative, reader),
        moderators=_moderators(forum, reader),
        record_href=_may(reader, "forums.meet" if stands else "", "forums:record_meeting", pk),
        phase_href=_may(reader, leads, "forums:add_phase", pk),
        name_href=_may(reader, "forums.name_moderators" if stands else "", "forums:moderator", pk),
        all_meetings=f"{address(reader, 'forums:meetings')}?group={pk}",
    )


def _counsel_from(forum: Forum) -> str:
    """Who of counsel said it, when, and where it stands."""
    if forum.counsel_on is None:
        return ""
    day = date_words(PartialDate.on(forum.counsel_on))
    return f"{forum.counsel_name}, {day}, {forum.counsel_source}"


def _may(reader: Reader, permission: str, name: str, *args: object) -> str:
    return if_may(reader, permission, name, *args) if permission else ""


def _terms(forum: Forum) -> tuple[Term, ...]:
    return (
        Term(_("Is this a public body?"), capfirst(forum.get_public_body_display())),
        Term(_("Days between notice and meeting"), forum.notice_days),
    )


def _steps(forum: Forum, reader: Reader) -> tuple[Step, ...]:
    if forum.record.withdrawn:
        return ()
    offered = (
        ("forums.meet", Step(_("Call a meeting"), "forums:call_meeting", first=True)),
        ("forums.lead", Step(_("Change this"), "forums:edit_forum")),
    )
    return tuple(
        replace(step, href=address(reader, step.href, forum.pk))
        for permission, step in offered
        if reader.may(permission)
    )


def _moderators(forum: Forum, reader: Reader) -> tuple[ModeratorLine, ...]:
    terms = ForumModerator.objects.filter(forum=forum).standing(reader.today)
    return tuple(
        ModeratorLine(
            name=member_words(term.member.name, reader),
            starts_on=term.starts_on,
            ends_on=term.ends_on,
            end_href=if_may(reader, "forums.name_moderators", "forums:end_moderator", term.pk),
        )
        for term in terms.select_related("member").order_by("starts_on", "pk")
    )
