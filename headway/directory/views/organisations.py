from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts.access import AuthorityRequest, requires
from headway.core.errors import Refusals
from headway.core.forms import KEY, FormKeyField
from headway.core.pages import render_page
from headway.directory import actions
from headway.directory.forms.lists import OrganisationFilterForm
from headway.directory.forms.rows import (
    NewOrganisationForm,
    OrganisationForm,
    OtherOrganisationForm,
)
from headway.directory.models import Organisation, Source
from headway.directory.queries.merge import merge_page
from headway.directory.queries.organisation import OrganisationReader, organisation_page
from headway.directory.queries.organisations import organisations_page
from headway.directory.queries.similar import similar_organisations
from headway.directory.views.details import organisation_details, organisation_values
from headway.directory.views.gate import (
    FormPage,
    answer_form,
    history_reader,
    organisation_of,
    send_once,
    sent,
    sent_before,
    today,
)
from headway.directory.views.turning import (
    Merging,
    answer_merging,
    answer_restoring,
    answer_unmerging,
    answer_withdrawal,
    page_of,
)


@requires("directory.view")
def organisations(request: AuthorityRequest) -> HttpResponse:
    """List and search organisations."""
    form = OrganisationFilterForm(request.GET)
    page = organisations_page(
        request.authority,
        form.wanted(),
        request.GET,
        may_edit=request.may("directory.edit"),
        may_import=request.may("directory.import"),
    )
    return render_page(request, "directory/organisations.html", page, form, status=200)


@requires("directory.view")
def organisation(request: AuthorityRequest, organisation_id: UUID) -> HttpResponse:
    """Show one organisation."""
    reader = OrganisationReader(
        today=today(request),
        may_edit=request.may("directory.edit"),
        may_merge=request.may("directory.merge"),
        history=history_reader(request),
    )
    row = organisation_of(request, organisation_id)
    page = organisation_page(row, request.GET, reader)
    return render_page(request, "directory/organisation.html", page)


@requires("directory.edit")
def similar(request: AuthorityRequest) -> HttpResponse:
    """Organisations of a similar name, for the part of the page that follows the typing."""
    page = similar_organisations(request.authority, request.GET.get("name", "")[:250])
    return render(request, "directory/parts/similar.html", {"similar": page})


@requires("directory.edit")
def add_organisation(request: AuthorityRequest) -> HttpResponse:
    """Add an organisation, unless one of a similar name is meant."""
    form = NewOrganisationForm(sent(request), authority=request.authority)
    near = similar_organisations(request.authority, request.POST.get("name", "")[:250])
    if before := sent_before(request):
        return redirect(before)
    form.fields[KEY] = FormKeyField()
    asked = request.method == "POST" and form.is_valid()
    if asked and near.found and not form.cleaned_data["is_another"]:
        form.offer_similar()
    elif asked:
        sent_to = send_once(
            request,
            form,
            lambda data: _add(request, data),
            lambda row: (page_of(row), _("“%(name)s” is in the directory.") % {"name": row}),
            reverse("directory:organisations"),
        )
        if sent_to:
            return redirect(sent_to)
    status = 422 if form.errors else 200
    context = {"page": None, "form": form, "similar": near}
    return render(request, "directory/organisation_form.html", context, status=status)


@transaction.atomic
def _add(request: AuthorityRequest, data: dict[str, Any]) -> Organisation:
    return actions.add_organisation(
        by=request.actor,
        authority=request.authority,
        details=organisation_details(data),
        source=_source(request, data["source"] or data["source_url"], data["source_url"]),
    )


def _source(request: AuthorityRequest, title: str, url: str) -> Source | None:
    if not title.strip():
        return None
    try:
        return actions.record_source(
            by=request.actor, authority=request.authority, title=title, url=url
        )
    except Refusals as refusals:
        fields = {"title": "source", "url": "source_url"}
        raise Refusals(
            {fields.get(field, field): why for field, why in refusals.by_field.items()}
        ) from None


@requires("directory.edit")
def edit_organisation(request: AuthorityRequest, organisation_id: UUID) -> HttpResponse:
    """Change what is recorded about an organisation."""
    row = organisation_of(request, organisation_id)
    form = OrganisationForm(
        sent(request), authority=request.authority, initial=organisation_values(row)
    )
    page = FormPage(_("Edit %(name)s") % {"name": row.name}, _("Save"), page_of(row))
    return answer_form(
        request,
        form,
        page,
        lambda data: actions.revise_organisation(
            by=request.actor, organisation=row, details=organisation_details(data)
        ),
        _("Saved."),
    )


@requires("directory.edit")
def withdraw_organisation(request: AuthorityRequest, organisation_id: UUID) -> HttpResponse:
    """Ask once, then take an organisation out of the lists."""
    row = organisation_of(request, organisation_id)
    what_happens = (
        _("It no longer stands in lists, and nobody can choose it."),
        _("What was recorded with it keeps its name. You can restore it."),
    )
    return answer_withdrawal(
        request,
        row,
        what_happens,
        lambda data: actions.withdraw_organisation(by=request.actor, organisation=row, **data),
    )


@requires("directory.edit")
def restore_organisation(request: AuthorityRequest, organisation_id: UUID) -> HttpResponse:
    """Ask once, then put an organisation back."""
    row = organisation_of(request, organisation_id)
    return answer_restoring(
        request,
        row,
        (_("It stands in lists again, under the name it had."),),
        lambda _data: actions.restore_organisation(by=request.actor, organisation=row),
    )


@requires("directory.merge")
def merge(request: AuthorityRequest, organisation_id: UUID) -> HttpResponse:
    """Show two organisations side by side, ask once, then let one count as the other."""
    row = organisation_of(request, organisation_id)
    rows = Organisation.objects.in_authority(request.authority).exclude(pk=row.pk)
    asked = Merging(
        row=row,
        others=rows.select_related("area", "parent"),
        url_name="directory:merge",
        page=merge_page,
        form=OtherOrganisationForm,
        merge=lambda into, data: actions.merge_organisation(
            by=request.actor, organisation=row, into=into, **data
        ),
    )
    return answer_merging(request, asked)


@requires("directory.merge")
def unmerge(request: AuthorityRequest, organisation_id: UUID) -> HttpResponse:
    """Ask once, then let an organisation stand for itself again."""
    row = organisation_of(request, organisation_id)
    return answer_unmerging(
        request,
        row,
        (_("It stands for itself again, with all that was recorded under its name."),),
        lambda _data: actions.unmerge_organisation(by=request.actor, organisation=row),
    )
