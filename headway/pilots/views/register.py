from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives.access import MemberRequest, requires
from headway.pilots.queries import register


@requires("pilots.view")
def home(request: MemberRequest) -> HttpResponse:
    """What was tried in the initiative."""
    page = register.register_page(request.initiative, request.reader, request.GET)
    return render_page(request, "pilots/home.html", page)


@requires("pilots.view")
def export(request: MemberRequest) -> HttpResponseBase:
    """The same as a table file."""
    rows = register.register_rows(request.initiative, request.reader)
    name = _("%s tests and pilots") % request.initiative.title
    return csv_download(name, write_rows(register.HEADING, rows))
