from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.access import AuthorityRequest, requires
from headway.accounts.kept import typed_in
from headway.core.pages import ConfirmPage, render_page
from headway.exchange import actions
from headway.exchange.forms import ReasonForm, RedactForm
from headway.exchange.queries.redactable import redactable_fields
from headway.exchange.views.asked import record_in
from headway.initiatives.models import Record

EXPUNGE = gettext_lazy("Expunge this record")
REDACT = gettext_lazy("Blacken words in this record")


def _back(record: Record) -> str:
    return reverse("exchange:record", args=[record.pk])


@requires("exchange.expunge")
def expunge(request: AuthorityRequest, record_id: UUID) -> HttpResponseBase:
    """Remove everything that a record says, for good."""
    record = record_in(request, record_id)
    form = ReasonForm(typed_in(request))
    if form.carry_out(lambda said: actions.expunge_record(by=request.actor, record=record, **said)):
        messages.success(request, _("The record was expunged."))
        return redirect(_back(record))
    happens = (
        _("“%s” loses everything it says: title, texts, translations, files.") % record.title,
        _("Older versions and what the log says about it go as well."),
        _("That it was there, and who removed it when and why, stays."),
        _("Nobody can bring it back. A restored backup forgets it as well."),
    )
    page = ConfirmPage(EXPUNGE, happens, EXPUNGE, _back(record))
    return render_page(request, "core/confirm.html", page, form)


@requires("exchange.expunge")
def redact(request: AuthorityRequest, record_id: UUID) -> HttpResponseBase:
    """Replace words of a record by ███ wherever they are kept."""
    record = record_in(request, record_id)
    form = RedactForm(
        typed_in(request),
        fields=redactable_fields(record),
        initial={"passage": request.GET.get("passage", "")},
    )

    def blacken(said: dict[str, Any]) -> object:
        field = said.pop("field")
        chosen = [field] if field else []
        return actions.redact(by=request.actor, record=record, fields=chosen, **said)

    if form.carry_out(blacken):
        messages.success(request, _("The words were blackened."))
        return redirect(_back(record))
    happens = (
        _("The words become ███ in the text, in its older versions and in translations."),
        _("What the log said about that text is removed."),
        _("Nobody can bring them back. Files stay as they are."),
    )
    page = ConfirmPage(REDACT, happens, REDACT, _back(record))
    return render_page(request, "core/confirm.html", page, form)
