"""What a recommendation costs, what is committed and asked for, and what is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.marks import Term
from headway.core.numbers import number_words
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.directory.queries.sources import source_words
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import DetailPage, Passage, address
from headway.initiatives.reader import Reader
from headway.solutions.models import Funding, Solution
from headway.solutions.queries.parts import beside, organisation_words, steps_if, withdraw_step

NOTHING = Decimal(0)
MARKS = {Funding.Status.COMMITTED: "met", Funding.Status.ASKED: "waiting_on"}


@dataclass(frozen=True, slots=True)
class Sums:
    """What a recommendation costs and who pays, exact to the cent.

    Money that is only asked for closes no gap.
    """

    cost: Decimal | None = None
    committed: Decimal = NOTHING
    asked: Decimal = NOTHING
    currency: str = "USD"

    @property
    def gap(self) -> Decimal | None:
        """What nobody has committed; None while nobody said what it costs."""
        return None if self.cost is None else max(self.cost - self.committed, NOTHING)

    @property
    def known(self) -> bool:
        """Whether anything is said about money."""
        return self.cost is not None or bool(self.committed or self.asked)

    def words(self, amount: Decimal | None) -> str:
        """An amount with its currency: "45,000,000 USD"."""
        return "" if amount is None else f"{number_words(amount)} {self.currency}"

    @property
    def sentence(self) -> str:
        """Cost, what is committed and what is missing, as somebody would say it."""
        if self.cost is None:
            return _("Nobody has said yet what it costs.") if not self.known else self._no_cost
        said = {
            "cost": self.words(self.cost),
            "committed": self.words(self.committed),
            "gap": self.words(self.gap),
            "asked": self.words(self.asked),
        }
        if not self.gap:
            return _("It costs %(cost)s, and all of it is committed.") % said
        if self.asked:
            return (
                _(
                    "It costs %(cost)s. %(committed)s is committed and %(asked)s asked for; "
                    "%(gap)s is not committed yet."
                )
                % said
            )
        return _("It costs %(cost)s. %(committed)s is committed; %(gap)s is missing.") % said

    @property
    def _no_cost(self) -> str:
        said = {"committed": self.words(self.committed), "asked": self.words(self.asked)}
        return (
            _("%(committed)s is committed and %(asked)s asked for; nobody has said what it costs.")
            % said
        )


def visible_funding(initiative: Initiative, reader: Reader) -> QuerySet[Funding]:
    """The sources of money that the reader may see, of recommendations they may see."""
    found = Funding.objects.in_initiative(initiative).live().visible_to(reader.readers)
    of_seen = found.filter(
        solution__record__withdrawn_at__isnull=True,
        solution__record__visibility__in=reader.readers,
    )
    return of_seen.select_related(
        "record__source", "solution__record", "giver__merged_into"
    ).order_by("solution__record__title", "record__recorded_at")


def given_for(rows: QuerySet[Funding]) -> dict[str, dict[UUID, Decimal]]:
    """What was given to each recommendation by status, added up exactly and not by the database."""
    given: dict[str, dict[UUID, Decimal]] = {status: {} for status in Funding.Status.values}
    for solution, status, amount in rows.order_by().values_list("solution", "status", "amount"):
        given[status][solution] = given[status].get(solution, NOTHING) + amount
    return given


def sums_of(solution: Solution, rows: Iterable[Funding]) -> Sums:
    """Cost and money of one recommendation."""
    status = Funding.Status
    given = [(row.status, row.amount) for row in rows]
    return Sums(
        cost=solution.cost,
        committed=sum((amount for kind, amount in given if kind == status.COMMITTED), NOTHING),
        asked=sum((amount for kind, amount in given if kind == status.ASKED), NOTHING),
        currency=solution.currency,
    )


@dataclass(frozen=True)
class FundingPage:
    """Every source of money of the initiative, with the sum of the whole plan."""

    title: str
    lead: str
    sums: tuple[Sums, ...]
    table: TablePage
    export_href: str
    home_href: str


COLUMNS = (
    Column("giver", gettext_lazy("Source"), sort="record__title"),
    Column("solution", gettext_lazy("Recommendation"), sort="solution__record__title"),
    Column("amount", gettext_lazy("Amount"), sort="amount", numeric=True),
    Column("status", gettext_lazy("Status"), sort="status"),
    Column("fiscal_year", gettext_lazy("Fiscal year"), sort="fiscal_year"),
    Column("restriction", gettext_lazy("Tied to")),
    Column("deadline", gettext_lazy("Deadline of the grant"), sort="deadline"),
)
OWN_COLUMNS = tuple(replace(each, sort="") for each in COLUMNS if each.key != "solution")


def giver_words(row: Funding) -> str:
    """Who gives it."""
    return organisation_words(row.giver, row.giver_as_said)


def funding_row(row: Funding, reader: Reader) -> dict[str, object]:
    """A source of money as a row of a table."""
    status = Funding.Status(row.status)
    solution = row.solution.record
    return {
        "giver": TextLink(giver_words(row), address(reader, "solutions:funding", row.pk)),
        "solution": TextLink(solution.title, address(reader, "solutions:solution", solution.pk)),
        "amount": f"{number_words(row.amount)} {row.solution.currency}",
        "status": Mark(MARKS[status], status.label),
        "fiscal_year": row.fiscal_year,
        "restriction": row.restriction,
        "deadline": row.deadline,
    }


def planned(initiative: Initiative, reader: Reader) -> QuerySet[Solution]:
    """Everything that was not given up."""
    given_up = [Solution.State.NOT_ADOPTED, Solution.State.SET_ASIDE]
    found = Solution.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.exclude(state__in=given_up)


def plan_sums(initiative: Initiative, reader: Reader) -> tuple[Sums, ...]:
    """Cost and money of everything that was not given up, one sum for each currency."""
    given = given_for(visible_funding(initiative, reader))
    by_currency: dict[str, Sums] = {}
    for row in planned(initiative, reader).only("cost", "currency"):
        one = Sums(
            row.cost,
            given[Funding.Status.COMMITTED].get(row.pk, NOTHING),
            given[Funding.Status.ASKED].get(row.pk, NOTHING),
            row.currency,
        )
        if one.known:
            by_currency[one.currency] = _add(by_currency.get(one.currency), one)
    return tuple(by_currency.values())


def _add(total: Sums | None, one: Sums) -> Sums:
    if total is None:
        return one
    costs = [cost for cost in (total.cost, one.cost) if cost is not None]
    return Sums(
        cost=sum(costs, NOTHING) if costs else None,
        committed=total.committed + one.committed,
        asked=total.asked + one.asked,
        currency=one.currency,
    )


def all_funding_page(initiative: Initiative, reader: Reader, params: QueryDict) -> FundingPage:
    """Who pays for what, and what nobody pays for."""
    found = visible_funding(initiative, reader)
    return FundingPage(
        title=_("Money"),
        lead=_("Who pays for which recommendation, and what nobody has committed yet."),
        sums=plan_sums(initiative, reader),
        table=table_page(found, COLUMNS, params, build=lambda row: funding_row(row, reader)),
        export_href=address(reader, "solutions:all_funding_csv"),
        home_href=address(reader, "solutions:home"),
    )


FUNDING_HEADING = (
    "id",
    "recommendation",
    "source of money",
    "amount",
    "currency",
    "status",
    "fiscal year",
    "tied to",
    "deadline",
    "note",
    "reported by",
)


def funding_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """Every source of money as a row of a table file."""
    for row in visible_funding(initiative, reader).iterator(chunk_size=500):
        yield (
            str(row.pk),
            row.solution.record.title,
            giver_words(row),
            str(row.amount),
            row.solution.currency,
            row.status,
            row.fiscal_year,
            row.restriction,
            row.deadline.isoformat() if row.deadline else "",
            row.note,
            source_words(row.record.source),
        )


def funding_page(row: Funding, reader: Reader) -> DetailPage:
    """One source of money."""
    status = Funding.Status(row.status)
    solution = row.solution
    may = reader.may("solutions.draft") and not row.record.withdrawn
    return DetailPage(
        title=row.record.title,
        kicker=_("Money"),
        kicker_href=address(reader, "solutions:all_funding"),
        state=MARKS[status],
        state_label=status.label,
        passages=(Passage(_("Note"), row.note),),
        terms=(
            Term(_("Amount"), f"{number_words(row.amount)} {solution.currency}"),
            *_solution_term(solution, reader),
            Term(_("Fiscal year"), row.fiscal_year),
            Term(_("Tied to"), row.restriction),
            Term(
                _("Deadline of the grant"),
                date_format(row.deadline, "DATE_FORMAT") if row.deadline else "",
            ),
        ),
        steps=(
            *steps_if((may, _("Change it"), address(reader, "solutions:edit_funding", row.pk))),
            *withdraw_step(row.record, reader),
        ),
        **beside(row.record, reader),
    )


def _solution_term(solution: Solution, reader: Reader) -> tuple[Term, ...]:
    record = solution.record
    if record.visibility not in reader.readers:
        return ()
    href = address(reader, "solutions:solution", solution.pk)
    return (Term(_("Recommendation"), record.title, href),)
