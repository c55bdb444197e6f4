from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from headway.accounts.access import AuthorityRequest, requires
from headway.accounts.kept import typed_in
from headway.accounts.limits import limited
from headway.core.downloads import download
from headway.core.pages import render_page
from headway.exchange import actions
from headway.exchange.formats.person import write_tables
from headway.exchange.forms import ReasonForm
from headway.exchange.queries.mine import about_me_page, officers_of, tables_about
from headway.exchange.queries.people import erase_page, people_of, people_page


@requires("exchange.erase")
def people(request: AuthorityRequest) -> HttpResponse:
    """Everybody whom the authority keeps something about."""
    page = people_page(request.authority, request.GET)
    return render_page(request, "exchange/people.html", page)


@requires("exchange.erase")
def erase_person(request: AuthorityRequest, user_id: UUID) -> HttpResponseBase:
    """Take a person's name and addresses out of everything, for good."""
    user = get_object_or_404(people_of(request.authority), pk=user_id)
    form = ReasonForm(typed_in(request))
    if form.carry_out(
        lambda said: actions.erase_person(
            by=request.actor, authority=request.authority, user=user, **said
        )
    ):
        messages.success(request, _("The person was erased."))
        return redirect("exchange:people")
    page = erase_page(request.authority, user, request.authority.today(request.now), request.GET)
    return render_page(request, "exchange/erase.html", page, form)


@requires("exchange.own_data")
def about_me(request: AuthorityRequest) -> HttpResponse:
    """What is kept about whoever asks, and how to ask to be erased."""
    officers = officers_of(request.authority, request.authority.today(request.now))
    page = about_me_page(request.authority, request.user, officers)
    return render_page(request, "exchange/about_me.html", page)


@requires("exchange.own_data")
@limited("own_data", per_minute=10)
def download_about_me(request: AuthorityRequest) -> HttpResponseBase:
    """Everything that is kept about whoever asks, as JSON."""
    pieces = write_tables(tables_about(request.user))
    return download("kept about me", "json", "application/json", pieces)
