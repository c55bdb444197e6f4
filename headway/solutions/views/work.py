"""Ideas and recommendations."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives import kinds
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import (
    CONFIRM,
    WritePage,
    add_unless_alike,
    page_of,
    posted,
    row_of,
    write,
)
from headway.initiatives.queries.similar import AlikePage, alike
from headway.solutions import actions
from headway.solutions.forms.work import AuthorsForm, IdeaForm, MoveForm, OwnerForm, SolutionForm
from headway.solutions.models import CoAuthor, Solution
from headway.solutions.models.solution import STEPS
from headway.solutions.queries import board
from headway.solutions.queries.drafters import must_draft
from headway.solutions.queries.solution import open_vote_on, solution_page, vote_notice

RELATED = (
    "record__initiative__authority",
    "owner__merged_into",
    "owner_post__organisation",
    "forum__record",
)


def solution_row(request: MemberRequest, record_id: UUID) -> Solution:
    """An idea or recommendation of this initiative that the reader may open; else 404."""
    return row_of(request, Solution, record_id, *RELATED)


def drafted_row(request: MemberRequest, record_id: UUID) -> Solution:
    """One that the member may work on; 403 where others draft it."""
    row = solution_row(request, record_id)
    must_draft(row, request.reader)
    return row


def solution_href(request: MemberRequest, row: Solution) -> str:
    """The page of an idea or recommendation."""
    return page_of(request, "solutions:solution", row.pk)


@requires("solutions.view")
def home(request: MemberRequest) -> HttpResponse:
    """The board: ideas and recommendations by state."""
    page = board.board_page(request.initiative, request.reader)
    return render_page(request, "solutions/home.html", page)


@requires("solutions.view")
def solutions(request: MemberRequest) -> HttpResponse:
    """Ideas and recommendations as a list."""
    page = board.list_page(request.initiative, request.reader, request.GET)
    return render_page(request, "solutions/solutions.html", page)


@requires("solutions.view")
def solutions_csv(request: MemberRequest) -> HttpResponseBase:
    """The list as a table file."""
    rows = board.solution_rows(request.initiative, request.reader, request.GET)
    name = f"{request.initiative.title} recommendations"
    return csv_download(name, write_rows(board.HEADING, rows))


@requires("solutions.view")
def solution(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One idea or recommendation, all of it on one page."""
    page = solution_page(solution_row(request, record_id), request.reader)
    return render_page(request, "solutions/solution.html", page)


@requires("solutions.propose")
def bring_idea(request: MemberRequest) -> HttpResponseBase:
    """Bring an idea."""
    form = IdeaForm(posted(request), authority=request.authority)
    page = WritePage(
        _("Bring an idea"),
        lead=_("Anybody who takes part may. It becomes a recommendation once somebody drafts it."),
        button=_("Bring it"),
        back_href=page_of(request, "solutions:home"),
    )
    return add_unless_alike(
        request,
        kind=Solution.RECORD_KIND,
        field="title",
        similar="solutions:similar",
        form=form,
        act=lambda said: actions.bring_idea(
            by=request.actor, initiative=request.initiative, **said
        ),
        page=page,
    )


@requires("solutions.propose")
def similar(request: MemberRequest, kind: str) -> HttpResponse:
    """What resembles the idea that somebody is typing; a part of the form's page."""
    if kind != Solution.RECORD_KIND:
        raise Http404
    found = alike(request.initiative, request.reader, kind, request.GET.get("title", ""))
    page = AlikePage(kinds.label(kind), found)
    return render_page(request, "initiatives/parts/alike.html", page)


@requires("solutions.draft")
def start_recommendation(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Begin to draft a recommendation out of an idea."""
    row = drafted_row(request, record_id)
    href = solution_href(request, row)
    happens = (
        _("It moves from the ideas to what is being drafted. Its text and authors stay."),
        _(
            "If something will have to be bought competitively, say so in the draft: whoever writes"
            " how it must be built may not be allowed to bid."
        ),
    )
    page = ConfirmPage(_("Draft a recommendation from it"), happens, _("Begin to draft"), href)
    return write(
        request,
        form=PageForm(posted(request)),
        act=lambda _said: actions.start_recommendation(by=request.actor, solution=row),
        page=page,
        to=lambda _done: href,
        template=CONFIRM,
    )


@requires("solutions.draft")
def edit_solution(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word it anew; every version is kept."""
    row = drafted_row(request, record_id)
    names = ("text", "expects", "cost", "currency", "cost_note", "bought")
    shown = {"title": row.record.title, **{name: getattr(row, name) for name in names}}
    notice = vote_notice(open_vote_on(row))
    href = solution_href(request, row)
    page = WritePage(_("Change the wording"), notice, kicker=row.record.title, back_href=href)
    return write(
        request,
        form=SolutionForm(posted(request), initial=shown),
        act=lambda said: actions.revise_solution(by=request.actor, solution=row, **said),
        page=page,
        to=lambda _done: href,
        row=row,
    )


@requires("solutions.draft")
def name_owner(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say which organisation answers for it, and which seat."""
    row = drafted_row(request, record_id)
    href = solution_href(request, row)
    shown = {"owner": row.owner, "post": row.owner_post}
    return write(
        request,
        form=OwnerForm(posted(request), authority=request.authority, initial=shown),
        act=lambda said: actions.name_owner(by=request.actor, solution=row, **said),
        page=WritePage(_("Name who answers for it"), kicker=row.record.title, back_href=href),
        to=lambda _done: href,
    )


@requires("solutions.draft")
def credit_authors(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Name organisations that draft it too."""
    row = drafted_row(request, record_id)
    href = solution_href(request, row)
    return write(
        request,
        form=AuthorsForm(posted(request), authority=request.authority),
        act=lambda said: actions.credit_authors(by=request.actor, solution=row, **said),
        page=WritePage(_("Who drafts it too?"), kicker=row.record.title, back_href=href),
        to=lambda _done: href,
    )


@requires("solutions.draft")
def end_authorship(request: MemberRequest, author_id: UUID) -> HttpResponseBase:
    """Note that an organisation drafts no longer; its credit stays."""
    mine = CoAuthor.objects.filter(
        solution__record__initiative=request.initiative,
        solution__record__visibility__in=request.reader.readers,
        solution__record__withdrawn_at=None,
    )
    related = ("solution__record__initiative__stream", "organisation")
    author = get_object_or_404(mine.select_related(*related), pk=author_id)
    must_draft(author.solution, request.reader)
    href = solution_href(request, author.solution)
    happens = _("%(organisation)s drafts it no longer. That it did stays on the page.") % {
        "organisation": author.organisation.name
    }
    return write(
        request,
        form=PageForm(posted(request)),
        act=lambda _said: actions.end_authorship(by=request.actor, author=author),
        page=ConfirmPage(_("No longer drafts it"), (happens,), _("Note it"), href),
        to=lambda _done: href,
        template=CONFIRM,
    )


@requires("solutions.lead")
def move_solution(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say what became of it."""
    row = solution_row(request, record_id)
    href = solution_href(request, row)
    following = STEPS[row.state]
    states = [state for state in Solution.State.values if state in following]

    def move(said: dict[str, Any]) -> bool:
        return actions.move_solution(by=request.actor, solution=row, **said)

    return write(
        request,
        form=MoveForm(posted(request), states=states),
        act=move,
        page=WritePage(_("What became of it?"), kicker=row.record.title, back_href=href),
        to=lambda _done: href,
    )
