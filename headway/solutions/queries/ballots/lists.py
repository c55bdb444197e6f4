"""The votes of an initiative as a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypedDict, cast

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.marks import Tab
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.forums.queries.parts import end_words
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader
from headway.solutions.models import Ballot
from headway.solutions.models.ballot import whose
from headway.solutions.queries.ballots.words import MARKS, turnout_words

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Voices(TypedDict):
        entitled: int
        voices_left: int
        voted: int

    CountedBallot: TypeAlias = WithAnnotations[Ballot, _Voices]

COLUMNS = (
    Column("question", gettext_lazy("Vote"), sort="record__title"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("rule", gettext_lazy("How we decide"), sort="rule"),
    Column("turnout", gettext_lazy("Turnout")),
    Column("closes", gettext_lazy("Closes"), sort="closes_at"),
)
HEADING = (
    "id",
    "question",
    "state",
    "rule",
    "method",
    "voices",
    "secret",
    "quorum_percent",
    "needed_percent",
    "opens_at",
    "closes_at",
    "closed_at",
    "entitled",
    "recused",
    "voted",
    "result",
)


@dataclass(frozen=True)
class BallotsPage:
    """The votes of an initiative."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    table: TablePage
    any: bool
    prepare_href: str
    ways_href: str
    outcomes_href: str
    export_href: str


def visible_ballots(
    initiative: Initiative, reader: Reader, state: str = ""
) -> "QuerySet[CountedBallot]":
    """The votes that a reader may see, the open ones first, with their turnout."""
    found = Ballot.objects.in_initiative(initiative).live().visible_to(reader.readers)
    found = found.filter(state=state) if state in Ballot.State.values else found
    voice = whose("electors__")
    counted = (
        found.select_related("record")
        .annotate(
            entitled=Count(voice, distinct=True),
            voices_left=Count(voice, distinct=True, filter=Q(electors__recused=False)),
            voted=Count(voice, distinct=True, filter=Q(electors__has_voted=True)),
        )
        .order_by("-state", "-record__recorded_at")
    )
    return cast("QuerySet[CountedBallot]", counted)


def _tabs(chosen: str) -> tuple[Tab, ...]:
    shown = (
        ("", _("All")),
        ("open", _("Open")),
        ("draft", _("Being prepared")),
        ("closed", _("Closed")),
    )
    return tuple(
        Tab(label, f"?state={state}" if state else "?", state == chosen) for state, label in shown
    )


def ballots_page(initiative: Initiative, reader: Reader, params: QueryDict) -> BallotsPage:
    """The list, whole or by state."""
    chosen = params.get("state", "")
    chosen = chosen if chosen in Ballot.State.values else ""

    def row(ballot: "CountedBallot") -> dict[str, object]:
        opened = ballot.state != Ballot.State.DRAFT
        closes = ballot.closed_at or ballot.closes_at
        return {
            "question": TextLink(
                ballot.record.title, address(reader, "solutions:ballot", ballot.pk)
            ),
            "state": Mark(MARKS[ballot.state], ballot.get_state_display()),
            "rule": ballot.get_rule_display(),
            "turnout": turnout_words(ballot.voted, ballot.voices_left) if opened else "",
            "closes": end_words(closes, initiative) if closes else "",
        }

    table = table_page(visible_ballots(initiative, reader, chosen), COLUMNS, params, build=row)
    return BallotsPage(
        title=_("Votes"),
        lead=_("What partners decide together. Nobody sees how a vote stands until it closes."),
        tabs=_tabs(chosen),
        table=table,
        any=bool(table.total or chosen),
        prepare_href=if_may(reader, "solutions.prepare_ballot", "solutions:prepare_ballot"),
        ways_href=if_may(reader, "solutions.prepare_ballot", "solutions:ways_to_vote"),
        outcomes_href=address(reader, "solutions:outcomes"),
        export_href=f"{address(reader, 'solutions:ballots_csv')}?state={chosen}",
    )


def ballot_rows(initiative: Initiative, reader: Reader, state: str) -> Iterator[tuple[str, ...]]:
    """The votes as rows of a table file; results of closed ones only."""
    for ballot in visible_ballots(initiative, reader, state).iterator(chunk_size=500):
        voices, left = ballot.entitled, ballot.voices_left
        yield (
            str(ballot.pk),
            ballot.record.title,
            ballot.state,
            ballot.rule,
            ballot.method,
            ballot.voices,
            "yes" if ballot.secret else "no",
            str(ballot.quorum_percent),
            str(ballot.needed_percent),
            ballot.opens_at.isoformat() if ballot.opens_at else "",
            ballot.closes_at.isoformat() if ballot.closes_at else "",
            ballot.closed_at.isoformat() if ballot.closed_at else "",
            str(voices),
            str(voices - left),
            str(ballot.voted),
            "" if ballot.hides_its_result() else str((ballot.result or {}).get("result", "")),
        )
