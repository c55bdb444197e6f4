from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts.access import AuthorityRequest, requires
from headway.core.pages import ConfirmPage, render_page
from headway.directory import actions
from headway.directory.forms.rows import (
    EndRoleForm,
    PostForm,
    ReasonForm,
    RoleForm,
    RoleOfSomebodyForm,
    RoleSomewhereForm,
)
from headway.directory.models import Membership, Organisation, Person, Source
from headway.directory.queries.role import role_page
from headway.directory.queries.roles import role_words
from headway.directory.views.details import post_details, post_values, role_details, role_values
from headway.directory.views.gate import (
    FormPage,
    answer_form,
    answer_question,
    organisation_of,
    person_of,
    post_of,
    role_of,
    sent,
)


def _home(organisation: Organisation) -> str:
    return reverse("directory:organisation", args=[organisation.pk])


def _source(request: AuthorityRequest, title: str) -> Source | None:
    if not title.strip():
        return None
    return actions.record_source(by=request.actor, authority=request.authority, title=title)


@requires("directory.edit")
def add_role(request: AuthorityRequest, organisation_id: UUID) -> HttpResponse:
    """Record somebody's role in an organisation."""
    row = organisation_of(request, organisation_id)
    form = RoleOfSomebodyForm(sent(request), authority=request.authority, organisation=row)
    page = FormPage(
        title=_("Add somebody to %(name)s") % {"name": row.name},
        button=_("Add the role"),
        back_href=_home(row),
    )
    return answer_form(
        request, form, page, lambda data: _add_somebody(request, row, data), _("Added.")
    )


@transaction.atomic
def _add_somebody(
    request: AuthorityRequest, organisation: Organisation, data: dict[str, Any]
) -> Membership:
    person: Person = data["person"] or actions.add_person(
        by=request.actor,
        authority=request.authority,
        details=actions.PersonDetails(data["new_person"]),
    )
    return _add_role(request, person, organisation, data)


@transaction.atomic
def _add_role(
    request: AuthorityRequest, person: Person, organisation: Organisation, data: dict[str, Any]
) -> Membership:
    return actions.add_membership(
        by=request.actor,
        person=person,
        organisation=organisation,
        details=role_details(data),
        source=_source(request, data["source"]),
    )


@requires("directory.edit")
def add_role_of_person(request: AuthorityRequest, person_id: UUID) -> HttpResponse:
    """Record a role of a person in an organisation typed by name."""
    row = person_of(request, person_id)
    form = RoleSomewhereForm(sent(request), authority=request.authority)
    page = FormPage(
        title=_("Add a role of %(name)s") % {"name": row.name},
        button=_("Add the role"),
        back_href=reverse("directory:person", args=[row.pk]),
    )
    return answer_form(
        request,
        form,
        page,
        lambda data: _add_role(request, row, data["organisation"], data),
        _("Added."),
    )


@requires("directory.edit")
def role(request: AuthorityRequest, role_id: UUID) -> HttpResponse:
    """Show one role and what can be done with it; changing it is the form."""
    row = role_of(request, role_id)
    form = RoleForm(
        sent(request),
        authority=request.authority,
        organisation=row.organisation,
        initial=role_values(row),
    )
    done = request.method == "POST" and form.carry_out(
        lambda data: actions.revise_membership(
            by=request.actor,
            membership=row,
            details=role_details(data, actions.RoleDetails.of(row)),
        )
    )
    return render_page(request, "directory/role.html", role_page(row, saved=done), form)


@requires("directory.edit")
def end_role(request: AuthorityRequest, role_id: UUID) -> HttpResponse:
    """Record when a role ended."""
    row = role_of(request, role_id)
    names = {"person": row.person.name, "role": role_words(row)}
    page = FormPage(
        title=_("End: %(person)s, %(role)s") % names,
        button=_("Record the end"),
        back_href=_home(row.organisation),
        lead=_("The role stays in the history of the organization."),
    )
    return answer_form(
        request,
        EndRoleForm(sent(request)),
        page,
        lambda data: actions.end_membership(by=request.actor, membership=row, **data),
        _("The end is recorded."),
    )


@requires("directory.edit")
def withdraw_role(request: AuthorityRequest, role_id: UUID) -> HttpResponse:
    """Ask once, then take back a role that was recorded wrongly."""
    row = role_of(request, role_id)
    names = {"person": row.person.name, "role": role_words(row)}
    page = ConfirmPage(
        title=_("Withdraw: %(person)s, %(role)s") % names,
        what_happens=(
            _("The role is no longer shown. Do this only where it was never true."),
            _("A role that is over has an end instead."),
        ),
        button=_("Withdraw"),
        back_href=_home(row.organisation),
    )
    return answer_question(
        request,
        ReasonForm(sent(request)),
        page,
        lambda data: actions.withdraw_membership(by=request.actor, membership=row, **data),
        _("Withdrawn."),
    )


@requires("directory.edit")
def add_post(request: AuthorityRequest, organisation_id: UUID) -> HttpResponse:
    """Add a seat to an organisation."""
    row = organisation_of(request, organisation_id)
    page = FormPage(
        title=_("Add a seat to %(name)s") % {"name": row.name},
        button=_("Add the seat"),
        back_href=_home(row),
        lead=_("A seat stands whether or not somebody holds it: a chair, Ward 3, a sponsor."),
    )
    return answer_form(
        request,
        PostForm(sent(request), organisation=row),
        page,
        lambda data: actions.add_post(
            by=request.actor, organisation=row, details=post_details(data)
        ),
        _("Added."),
    )


@requires("directory.edit")
def post(request: AuthorityRequest, post_id: UUID) -> HttpResponse:
    """Change a seat."""
    row = post_of(request, post_id)
    form = PostForm(
        sent(request),
        organisation=row.organisation,
        initial=post_values(row),
    )
    page = FormPage(
        title=_("Seat: %(name)s") % {"name": row.label},
        button=_("Save"),
        back_href=_home(row.organisation),
        kicker=row.organisation.name,
    )
    return answer_form(
        request,
        form,
        page,
        lambda data: actions.revise_post(by=request.actor, post=row, details=post_details(data)),
        _("Saved."),
    )


@requires("directory.edit")
def withdraw_post(request: AuthorityRequest, post_id: UUID) -> HttpResponse:
    """Ask once, then take back a seat that nobody is recorded in."""
    row = post_of(request, post_id)
    page = ConfirmPage(
        title=_("Withdraw the seat %(name)s") % {"name": row.label},
        what_happens=(_("The seat is no longer shown. A seat that was abolished has an end."),),
        button=_("Withdraw"),
        back_href=_home(row.organisation),
    )
    return answer_question(
        request,
        ReasonForm(sent(request)),
        page,
        lambda data: actions.withdraw_post(by=request.actor, post=row, **data),
        _("Withdrawn."),
    )
