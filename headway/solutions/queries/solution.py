"""One recommendation with everything about it on one page; the next step is the one button."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.slots import FOLLOWS, Followed, FollowedPlace
from headway.core.tables import Mark, TablePage, TextLink, table_page
from headway.initiatives.models import Link
from headway.initiatives.pages.detail import DetailPage, Passage, Step, address
from headway.initiatives.queries.panel import record_place
from headway.initiatives.reader import Reader
from headway.solutions.models import (
    Amendment,
    Ballot,
    BallotOption,
    Barrier,
    Funding,
    Interest,
    Outcome,
    Solution,
)
from headway.solutions.queries.amendments import AMENDMENT_COLUMNS, amendment_row
from headway.solutions.queries.barriers import waiver_words
from headway.solutions.queries.criteria import JudgedBox, judged_box
from headway.solutions.queries.drafters import may_draft
from headway.solutions.queries.interests import recused_words
from headway.solutions.queries.money import OWN_COLUMNS, Sums, funding_row, sums_of
from headway.solutions.queries.next_steps import WORKED_ON, Standing, steps_of
from headway.solutions.queries.parts import (
    barrier_mark,
    beside,
    organisation_words,
    solution_mark,
    state_words,
)

BALLOT_MARKS = {"draft": "draft", "open": "open", "closed": "done"}


@dataclass(frozen=True)
class AuthorLine:
    """An organisation that drafts it or did, with its sector; the credit stays."""

    name: str
    sector: str
    sector_label: Message
    until: str
    end_href: str


@dataclass(frozen=True)
class RowLink:
    """One record beside the recommendation, with its state and a few words."""

    link: TextLink
    mark: Mark | None = None
    words: str = ""


@dataclass(frozen=True)
class MoneyBox:
    """What it costs and who pays."""

    sums: Sums
    table: TablePage
    add_href: str


@dataclass(frozen=True)
class ChangesBox:
    """Suggested changes, and where to suggest one."""

    table: TablePage
    closed: bool
    suggest_href: str
    suggest_effect_href: str
    turn_href: str


@dataclass(frozen=True)
class SolutionPage:
    """One idea or recommendation, whole."""

    detail: DetailPage
    next: Step | None
    authors: tuple[AuthorLine, ...]
    authors_href: str
    money: MoneyBox
    barriers: tuple[RowLink, ...]
    barrier_href: str
    changes: ChangesBox
    interests: tuple[RowLink, ...]
    interest_href: str
    bought: bool
    judged: JudgedBox
    votes: tuple[RowLink, ...]
    decisions: tuple[RowLink, ...]
    followed: tuple[Followed, ...]


def _authors(solution: Solution, reader: Reader, *, may: bool) -> tuple[AuthorLine, ...]:
    zone_day = solution.record.initiative.today
    return tuple(
        AuthorLine(
            name=each.organisation.canonical.name,
            sector=each.organisation.canonical.sector,
            sector_label=each.organisation.canonical.get_sector_display(),
            until=date_format(zone_day(each.ended_at), "DATE_FORMAT") if each.ended_at else "",
            end_href=(
                address(reader, "solutions:end_authorship", each.pk)
                if may and each.ended_at is None
                else ""
            ),
        )
        for each in solution.authors.select_related("organisation__merged_into").order_by("since")
    )


def _money(solution: Solution, reader: Reader, *, may: bool) -> MoneyBox:
    rows = list(
        Funding.objects.live()
        .visible_to(reader.readers)
        .filter(solution=solution)
        .select_related("record", "solution__record", "giver__merged_into")
        .order_by("status", "record__recorded_at")
    )
    table = table_page(
        rows, OWN_COLUMNS, QueryDict(), build=lambda row: funding_row(row, reader), name="money"
    )
    href = address(reader, "solutions:add_funding", solution.pk) if may else ""
    return MoneyBox(sums_of(solution, rows), table, href)


def _barriers(solution: Solution, reader: Reader) -> list[Barrier]:
    links = Link.objects.filter(kind=Link.Kind.BLOCKS, withdrawn_at=None, target=solution.pk)
    found = Barrier.objects.live().visible_to(reader.readers)
    near = found.filter(pk__in=links.values("origin"))
    return list(near.select_related("record", "waiver__merged_into").order_by("pk"))


def _barrier_link(barrier: Barrier, reader: Reader) -> RowLink:
    href = address(reader, "solutions:barrier", barrier.pk)
    who = waiver_words(barrier)
    words = _("%(who)s can waive or change it") % {"who": who} if who else ""
    return RowLink(TextLink(barrier.record.title, href), barrier_mark(barrier), words)


def _changes(solution: Solution, reader: Reader, rows: list[Amendment]) -> ChangesBox:
    initiative = solution.record.initiative
    table = table_page(
        rows,
        AMENDMENT_COLUMNS,
        QueryDict(),
        build=lambda row: amendment_row(row, reader, initiative),
        name="changes",
    )
    closed, standing = solution.suggestions_closed_at is not None, not solution.record.withdrawn
    may = standing and not closed and reader.may("solutions.suggest")
    turn = "reopen_suggestions" if closed else "close_suggestions"
    lead = standing and reader.may("solutions.lead")

    def to(field: str) -> str:
        return address(reader, "solutions:suggest_change", solution.pk, field) if may else ""

    return ChangesBox(
        table=table,
        closed=closed,
        suggest_href=to("text"),
        suggest_effect_href=to("expects") if solution.expects else "",
        turn_href=address(reader, f"solutions:{turn}", solution.pk) if lead else "",
    )


def _interests(solution: Solution, reader: Reader) -> tuple[RowLink, ...]:
    found = Interest.objects.live().visible_to(reader.readers).filter(solution=solution)
    return tuple(
        RowLink(
            TextLink(
                each.organisation.canonical.name,
                address(reader, "solutions:interest", each.pk),
            ),
            None,
            f"{each.text} ({recused_words(each)})",
        )
        for each in found.select_related("organisation__merged_into").order_by("pk")
    )


def _votes(solution: Solution, reader: Reader) -> list[BallotOption]:
    found = BallotOption.objects.filter(
        solution=solution,
        ballot__record__withdrawn_at=None,
        ballot__record__visibility__in=reader.readers,
    )
    return list(found.select_related("ballot__record").order_by("ballot__record__recorded_at"))


def _vote_link(option: BallotOption, reader: Reader) -> RowLink:
    ballot = option.ballot
    words = _("on version %(number)s") % {"number": option.wording_number}
    return RowLink(
        TextLink(ballot.record.title, address(reader, "solutions:ballot", ballot.pk)),
        Mark(BALLOT_MARKS[ballot.state], state_words(ballot.get_state_display())),
        words if option.wording_number else "",
    )


def _decisions(solution: Solution, reader: Reader) -> tuple[RowLink, ...]:
    found = Outcome.objects.live().visible_to(reader.readers).filter(solution=solution)
    return tuple(
        RowLink(
            TextLink(each.record.title, address(reader, "solutions:outcome", each.pk)),
            None,
            state_words(each.get_decision_display()),
        )
        for each in found.select_related("record").order_by("record__recorded_at")
    )


def open_vote_on(solution: Solution) -> BallotOption | None:
    """The open vote on it, or None."""
    found = BallotOption.objects.filter(
        solution=solution, ballot__state=Ballot.State.OPEN, ballot__record__withdrawn_at=None
    )
    return found.select_related("ballot__record").first()


def vote_notice(option: BallotOption | None) -> str:
    """That a vote runs, and that it is about the version it began with."""
    if option is None:
        return ""
    return _(
        "A vote on version %(number)s is open. Whatever is worded anew now is a new version; the"
        " votes stay with version %(number)s."
    ) % {"number": option.wording_number or 1}


def _terms(solution: Solution, reader: Reader, sums: Sums) -> tuple[Term, ...]:
    owner = organisation_words(solution.owner) or _("nobody named yet")
    seat = solution.owner_post.label if solution.owner_post else ""
    group = solution.forum
    shown = [Term(_("Who answers for it"), f"{owner}, {seat}" if seat else owner)]
    if group is not None and group.record.visibility in reader.readers:
        shown.append(Term(_("Group"), group.record.title))
    if sums.cost is not None:
        note = f" ({solution.cost_note})" if solution.cost_note else ""
        shown.append(Term(_("Cost"), f"{sums.words(sums.cost)}{note}"))
    return tuple(shown)


def solution_page(solution: Solution, reader: Reader) -> SolutionPage:
    """Everything about one idea or recommendation."""
    record = solution.record
    stands = not record.withdrawn
    drafts = may_draft(solution, reader)
    beside_it = _beside_it(solution, reader, drafts=drafts)
    steps = steps_of(solution, reader, beside_it.standing)
    detail = _detail(solution, reader, beside_it.standing, steps[1:])
    judges = stands and solution.state in WORKED_ON and solution.state != Solution.State.IDEA

    def to(name: str, *, may: bool) -> str:
        return address(reader, f"solutions:{name}", record.pk) if may else ""

    return SolutionPage(
        detail=detail,
        next=steps[0] if steps else None,
        authors=_authors(solution, reader, may=drafts),
        authors_href=to("credit_authors", may=drafts),
        money=beside_it.money,
        barriers=tuple(_barrier_link(each, reader) for each in beside_it.barriers),
        barrier_href=to("add_barrier_to", may=stands and reader.may("solutions.propose")),
        changes=_changes(solution, reader, beside_it.changes),
        interests=_interests(solution, reader),
        interest_href=to(
            "declare_interest", may=stands and reader.may("solutions.declare_interest")
        ),
        bought=solution.bought,
        judged=judged_box(solution, reader, open_=judges),
        votes=tuple(_vote_link(each, reader) for each in beside_it.votes),
        decisions=_decisions(solution, reader),
        followed=FOLLOWS.ask(FollowedPlace(record_place(record, reader), detail.panel.trace)),
    )


@dataclass(frozen=True)
class _Beside:
    """What stands beside a recommendation and tells what to do next."""

    barriers: list[Barrier]
    votes: list[BallotOption]
    money: MoneyBox
    changes: list[Amendment]
    drafts: bool

    @property
    def standing(self) -> Standing:
        """How far it is."""
        return Standing(
            open_changes=sum(each.state == Amendment.State.OPEN for each in self.changes),
            unasked=sum(each.state == Barrier.State.OPEN for each in self.barriers),
            open_vote=next((each for each in self.votes if each.ballot.state == "open"), None),
            money=self.money.sums,
            drafts=self.drafts,
        )


def _beside_it(solution: Solution, reader: Reader, *, drafts: bool) -> _Beside:
    may_add = reader.may("solutions.draft") and not solution.record.withdrawn
    return _Beside(
        barriers=_barriers(solution, reader),
        votes=_votes(solution, reader),
        money=_money(solution, reader, may=may_add),
        changes=_amendments(solution, reader),
        drafts=drafts,
    )


def _detail(
    solution: Solution, reader: Reader, standing: Standing, steps: tuple[Step, ...]
) -> DetailPage:
    """The recommendation in its own words, with its state and the further steps."""
    record, mark = solution.record, solution_mark(solution)
    return DetailPage(
        title=record.title,
        kicker=_("Recommendations"),
        kicker_href=address(reader, "solutions:home"),
        state=mark.state,
        state_label=mark.label,
        notice=vote_notice(standing.open_vote),
        passages=(
            Passage("", solution.text if solution.text != record.title else ""),
            Passage(_("What it would change, for whom"), solution.expects),
        ),
        terms=_terms(solution, reader, standing.money),
        steps=steps,
        **beside(record, reader),
    )


def _amendments(solution: Solution, reader: Reader) -> list[Amendment]:
    found = Amendment.objects.live().visible_to(reader.readers).filter(solution=solution)
    related = ("record__author", "record__organisation__merged_into", "solution__record")
    return list(found.select_related(*related).order_by("-record__recorded_at", "pk"))
