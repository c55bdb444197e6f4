from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.commitments.queries import lists, progress
from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives.access import MemberRequest, requires


@requires("commitments.view")
def home(request: MemberRequest) -> HttpResponse:
    """The promises of the initiative."""
    page = lists.promises_page(request.initiative, request.reader, request.GET)
    return render_page(request, "commitments/home.html", page)


@requires("commitments.view")
def export(request: MemberRequest) -> HttpResponseBase:
    """The promises that the filters leave, as a table file."""
    asked = lists.Asked.of(request.GET, request.reader)
    rows = lists.promise_rows(request.initiative, request.reader, asked)
    name = _("%s promises") % request.initiative.title
    return csv_download(name, write_rows(lists.HEADING, rows))


@requires("commitments.view")
def progress_page(request: MemberRequest) -> HttpResponse:
    """What became of the promises, for everybody."""
    page = progress.progress_page(request.initiative, request.reader, request.GET)
    return render_page(request, "commitments/progress.html", page)


@requires("commitments.view")
def progress_export(request: MemberRequest) -> HttpResponseBase:
    """The same as a table file."""
    rows = progress.progress_rows(request.initiative, request.reader)
    name = _("%s progress") % request.initiative.title
    return csv_download(name, write_rows(progress.HEADING, rows))
