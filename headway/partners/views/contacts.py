from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from headway.core.downloads import csv_download
from headway.core.errors import RuleError
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.directory.models import Organisation
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import (
    WritePage,
    page_of,
    posted,
    revise,
    row_of,
    withdraw,
    write,
)
from headway.partners import actions, queries
from headway.partners.forms import ContactForm
from headway.partners.models import Contact, Partner
from headway.partners.models.partner import COUNTED_AS
from headway.partners.views import texts
from headway.partners.views.gate import as_key
from headway.partners.views.partners import find_partner


def _contact(request: MemberRequest, record_id: UUID) -> Contact:
    return row_of(request, Contact, record_id)


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
    return write(
        request,
        form=ContactForm(posted(request), initial=shown, organisations=_organisations(request)),
        act=lambda said: actions.log_contact(
            by=request.actor, initiative=request.initiative, **said
        ),
        page=WritePage(texts.LOG_CONTACT, back_href=page_of(request, "partners:contacts")),
        to=lambda row: page_of(request, "partners:contact", row.pk),
    )


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
    }
    return revise(
        request,
        row=found,
        form=ContactForm(posted(request), initial=shown, organisations=_organisations(request)),
        act=lambda said: actions.revise_contact(by=request.actor, contact=found, **said),
        title=texts.EDIT_CONTACT,
    )


@requires("partners.log_contact")
def withdraw_contact(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take a contact back."""
    found = _contact(request, record_id)
    _must_change(request, found)
    back = page_of(request, "partners:contact", found.pk)
    after = page_of(request, "partners:contacts")
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
    return redirect(page_of(request, "partners:contact", found.pk))
