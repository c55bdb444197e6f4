"""Taking a row out of the directory and putting it back, and letting two rows count as one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts.access import AuthorityRequest
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.directory.forms.pickers import DirectoryForm
from headway.directory.forms.rows import OptionalReasonForm, ReasonForm
from headway.directory.models import Organisation, Person
from headway.directory.queries.merge import MergePage
from headway.directory.views.gate import answer_question, other_of, sent

RowT = TypeVar("RowT", Organisation, Person)
Act = Callable[[dict[str, Any]], object]


def page_of(row: Organisation | Person) -> str:
    """Where an organisation or a person is shown."""
    kind = "organisation" if isinstance(row, Organisation) else "person"
    return reverse(f"directory:{kind}", args=[row.pk])


def answer_withdrawal(
    request: AuthorityRequest, row: Organisation | Person, what_happens: tuple[str, ...], act: Act
) -> HttpResponse:
    """Ask for the reason, then take a row out of the lists."""
    page = ConfirmPage(
        title=_("Withdraw %(name)s") % {"name": row.name},
        what_happens=what_happens,
        button=_("Withdraw"),
        back_href=page_of(row),
    )
    return answer_question(request, ReasonForm(sent(request)), page, act, _("Withdrawn."))


def answer_restoring(
    request: AuthorityRequest, row: Organisation | Person, what_happens: tuple[str, ...], act: Act
) -> HttpResponse:
    """Ask once, then put a row back."""
    page = ConfirmPage(
        title=_("Restore %(name)s") % {"name": row.name},
        what_happens=what_happens,
        button=_("Restore"),
        back_href=page_of(row),
    )
    return answer_question(request, PageForm(sent(request)), page, act, _("Restored."))


def answer_unmerging(
    request: AuthorityRequest, row: Organisation | Person, what_happens: tuple[str, ...], act: Act
) -> HttpResponse:
    """Ask once, then let a row stand for itself again."""
    page = ConfirmPage(
        title=_("Undo the merge of %(name)s") % {"name": row.name},
        what_happens=what_happens,
        button=_("Undo the merge"),
        back_href=page_of(row),
    )
    done = _("It stands for itself again.")
    return answer_question(request, PageForm(sent(request)), page, act, done)


@dataclass(frozen=True)
class Merging(Generic[RowT]):
    """A row that shall count as another one of its kind.

    Attributes:
        row: the row that would count as the other.
        others: the rows that it may count as.
        url_name: the page of the question.
        page: the two side by side, or a choice where there is no other yet.
        form: asks which one is the other.
        merge: lets the row count as the other, given that one and the reason.

    """

    row: RowT
    others: QuerySet[RowT]
    url_name: str
    page: Callable[[RowT, RowT | None], MergePage]
    form: type[DirectoryForm]
    merge: Callable[[RowT, dict[str, Any]], object]


def answer_merging(request: AuthorityRequest, asked: Merging[RowT]) -> HttpResponse:
    """Show two rows side by side, ask once, then let one count as the other."""
    into = other_of(asked.others, request.GET.get("into", ""))
    if into is None:
        return _choose_other(request, asked)
    form = OptionalReasonForm(sent(request))
    if request.method == "POST" and form.carry_out(lambda data: asked.merge(into, data)):
        messages.success(request, _("They count as one now."))
        return redirect(page_of(into))
    return render_page(request, "directory/merge.html", asked.page(asked.row, into), form)


def _choose_other(request: AuthorityRequest, asked: Merging[RowT]) -> HttpResponse:
    """Ask which one is the same, by name or out of those that come near."""
    form = asked.form(request.GET or None, authority=request.authority)
    if form.is_bound and form.is_valid() and form.cleaned_data["other"]:
        other = form.cleaned_data["other"]
        if other.pk != asked.row.pk:
            return redirect(f"{reverse(asked.url_name, args=[asked.row.pk])}?into={other.pk}")
        form.add_error("other", _("Choose another one: this is the one you began with."))
    return render_page(request, "directory/merge.html", asked.page(asked.row, None), form)
