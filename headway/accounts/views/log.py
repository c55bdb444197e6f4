from django.http import HttpResponse, HttpResponseBase

from headway.accounts.access import AuthorityRequest, requires
from headway.accounts.formats.log_csv import write_log
from headway.accounts.forms import LogFilterForm
from headway.accounts.limits import limited
from headway.accounts.queries.log import LogFilter, log_lines, log_page
from headway.accounts.views.gate import permissions_of
from headway.core.downloads import csv_download
from headway.core.pages import render_page


def _wanted(form: LogFilterForm) -> LogFilter:
    """What the filter asks for; what cannot be read counts as not asked."""
    form.is_valid()
    asked = {key: value for key, value in form.cleaned_data.items() if value}
    return LogFilter(**asked)


@requires("accounts.log")
def log(request: AuthorityRequest) -> HttpResponse:
    """Who did what to people and settings."""
    form = LogFilterForm(request.GET)
    page = log_page(
        authority=request.authority,
        wanted=_wanted(form),
        may=permissions_of(request),
        params=request.GET,
    )
    return render_page(request, "accounts/log.html", page, form)


@requires("accounts.log")
@limited("log_export", per_minute=10)
def log_export(request: AuthorityRequest) -> HttpResponseBase:
    """The same as CSV, streamed, so that any number of events arrives."""
    lines = log_lines(request.authority, _wanted(LogFilterForm(request.GET)))
    return csv_download("log", write_log(lines))
