"""What every form does: one action in one transaction, once, and nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast
from uuid import UUID

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts.access import AuthorityRequest
from headway.accounts.kept import typed_in
from headway.core.errors import Message
from headway.core.forms import KEY, FormKeyField, PageForm, form_mark, words_of
from headway.core.pages import ConfirmPage, render_page
from headway.initiatives import kinds
from headway.initiatives.access import MemberRequest
from headway.initiatives.actions import answered, once, withdraw_record
from headway.initiatives.forms import SeenForm, WithdrawForm
from headway.initiatives.models import Record, StageModel, StageQuerySet
from headway.initiatives.queries.similar import Alike, alike

RowT = TypeVar("RowT", bound=StageModel)
CONFIRM = "core/confirm.html"


@dataclass(frozen=True)
class Newest:
    """What a field says now, beside what somebody was about to make of it."""

    field: str
    now: str
    typed: str


@dataclass(frozen=True)
class WritePage:
    """A page that is one form, with what has to be settled first; `initiatives/write.html`."""

    title: Message
    lead: Message = ""
    button: Message = ""
    kicker: Message = ""
    back_href: str = ""
    upload: bool = False
    asks_alike: bool = False
    alike: tuple[Alike, ...] = ()
    newest: tuple[Newest, ...] = ()


def posted(request: AuthorityRequest) -> QueryDict | None:
    """What was sent or typed before signing in, or None where the page is only asked for."""
    return typed_in(request)


def page_of(request: MemberRequest, name: str, *args: object) -> str:
    """The address of a page of the initiative by its full name, like `problems:home`."""
    return reverse(name, args=[request.initiative.slug, *args])


def row_of(request: MemberRequest, model: type[RowT], record_id: UUID, *related: str) -> RowT:
    """A row of this initiative that the reader may open; else 404.

    What was withdrawn opens only for those who may read the history.
    """
    rows = cast("StageQuerySet[RowT]", model._default_manager.all())
    found = request.reader.readable(rows.in_initiative(request.initiative))
    return get_object_or_404(
        found.select_related(
            "record__initiative__stream",
            "record__organisation__merged_into",
            "record__author",
            "record__source",
            *related,
        ),
        pk=record_id,
    )


def write(
    request: AuthorityRequest,
    *,
    form: PageForm,
    act: Callable[[dict[str, Any]], Any],
    page: Any,
    to: Callable[[Any], str],
    row: StageModel | None = None,
    like: Callable[[dict[str, Any]], tuple[Alike, ...]] | None = None,
    template: str = "initiatives/write.html",
) -> HttpResponseBase:
    """Carry the form out in one transaction and go on, or show what to mend.

    The same form sent twice is carried out once and answered alike. What somebody else changed
    meanwhile is shown beside what was typed.

    Args:
        request: the page's request.
        form: what people fill in.
        act: the action, given the cleaned values.
        page: what stands around the form.
        to: where to go on, given what the action made.
        row: the row that is changed; its form's first values say what it holds now.
        like: finds what resembles the values, to ask before it is recorded twice.
        template: the page's template.

    """
    _prepare(form, row)
    mark = form_mark(request)
    before = answered(mark)
    if before:
        return redirect(before)
    newest, resembling = _newest(form, row), _resembling(request, form, like)
    if newest:
        form.add_error(None, _("Somebody changed this while you wrote. Compare, then save again."))
    elif not resembling and form.carry_out(
        lambda said: once(by=request.actor, mark=mark, act=lambda: act(_without_key(said)), to=to)
    ):
        return redirect(form.result)
    if isinstance(page, WritePage):
        page = replace(page, newest=newest, alike=resembling, asks_alike=like is not None)
    return render_page(request, template, page, form, status=422 if resembling else None)


def revise(
    request: MemberRequest,
    *,
    row: StageModel,
    form: SeenForm,
    act: Callable[[dict[str, Any]], Any],
    title: Message,
) -> HttpResponseBase:
    """Change a record, then show it; where somebody else wrote meanwhile both stand there."""
    href = kinds.href(row.record, request.initiative.slug)
    page = WritePage(title, kicker=row.record.title, back_href=href)
    return write(request, form=form, act=act, page=page, to=lambda _done: href, row=row)


def add_unless_alike(
    request: MemberRequest,
    *,
    kind: str,
    field: str,
    similar: str,
    form: PageForm,
    act: Callable[[dict[str, Any]], Any],
    page: WritePage,
) -> HttpResponseBase:
    """Add a record; what resembles one that stands is asked about first, nothing typed lost.

    Args:
        request: the page's request.
        kind: the kind of record to compare with.
        field: the field whose words are compared.
        similar: the page that answers the browser while somebody types, like `problems:similar`.
        form: what people fill in.
        act: the action, given the cleaned values.
        page: what stands around the form.

    """
    _watch(form, field, page_of(request, similar, kind))

    def to(row: StageModel) -> str:
        return kinds.href(row.record, request.initiative.slug)

    def like(said: dict[str, Any]) -> tuple[Alike, ...]:
        return alike(request.initiative, request.reader, kind, said[field])

    return write(request, form=form, act=act, page=page, to=to, like=like)


def withdraw(
    request: MemberRequest,
    record: Record,
    title: Message,
    back: str,
    after: str,
    *,
    act: Callable[[dict[str, Any]], object] | None = None,
) -> HttpResponseBase:
    """Ask once, then take a record back with the reason; `act` where more goes with it."""

    def alone(said: dict[str, Any]) -> None:
        withdraw_record(by=request.actor, record=record, **said)

    consequence = _("“%s” leaves every list. It stays readable in the history.") % record.title
    return write(
        request,
        form=WithdrawForm(posted(request)),
        act=act or alone,
        page=ConfirmPage(title, (consequence,), title, back),
        to=lambda _done: after,
        template=CONFIRM,
    )


def _prepare(form: PageForm, row: StageModel | None) -> None:
    """Give the form its key, and note how often the row was changed before it is filled in."""
    form.fields[KEY] = FormKeyField()
    if row is not None:
        form.initial.setdefault("seen", row.record.revision)
    elif "seen" not in form.initial and not form.data.get("seen"):
        form.fields.pop("seen", None)


def _without_key(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name != KEY}


def _newest(form: PageForm, row: StageModel | None) -> tuple[Newest, ...]:
    """The fields that say something else now, where the row was changed meanwhile."""
    if row is None or not isinstance(form, SeenForm) or not form.is_bound:
        return ()
    if not form.catch_up(row.record.revision):
        return ()
    form.full_clean()
    shown = []
    for bound in form.visible_fields():
        now = words_of(bound, bound.initial)
        typed = words_of(bound, form.cleaned_data.get(bound.name, bound.data))
        if now != typed:
            shown.append(Newest(str(bound.label), now, typed))
    return tuple(shown)


def _resembling(
    request: AuthorityRequest,
    form: PageForm,
    like: Callable[[dict[str, Any]], tuple[Alike, ...]] | None,
) -> tuple[Alike, ...]:
    asked = like is not None and request.method == "POST" and "another" not in request.POST
    if not asked or like is None or not form.is_valid():
        return ()
    return like(form.cleaned_data)


def _watch(form: PageForm, field: str, href: str) -> None:
    """Let the browser ask for near-duplicates while a field is filled in."""
    form.fields[field].widget.attrs |= {
        "hx-get": href,
        "hx-trigger": "input changed delay:400ms",
        "hx-target": "#alike",
        "hx-swap": "innerHTML",
        "hx-sync": "this:replace",
    }
