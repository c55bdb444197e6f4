from uuid import UUID

from django.http import HttpResponse

from headway.accounts.access import AuthorityRequest, counted_cells, requires
from headway.accounts.models.authority import Visibility
from headway.core.pages import render_page
from headway.exchange.queries.log import office_log_page
from headway.exchange.queries.record import office_record_page, reader_for
from headway.exchange.views.asked import record_in, search_form, shown_search


@requires("exchange.search")
def search(request: AuthorityRequest) -> HttpResponse:
    """Every record of the authority, by words, kind, initiative, dates, holds and state."""
    return shown_search(request, search_form(request))


@requires("exchange.search")
def record(request: AuthorityRequest, record_id: UUID) -> HttpResponse:
    """One record with everything that is kept about it."""
    found = record_in(request, record_id)
    today = found.initiative.today(request.now)
    reader = reader_for(found, counted_cells(request), frozenset(Visibility.values), today)
    return render_page(request, "exchange/record.html", office_record_page(found, reader))


@requires("exchange.search")
def log(request: AuthorityRequest) -> HttpResponse:
    """What the records office did."""
    page = office_log_page(request.authority, request.GET)
    return render_page(request, "exchange/log.html", page)
