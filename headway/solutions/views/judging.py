"""Declared interests, and criteria by which evaluators judge."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import WritePage, page_of, posted, revise, row_of, write
from headway.solutions import actions
from headway.solutions.forms.beside import CriterionForm, InterestForm, JudgeForm
from headway.solutions.models import Criterion, CriterionScore, Interest, Solution
from headway.solutions.queries import criteria as criteria_queries
from headway.solutions.queries import interests as interest_queries
from headway.solutions.queries.support import support_in
from headway.solutions.views.work import solution_href, solution_row


@requires("solutions.view")
def interests(request: MemberRequest) -> HttpResponse:
    """Every declared interest."""
    page = interest_queries.interests_page(request.initiative, request.reader, request.GET)
    return render_page(request, "solutions/interests.html", page)


@requires("solutions.view")
def interests_csv(request: MemberRequest) -> HttpResponseBase:
    """The same as a table file."""
    rows = interest_queries.interest_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} interests"
    return csv_download(name, write_rows(interest_queries.INTEREST_HEADING, rows))


@requires("solutions.view")
def interest(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One declared interest."""
    page = interest_queries.interest_page(_interest(request, record_id), request.reader)
    return render_page(request, "initiatives/detail.html", page)


def _interest(request: MemberRequest, record_id: UUID) -> Interest:
    row = row_of(request, Interest, record_id, "solution__record", "organisation__merged_into")
    if row.solution.record.visibility not in request.reader.readers:
        raise Http404
    return row


@requires("solutions.declare_interest")
def declare_interest(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Declare what one's own organisation would gain or lose."""
    row = solution_row(request, record_id)
    href = solution_href(request, row)
    voices = interest_queries.may_declare_for(request.initiative, request.reader, request.today)
    lead = _("Everybody who reads the recommendation reads this, before and after the vote.")
    return write(
        request,
        form=InterestForm(posted(request), voices=voices),
        act=lambda said: actions.declare_interest(by=request.actor, solution=row, **said),
        page=WritePage(_("Declare an interest"), lead, kicker=row.record.title, back_href=href),
        to=lambda _made: href,
    )


@requires("solutions.declare_interest")
def edit_interest(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say it anew, or take part in the vote after all."""
    row = _interest(request, record_id)
    shown = {"text": row.text, "recused": row.recused}
    return revise(
        request,
        row=row,
        form=InterestForm(posted(request), initial=shown, voices=None),
        act=lambda said: actions.revise_interest(by=request.actor, interest=row, **said),
        title=_("Change this declaration"),
    )


@requires("solutions.view")
def criteria(request: MemberRequest) -> HttpResponse:
    """The criteria, and every recommendation beside its scores and its votes."""
    support = support_in(request.initiative, request.reader)
    page = criteria_queries.criteria_page(request.initiative, request.reader, request.GET, support)
    return render_page(request, "solutions/criteria.html", page)


@requires("solutions.view")
def scores_csv(request: MemberRequest) -> HttpResponseBase:
    """Every score as a table file."""
    rows = criteria_queries.score_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} scores"
    return csv_download(name, write_rows(criteria_queries.SCORE_HEADING, rows))


@requires("solutions.view")
def criterion(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One criterion."""
    page = criteria_queries.criterion_page(row_of(request, Criterion, record_id), request.reader)
    return render_page(request, "initiatives/detail.html", page)


@requires("solutions.lead")
def add_criterion(request: MemberRequest) -> HttpResponseBase:
    """Name one thing by which recommendations are judged."""
    return write(
        request,
        form=CriterionForm(posted(request)),
        act=lambda said: actions.add_criterion(
            by=request.actor, initiative=request.initiative, **said
        ),
        page=WritePage(_("Add a criterion"), back_href=page_of(request, "solutions:criteria")),
        to=lambda _made: page_of(request, "solutions:criteria"),
    )


@requires("solutions.lead")
def edit_criterion(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Change a criterion; scores given before keep standing beside it."""
    row = row_of(request, Criterion, record_id)
    shown = {"title": row.record.title, "text": row.text, "weight": row.weight}
    return revise(
        request,
        row=row,
        form=CriterionForm(posted(request), initial=shown),
        act=lambda said: actions.revise_criterion(by=request.actor, criterion=row, **said),
        title=_("Change this criterion"),
    )


@requires("solutions.score")
def score(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Judge a recommendation by name, criterion by criterion, with the reason."""
    row = solution_row(request, record_id)
    href = solution_href(request, row)
    found = criteria_queries.visible_criteria(request.initiative, request.reader)
    given = CriterionScore.objects.filter(solution=row, member=request.reader.member_id)
    form = JudgeForm(posted(request), criteria=found, given=given)

    def judge(_said: dict[str, Any]) -> Solution:
        for criterion_, points, because in form.said():
            actions.score(
                by=request.actor,
                solution=row,
                criterion=criterion_,
                points=points,
                because=because,
            )
        return row

    return write(
        request,
        form=form,
        act=judge,
        page=WritePage(
            _("Judge this recommendation"),
            lead=_("Your name and your reasons stand beside the points."),
            kicker=row.record.title,
            back_href=href,
        ),
        to=lambda _done: href,
    )
