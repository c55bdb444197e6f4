from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.pages import ConfirmPage, render_page
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import (
    CONFIRM,
    WritePage,
    add_unless_alike,
    page_of,
    posted,
    revise,
    row_of,
    write,
)
from headway.problems import actions, queries
from headway.problems.forms import DecideForm, FramingForm
from headway.problems.models import Framing
from headway.problems.views.writing import own, sourced


@requires("problems.view")
def framings(request: MemberRequest) -> HttpResponse:
    """The ways to see the problem side by side."""
    page = queries.framings_page(request.initiative, request.reader, request.GET)
    return render_page(request, "problems/framings.html", page)


@requires("problems.view")
def framing(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One way to see the problem."""
    page = queries.framing_page(row_of(request, Framing, record_id), request.reader)
    return render_page(request, "initiatives/detail.html", page)


def _form(request: MemberRequest, shown: dict[str, Any]) -> FramingForm:
    return FramingForm(
        posted(request),
        initial=shown,
        initiative=request.initiative,
        reader=request.reader,
        today=request.today,
    )


@requires("problems.speak")
def add_framing(request: MemberRequest) -> HttpResponseBase:
    """Open a way to see the problem."""
    form = _form(request, {"came_from": request.GET.get("from")})

    def propose(said: dict[str, Any]) -> Framing:
        said = sourced(request, said)
        opener = said.pop("came_from")
        return actions.propose_framing(
            by=request.actor,
            initiative=request.initiative,
            came_from=[opener] if opener else [],
            **said,
        )

    page = WritePage(
        _("Open another way to see it"),
        lead=_("It stands beside the others until one is adopted, and stays readable after that."),
        back_href=page_of(request, "problems:framings"),
    )
    return add_unless_alike(
        request,
        kind=Framing.RECORD_KIND,
        field="title",
        similar="problems:similar",
        form=form,
        act=propose,
        page=page,
    )


@requires("problems.speak")
def edit_framing(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word a way to see the problem anew."""
    row = row_of(request, Framing, record_id)
    own(request, row.record)
    shown = {"title": row.record.title, "text": row.text}
    return revise(
        request,
        row=row,
        form=_form(request, shown).for_editing(),
        act=lambda said: actions.revise_framing(
            by=request.actor, framing=row, **sourced(request, said)
        ),
        title=_("Word this way to see it anew"),
    )


@requires("problems.adopt")
def adopt(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Adopt one way to see the problem, with the reason."""
    row = row_of(request, Framing, record_id)
    consequences = (
        _("“%(title)s” becomes the way this initiative sees the problem.")
        % {"title": row.record.title},
        _("The one adopted before is set aside and stays readable."),
    )
    page = ConfirmPage(
        _("Adopt this way to see the problem"),
        consequences,
        _("Adopt it"),
        page_of(request, "problems:framing", row.pk),
    )
    return write(
        request,
        form=DecideForm(posted(request)),
        act=lambda said: actions.adopt_framing(by=request.actor, framing=row, **said),
        page=page,
        to=lambda _done: page.back_href,
        template=CONFIRM,
    )


@requires("problems.adopt")
def set_aside(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Set one way to see the problem aside, with the reason."""
    row = row_of(request, Framing, record_id)
    page = ConfirmPage(
        _("Set this way to see the problem aside"),
        (_("It stays readable, with the reason, and can be adopted later."),),
        _("Set it aside"),
        page_of(request, "problems:framing", row.pk),
    )
    return write(
        request,
        form=DecideForm(posted(request)),
        act=lambda said: actions.set_framing_aside(by=request.actor, framing=row, **said),
        page=page,
        to=lambda _done: page.back_href,
        template=CONFIRM,
    )
