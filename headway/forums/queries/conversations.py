"""Conversations in lists and on their own pages, for those who lead them and those who read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias, TypedDict, cast
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.dates import date_words, last_day_before
from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.forums.models import Conversation, Forum, Participant, Statement
from headway.forums.queries.results import waiting_in
from headway.initiatives.models import Initiative, Record
from headway.initiatives.pages.detail import (
    Beside,
    DetailPage,
    Passage,
    Step,
    address,
    beside,
    if_may,
    withdraw_step,
)
from headway.initiatives.reader import Reader
from headway_analysis.partial_date import PartialDate

MARKS = {"draft": "draft", "open": "open", "closed": "ended"}
STATEMENT_MARKS = {
    "waiting": "waiting_on",
    "published": "open",
    "refused": "not_going_ahead",
    "hidden": "not_going_ahead",
    "replaced": "ended",
    "merged": "ended",
}
SHOWN = (Statement.State.PUBLISHED, Statement.State.REPLACED, Statement.State.MERGED)
LEAD = "forums.converse"
OPEN_IT = "forums:open_conversation"
if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Counts(TypedDict):
        statements: int
        people: int

    CountedConversation: TypeAlias = WithAnnotations[Conversation, _Counts]

COLUMNS = (
    Column("title", gettext_lazy("Question"), sort="record__title"),
    Column("group", gettext_lazy("Group"), sort="forum__record__title"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("closes", gettext_lazy("Last day"), sort="closes_at"),
    Column("statements", gettext_lazy("Statements"), sort="statements", numeric=True),
    Column("people", gettext_lazy("People"), sort="people", numeric=True),
)
STATEMENTS = (
    Column("number", gettext_lazy("Number"), sort="number", numeric=True),
    Column("text", gettext_lazy("Statement"), sort="text"),
    Column("state", gettext_lazy("State"), sort="state"),
)


@dataclass(frozen=True)
class ConversationsPage:
    """Every conversation of an initiative."""

    title: str
    table: TablePage
    add_href: str
    queue_href: str
    log_href: str
    export_href: str


@dataclass(frozen=True)
class ConversationPage:
    """One conversation with its statements."""

    detail: DetailPage
    statements: TablePage
    take_part: str
    take_part_href: str
    results_href: str
    waiting: int
    queue_href: str


@dataclass(frozen=True)
class CodesPage:
    """Codes just made; they are shown this once."""

    title: str
    codes: tuple[str, ...]
    enter_at: str
    back_href: str


def visible_conversations(
    initiative: Initiative, reader: Reader
) -> "QuerySet[CountedConversation]":
    """The conversations that the reader may see; those in preparation only who leads."""
    found = Conversation.objects.in_initiative(initiative).live()
    counted = (
        found.filter(_may_read(reader))
        .select_related("record", "forum__record")
        .annotate(statements=_counted(Statement.objects.live().filter(state__in=SHOWN)))
        .annotate(people=_counted(Participant.objects.filter(choices_made__gt=0)))
        .order_by("-record__recorded_at")
    )
    return cast("QuerySet[CountedConversation]", counted)


def _may_read(reader: Reader) -> Q:
    """The condition that a conversation is open to the reader, or theirs to prepare."""
    draft = Q(state=Conversation.State.DRAFT)
    opened = Q(record__visibility__in=reader.readers) & ~draft
    if not reader.may(LEAD):
        return opened
    return opened | (draft & Q(forum__record__visibility__in=reader.readers))


def draft_of(initiative: Initiative, reader: Reader, record_id: UUID) -> Conversation | None:
    """A conversation in preparation; it opens for those who lead and for nobody else."""
    if not reader.may(LEAD):
        return None
    found = Conversation.objects.in_initiative(initiative).filter(_may_read(reader))
    found = found.filter(state=Conversation.State.DRAFT)
    known = found if reader.may("initiatives.view_history") else found.live()
    related = ("record__initiative__stream", "record__author", "forum__record__initiative")
    return known.select_related(*related).filter(pk=record_id).first()


def _counted(rows: QuerySet[Statement] | QuerySet[Participant]) -> Coalesce:
    counted = rows.filter(conversation=OuterRef("pk")).order_by().values("conversation")
    return Coalesce(Subquery(counted.annotate(count=Count("pk")).values("count")), 0)


def _day(at: datetime | None, initiative: Initiative) -> str:
    return date_words(PartialDate.on(initiative.today(at))) if at else ""


def last_day(conversation: Conversation, initiative: Initiative) -> str:
    """The last day on which one may vote, in words."""
    if conversation.closes_at is None:
        return ""
    return date_words(PartialDate.on(last_day_before(conversation.closes_at, initiative.zone)))


def conversations_page(
    initiative: Initiative, reader: Reader, params: QueryDict
) -> ConversationsPage:
    """The list of conversations."""

    def row(conversation: "CountedConversation") -> dict[str, object]:
        state = capfirst(str(conversation.get_state_display()))
        return {
            "title": TextLink(
                conversation.record.title, address(reader, "forums:conversation", conversation.pk)
            ),
            "group": conversation.forum.record.title,
            "state": Mark(MARKS[conversation.state], state),
            "closes": last_day(conversation, initiative),
            "statements": conversation.statements,
            "people": conversation.people,
        }

    return ConversationsPage(
        title=_("Conversations"),
        table=table_page(visible_conversations(initiative, reader), COLUMNS, params, build=row),
        add_href=if_may(reader, LEAD, "forums:start_conversation"),
        queue_href=if_may(reader, "forums.moderate", "forums:moderation"),
        log_href=if_may(reader, "forums.view_moderation", "forums:moderation_log"),
        export_href=address(reader, "forums:conversations_csv"),
    )


CONVERSATION_HEADING = ("question", "group", "state", "last day", "statements", "people")


def conversation_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """The list for a table file."""
    for each in visible_conversations(initiative, reader).iterator(chunk_size=500):
        yield (
            each.record.title,
            each.forum.record.title,
            each.state,
            last_day(each, initiative),
            str(each.statements),
            str(each.people),
        )


def conversation_page(
    conversation: Conversation, reader: Reader, params: QueryDict, now: datetime
) -> ConversationPage:
    """One conversation: what it asks, its statements, and what the reader can do."""
    leads = reader.may(LEAD)
    rows = Statement.objects.filter(conversation=conversation).live().select_related("record")
    shown = rows if leads or reader.may("forums.moderate") else rows.filter(state__in=SHOWN)
    draft = conversation.state == Conversation.State.DRAFT

    def row(statement: Statement) -> dict[str, object]:
        href = address(reader, "forums:statement", statement.pk)
        words = capfirst(str(statement.get_state_display()))
        return {
            "number": statement.number,
            "text": TextLink(statement.text, href),
            "state": Mark(STATEMENT_MARKS[statement.state], words),
        }

    takes_votes = conversation.takes_votes(now)
    return ConversationPage(
        detail=_detail(conversation, reader),
        statements=table_page(shown.order_by("number"), STATEMENTS, params, build=row),
        take_part=_("Take part") if takes_votes else "",
        take_part_href="" if draft else reverse("forums:take_part", args=[conversation.pk]),
        results_href=_results(conversation, reader),
        waiting=waiting_in(conversation) if leads else 0,
        queue_href=if_may(
            reader, "forums.moderate", "forums:moderation_of_group", conversation.forum_id
        ),
    )


def _results(conversation: Conversation, reader: Reader) -> str:
    """The results: for all after the close, for who leads also before."""
    closed = conversation.state == Conversation.State.CLOSED
    may = closed or (reader.may(LEAD) and conversation.state == Conversation.State.OPEN)
    return address(reader, "forums:results", conversation.pk) if may else ""


def _detail(conversation: Conversation, reader: Reader) -> DetailPage:
    initiative = conversation.record.initiative
    draft = conversation.state == Conversation.State.DRAFT
    terms = [
        Term(_("Group"), conversation.forum.record.title),
        Term(_("Who may take part"), capfirst(str(conversation.get_open_to_display()))),
        Term(_("First day"), _day(conversation.opens_at, initiative)),
        Term(_("Last day"), last_day(conversation, initiative)),
    ]
    return DetailPage(
        title=conversation.record.title,
        kicker=_("Conversations"),
        kicker_href=address(reader, "forums:conversations"),
        state=MARKS[conversation.state],
        state_label=capfirst(str(conversation.get_state_display())),
        passages=(Passage("", conversation.introduction),),
        terms=tuple(term for term in terms if term.value),
        steps=_steps(conversation, reader),
        notice=_("Only those who lead see this until it is opened.") if draft else "",
        **beside_closed(conversation.record, reader, closed=draft),
    )


def _steps(conversation: Conversation, reader: Reader) -> tuple[Step, ...]:
    if not reader.may(LEAD) or conversation.record.withdrawn:
        return ()
    draft = conversation.state == Conversation.State.DRAFT
    is_open = conversation.state == Conversation.State.OPEN
    codes = conversation.open_to == Conversation.OpenTo.CODES
    offered: tuple[tuple[bool, Message, str], ...] = (
        (draft, _("Open it"), OPEN_IT),
        (draft or is_open, _("Add statements"), "forums:add_seeds"),
        (draft or is_open, _("Change it"), "forums:edit_conversation"),
        (codes and (draft or is_open), _("Make codes"), "forums:make_codes"),
        (is_open, _("Type in a paper ballot"), "forums:type_in_paper"),
        (is_open, _("Close it"), "forums:close_conversation"),
    )
    steps = tuple(
        Step(
            label, address(reader, name, conversation.pk), first=name.endswith("open_conversation")
        )
        for may, label, name in offered
        if may
    )
    name = "forums:withdraw_conversation"
    if draft:
        return (*steps, Step(_("Withdraw this"), address(reader, name, conversation.pk)))
    return (*steps, *withdraw_step(conversation.record, reader, name))


def beside_closed(record: Record, reader: Reader, *, closed: bool) -> Beside:
    """What stands beside a record; nothing is made of one that is not for everybody."""
    shown = beside(record, reader)
    if not closed:
        return shown
    panel = replace(
        shown["panel"],
        discussion=None,
        ways=(),
        translate_href="",
        link_href="",
        file_href="",
        withdraw_href="",
        history_href="",
    )
    return {"panel": panel}


def groups_to_ask(initiative: Initiative) -> QuerySet[Forum]:
    """The groups in whose name a conversation can be held."""
    return Forum.objects.in_initiative(initiative).live().select_related("record").by_name()
