"""What the address of a records page asks for."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from headway.accounts.access import AuthorityRequest
from headway.core.pages import render_page
from headway.exchange.forms import SearchForm
from headway.exchange.queries.search import Wanted, search_page
from headway.initiatives.models import Initiative, Record


def initiatives_of(request: AuthorityRequest) -> Any:
    """The initiatives that the office looks after."""
    return Initiative.objects.in_authority(request.authority)


def search_form(request: AuthorityRequest) -> SearchForm:
    """The search as the address says it."""
    return SearchForm(request.GET or None, initiatives=initiatives_of(request))


def wanted_in(form: SearchForm) -> Wanted | None:
    """What a search form asks for, or None where a filter cannot be read: it must never widen."""
    if not form.is_bound:
        return Wanted()
    if not form.is_valid():
        return None
    return Wanted(**{name: value for name, value in form.cleaned_data.items() if value})


def shown_search(request: AuthorityRequest, form: SearchForm) -> HttpResponse:
    """The search with what it has found; with what to mend where a filter cannot be read."""
    page = search_page(request.authority, wanted_in(form), request.GET)
    return render_page(request, "exchange/search.html", page, form)


def record_in(request: AuthorityRequest, record_id: UUID) -> Record:
    """A record of this authority."""
    mine = Record.objects.filter(initiative__authority=request.authority)
    return get_object_or_404(mine.select_related("initiative__stream", "retention"), pk=record_id)
