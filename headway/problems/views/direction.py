"""Where the initiative wants to go, and what is done already."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import (
    WritePage,
    add_unless_alike,
    page_of,
    posted,
    revise,
    row_of,
    write,
)
from headway.problems import actions, queries
from headway.problems.forms import EffortForm, TurnForm, VisionLineForm
from headway.problems.models import Effort, EffortState, VisionLine
from headway.problems.views.writing import sourced


@requires("problems.view")
def vision(request: MemberRequest) -> HttpResponse:
    """What success looks like, in order."""
    page = queries.vision_page(request.initiative, request.reader)
    return render_page(request, "problems/vision.html", page)


@requires("problems.view")
def vision_line(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One line of the vision."""
    page = queries.vision_line_page(row_of(request, VisionLine, record_id), request.reader)
    return render_page(request, "initiatives/detail.html", page)


@requires("problems.write")
def add_vision_line(request: MemberRequest) -> HttpResponseBase:
    """Add a line of what success looks like."""
    form = VisionLineForm(posted(request), initial={"scope": VisionLine.Scope.IN})
    return write(
        request,
        form=form,
        act=lambda said: actions.add_vision_line(
            by=request.actor, initiative=request.initiative, **said
        ),
        page=WritePage(
            _("What will be so when it works?"), back_href=page_of(request, "problems:vision")
        ),
        to=lambda _row: page_of(request, "problems:vision"),
    )


@requires("problems.write")
def edit_vision_line(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word a line anew."""
    row = row_of(request, VisionLine, record_id)
    shown = {"text": row.text, "scope": row.scope}
    return revise(
        request,
        row=row,
        form=VisionLineForm(posted(request), initial=shown),
        act=lambda said: actions.revise_vision_line(by=request.actor, line=row, **said),
        title=_("Word this line anew"),
    )


@requires("problems.rank")
@require_POST
def move_vision_line(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Move a line up or down by one."""
    row = row_of(request, VisionLine, record_id)
    actions.move_vision_line(by=request.actor, line=row, up=request.POST.get("way") == "up")
    return redirect(f"{page_of(request, 'problems:vision')}#line-{row.pk}")


@requires("problems.view")
def efforts(request: MemberRequest) -> HttpResponse:
    """What is done about the problem already."""
    page = queries.efforts_page(request.initiative, request.reader, request.GET)
    return render_page(request, "problems/efforts.html", page)


@requires("problems.view")
def efforts_csv(request: MemberRequest) -> HttpResponseBase:
    """The efforts as a table file."""
    rows = queries.effort_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} efforts"
    return csv_download(name, write_rows(queries.EFFORT_HEADING, rows))


@requires("problems.view")
def effort(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One thing that is done already."""
    page = queries.effort_page(row_of(request, Effort, record_id), request.reader)
    return render_page(request, "initiatives/detail.html", page)


@requires("problems.write")
def add_effort(request: MemberRequest) -> HttpResponseBase:
    """Register what somebody already does."""
    form = EffortForm(posted(request), initiative=request.initiative)
    page = WritePage(
        _("Register what is done already"),
        lead=_("Before something new starts: what do others do about the problem?"),
        back_href=page_of(request, "problems:efforts"),
    )
    return add_unless_alike(
        request,
        kind=Effort.RECORD_KIND,
        field="title",
        similar="problems:similar",
        form=form,
        act=lambda said: actions.record_effort(
            by=request.actor, initiative=request.initiative, **sourced(request, said)
        ),
        page=page,
    )


@requires("problems.write")
def edit_effort(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Correct what is known about an effort."""
    row = row_of(request, Effort, record_id)
    shown = {
        "title": row.record.title,
        "organisation": row.organisation_id,
        "what": row.what,
        "since": row.record.when,
        "website": row.website,
    }
    return revise(
        request,
        row=row,
        form=EffortForm(posted(request), initial=shown, initiative=request.initiative),
        act=lambda said: actions.revise_effort(
            by=request.actor, effort=row, **sourced(request, said)
        ),
        title=_("Correct what is known about this"),
    )


@requires("problems.write")
def turn_effort(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Note that an effort has ended, or goes on again."""
    row = row_of(request, Effort, record_id)
    running = row.state == EffortState.RUNNING
    turn = actions.end_effort if running else actions.resume_effort
    href = page_of(request, "problems:effort", row.pk)
    title = _("This effort has ended") if running else _("This effort goes on again")
    return write(
        request,
        form=TurnForm(posted(request)),
        act=lambda said: turn(by=request.actor, effort=row, **said),
        page=WritePage(title, kicker=row.record.title, back_href=href),
        to=lambda _done: href,
    )
