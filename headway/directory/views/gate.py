from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.db import models
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect

from headway.accounts.access import AuthorityRequest
from headway.accounts.kept import typed_in
from headway.core.errors import Message
from headway.core.forms import KEY, FormKeyField, PageForm, form_mark
from headway.core.pages import ConfirmPage, render_page
from headway.directory.models import Area, Membership, Organisation, Person, Post
from headway.directory.queries.history import HistoryReader
from headway.directory.queries.people import PersonReader

RowT = TypeVar("RowT", bound=models.Model)
# A second of the same form comes within seconds, at the most when a phone is back on line.
KEPT = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page that is one form."""

    title: Message
    button: Message
    back_href: str
    kicker: Message = ""
    lead: Message = ""


def sent(request: AuthorityRequest) -> QueryDict | None:
    """What a form was sent with, or was to be before signing in; None where it is only shown."""
    return typed_in(request)


def _kept(mark: str) -> str:
    return f"directory-form-{mark}"


def sent_before(request: AuthorityRequest) -> str:
    """Where the sender of this very form was led when it was carried out; else empty."""
    mark = form_mark(request) if request.method == "POST" else ""
    return str(cache.get(_kept(mark), "")) if mark else ""


def send_once(
    request: AuthorityRequest,
    form: PageForm,
    act: Callable[[dict[str, Any]], Any],
    to: Callable[[Any], tuple[str, Message]],
    meanwhile: str,
) -> str:
    """Carry a form out, the same one sent twice only once; answer where its sender goes on.

    It is empty where the form is only shown, or something is to be mended first.

    Args:
        request: what came.
        form: what people fill in; it gets a hidden key.
        act: the action, given the cleaned values.
        to: the address and the word about it, given what the action made.
        meanwhile: where a second one goes on while the first is carried out.

    """
    form.fields[KEY] = FormKeyField()
    if request.method != "POST":
        return ""
    mark = form_mark(request)
    kept = _kept(mark)
    if mark and not cache.add(kept, meanwhile, KEPT):
        return sent_before(request) or meanwhile
    done = form.carry_out(
        lambda said: act({name: value for name, value in said.items() if name != KEY})
    )
    if not done:
        cache.delete(kept)
        return ""
    address, words = to(form.result)
    messages.success(request, str(words))
    if mark:
        cache.set(kept, address, KEPT)
    return address


def answer_form(
    request: AuthorityRequest,
    form: PageForm,
    page: FormPage,
    act: Callable[[dict[str, Any]], Any],
    done: Message,
) -> HttpResponse:
    """Show a form, or carry it out and go back with a word about it."""
    sent_to = send_once(request, form, act, lambda _made: (page.back_href, done), page.back_href)
    return redirect(sent_to) if sent_to else render_page(request, "directory/form.html", page, form)


def answer_question(
    request: AuthorityRequest,
    form: PageForm,
    page: ConfirmPage,
    act: Callable[[dict[str, Any]], Any],
    done: Message,
) -> HttpResponse:
    """Ask once before a step that takes something away, then do it."""
    sent_to = send_once(request, form, act, lambda _made: (page.back_href, done), page.back_href)
    return redirect(sent_to) if sent_to else render_page(request, "core/confirm.html", page, form)


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
