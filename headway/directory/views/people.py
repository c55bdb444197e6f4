from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts.access import AuthorityRequest, requires
from headway.core.pages import render_page
from headway.directory import actions
from headway.directory.forms.lists import SearchForm
from headway.directory.forms.rows import OtherPersonForm, PersonForm
from headway.directory.models import Person
from headway.directory.queries.merge import merge_person_page
from headway.directory.queries.people import people_page, person_page
from headway.directory.views.details import person_details, person_values
from headway.directory.views.gate import (
    FormPage,
    answer_form,
    person_of,
    person_reader,
    send_once,
    sent,
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
def people(request: AuthorityRequest) -> HttpResponse:
    """List and search people."""
    form = SearchForm(request.GET)
    page = people_page(request.authority, form.words, request.GET, person_reader(request))
    return render_page(request, "directory/people.html", page, form, status=200)


@requires("directory.view")
def person(request: AuthorityRequest, person_id: UUID) -> HttpResponse:
    """Show one person with their roles."""
    row = person_of(request, person_id)
    page = person_page(row, request.GET, person_reader(request))
    return render_page(request, "directory/person.html", page)


@requires("directory.edit")
def add_person(request: AuthorityRequest) -> HttpResponse:
    """Add a person."""
    form = PersonForm(sent(request), authority=request.authority)
    sent_to = send_once(
        request,
        form,
        lambda data: actions.add_person(
            by=request.actor, authority=request.authority, details=person_details(data)
        ),
        lambda row: (page_of(row), _("“%(name)s” is in the directory.") % {"name": row}),
        reverse("directory:people"),
    )
    if sent_to:
        return redirect(sent_to)
    page = FormPage(
        title=_("Add a person"),
        button=_("Add the person"),
        back_href=reverse("directory:people"),
        lead=_("Only people with a public role or who work for a partner. No clients."),
    )
    return render_page(request, "directory/form.html", page, form)


@requires("directory.edit")
def edit_person(request: AuthorityRequest, person_id: UUID) -> HttpResponse:
    """Change what is recorded about a person."""
    row = person_of(request, person_id)
    form = PersonForm(
        sent(request),
        authority=request.authority,
        initial=person_values(row),
    )
    page = FormPage(_("Edit %(name)s") % {"name": row.name}, _("Save"), page_of(row))
    return answer_form(
        request,
        form,
        page,
        lambda data: actions.revise_person(
            by=request.actor, person=row, details=person_details(data)
        ),
        _("Saved."),
    )


@requires("directory.edit")
def withdraw_person(request: AuthorityRequest, person_id: UUID) -> HttpResponse:
    """Ask once, then take a person out of the lists."""
    row = person_of(request, person_id)
    what_happens = (
        _("They no longer stand in lists, and nobody can choose them."),
        _("What was recorded with them keeps their name. You can restore them."),
    )
    return answer_withdrawal(
        request,
        row,
        what_happens,
        lambda data: actions.withdraw_person(by=request.actor, person=row, **data),
    )


@requires("directory.edit")
def restore_person(request: AuthorityRequest, person_id: UUID) -> HttpResponse:
    """Ask once, then put a person back."""
    row = person_of(request, person_id)
    return answer_restoring(
        request,
        row,
        (_("They stand in lists again."),),
        lambda _data: actions.restore_person(by=request.actor, person=row),
    )


@requires("directory.merge")
def merge_person(request: AuthorityRequest, person_id: UUID) -> HttpResponse:
    """Show two rows side by side, ask once, then let one count as the other."""
    row = person_of(request, person_id)
    asked = Merging(
        row=row,
        others=Person.objects.in_authority(request.authority).exclude(pk=row.pk),
        url_name="directory:merge_person",
        page=merge_person_page,
        form=OtherPersonForm,
        merge=lambda into, data: actions.merge_person(
            by=request.actor, person=row, into=into, **data
        ),
    )
    return answer_merging(request, asked)


@requires("directory.merge")
def unmerge_person(request: AuthorityRequest, person_id: UUID) -> HttpResponse:
    """Ask once, then let a person's row stand for itself again."""
    row = person_of(request, person_id)
    return answer_unmerging(
        request,
        row,
        (_("The row stands for itself again, with the roles recorded in it."),),
        lambda _data: actions.unmerge_person(by=request.actor, person=row),
    )
