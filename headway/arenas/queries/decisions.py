"""What decision bodies decided, with the vote where it is known."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.arenas.models import Arena, BodyDecision, SeatVote
from headway.arenas.queries.parts import RELEASED, own_withdrawal, result_mark, said_by
from headway.arenas.queries.rules import counted, rule_today, rules_of, voting_seats
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import DetailPage, Passage, Step, address, beside, if_may
from headway.initiatives.reader import Reader
from headway_analysis.decision_rule import Count, result_of

SAID_YES = {BodyDecision.Result.ADOPTED, BodyDecision.Result.CHANGED}
COLUMNS = (
    Column("title", gettext_lazy("Decision"), sort="record__title"),
    Column("body", gettext_lazy("Decision body"), sort="arena__organisation__name"),
    Column("result", gettext_lazy("Result"), sort="result"),
    Column("vote", gettext_lazy("Vote")),
    Column("when", gettext_lazy("When"), sort="record__happened_from"),
)


@dataclass(frozen=True)
class DecisionsPage:
    """What decision bodies decided."""

    title: str
    lead: str
    released: Message
    table: TablePage
    export_href: str
    home_href: str


@dataclass(frozen=True)
class SeatVoteLine:
    """How one seat voted."""

    who: str
    vote: Message


@dataclass(frozen=True)
class DecisionPage:
    """One decision with the vote by seat, where anybody recorded it."""

    detail: DetailPage
    votes: tuple[SeatVoteLine, ...]
    computed: str


def visible_decisions(initiative: Initiative, reader: Reader) -> QuerySet[BodyDecision]:
    """The decisions that the reader may see, the latest first."""
    found = BodyDecision.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related(
        "record__source", "arena__organisation__merged_into", "ask__record"
    ).order_by(F("record__happened_from").desc(nulls_last=True), "-record__recorded_at")


def vote_words(decision: BodyDecision) -> str:
    """How the vote went; says so where nobody recorded it."""
    if not decision.vote_known:
        return _("vote not recorded")
    said = [_("%(yes)s yes, %(no)s no") % {"yes": decision.yes, "no": decision.no}]
    if decision.abstained:
        said.append(_("%s abstained") % decision.abstained)
    if decision.absent:
        said.append(_("%s absent") % decision.absent)
    if decision.result in SAID_YES and (decision.no or 0) > (decision.yes or 0):
        said.append(_("more against it than for it"))
    return ", ".join(said)


def decision_row(decision: BodyDecision, reader: Reader) -> dict[str, object]:
    """One decision as a row of a table."""
    body = decision.arena.organisation.canonical.name
    return {
        "title": TextLink(decision.record.title, address(reader, "arenas:decision", decision.pk)),
        "body": TextLink(body, address(reader, "arenas:arena", decision.arena_id)),
        "result": result_mark(decision),
        "vote": vote_words(decision),
        "when": date_words(decision.record.when),
    }


def decisions_page(initiative: Initiative, reader: Reader, params: QueryDict) -> DecisionsPage:
    """The list of decisions."""
    found = visible_decisions(initiative, reader)
    return DecisionsPage(
        title=_("What bodies decided"),
        lead=_("Each decision with its vote where it is known. No promise follows by itself."),
        released=RELEASED,
        table=table_page(found, COLUMNS, params, build=lambda row: decision_row(row, reader)),
        export_href=address(reader, "arenas:decisions_csv"),
        home_href=address(reader, "arenas:home"),
    )


DECISION_HEADING = (
    "decision",
    "decision body",
    "result",
    "yes",
    "no",
    "abstained",
    "absent",
    "when",
    "request",
    "text",
    "source",
    "reported by",
)


def decision_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """The decisions as rows of a table file."""
    for row in visible_decisions(initiative, reader).iterator(chunk_size=500):
        numbers = (row.yes, row.no, row.abstained, row.absent)
        yield (
            row.record.title,
            row.arena.organisation.canonical.name,
            row.result,
            *("" if number is None else str(number) for number in numbers),
            date_words(row.record.when),
            _ask_title(row, reader),
            row.text,
            row.link,
            str(row.record.source) if row.record.source else "",
        )


def _ask_title(row: BodyDecision, reader: Reader) -> str:
    """The request it answers, where the reader may read that."""
    if row.ask is None or row.ask.record.visibility not in reader.readers:
        return ""
    return "" if row.ask.record.withdrawn else row.ask.record.title


def decision_page(decision: BodyDecision, reader: Reader) -> DecisionPage:
    """One decision; what its rule makes of the vote stands beside what was reported."""
    mark = result_mark(decision)
    votes = SeatVote.objects.filter(decision=decision)
    rows = votes.select_related("post", "person__merged_into").order_by("post__label", "pk")
    return DecisionPage(
        detail=DetailPage(
            title=decision.record.title,
            kicker=_("What bodies decided"),
            kicker_href=address(reader, "arenas:decisions"),
            state=mark.state,
            state_label=mark.label,
            notice=str(RELEASED),
            passages=(Passage(_("What was decided"), decision.text),),
            terms=_terms(decision, reader),
            steps=_steps(decision, reader),
            **beside(decision.record, reader),
        ),
        votes=tuple(
            SeatVoteLine(said_by(row.post, row.person), row.get_vote_display()) for row in rows
        ),
        computed=_computed(decision, reader),
    )


def _terms(decision: BodyDecision, reader: Reader) -> tuple[Term, ...]:
    body = decision.arena.organisation.canonical.name
    title = _ask_title(decision, reader)
    shown = (
        Term(_("Decision body"), body, address(reader, "arenas:arena", decision.arena_id)),
        Term(_("When"), date_words(decision.record.when)),
        Term(_("Vote"), vote_words(decision)),
        Term(_("Request"), title, address(reader, "arenas:ask", decision.ask_id) if title else ""),
        Term(_("Source"), decision.link, decision.link),
    )
    return tuple(term for term in shown if term.value)


def _steps(decision: BodyDecision, reader: Reader) -> tuple[Step, ...]:
    href = if_may(reader, "arenas.write", "arenas:edit_decision", decision.pk)
    edit = (Step(_("Correct this"), href),) if href and not decision.record.withdrawn else ()
    return (*edit, *own_withdrawal(decision.record, reader))


def _computed(decision: BodyDecision, reader: Reader) -> str:
    """What the rule that holds today makes of the vote, where both are known."""
    if decision.yes is None or decision.no is None:
        return ""
    count = Count(decision.yes, decision.no, decision.abstained or 0)
    code, seats = _by_the_rule(decision.arena, count, reader)
    return _RESULTS[code] % {"seats": seats_words(seats)} if code else ""


def _by_the_rule(arena: Arena, count: Count, reader: Reader) -> tuple[str, int]:
    """What the rule makes of a count, empty where it cannot say; and how many seats vote."""
    rule = rule_today(list(rules_of(arena, reader)), reader)
    seats = voting_seats(arena)
    ready = counted(rule, seats) if rule else None
    if ready is None or count.present > seats:
        return "", seats
    return result_of(ready, count), seats


def doubt_about(arena: Arena, result: str, count: Count, reader: Reader) -> str:
    """What the rule makes of a count that does not carry a decision said to be adopted."""
    if result not in SAID_YES:
        return ""
    code, seats = _by_the_rule(arena, count, reader)
    if code in {"not_adopted", "no_quorum", "vetoed"}:
        return _RESULTS[code] % {"seats": seats_words(seats)}
    if not code and count.no > count.yes:
        return _("More voted against it than for it.")
    return ""


def seats_words(seats: int) -> str:
    """So many seats, in words."""
    return ngettext("%s seat", "%s seats", seats) % seats


_RESULTS = {
    "adopted": gettext_lazy("By the rule recorded today for %(seats)s, this vote adopts."),
    "not_adopted": gettext_lazy(
        "By the rule recorded today for %(seats)s, this vote does not adopt."
    ),
    "no_quorum": gettext_lazy(
        "By the rule recorded today for %(seats)s, too few were present to decide."
    ),
    "tie_for_the_chair": gettext_lazy(
        "By the rule recorded today for %(seats)s, this tie is the chair's to decide."
    ),
    "vetoed": gettext_lazy("By the rule recorded today for %(seats)s, the veto stands."),
}
