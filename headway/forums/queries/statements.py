"""One statement with its votes, and those with which it could be merged."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.errors import Message
from headway.core.marks import Term
from headway.directory.models import Organisation
from headway.forums.models import Choice, Conversation, Statement
from headway.forums.queries.conversations import (
    LEAD,
    SHOWN,
    STATEMENT_MARKS,
    beside_closed,
)
from headway.forums.queries.results import SectorCount, by_sector
from headway.initiatives.models import Initiative, Mandate
from headway.initiatives.pages.detail import DetailPage, Passage, Step, address
from headway.initiatives.reader import Reader
from headway_analysis.similarity import similar


@dataclass(frozen=True)
class StatementPage:
    """One statement with how people of each sector voted on it."""

    detail: DetailPage
    sectors: tuple[SectorCount, ...]


def closed_statement(initiative: Initiative, reader: Reader, record_id: UUID) -> Statement | None:
    """A statement that is not, or not yet, for everybody; see `may_read_closed`."""
    found = Statement.objects.in_initiative(initiative)
    decided = Q(conversation__record__visibility__in=reader.readers) & ~Q(state__in=SHOWN)
    prepared = Q(
        conversation__state=Conversation.State.DRAFT,
        conversation__forum__record__visibility__in=reader.readers,
    )
    related = found.filter(decided | prepared).select_related(
        "record__initiative__stream", "conversation__record", "conversation__forum"
    )
    return related.filter(pk=record_id).first()


def may_read_closed(statement: Statement, reader: Reader) -> bool:
    """Who prepares a conversation reads its statements; who moderates reads what was decided."""
    draft = statement.conversation.state == Conversation.State.DRAFT
    return reader.may(LEAD if draft else "forums.moderate")


def _is_closed(statement: Statement) -> bool:
    draft = statement.conversation.state == Conversation.State.DRAFT
    return draft or statement.state not in SHOWN


def statement_page(statement: Statement, reader: Reader) -> StatementPage:
    """One statement; after the close also how each sector voted."""
    closed = statement.conversation.state == Conversation.State.CLOSED
    conversation = statement.conversation
    return StatementPage(
        detail=DetailPage(
            title=statement.record.title,
            kicker=conversation.record.title,
            kicker_href=address(reader, "forums:conversation", conversation.pk),
            state=STATEMENT_MARKS[statement.state],
            state_label=capfirst(str(statement.get_state_display())),
            passages=(Passage("", statement.text if len(statement.text) > 120 else ""),),
            notice=_merged_notice(statement),
            terms=tuple(_terms(statement, reader)),
            steps=_statement_steps(statement, reader, closed=closed),
            **beside_closed(statement.record, reader, closed=_is_closed(statement)),
        ),
        sectors=by_sector(statement) if closed and conversation.asks_sector else (),
    )


def _merged_notice(statement: Statement) -> str:
    if statement.state != Statement.State.MERGED:
        return ""
    return _(
        "It says what another statement says and was merged with it. The votes on it stay here, "
        "with these words, and are not added to those of the other one."
    )


def _terms(statement: Statement, reader: Reader) -> Iterator[Term]:
    """Its number, and the statements that it replaces, was merged with, or that merged with it."""
    yield Term(_("Number"), statement.number)
    if statement.replaces_id is not None:
        href = address(reader, "forums:statement", statement.replaces_id)
        yield Term(_("New wording of"), _("an earlier statement"), href)
    others = Statement.objects.live().filter(state__in=SHOWN)
    joined = Q(merged_into=statement) | Q(pk=statement.merged_into_id)
    for other in others.filter(joined).order_by("number"):
        words = f"{other.number}. {other.text}"
        mine = other.pk == statement.merged_into_id
        label = _("Merged with") if mine else _("Merged with this one")
        yield Term(label, words, address(reader, "forums:statement", other.pk))


def _statement_steps(statement: Statement, reader: Reader, *, closed: bool) -> tuple[Step, ...]:
    leads = reader.may(LEAD) and not closed and not statement.record.withdrawn
    published = statement.state == Statement.State.PUBLISHED
    shown = statement.state in SHOWN
    offered: tuple[tuple[bool, Message, str], ...] = (
        (
            published and not closed and reader.may("forums.speak_for"),
            _("Speak for an organization"),
            "forums:speak_for",
        ),
        (leads and published, _("Write a new version"), "forums:replace_statement"),
        (leads and published, _("Merge with another one"), "forums:merge_statement"),
        (leads, _("Change the wording"), "forums:edit_statement"),
        (shown and reader.may("forums.report"), _("Report"), "forums:report_statement"),
    )
    return tuple(
        Step(label, address(reader, name, statement.pk)) for may, label, name in offered if may
    )


def spoken_for(reader: Reader, scope: str = Mandate.Scope.DECISIONS) -> QuerySet[Organisation]:
    """The organisations in whose name the reader may speak today, by default in a vote."""
    held = Mandate.objects.filter(member=reader.member_id).covering(scope)
    keys = held.holding(reader.today).values("organisation")
    return Organisation.objects.filter(pk__in=keys).order_by("name")


def _votes_on(statements: Q) -> Counter[UUID]:
    rows = Choice.objects.filter(statements).order_by().values_list("statement")
    return Counter(dict(rows.annotate(Count("pk"))))


def could_keep(statement: Statement) -> list[tuple[str, str]]:
    """The statements with which one could be merged, the most alike first, with their votes."""
    others = Statement.objects.filter(conversation=statement.conversation_id).published().live()
    rows = list(others.exclude(pk=statement.pk))
    votes = _votes_on(Q(statement__conversation=statement.conversation_id))
    people = Choice.objects.filter(statement=statement).values("participant")
    both = _votes_on(Q(participant__in=people))
    ranked = similar([row.text for row in rows], statement.text, top=len(rows), floor=0.0)
    order = [match.position for match in ranked]
    order += [number for number in range(len(rows)) if number not in set(order)]
    return [(str(rows[number].pk), _kept_words(rows[number], votes, both)) for number in order]


def _kept_words(row: Statement, votes: Counter[UUID], both: Counter[UUID]) -> str:
    """A statement with how many voted on it, and how many of them on the other one too."""
    said = ngettext("%(count)s vote", "%(count)s votes", votes[row.pk]) % {"count": votes[row.pk]}
    also = _("%(count)s of them by people who voted on both") % {"count": both[row.pk]}
    return f"{row.number}. {row.text} ({said}, {also})"


def votes_stay_words(statement: Statement) -> str:
    """What becomes of the votes on a statement that is merged."""
    votes = Choice.objects.filter(statement=statement).count()
    said = ngettext(
        "%(count)s person voted on this one.", "%(count)s people voted on this one.", votes
    ) % {"count": votes}
    return _(
        "%(said)s Votes are never moved: these stay with its words and are shown with them. "
        "Whoever voted on it alone is asked the other one next, and told why."
    ) % {"said": said}
