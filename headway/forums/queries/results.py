"""What people chose, counted: how many agree, disagree or pass, and of how many."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.tables import Column, TablePage, table_page
from headway.directory.models.organisation import Sector
from headway.forums.models import (
    Choice,
    Conversation,
    OrganisationChoice,
    Participant,
    Statement,
)

# Fewer than this many people are never shown apart: somebody could guess who they are.
FEWEST = 5
OTHERS = "others"
Value = Choice.Value
COUNTED = (Statement.State.PUBLISHED, Statement.State.REPLACED, Statement.State.MERGED)


@dataclass(frozen=True)
class Tally:
    """The votes on one statement."""

    id: str
    number: int
    text: str
    agree: int
    disagree: int
    passed: int
    replaced: bool = False
    merged_with: int | None = None

    @property
    def votes(self) -> int:
        """How many voted on it."""
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True)
class SectorCount:
    """The votes of the people of one sector, or of all sectors too small to show apart."""

    label: Message
    agree: int
    disagree: int
    passed: int

    @property
    def votes(self) -> int:
        """How many voted."""
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True)
class Voice:
    """What an organisation said in its own name."""

    organisation: str
    statement: int
    choice: Message


@dataclass(frozen=True)
class ResultsPage:
    """The votes on every statement, with one's own beside them."""

    title: str
    introduction: str
    notice: str
    people: int
    channels: tuple[Term, ...]
    table: TablePage
    voices: tuple[Voice, ...]
    back_href: str
    back_label: str
    export_href: str
    thanks: bool


COLUMNS = (
    Column("text", gettext_lazy("Statement"), sort="number"),
    Column("agree", gettext_lazy("Agree"), sort="agree", numeric=True),
    Column("disagree", gettext_lazy("Disagree"), sort="disagree", numeric=True),
    Column("passed", gettext_lazy("Pass"), sort="passed", numeric=True),
    Column("votes", gettext_lazy("Of how many"), sort="votes", numeric=True),
)
YOU = Column("you", gettext_lazy("You"))
HEADING = ("number", "statement", "agree", "disagree", "pass", "votes", "replaced", "merged with")


def tallies(conversation: Conversation) -> list[Tally]:
    """The votes on each published statement, and on each that a new wording replaced."""
    asked = Statement.objects.filter(conversation=conversation, state__in=COUNTED).live()
    rows = Choice.objects.filter(statement__in=asked.values("pk")).order_by()
    counts: Counter[tuple[UUID, str]] = Counter()
    for statement, choice, votes in rows.values_list("statement", "choice").annotate(Count("pk")):
        counts[statement, choice] = votes
    rows_in_order = asked.select_related("merged_into").order_by("number")
    return [_tally(statement, counts) for statement in rows_in_order]


def _tally(statement: Statement, counts: Mapping[tuple[UUID, str], int]) -> Tally:
    return Tally(
        id=str(statement.pk),
        number=statement.number,
        text=statement.text,
        agree=counts.get((statement.pk, Value.AGREE), 0),
        disagree=counts.get((statement.pk, Value.DISAGREE), 0),
        passed=counts.get((statement.pk, Value.PASS), 0),
        replaced=statement.state == Statement.State.REPLACED,
        merged_with=_merged_with(statement),
    )


def _merged_with(statement: Statement) -> int | None:
    """The number of the statement that is kept, where that one still shows."""
    kept = statement.merged_into
    return kept.number if kept is not None and kept.state in COUNTED else None


def by_sector(statement: Statement) -> tuple[SectorCount, ...]:
    """The votes on one statement by sector, so that no group of fewer than five shows.

    Sectors under five are put together; where all of them together are still under five the
    next smallest joins them, as the rest could be told by subtraction otherwise.
    """
    counts: dict[str, Counter[str]] = {}
    rows = Choice.objects.filter(statement=statement).order_by()
    said = rows.values_list("participant__sector", "choice").annotate(Count("pk"))
    for sector, choice, votes in said:
        counts.setdefault(sector, Counter())[choice] = votes
    labels: dict[str, Message] = {**dict(Sector.choices), "": _("Sector not said")}
    labels[OTHERS] = _("All others together")
    return tuple(
        SectorCount(labels[sector], votes[Value.AGREE], votes[Value.DISAGREE], votes[Value.PASS])
        for sector, votes in _merged(counts)
    )


