from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.db import models
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect

from headway.accounts.access import AuthorityRequest
from headway.core.errors import Message
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.directory.models import Area, Membership, Organisation, Person, Post
from headway.directory.queries.history import HistoryReader
from headway.directory.queries.people import PersonReader

RowT = TypeVar("RowT", bound=models.Model)


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page that is one form."""

    title: Message
    button: Message
    back_href: str
    kicker: Message = ""
    lead: Message = ""


def sent(request: AuthorityRequest) -> QueryDict | None:
    """What a form was sent with, even if it is nothing; None where it is only shown."""
    return request.POST if request.method == "POST" else None


def answer_form(
    request: AuthorityRequest,
    form: PageForm,
    page: FormPage,
    act: Callable[[dict[str, Any]], Any],
    done: Message,
) -> HttpResponse:
    """Show a form, or carry it out and go back with a word about it."""
    if request.method == "POST" and form.carry_out(act):
        messages.success(request, str(done))
        return redirect(page.back_href)
    return render_page(request, "directory/form.html", page, form)


def answer_question(
    request: AuthorityRequest,
    form: PageForm,
    page: ConfirmPage,
    act: Callable[[dict[str, Any]], Any],
    done: Message,
) -> HttpResponse:
    """Ask once before a step that takes something away, then do it."""
    if request.method == "POST" and form.carry_out(act):
        messages.success(request, str(done))
        return redirect(page.back_href)
    return render_page(request, "core/confirm.html", page, form)


def today(request: AuthorityRequest) -> date:
    """The day where the authority is."""
    return request.authority.today(request.now)


def organisation_of(request: AuthorityRequest, key: UUID) -> Organisation:
    """An organisation of this directory, or 404."""
    rows = Organisation.objects.in_authority(request.authority)
    related = ("authority", "area", "parent__merged_into", "merged_into")
    return get_object_or_404(rows.select_related(*related), pk=key)


def person_of(request: AuthorityRequest, key: UUID) -> Person:
    """A person of this directory, or 404."""
    rows = Person.objects.in_authority(request.authority).select_related("merged_into")
    return get_object_or_404(rows, pk=key)


def post_of(request: AuthorityRequest, key: UUID) -> Post:
    """A seat of this directory, or 404."""
    rows = Post.objects.in_authority(request.authority).live().select_related("organisation")
    return get_object_or_404(rows, pk=key)


def role_of(request: AuthorityRequest, key: UUID) -> Membership:
    """A role of this directory, or 404."""
    rows = Membership.objects.in_authority(request.authority).live()
    return get_object_or_404(rows.select_related("organisation", "person", "post"), pk=key)


def area_of(request: AuthorityRequest, key: UUID) -> Area:
    """An area of this directory, or 404."""
    rows = Area.objects.in_authority(request.authority).select_related("parent")
    return get_object_or_404(rows, pk=key)


def other_of(rows: models.QuerySet[RowT], text: str) -> RowT | None:
    """The row that the address names as the other one, or None where it names none."""
    try:
        key = UUID(text)
    except ValueError:
        return None
    return get_object_or_404(rows, pk=key)


def history_reader(request: AuthorityRequest) -> HistoryReader:
    """What whoever asks may see of the history."""
    return HistoryReader(
        values=request.may("directory.view_history_values"),
        private=request.may("directory.view_emails"),
    )


def person_reader(request: AuthorityRequest) -> PersonReader:
    """What whoever asks may see and do with people."""
    return PersonReader(
        today=today(request),
        may_edit=request.may("directory.edit"),
        may_merge=request.may("directory.merge"),
        may_see_email=request.may("directory.view_emails"),
        history=history_reader(request),
    )
