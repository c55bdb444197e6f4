from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.pages import render_page
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import WritePage, page_of, posted, revise, row_of, write
from headway.problems import actions, queries
from headway.problems.forms import BaselineForm, GroupForm, StatementForm
from headway.problems.models import AffectedGroup, Baseline, Problem
from headway.problems.views.writing import sourced


@requires("problems.view")
def home(request: MemberRequest) -> HttpResponse:
    """The problem on one page."""
    page = queries.home_page(request.initiative, request.reader)
    return render_page(request, "problems/home.html", page)


@requires("problems.view")
def statement(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """What the problem is, with the evidence and every wording."""
    page = queries.statement_page(row_of(request, Problem, record_id), request.reader)
    return render_page(request, "initiatives/detail.html", page)


@requires("problems.write")
def state_problem(request: MemberRequest) -> HttpResponseBase:
    """Say what the problem is."""
    form = StatementForm(posted(request), initiative=request.initiative)
    return write(
        request,
        form=form,
        act=lambda said: actions.state_problem(
            by=request.actor, initiative=request.initiative, **sourced(request, said)
        ),
        page=WritePage(_("State the problem"), back_href=page_of(request, "problems:home")),
        to=lambda _row: page_of(request, "problems:home"),
    )


@requires("problems.write")
def edit_statement(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word the problem anew."""
    row = row_of(request, Problem, record_id)
    shown = {
        "title": row.record.title,
        "statement": row.statement,
        "place": row.place_id,
        "place_as_said": row.place_as_said,
        "evidence": row.evidence,
    }
    return revise(
        request,
        row=row,
        form=StatementForm(posted(request), initial=shown, initiative=request.initiative),
        act=lambda said: actions.revise_problem(
            by=request.actor, problem=row, **sourced(request, said)
        ),
        title=_("Word the problem anew"),
    )


@requires("problems.view")
def group(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """Who is affected, and how many."""
    page = queries.group_page(row_of(request, AffectedGroup, record_id), request.reader)
    return render_page(request, "initiatives/detail.html", page)


@requires("problems.write")
def add_group(request: MemberRequest) -> HttpResponseBase:
    """Say who is affected."""
    form = GroupForm(posted(request))
    return write(
        request,
        form=form,
        act=lambda said: actions.add_affected_group(
            by=request.actor, initiative=request.initiative, **sourced(request, said)
        ),
        page=WritePage(_("Who is affected?"), back_href=page_of(request, "problems:home")),
        to=lambda _row: page_of(request, "problems:home"),
    )


@requires("problems.write")
def edit_group(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Correct who is affected."""
    row = row_of(request, AffectedGroup, record_id)
    shown = {
        "name": row.name,
        "how_many": row.how_many,
        "how_many_as_said": row.how_many_as_said,
        "when": row.record.when,
        "description": row.description,
    }
    return revise(
        request,
        row=row,
        form=GroupForm(posted(request), initial=shown),
        act=lambda said: actions.revise_affected_group(
            by=request.actor, group=row, **sourced(request, said)
        ),
        title=_("Correct who is affected"),
    )


@requires("problems.view")
def baseline(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """Where a measure starts."""
    page = queries.baseline_page(row_of(request, Baseline, record_id), request.reader)
    return render_page(request, "initiatives/detail.html", page)


@requires("problems.write")
def add_baseline(request: MemberRequest) -> HttpResponseBase:
    """Fix where a measure starts."""
    form = BaselineForm(posted(request))
    return write(
        request,
        form=form,
        act=lambda said: actions.add_baseline(
            by=request.actor, initiative=request.initiative, **sourced(request, said)
        ),
        page=WritePage(
            _("Where do we start?"),
            lead=_("One measure with its number today. Later it shows whether anything moved."),
            back_href=page_of(request, "problems:home"),
        ),
        to=lambda _row: page_of(request, "problems:home"),
    )


@requires("problems.write")
def edit_baseline(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Correct a starting point."""
    row = row_of(request, Baseline, record_id)
    shown = {
        "measure": row.measure_name,
        "value": row.value,
        "unit": row.unit,
        "when": row.record.when,
        "note": row.note,
    }
    return revise(
        request,
        row=row,
        form=BaselineForm(posted(request), initial=shown),
        act=lambda said: actions.revise_baseline(
            by=request.actor, baseline=row, **sourced(request, said)
        ),
        title=_("Correct the starting point"),
    )
