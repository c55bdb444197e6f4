from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from headway.core.pages import render_page
from headway.directory.models import Organisation
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Record
from headway.partners import actions, queries
from headway.partners.forms import AnswerForm, CorrectionForm
from headway.partners.models import Correction
from headway.partners.views import texts
from headway.partners.views.gate import EditPage, acts_for, as_key, must_act_for, sent, withdraw


def _address(request: MemberRequest, name: str, *ids: object) -> str:
    return reverse(f"partners:{name}", args=[request.initiative.slug, *ids])


def _correction(request: MemberRequest, record_id: UUID) -> Correction:
    found = Correction.objects.in_initiative(request.initiative)
    full = found.visible_to(request.reader.readers).select_related(
        "record__initiative__stream", "organisation__merged_into", "about"
    )
    return get_object_or_404(full, pk=record_id)


def _organisation(request: MemberRequest) -> Organisation:
    """The organisation that the address names, else the person's first own one."""
    asked = as_key(request.GET.get("organisation", ""))
    if asked is not None:
        known = Organisation.objects.in_authority(request.authority)
        return get_object_or_404(known.select_related("merged_into"), pk=asked)
    own = queries.own_organisations(request.initiative, request.reader)
    if not own:
        raise PermissionDenied
    return own[0]


def _about(request: MemberRequest) -> Record | None:
    asked = as_key(request.GET.get("about", ""))
    if asked is None:
        return None
    found = Record.objects.in_initiative(request.initiative).live()
    return get_object_or_404(found.visible_to(request.reader.readers), pk=asked)


@requires("partners.decide_corrections")
def corrections(request: MemberRequest) -> HttpResponse:
    """What organisations say is wrong."""
    page = queries.corrections_page(request.initiative, request.reader, request.GET)
    return render_page(request, "partners/corrections.html", page)


@requires("partners.ask_correction")
def ask(request: MemberRequest) -> HttpResponseBase:
    """Say that something recorded about one's organisation is wrong."""
    organisation, about = _organisation(request), _about(request)
    must_act_for(request, organisation)
    parts = queries.parts_of(about)
    form = CorrectionForm(sent(request), parts=parts)

    def carry(said: dict[str, Any]) -> Correction:
        return actions.ask_correction(
            by=request.actor,
            initiative=request.initiative,
            organisation=organisation,
            about=about,
            **said,
        )

    if form.carry_out(carry):
        messages.success(request, str(texts.ASKED))
        return redirect(_address(request, "correction", form.result.pk))
    words = queries.says_now(organisation, about, parts[0])
    page = EditPage(
        texts.ASK_CORRECTION,
        lead=texts.ASK_LEAD % {"words": words} if words else "",
        kicker=about.title if about else organisation.canonical.name,
        back_href=_address(request, "mine"),
        button=texts.SEND,
    )
    return render_page(request, "partners/form.html", page, form)


@requires("partners.view_corrections")
def correction(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """One request for correction, with the answer."""
    return _show(request, _correction(request, record_id), AnswerForm())


def _show(request: MemberRequest, found: Correction, form: AnswerForm) -> HttpResponse:
    own = request.may("partners.own") and acts_for(request, found.organisation)
    page = queries.correction_page(found, request.reader, own=own)
    return render_page(request, "partners/correction.html", page, form)


@requires("partners.decide_corrections")
def answer(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Accept a correction or leave the record as it is."""
    found = _correction(request, record_id)
    form = AnswerForm(sent(request))

    def carry(said: dict[str, Any]) -> Correction:
        accepts = said["decision"] == Correction.State.ACCEPTED
        act = actions.accept_correction if accepts else actions.decline_correction
        return act(by=request.actor, correction=found, answer=said["answer"])

    if not form.carry_out(carry):
        return _show(request, found, form)
    result: Correction = form.result
    by_hand = result.state == Correction.State.ACCEPTED and not result.carried_out
    messages.success(request, str(texts.ANSWERED_BY_HAND if by_hand else texts.ANSWERED))
    return redirect(_address(request, "correction", found.pk))


@requires("partners.ask_correction")
def withdraw_correction(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take a request for correction back."""
    found = _correction(request, record_id)
    must_act_for(request, found.organisation)
    back = _address(request, "correction", found.pk)
    after = _address(request, "mine")
    return withdraw(request, found.record, texts.WITHDRAW_CORRECTION, back, after)
