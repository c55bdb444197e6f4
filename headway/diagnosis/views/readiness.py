from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.diagnosis import actions
from headway.diagnosis.forms.readiness import ReadinessForm
from headway.diagnosis.models import Readiness
from headway.diagnosis.queries import readiness as queries
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import WritePage, page_of, posted, row_of, write


@requires("diagnosis.view")
def readiness_list(request: MemberRequest) -> HttpResponse:
    """What is adopted or tried, and what carrying it out still lacks."""
    page = queries.readiness_list(request.initiative, request.reader, request.GET)
    return render_page(request, "diagnosis/readiness.html", page)


@requires("diagnosis.view")
def readiness_csv(request: MemberRequest) -> HttpResponseBase:
    """The same as a table file."""
    rows = list(queries.readiness_rows(request.initiative, request.reader))
    name = f"{request.initiative.title} readiness"
    return csv_download(name, write_rows(queries.HEADING, rows))


@requires("diagnosis.view")
def readiness(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One check."""
    row = row_of(request, Readiness, record_id, "about")
    page = queries.readiness_page(row, request.reader)
    return render_page(request, "initiatives/detail.html", page)


@requires("diagnosis.check")
def check(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say what carrying something out has and what it lacks."""
    about = queries.checkable(request.initiative, request.reader).filter(pk=record_id).first()
    if about is None:
        raise Http404
    before = queries.last_check(request.initiative, request.reader, record_id)
    return write(
        request,
        form=ReadinessForm(posted(request), initial=queries.answers_of(before)),
        act=lambda said: actions.check_readiness(
            by=request.actor,
            initiative=request.initiative,
            about=about,
            note=said.pop("note"),
            answers=said,
        ),
        page=WritePage(
            about.title,
            lead=_("Seven things that carrying it out needs. Nobody has to have all of them."),
            button=_("Keep this check"),
            kicker=_("What carrying it out needs"),
            back_href=page_of(request, "diagnosis:readiness_list"),
        ),
        to=lambda row: page_of(request, "diagnosis:readiness", row.pk),
    )