def _merged(counts: Mapping[str, Counter[str]]) -> list[tuple[str, Counter[str]]]:
    """The sectors with enough people, the largest first, then the rest as one."""
    ranked = sorted(counts.items(), key=lambda each: (-each[1].total(), each[0]))
    shown = [each for each in ranked if each[1].total() >= FEWEST]
    rest: Counter[str] = Counter()
    for _sector, votes in ranked[len(shown) :]:
        rest += votes
    while shown and 0 < rest.total() < FEWEST:
        rest += shown.pop()[1]
    return [*shown, (OTHERS, rest)] if rest.total() >= FEWEST else shown


def people_in(conversation: Conversation) -> tuple[int, tuple[Term, ...]]:
    """How many voted at all, and by which way."""
    voted = Participant.objects.filter(conversation=conversation, choices_made__gt=0).order_by()
    rows = dict(voted.values_list("channel").annotate(Count("pk")))
    labels = dict(Participant.Channel.choices)
    terms = tuple(Term(labels[channel], rows[channel]) for channel in labels if channel in rows)
    return sum(rows.values()), terms


def voices(conversation: Conversation) -> tuple[Voice, ...]:
    """What organisations said in their own name, by statement."""
    rows = OrganisationChoice.objects.filter(statement__conversation=conversation)
    rows = rows.filter(statement__state__in=COUNTED)
    rows = rows.select_related("organisation__merged_into", "statement")
    return tuple(
        Voice(row.organisation.canonical.name, row.statement.number, row.get_choice_display())
        for row in rows.order_by("statement__number", "organisation__name")
    )


def choices_of(conversation: Conversation, resume: str) -> dict[str, str]:
    """What one participant chose, by the key of the statement; nothing without a digest."""
    if not resume:
        return {}
    rows = Choice.objects.filter(
        participant__conversation=conversation, participant__resume=resume
    ).values_list("statement", "choice")
    return {str(statement): choice for statement, choice in rows}


def results_page(
    conversation: Conversation,
    params: QueryDict,
    *,
    resume: str = "",
    back: tuple[str, str] = ("", ""),
    export_href: str = "",
) -> ResultsPage:
    """The results, with a column for whoever is known again."""
    mine = choices_of(conversation, resume)
    words = dict(Value.choices)
    people, channels = people_in(conversation)

    def row(tally: Tally) -> dict[str, object]:
        text = f"{tally.number}. {tally.text}"
        if tally.replaced:
            text = _("%(text)s (an earlier wording)") % {"text": text}
        if tally.merged_with is not None:
            text = _("%(text)s (merged with statement %(number)s, whose votes stand apart)") % {
                "text": text,
                "number": tally.merged_with,
            }
        return {
            "text": text,
            "agree": tally.agree,
            "disagree": tally.disagree,
            "passed": tally.passed,
            "votes": tally.votes,
            "you": words.get(mine.get(tally.id, ""), _("no vote")),
        }

    columns = (*COLUMNS, YOU) if mine else COLUMNS
    closed = conversation.state == Conversation.State.CLOSED
    goes_on = "" if closed else _("The vote goes on; these numbers still change.")
    return ResultsPage(
        title=conversation.record.title,
        introduction=conversation.introduction,
        notice=f"{goes_on} {counts_twice(conversation)}".strip(),
        people=people,
        channels=channels,
        table=table_page(tallies(conversation), columns, params, build=row),
        voices=voices(conversation),
        back_href=back[0],
        back_label=back[1],
        export_href=export_href,
        thanks=bool(mine),
    )


def counts_twice(conversation: Conversation) -> str:
    """Where people are known by their browser only, that one with two of them counts twice."""
    if conversation.open_to != Conversation.OpenTo.ANYONE:
        return ""
    return _(
        "Here only a browser is known, not the person: somebody who votes in two browsers "
        "counts twice."
    )


def result_rows(conversation: Conversation) -> Iterator[tuple[str, ...]]:
    """The same numbers for a table file."""
    for tally in tallies(conversation):
        yield (
            str(tally.number),
            tally.text,
            str(tally.agree),
            str(tally.disagree),
            str(tally.passed),
            str(tally.votes),
            "yes" if tally.replaced else "",
            str(tally.merged_with or ""),
        )


def waiting_in(conversation: Conversation) -> int:
    """How many statements wait to be read."""
    waiting = Q(conversation=conversation, state=Statement.State.WAITING)
    return Statement.objects.live().filter(waiting).count()
