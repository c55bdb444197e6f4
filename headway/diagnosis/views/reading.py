from uuid import UUID

from django.http import HttpResponse, HttpResponseBase

from headway.core.downloads import csv_download
from headway.core.errors import RuleError
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.diagnosis.forms import ViewForm
from headway.diagnosis.models import ConditionStatement, Move, Threshold
from headway.diagnosis.queries import behind, conditions, leadership, leave, moves, thresholds
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import row_of


@requires("diagnosis.view")
def leadership_page(request: MemberRequest) -> HttpResponse:
    """How the initiative is led, what depends on one, and which move would help."""
    asked = ViewForm(request.GET, request.today)
    page = leadership.leadership_page(request.initiative, request.reader, **asked.asked())
    return render_page(request, "diagnosis/leadership.html", page, asked)


@requires("diagnosis.stand")
def conditions_page(request: MemberRequest) -> HttpResponse:
    """The eight conditions; visitors see those that are met."""
    asked = ViewForm(request.GET, request.today)
    page = conditions.conditions_page(request.initiative, request.reader, **asked.asked())
    return render_page(request, "diagnosis/conditions.html", page, asked)


@requires("diagnosis.stand")
def evidence(request: MemberRequest, name: str) -> HttpResponse:
    """The records behind a figure."""
    asked = ViewForm(request.GET, request.today)
    page = behind.behind_page(
        request.initiative, request.reader, name, request.GET, **asked.asked()
    )
    return render_page(request, "diagnosis/evidence.html", page, asked)


@requires("diagnosis.stand")
def evidence_csv(request: MemberRequest, name: str) -> HttpResponseBase:
    """The records behind a figure as a table file."""
    asked = ViewForm(request.GET, request.today)
    view = asked.asked()
    if asked.refusals:
        raise RuleError(" ".join(asked.refusals))
    rows = list(behind.behind_rows(request.initiative, request.reader, name, **view))
    title = f"{request.initiative.title} {name}"
    return csv_download(title, write_rows(behind.HEADING, rows))


@requires("diagnosis.view")
def leave_page(request: MemberRequest, holder: UUID) -> HttpResponse:
    """What would break if an organization left."""
    asked = ViewForm(request.GET, request.today)
    page = leave.leave_page(request.initiative, request.reader, str(holder), **asked.asked())
    return render_page(request, "diagnosis/leave.html", page, asked)


@requires("diagnosis.view")
def moves_page(request: MemberRequest) -> HttpResponse:
    """Next moves taken and declined, and what followed."""
    page = moves.moves_page(request.initiative, request.reader, request.GET)
    return render_page(request, "diagnosis/list.html", page)


@requires("diagnosis.view")
def moves_csv(request: MemberRequest) -> HttpResponseBase:
    """The same as a table file."""
    rows = moves.move_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} next moves"
    return csv_download(name, write_rows(moves.HEADING, rows))


@requires("diagnosis.view")
def move(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One answer to a next move."""
    row = row_of(request, Move, record_id, "about")
    return render_page(request, "initiatives/detail.html", moves.move_page(row, request.reader))


@requires("diagnosis.view")
def thresholds_page(request: MemberRequest) -> HttpResponse:
    """Every threshold with its argument."""
    page = thresholds.thresholds_page(request.initiative, request.reader, request.GET)
    return render_page(request, "diagnosis/list.html", page)


@requires("diagnosis.view")
def thresholds_csv(request: MemberRequest) -> HttpResponseBase:
    """The same as a table file."""
    rows = thresholds.threshold_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} thresholds"
    return csv_download(name, write_rows(thresholds.HEADING, rows))


@requires("diagnosis.view")
def threshold(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One threshold as somebody set it."""
    row = row_of(request, Threshold, record_id)
    page = thresholds.threshold_page(row, request.reader)
    return render_page(request, "initiatives/detail.html", page)


@requires("diagnosis.stand")
def stated(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """What somebody stated of a condition."""
    row = row_of(request, ConditionStatement, record_id)
    page = thresholds.stated_page(row, request.reader)
    return render_page(request, "initiatives/detail.html", page)
