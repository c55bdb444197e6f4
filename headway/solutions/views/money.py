"""Money for recommendations."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import WritePage, posted, revise, row_of, write
from headway.solutions import actions
from headway.solutions.actions import Money
from headway.solutions.forms.beside import FundingForm
from headway.solutions.models import Funding
from headway.solutions.queries import money as queries
from headway.solutions.views.work import solution_href, solution_row

FIELDS = (
    "giver",
    "giver_as_said",
    "amount",
    "status",
    "fiscal_year",
    "restriction",
    "deadline",
    "note",
)


def _funding_row(request: MemberRequest, record_id: UUID) -> Funding:
    row = row_of(request, Funding, record_id, "solution__record", "giver__merged_into")
    if row.solution.record.visibility not in request.reader.readers:
        raise Http404
    return row


def _money(said: dict[str, Any]) -> Money:
    return Money(**{name: said[name] for name in FIELDS})


@requires("solutions.view")
def all_funding(request: MemberRequest) -> HttpResponse:
    """Who pays for what, and what nobody pays for."""
    page = queries.all_funding_page(request.initiative, request.reader, request.GET)
    return render_page(request, "solutions/money.html", page)


@requires("solutions.view")
def all_funding_csv(request: MemberRequest) -> HttpResponseBase:
    """The same as a table file."""
    rows = queries.funding_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} money"
    return csv_download(name, write_rows(queries.FUNDING_HEADING, rows))


@requires("solutions.view")
def funding(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One source of money."""
    page = queries.funding_page(_funding_row(request, record_id), request.reader)
    return render_page(request, "initiatives/detail.html", page)


@requires("solutions.draft")
def add_funding(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Note a source of money for a recommendation."""
    row = solution_row(request, record_id)
    href = solution_href(request, row)
    return write(
        request,
        form=FundingForm(posted(request), authority=request.authority),
        act=lambda said: actions.add_funding(by=request.actor, solution=row, money=_money(said)),
        page=WritePage(_("Who pays for it?"), kicker=row.record.title, back_href=href),
        to=lambda _made: href,
    )


@requires("solutions.draft")
def edit_funding(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Change a source of money; that it became committed stays in the history."""
    row = _funding_row(request, record_id)
    shown = {name: getattr(row, name) for name in FIELDS}
    return revise(
        request,
        row=row,
        form=FundingForm(posted(request), authority=request.authority, initial=shown),
        act=lambda said: actions.revise_funding(
            by=request.actor, funding=row, money=_money(said), seen=said.get("seen")
        ),
        title=_("Change this source of money"),
    )
