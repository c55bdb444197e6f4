"""How a page is answered: one template, one dataclass, one form."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from headway.core.errors import Message
from headway.core.typed import TypedBefore


def render_page(
    request: HttpRequest,
    template: str,
    page: Any,
    form: BaseForm | None = None,
    status: int | None = None,
) -> HttpResponse:
    """The page as HTML; status 422 where what was sent in the form was refused."""
    sent = form is not None and form.is_bound and not isinstance(form.data, TypedBefore)
    refused = sent and form is not None and bool(form.errors)
    return render(
        request,
        template,
        {"page": page, "form": form},
        status=status or (422 if refused else 200),
    )


@dataclass(frozen=True)
class ConfirmPage:
    """One question before a step that takes something away; shown by `core/confirm.html`."""

    title: Message
    what_happens: tuple[Message, ...]
    button: Message
    back_href: str
