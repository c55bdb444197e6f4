from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from headway.core.downloads import csv_download
from headway.core.errors import RuleError
from headway.core.pages import render_page
from headway.directory.formats.table import write_rows
from headway.directory.models import Organisation
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.actions import versions_of
from headway.partners import actions, queries
from headway.partners.forms import ContactForm
from headway.partners.models import Contact, Partner
from headway.partners.models.partner import COUNTED_AS
from headway.partners.views import texts
from headway.partners.views.gate import EditPage, as_key, newest, sent, withdraw
from headway.partners.views.partners import find_partner


def _address(request: MemberRequest, name: str, *ids: object) -> str:
    return reverse(f"partners:{name}", args=[request.initiative.slug, *ids])


def _contact(request: MemberRequest, record_id: UUID) -> Contact:
    found = Contact.objects.in_initiative(request.initiative).visible_to(request.reader.readers)
    full = found.select_related("record__initiative__stream", "record__source")
    return get_object_or_404(full, pk=record_id)


def _may_change(request: MemberRequest, contact: Contact) -> bool:
    """Whether the person logged it, or runs the initiative."""
    author = contact.record.author_id
    return request.may("partners.write") or (
        request.may("partners.log_contact") and author == request.reader.member_id
    )


def _must_change(request: MemberRequest, contact: Contact) -> None:
    if not _may_change(request, contact):
        raise PermissionDenied


def _organisations(request: MemberRequest) -> Any:
    partners = Partner.of_initiative(request.initiative).values(counted_as=COUNTED_AS)
    return Organisation.objects.filter(pk__in=partners).order_by("name")


@requires("partners.contacts")
def contacts(request: MemberRequest) -> HttpResponse:
    """The contact log."""
    key = as_key(request.GET.get("partner", ""))
    partner = find_partner(request, key) if key else None
    page = queries.contacts_page(request.initiative, request.reader, request.GET, partner)
    return render_page(request, "partners/contacts.html", page)


@requires("partners.contacts")
def export(request: MemberRequest) -> StreamingHttpResponse:
    """The contact log as a file."""
    shown = request.GET.get("shown", "")
    rows = queries.contact_rows(request.initiative, request.reader, shown)
    return csv_download(
        f"{request.initiative.title} contacts", write_rows(queries.CONTACT_HEADING, rows)
    )


@requires("partners.contacts")
def contact(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One contact."""
    found = _contact(request, record_id)
    page = queries.contact_page(found, request.reader, own=_may_change(request, found))
    return render_page(request, "partners/contact.html", page)


@requires("partners.log_contact")
def log(request: MemberRequest) -> HttpResponseBase:
    """Log a contact."""
    key = as_key(request.GET.get("partner", ""))
    named = [find_partner(request, key).organisation.canonical_pk] if key else []
    shown = {"when": request.today.isoformat(), "organisations": named}
    form = ContactForm(sent(request), initial=shown, organisations=_organisations(request))

    def carry(said: dict[str, Any]) -> Contact:
        said.pop("seen")
        return actions.log_contact(by=request.actor, initiative=request.initiative, **said)

    if form.carry_out(carry):
        return redirect(_address(request, "contact", form.result.pk))
    page = EditPage(texts.LOG_CONTACT, back_href=_address(request, "contacts"))
    return render_page(request, "partners/form.html", page, form)


@requires("partners.log_contact")
def edit(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Correct what was logged."""
    found = _contact(request, record_id)
    _must_change(request, found)
    named = found.organisations.select_related("organisation")
    shown = {
        "kind": found.kind,
        "when": found.record.when,
        "text": found.text,
        "organisations": [row.organisation.canonical_pk for row in named],
        "next_step": found.next_step,
        "next_step_by": found.next_step_by,
        "seen": versions_of(found.record),
    }
    form = ContactForm(sent(request), initial=shown, organisations=_organisations(request))
    back = _address(request, "contact", found.pk)
    if form.carry_out(lambda said: actions.revise_contact(by=request.actor, contact=found, **said)):
        return redirect(back)
    page = EditPage(
        texts.EDIT_CONTACT,
        kicker=found.record.title,
        back_href=back,
        newest=newest(form, found, {"text": form.fields["text"].label or ""}),
    )
    return render_page(request, "partners/form.html", page, form)


@requires("partners.log_contact")
def withdraw_contact(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take a contact back."""
    found = _contact(request, record_id)
    _must_change(request, found)
    back = _address(request, "contact", found.pk)
    after = _address(request, "contacts")
    return withdraw(request, found.record, texts.WITHDRAW_CONTACT, back, after)


@requires("partners.log_contact")
@require_POST
def done(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Note that the next step is done."""
    found = _contact(request, record_id)
    try:
        actions.finish_next_step(by=request.actor, contact=found)
    except RuleError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, str(texts.DONE))
    return redirect(_address(request, "contact", found.pk))
