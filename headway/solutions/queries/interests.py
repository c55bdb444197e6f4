"""Interests that organisations declared in what is recommended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.marks import Term
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.directory.models import Organisation
from headway.initiatives.models import Initiative, Mandate
from headway.initiatives.pages.detail import DetailPage, Passage, address
from headway.initiatives.reader import Reader
from headway.solutions.models import Interest, Solution
from headway.solutions.queries.parts import beside, steps_if, withdraw_step


def recused(solution: Solution) -> set[UUID]:
    """The organisations that stay out of a vote on it, as they count."""
    return recused_in([solution.pk])


def recused_in(solutions: Iterable[UUID | None]) -> set[UUID]:
    """The organisations that stay out of a vote on any of these."""
    declared = Interest.objects.live().filter(solution__in=solutions, recused=True)
    return {each.organisation.canonical_pk for each in declared.select_related("organisation")}


def may_declare_for(initiative: Initiative, reader: Reader, today: date) -> QuerySet[Organisation]:
    """The organisations that the reader may speak for in votes and decisions."""
    held = Mandate.objects.filter(member=reader.member_id).covering(Mandate.Scope.DECISIONS)
    known = Organisation.objects.filter(authority=initiative.authority_id).live()
    return known.filter(pk__in=held.holding(today).values("organisation")).order_by("name")


def visible_interests(initiative: Initiative, reader: Reader) -> QuerySet[Interest]:
    """The interests that the reader may see."""
    found = Interest.objects.in_initiative(initiative).live().visible_to(reader.readers)
    of_seen = found.filter(
        solution__record__withdrawn_at__isnull=True,
        solution__record__visibility__in=reader.readers,
    )
    return of_seen.select_related(
        "record", "solution__record", "organisation__merged_into"
    ).order_by("-record__recorded_at")


@dataclass(frozen=True)
class InterestsPage:
    """Who would gain or lose by what is recommended."""

    title: str
    lead: str
    table: TablePage
    export_href: str
    home_href: str


COLUMNS = (
    Column("organisation", gettext_lazy("Organization"), sort="organisation__name"),
    Column("text", gettext_lazy("Interest")),
    Column("solution", gettext_lazy("Recommendation"), sort="solution__record__title"),
    Column("recused", gettext_lazy("In the vote"), sort="recused"),
)


def recused_words(interest: Interest) -> str:
    """Whether the organisation votes."""
    return _("Does not vote") if interest.recused else _("Votes, with this declared")


def _row(interest: Interest, reader: Reader) -> dict[str, object]:
    solution = interest.solution.record
    return {
        "organisation": TextLink(
            interest.organisation.canonical.name,
            address(reader, "solutions:interest", interest.pk),
        ),
        "text": interest.text,
        "solution": TextLink(solution.title, address(reader, "solutions:solution", solution.pk)),
        "recused": recused_words(interest),
    }


def interests_page(initiative: Initiative, reader: Reader, params: QueryDict) -> InterestsPage:
    """Every declared interest."""
    found = visible_interests(initiative, reader)
    return InterestsPage(
        title=_("Declared interests"),
        lead=_(
            "Who would gain or lose by what is recommended says so before the vote. Whoever stays"
            " out of a vote leaves its count."
        ),
        table=table_page(found, COLUMNS, params, build=lambda row: _row(row, reader)),
        export_href=address(reader, "solutions:interests_csv"),
        home_href=address(reader, "solutions:home"),
    )


INTEREST_HEADING = ("id", "recommendation", "organization", "interest", "votes")


def interest_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """Every declared interest as a row of a table file."""
    for row in visible_interests(initiative, reader).iterator(chunk_size=500):
        yield (
            str(row.pk),
            row.solution.record.title,
            row.organisation.canonical.name,
            row.text,
            "no" if row.recused else "yes",
        )


def interest_page(interest: Interest, reader: Reader) -> DetailPage:
    """One declared interest."""
    solution = interest.solution.record
    may = reader.may("solutions.declare_interest") and not interest.record.withdrawn
    seen = solution.visibility in reader.readers
    href = address(reader, "solutions:solution", solution.pk)
    edit = address(reader, "solutions:edit_interest", interest.pk)
    return DetailPage(
        title=interest.record.title,
        kicker=_("Declared interests"),
        kicker_href=address(reader, "solutions:interests"),
        passages=(Passage(_("Interest"), interest.text),),
        terms=(
            Term(_("Organization"), interest.organisation.canonical.name),
            *((Term(_("Recommendation"), solution.title, href),) if seen else ()),
            Term(_("In the vote"), recused_words(interest)),
        ),
        steps=(
            *steps_if((may, _("Change it"), edit)),
            *withdraw_step(interest.record, reader),
        ),
        **beside(interest.record, reader),
    )
