from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts.access import AuthorityRequest, requires
from headway.core.pages import ConfirmPage, render_page
from headway.directory import actions
from headway.directory.forms.lists import SearchForm
from headway.directory.forms.rows import AreaForm, ReasonForm
from headway.directory.queries.areas import area_page, areas_page
from headway.directory.views.details import area_details, area_values
from headway.directory.views.gate import (
    FormPage,
    answer_form,
    answer_question,
    area_of,
    history_reader,
    sent,
)


@requires("directory.view")
def areas(request: AuthorityRequest) -> HttpResponse:
    """List and search areas."""
    form = SearchForm(request.GET)
    may_edit = request.may("directory.edit")
    page = areas_page(request.authority, form.words, request.GET, may_edit=may_edit)
    return render_page(request, "directory/areas.html", page, form, status=200)


@requires("directory.view")
def area(request: AuthorityRequest, area_id: UUID) -> HttpResponse:
    """Show one area with what lies in it."""
    page = area_page(
        area_of(request, area_id),
        request.GET,
        history_reader(request),
        may_edit=request.may("directory.edit"),
    )
    return render_page(request, "directory/area.html", page)


@requires("directory.edit")
def add_area(request: AuthorityRequest) -> HttpResponse:
    """Add an area."""
    page = FormPage(_("Add an area"), _("Add the area"), reverse("directory:areas"))
    return answer_form(
        request,
        AreaForm(sent(request), authority=request.authority),
        page,
        lambda data: actions.add_area(
            by=request.actor, authority=request.authority, details=area_details(data)
        ),
        _("Added."),
    )


@requires("directory.edit")
def edit_area(request: AuthorityRequest, area_id: UUID) -> HttpResponse:
    """Change what is recorded about an area."""
    row = area_of(request, area_id)
    form = AreaForm(
        sent(request),
        authority=request.authority,
        initial=area_values(row),
    )
    page = FormPage(
        _("Edit %(name)s") % {"name": row.name},
        _("Save"),
        reverse("directory:area", args=[row.pk]),
    )
    return answer_form(
        request,
        form,
        page,
        lambda data: actions.revise_area(by=request.actor, area=row, details=area_details(data)),
        _("Saved."),
    )


@requires("directory.edit")
def withdraw_area(request: AuthorityRequest, area_id: UUID) -> HttpResponse:
    """Ask once, then take an area out of the lists."""
    row = area_of(request, area_id)
    page = ConfirmPage(
        title=_("Withdraw %(name)s") % {"name": row.name},
        what_happens=(_("Nobody can choose it any more."),),
        button=_("Withdraw"),
        back_href=reverse("directory:areas"),
    )
    return answer_question(
        request,
        ReasonForm(sent(request)),
        page,
        lambda data: actions.withdraw_area(by=request.actor, area=row, **data),
        _("Withdrawn."),
    )
