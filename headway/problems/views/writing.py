"""What every form about the problem does: one action in one transaction, and nothing typed lost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.forms import PageForm
from headway.core.pages import render_page
from headway.initiatives import kinds
from headway.initiatives.access import MemberRequest
from headway.initiatives.actions import versions_of
from headway.initiatives.forms import SeenForm
from headway.initiatives.models import Record, StageModel, StageQuerySet
from headway.problems import actions, queries
from headway.problems.queries.parts import may_take_back, text_words

RowT = TypeVar("RowT", bound=StageModel)


@dataclass(frozen=True)
class Newest:
    """What a text says now, beside what somebody was about to make of it."""

    field: str
    now: str
    typed: str


@dataclass(frozen=True)
class WritePage:
    """A page that is one form, with what has to be settled before it is saved."""

    title: Message
    lead: Message = ""
    button: Message = ""
    kicker: str = ""
    back_href: str = ""
    alike: tuple[queries.Alike, ...] = ()
    newest: tuple[Newest, ...] = ()


def posted(request: MemberRequest) -> Any:
    """What was sent, or None where the page is only asked for."""
    return request.POST if request.method == "POST" else None


def page_of(request: MemberRequest, name: str, *args: object) -> str:
    """The address of a page of the problem."""
    return reverse(f"problems:{name}", args=[request.initiative.slug, *args])


def row_of(request: MemberRequest, model: type[RowT], record_id: UUID) -> RowT:
    """A row of this initiative that the reader may see, withdrawn or not; else 404."""
    rows = cast("StageQuerySet[RowT]", model._default_manager.all())
    seen = rows.in_initiative(request.initiative).visible_to(request.reader.readers)
    return get_object_or_404(
        seen.select_related(
            "record__initiative__stream",
            "record__organisation__merged_into",
            "record__author",
            "record__source",
        ),
        pk=record_id,
    )


def own(request: MemberRequest, record: Record) -> None:
    """Go on only where the record is the reader's, or the reader leads."""
    if not may_take_back(record, request.reader):
        raise PermissionDenied


def with_sources(request: MemberRequest, said: dict[str, Any]) -> dict[str, Any]:
    """What was said, its named sources turned into the directory's."""
    named = actions.named_sources(
        by=request.actor, initiative=request.initiative, named=said["sources"]
    )
    return {**said, "sources": named}


def write(
    request: MemberRequest,
    *,
    form: PageForm,
    act: Callable[[dict[str, Any]], Any],
    page: WritePage,
    to: Callable[[Any], str],
) -> HttpResponseBase:
    """Carry the form out in one transaction and go on, or show what to mend."""

    def in_one(said: dict[str, Any]) -> Any:
        with transaction.atomic():
            return act(with_sources(request, said) if "sources" in said else said)

    if form.carry_out(in_one):
        return redirect(to(form.result))
    return render_page(request, "problems/form.html", page, form)


def revise(
    request: MemberRequest,
    *,
    row: StageModel,
    form: SeenForm,
    act: Callable[[dict[str, Any]], Any],
    title: Message,
) -> HttpResponseBase:
    """Change a record; where somebody else wrote meanwhile both wordings are shown."""
    record = row.record
    href = kinds.href(record, request.initiative.slug)
    page = WritePage(title, kicker=record.title, back_href=href)
    if form.is_bound and form.is_valid() and form.catch_up(versions_of(record)):
        page = replace(page, newest=_newest(row, form))
        form.add_error(None, _("Somebody changed this while you wrote. Compare, then save again."))
        return render_page(request, "problems/form.html", page, form)
    return write(request, form=form, act=act, page=page, to=lambda _done: href)


def _newest(row: StageModel, form: SeenForm) -> tuple[Newest, ...]:
    shown = []
    for field in row.TEXTS:
        now, typed = str(getattr(row, field)), str(form.cleaned_data.get(field, ""))
        if now != typed:
            shown.append(Newest(text_words(field), now, typed))
    return tuple(shown)


def add_unless_alike(
    request: MemberRequest,
    *,
    kind: str,
    field: str,
    form: PageForm,
    act: Callable[[dict[str, Any]], Any],
    page: WritePage,
) -> HttpResponseBase:
    """Add a record; what resembles one that stands is asked about first, nothing typed lost."""
    watch(request, form, kind, field)
    alike = _alike(request, kind, field, form)
    if alike:
        page = replace(page, alike=alike)
        return render_page(request, "problems/form.html", page, form, status=422)

    def to(row: StageModel) -> str:
        return kinds.href(row.record, request.initiative.slug)

    return write(request, form=form, act=act, page=page, to=to)


def _alike(
    request: MemberRequest, kind: str, field: str, form: PageForm
) -> tuple[queries.Alike, ...]:
    if not form.is_bound or "another" in request.POST or not form.is_valid():
        return ()
    text = form.cleaned_data[field]
    return queries.alike(request.initiative, request.reader, kind, text)


def watch(request: MemberRequest, form: PageForm, kind: str, field: str) -> None:
    """Let the browser ask for near-duplicates while a field is filled in."""
    form.fields[field].widget.attrs |= {
        "hx-get": page_of(request, "similar", kind),
        "hx-trigger": "input changed delay:400ms",
        "hx-target": "#alike",
        "hx-swap": "innerHTML",
        "hx-sync": "this:replace",
    }
