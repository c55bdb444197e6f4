from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.pages import ConfirmPage, render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.forms import WithdrawForm
from headway.initiatives.pages.write import (
    CONFIRM,
    WritePage,
    page_of,
    posted,
    revise,
    row_of,
    write,
)
from headway.problems import actions, queries
from headway.problems.forms import FacetForm, HoldForm
from headway.problems.models import Facet, FacetHolder
from headway.problems.views.writing import sourced


@requires("problems.view")
def facets(request: MemberRequest) -> HttpResponse:
    """Parts of the problem by what organisations bring to them."""
    page = queries.facets_page(request.initiative, request.reader, request.GET)
    return render_page(request, "problems/facets.html", page)


@requires("problems.view")
def facets_csv(request: MemberRequest) -> HttpResponseBase:
    """Parts and holders as a table file."""
    rows = queries.facet_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} parts of the problem"
    return csv_download(name, write_rows(queries.FACET_HEADING, rows))


@requires("problems.view")
def facet(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One part of the problem and who can speak to it."""
    page = queries.facet_page(row_of(request, Facet, record_id), request.reader)
    return render_page(request, "problems/facet.html", page)


@requires("problems.write")
def add_facet(request: MemberRequest) -> HttpResponseBase:
    """Name a part of the problem."""
    form = FacetForm(posted(request))
    return write(
        request,
        form=form,
        act=lambda said: actions.add_facet(
            by=request.actor, initiative=request.initiative, **sourced(request, said)
        ),
        page=WritePage(
            _("Name a part of the problem"), back_href=page_of(request, "problems:facets")
        ),
        to=lambda row: page_of(request, "problems:facet", row.pk),
    )


@requires("problems.write")
def edit_facet(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word a part of the problem anew."""
    row = row_of(request, Facet, record_id)
    shown = {
        "name": row.name,
        "description": row.description,
    }
    return revise(
        request,
        row=row,
        form=FacetForm(posted(request), initial=shown),
        act=lambda said: actions.revise_facet(
            by=request.actor, facet=row, **sourced(request, said)
        ),
        title=_("Word this part anew"),
    )


@requires("problems.write")
def hold_facet(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say what an organisation brings to a part of the problem."""
    row = row_of(request, Facet, record_id)
    href = page_of(request, "problems:facet", row.pk)

    def hold(said: dict[str, Any]) -> None:
        for kind in said.pop("kinds"):
            actions.hold_facet(by=request.actor, facet=row, kind=kind, **said)

    return write(
        request,
        form=HoldForm(posted(request), initiative=request.initiative),
        act=hold,
        page=WritePage(_("Who can speak to this part?"), kicker=row.name, back_href=href),
        to=lambda _done: href,
    )


@requires("problems.write")
def release_facet(request: MemberRequest, holder_id: UUID) -> HttpResponseBase:
    """Take back what an organisation brings, with the reason."""
    mine = FacetHolder.objects.live().filter(
        facet__record__initiative=request.initiative,
        facet__record__visibility__in=request.reader.readers,
    )
    holder = get_object_or_404(mine.select_related("facet__record", "organisation"), pk=holder_id)
    href = page_of(request, "problems:facet", holder.facet_id)
    consequence = _("%(organisation)s no longer stands for %(kind)s of “%(facet)s”.") % {
        "organisation": holder.organisation.name,
        "kind": holder.get_kind_display(),
        "facet": holder.facet.name,
    }
    page = ConfirmPage(_("Take this back"), (consequence,), _("Take it back"), href)
    return write(
        request,
        form=WithdrawForm(posted(request)),
        act=lambda said: actions.release_facet(by=request.actor, holder=holder, **said),
        page=page,
        to=lambda _done: href,
        template=CONFIRM,
    )
