"""What waits for a moderator, and the public log of what was decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Tab
from headway.core.tables import Column, TablePage, table_page
from headway.forums.models import Comment, Forum, Moderation, Report, Statement
from headway.forums.queries.rights import forum_of
from headway.initiatives.models import Initiative, Record
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader
from headway_analysis.partial_date import PartialDate

MOST = 100
Filters = ("all", "waiting", "reported")


@dataclass(frozen=True)
class QueueItem:
    """One statement or comment to decide about; `key` says which in the form."""

    key: str
    what: Message
    where: str
    text: str
    reasons: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class QueuePage:
    """What waits, the oldest first."""

    title: str
    kicker: str
    kicker_href: str
    tabs: tuple[Tab, ...]
    items: tuple[QueueItem, ...]
    rules: tuple[Message, ...]
    log_href: str


@dataclass(frozen=True)
class LogPage:
    """What moderators decided, the newest first."""

    title: str
    table: TablePage
    export_href: str
    back_href: str


def _waiting(initiative: Initiative, forum: Forum | None) -> QuerySet[Statement]:
    found = Statement.objects.in_initiative(initiative).live()
    found = found.filter(state=Statement.State.WAITING)
    found = found.select_related("record", "conversation__record")
    return found.filter(conversation__forum=forum) if forum else found


def _reported(initiative: Initiative, reader: Reader) -> QuerySet[Report]:
    """Open reports about what the reader may read; what its author took back needs no decision."""
    about = Report.objects.waiting().select_related(
        "comment__record", "statement__record", "statement__conversation__record"
    )
    comments = about.filter(
        comment__record__initiative=initiative,
        comment__record__visibility__in=reader.readers,
        comment__withdrawn_at__isnull=True,
    )
    statements = about.filter(
        statement__record__initiative=initiative,
        statement__conversation__record__visibility__in=reader.readers,
    )
    return (comments | statements).order_by("reported_at")


def queue_items(
    initiative: Initiative, reader: Reader, forum: Forum | None, which: str
) -> tuple[QueueItem, ...]:
    """At most a hundred things that wait, the oldest first."""
    items: list[QueueItem] = []
    if which != "reported":
        waiting = _waiting(initiative, forum).order_by("record__recorded_at")
        waiting = waiting.filter(conversation__record__visibility__in=reader.readers)[:MOST]
        items += [_statement_item(statement, _("New statement"), ()) for statement in waiting]
    if which != "waiting":
        items += _reported_items(initiative, reader, forum)
    return tuple(sorted(items, key=lambda item: item.at)[:MOST])


def _statement_item(statement: Statement, what: Message, reasons: tuple[str, ...]) -> QueueItem:
    return QueueItem(
        key=f"s-{statement.pk}",
        what=what,
        where=statement.conversation.record.title,
        text=statement.text,
        reasons=reasons,
        at=statement.record.recorded_at,
    )


def _reported_items(initiative: Initiative, reader: Reader, forum: Forum | None) -> list[QueueItem]:
    """What was reported, each thing once with every reason."""
    reasons: dict[UUID, list[Report]] = {}
    for report in _reported(initiative, reader)[: MOST * 3]:
        subject = report.comment_id or report.statement_id
        if subject is not None and (forum is None or _in_forum(report, forum)):
            reasons.setdefault(subject, []).append(report)
    return [_reported_item(reports) for reports in reasons.values()]


def _in_forum(report: Report, forum: Forum) -> bool:
    if report.statement is not None:
        return bool(report.statement.conversation.forum_id == forum.pk)
    found = forum_of(report.comment.record) if report.comment else None
    return found is not None and found.pk == forum.pk


def _reported_item(reports: list[Report]) -> QueueItem:
    said = tuple(report.because for report in reports)
    first = reports[0]
    if first.statement is not None:
        return _statement_item(first.statement, _("Reported statement"), said)
    comment = cast("Comment", first.comment)  # one of the two is set
    return QueueItem(
        key=f"c-{comment.pk}",
        what=_("Reported comment"),
        where=comment.record.title,
        text=comment.text,
        reasons=said,
        at=first.reported_at,
    )


def queue_page(
    initiative: Initiative, reader: Reader, params: QueryDict, forum: Forum | None
) -> QueuePage:
    """The queue of a group, or of the whole initiative."""
    which = params.get("show", "all")
    labels = {"all": _("Everything"), "waiting": _("New statements"), "reported": _("Reported")}
    tabs = tuple(Tab(labels[key], f"?show={key}", key == which) for key in Filters)
    return QueuePage(
        title=_("To decide"),
        kicker=forum.record.title if forum else _("Conversations"),
        kicker_href=address(reader, "forums:conversations"),
        tabs=tabs,
        items=queue_items(initiative, reader, forum, which),
        rules=tuple(label for _value, label in Moderation.Rule.choices),
        log_href=address(reader, "forums:moderation_log"),
    )


LOG = (
    Column("when", gettext_lazy("When"), sort="decided_at"),
    Column("what", gettext_lazy("What")),
    Column("decision", gettext_lazy("Decision"), sort="decision"),
    Column("rule", gettext_lazy("Rule"), sort="rule"),
    Column("because", gettext_lazy("Why")),
    Column("group", gettext_lazy("Group")),
)
LOG_HEADING = ("day", "what", "decision", "rule", "why", "group")


def decided(initiative: Initiative, reader: Reader) -> QuerySet[Moderation]:
    """What moderators decided about what the reader may read, the newest first."""
    rows = Moderation.objects.filter(initiative=initiative)
    about_comment = rows.filter(comment__record__visibility__in=reader.readers)
    about_statement = rows.filter(statement__conversation__record__visibility__in=reader.readers)
    expunged = rows.filter(comment__isnull=True, statement__isnull=True)
    found = (about_comment | about_statement | expunged).select_related(
        "forum__record", "comment__record", "statement__conversation__record"
    )
    return found.order_by("-decided_at", "pk")


def _title_of(record: Record, reader: Reader) -> str:
    """What a record is called, to those who may open it."""
    opens = record.visibility in reader.readers
    withdrawn = record.withdrawn and not reader.may("initiatives.view_history")
    return record.title if opens and not withdrawn else _("a record that you may not open")


def _log_row(row: Moderation, initiative: Initiative, reader: Reader) -> dict[str, str]:
    """A decision without the words it was about: what was hidden is not shown again here."""
    day = date_words(PartialDate.on(initiative.today(row.decided_at)))
    if row.statement is not None:
        what = _("Statement %(number)s of “%(title)s”") % {
            "number": row.statement.number,
            "title": _title_of(row.statement.conversation.record, reader),
        }
    elif row.comment is not None:
        what = _("Comment about “%s”") % _title_of(row.comment.record, reader)
    else:
        what = _("Comment about something that was expunged")
    return {
        "when": day,
        "what": what,
        "decision": str(row.get_decision_display()),
        "rule": str(row.get_rule_display()) if row.rule else "",
        "because": row.because,
        "group": _title_of(row.forum.record, reader) if row.forum else "",
    }


def log_page(initiative: Initiative, reader: Reader, params: QueryDict) -> LogPage:
    """The public log of moderation."""
    table = table_page(
        decided(initiative, reader),
        LOG,
        params,
        build=lambda row: _log_row(row, initiative, reader),
    )
    return LogPage(
        title=_("What moderators decided"),
        table=table,
        export_href=address(reader, "forums:moderation_csv"),
        back_href=address(reader, "forums:conversations"),
    )


def log_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """The log for a table file."""
    for row in decided(initiative, reader).iterator(chunk_size=500):
        yield tuple(_log_row(row, initiative, reader).values())
