"""Ideas and recommendations: the board by state, and the list."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.errors import Message
from headway.core.marks import Tab
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.directory.queries.sources import source_words
from headway.initiatives.models import Initiative, Link
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader
from headway.solutions.models import Amendment, Barrier, CoAuthor, Funding, Solution
from headway.solutions.queries.money import NOTHING, Sums, given_for
from headway.solutions.queries.parts import (
    SOLUTION_MARKS,
    author_names,
    organisation_words,
    sentence,
    solution_mark,
)

ON_BOARD = 12
State = Solution.State
ORDER = (
    State.IDEA,
    State.DRAFT,
    State.ADOPTED,
    State.CARRIED_OUT,
    State.SET_ASIDE,
    State.NOT_ADOPTED,
)
HEADINGS: dict[str, Message] = {
    State.IDEA: gettext_lazy("Ideas"),
    State.DRAFT: gettext_lazy("Being drafted"),
    State.ADOPTED: gettext_lazy("Adopted"),
    State.CARRIED_OUT: gettext_lazy("Carried out"),
    State.SET_ASIDE: gettext_lazy("Set aside"),
    State.NOT_ADOPTED: gettext_lazy("Not adopted"),
}


@dataclass(frozen=True)
class AuthorMark:
    """An organisation that drafts, with its sector."""

    name: str
    sector: str
    sector_label: Message


@dataclass(frozen=True)
class Card:
    """One idea or recommendation on the board."""

    title: str
    href: str
    authors: tuple[AuthorMark, ...]
    owner: str
    money: str
    in_the_way: str
    suggestions: str


@dataclass(frozen=True)
class Lane:
    """Everything in one state, the newest of it shown."""

    heading: Message
    mark: str
    count: int
    cards: tuple[Card, ...]
    more_href: str


@dataclass(frozen=True)
class BoardPage:
    """Ideas and recommendations by state."""

    title: str
    lead: str
    lanes: tuple[Lane, ...]
    total: int
    bring_href: str
    list_href: str
    ways: tuple[TextLink, ...]


@dataclass(frozen=True)
class ListPage:
    """Ideas and recommendations as a list."""

    title: str
    tabs: tuple[Tab, ...]
    words: str
    state: str
    table: TablePage
    total: int
    bring_href: str
    export_href: str
    home_href: str


@dataclass(frozen=True)
class Around:
    """What stands around each recommendation: money, and what is in the way."""

    committed: dict[UUID, Decimal]
    asked: dict[UUID, Decimal]
    in_the_way: Counter[UUID]

    def sums(self, solution: Solution) -> Sums:
        """The money of one recommendation."""
        return Sums(
            cost=solution.cost,
            committed=self.committed.get(solution.pk, NOTHING),
            asked=self.asked.get(solution.pk, NOTHING),
            currency=solution.currency,
        )


def visible_solutions(
    initiative: Initiative, reader: Reader, state: str = ""
) -> QuerySet[Solution]:
    """Ideas and recommendations with their authors and owner, newest first."""
    found = Solution.objects.in_initiative(initiative).live().visible_to(reader.readers)
    if state in State.values:
        found = found.filter(state=state)
    authors = CoAuthor.objects.select_related("organisation__merged_into").order_by("since")
    return (
        found.select_related("record__source", "owner__merged_into", "owner_post__organisation")
        .prefetch_related(Prefetch("authors", queryset=authors))
        .order_by("-record__recorded_at", "pk")
    )


def around(initiative: Initiative, reader: Reader) -> Around:
    """Money and what is in the way of all, in two queries."""
    given = given_for(Funding.objects.in_initiative(initiative).live().visible_to(reader.readers))
    standing = Barrier.objects.live().visible_to(reader.readers).standing().values("pk")
    links = Link.objects.filter(
        kind=Link.Kind.BLOCKS, withdrawn_at=None, target__initiative=initiative, origin__in=standing
    )
    return Around(
        committed=given[Funding.Status.COMMITTED],
        asked=given[Funding.Status.ASKED],
        in_the_way=Counter(links.values_list("target", flat=True)),
    )


def open_suggestions(initiative: Initiative, reader: Reader) -> Counter[UUID]:
    """How many suggested changes wait for an answer, for each recommendation."""
    waiting = Amendment.objects.waiting().in_initiative(initiative).visible_to(reader.readers)
    return Counter(waiting.values_list("solution", flat=True))


def _authors(solution: Solution) -> tuple[AuthorMark, ...]:
    found = {}
    for each in solution.authors.all():
        organisation = each.organisation.canonical
        found[organisation.pk] = AuthorMark(
            organisation.name, organisation.sector, organisation.get_sector_display()
        )
    return tuple(found.values())


def _money_words(sums: Sums) -> str:
    if sums.cost is None:
        return ""
    if not sums.gap:
        return _("%(cost)s, all committed") % {"cost": sums.words(sums.cost)}
    said = {"cost": sums.words(sums.cost), "gap": sums.words(sums.gap)}
    return _("%(cost)s, of which %(gap)s is missing") % said


def _card(solution: Solution, reader: Reader, near: Around, waits: int) -> Card:
    blocks = near.in_the_way[solution.pk]
    way = ngettext("%(count)s thing in the way", "%(count)s things in the way", blocks)
    open_changes = ngettext("%(count)s suggested change", "%(count)s suggested changes", waits)
    return Card(
        title=solution.record.title,
        href=address(reader, "solutions:solution", solution.pk),
        authors=_authors(solution),
        owner=organisation_words(solution.owner),
        money=_money_words(near.sums(solution)),
        in_the_way=way % {"count": blocks} if blocks else "",
        suggestions=open_changes % {"count": waits} if waits else "",
    )


def _newest_of_each_state(found: QuerySet[Solution]) -> list[Solution]:
    """The first few of every state with the number of all in it, in one query."""
    place = Window(RowNumber(), partition_by=F("state"), order_by=F("record__recorded_at").desc())
    counted = found.annotate(place=place, of_state=Window(Count("pk"), partition_by=F("state")))
    return list(counted.filter(place__lte=ON_BOARD))


def counts_by_state(initiative: Initiative, reader: Reader) -> Counter[str]:
    """How many there are in each state."""
    found = Solution.objects.in_initiative(initiative).live().visible_to(reader.readers)
    counted = found.order_by().values_list("state").annotate(Count("pk"))
    return Counter({str(state): int(count) for state, count in counted})


def _ways(reader: Reader) -> tuple[TextLink, ...]:
    return (
        TextLink(_("What is in the way"), address(reader, "solutions:barriers")),
        TextLink(_("Money"), address(reader, "solutions:all_funding")),
        TextLink(_("Suggested changes"), address(reader, "solutions:amendments")),
        TextLink(_("Declared interests"), address(reader, "solutions:interests")),
        TextLink(_("Judged by criteria"), address(reader, "solutions:criteria")),
        TextLink(_("Votes"), address(reader, "solutions:ballots")),
        TextLink(_("Decisions we took"), address(reader, "solutions:outcomes")),
        TextLink(_("What happened"), address(reader, "initiatives:happenings")),
    )


def board_page(initiative: Initiative, reader: Reader) -> BoardPage:
    """The board: what is an idea, what is being drafted, what was decided."""
    shown = _newest_of_each_state(visible_solutions(initiative, reader))
    counts = {each.state: each.of_state for each in shown}  # type: ignore[attr-defined]  # annotated above
    near, waits = around(initiative, reader), open_suggestions(initiative, reader)
    listed = address(reader, "solutions:solutions")
    lanes = tuple(
        Lane(
            heading=HEADINGS[state],
            mark=SOLUTION_MARKS[state],
            count=counts[state],
            cards=tuple(
                _card(each, reader, near, waits[each.pk]) for each in shown if each.state == state
            ),
            more_href=f"{listed}?state={state}" if counts[state] > ON_BOARD else "",
        )
        for state in ORDER
        if state in counts
    )
    return BoardPage(
        title=_("Recommendations"),
        lead=_("Ideas, the recommendations drafted out of them, and what became of each."),
        lanes=lanes,
        total=sum(counts.values()),
        bring_href=if_may(reader, "solutions.propose", "solutions:bring_idea"),
        list_href=listed,
        ways=_ways(reader),
    )


COLUMNS = (
    Column("title", gettext_lazy("Recommendation"), sort="record__title"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("authors", gettext_lazy("Authors")),
    Column("owner", gettext_lazy("Who answers for it"), sort="owner__name"),
    Column("cost", gettext_lazy("Cost"), sort="cost", numeric=True),
    Column("gap", gettext_lazy("Missing"), numeric=True),
    Column("in_the_way", gettext_lazy("In the way"), numeric=True),
)


def asked_words(params: QueryDict) -> str:
    """The words that the address asks for."""
    return params.get("q", "").replace("\x00", "").strip()[:100]


def asked_solutions(
    initiative: Initiative, reader: Reader, params: QueryDict
) -> QuerySet[Solution]:
    """What the filters of the address leave."""
    found = visible_solutions(initiative, reader, params.get("state", ""))
    for word in asked_words(params).split()[:10]:
        found = found.filter(Q(record__title__icontains=word) | Q(text__icontains=word))
    return found


def _tabs(counts: Counter[str], chosen: str) -> tuple[Tab, ...]:
    every = (("", _("All"), sum(counts.values())), *((s, HEADINGS[s], counts[s]) for s in ORDER))
    return tuple(
        Tab(f"{label} ({count})", f"?state={state}" if state else "?", state == chosen)
        for state, label, count in every
    )


def _row(solution: Solution, reader: Reader, near: Around) -> dict[str, object]:
    sums = near.sums(solution)
    return {
        "title": TextLink(
            solution.record.title, address(reader, "solutions:solution", solution.pk)
        ),
        "state": solution_mark(solution),
        "authors": sentence(author_names(solution)),
        "owner": organisation_words(solution.owner) or _("nobody named yet"),
        "cost": sums.words(sums.cost),
        "gap": sums.words(sums.gap),
        "in_the_way": near.in_the_way[solution.pk] or "",
    }


def list_page(initiative: Initiative, reader: Reader, params: QueryDict) -> ListPage:
    """Everything in one table, whole or by state and words."""
    state, near = params.get("state", ""), around(initiative, reader)
    counts = counts_by_state(initiative, reader)
    found = asked_solutions(initiative, reader, params)
    return ListPage(
        title=_("Ideas and recommendations"),
        tabs=_tabs(counts, state if state in State.values else ""),
        words=asked_words(params),
        state=state if state in State.values else "",
        table=table_page(found, COLUMNS, params, build=lambda row: _row(row, reader, near)),
        total=sum(counts.values()),
        bring_href=if_may(reader, "solutions.propose", "solutions:bring_idea"),
        export_href=f"{address(reader, 'solutions:solutions_csv')}?{_filters(params)}",
        home_href=address(reader, "solutions:home"),
    )


def _filters(params: QueryDict) -> str:
    kept = QueryDict(mutable=True)
    for name in ("state", "q"):
        if params.get(name):
            kept[name] = str(params[name])
    return kept.urlencode()


HEADING = (
    "id",
    "recommendation",
    "state",
    "text",
    "what it would change",
    "authors",
    "who answers for it",
    "seat",
    "cost",
    "committed",
    "asked for",
    "missing",
    "currency",
    "things in the way",
    "reported by",
)


def solution_rows(
    initiative: Initiative, reader: Reader, params: QueryDict
) -> Iterator[tuple[str, ...]]:
    """What the filters leave as rows of a table file, a few hundred at a time."""
    near = around(initiative, reader)
    for row in asked_solutions(initiative, reader, params).iterator(chunk_size=500):
        sums = near.sums(row)
        yield (
            str(row.pk),
            row.record.title,
            row.state,
            row.text,
            row.expects,
            "; ".join(author_names(row)),
            organisation_words(row.owner),
            row.owner_post.label if row.owner_post else "",
            "" if sums.cost is None else str(sums.cost),
            str(sums.committed),
            str(sums.asked),
            "" if sums.gap is None else str(sums.gap),
            sums.currency,
            str(near.in_the_way[row.pk]),
            source_words(row.record.source),
        )
