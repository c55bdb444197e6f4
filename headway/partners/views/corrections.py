from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from headway.core.pages import render_page
from headway.directory.models import Organisation
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Mandate, Record
from headway.initiatives.pages.write import WritePage, page_of, posted, row_of, withdraw, write
from headway.partners import actions, queries
from headway.partners.forms import AnswerForm, CorrectionForm
from headway.partners.models import Correction
from headway.partners.views import texts
from headway.partners.views.gate import acts_for, as_key, must_act_for


def _correction(request: MemberRequest, record_id: UUID) -> Correction:
    return row_of(request, Correction, record_id, "organisation__merged_into", "about")


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
    must_act_for(request, organisation, Mandate.Scope.FACTS)
    parts = queries.parts_of(about)

    def carry(said: dict[str, Any]) -> Correction:
        asked = actions.ask_correction(
            by=request.actor,
            initiative=request.initiative,
            organisation=organisation,
            about=about,
            **said,
        )
        messages.success(request, str(texts.ASKED))
        return asked

    words = queries.says_now(organisation, about, parts[0])
    page = WritePage(
        texts.ASK_CORRECTION,
        lead=texts.ASK_LEAD % {"words": words} if words else "",
        kicker=about.title if about else organisation.canonical.name,
        back_href=page_of(request, "partners:mine"),
        button=texts.SEND,
    )
    return write(
        request,
        form=CorrectionForm(posted(request), parts=parts),
        act=carry,
        page=page,
        to=lambda row: page_of(request, "partners:correction", row.pk),
    )


@requires("partners.view_corrections")
def correction(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """One request for correction, with the answer."""
    return _show(request, _correction(request, record_id), AnswerForm())


def _show(request: MemberRequest, found: Correction, form: AnswerForm) -> HttpResponse:
    own = request.may("partners.own") and acts_for(request, found.organisation, Mandate.Scope.FACTS)
    page = queries.correction_page(found, request.reader, own=own)
    return render_page(request, "partners/correction.html", page, form)


@requires("partners.decide_corrections")
def answer(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Accept a correction or leave the record as it is."""
    found = _correction(request, record_id)
    form = AnswerForm(posted(request))

    def carry(said: dict[str, Any]) -> Correction:
        accepts = said["decision"] == Correction.State.ACCEPTED
        act = actions.accept_correction if accepts else actions.decline_correction
        return act(by=request.actor, correction=found, answer=said["answer"])

    if not form.carry_out(carry):
        return _show(request, found, form)
    result: Correction = form.result
    by_hand = result.state == Correction.State.ACCEPTED and not result.carried_out
    messages.success(request, str(texts.ANSWERED_BY_HAND if by_hand else texts.ANSWERED))
    return redirect(page_of(request, "partners:correction", found.pk))


@requires("partners.ask_correction")
def withdraw_correction(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take a request for correction back."""
    found = _correction(request, record_id)
    must_act_for(request, found.organisation, Mandate.Scope.FACTS)
    back = page_of(request, "partners:correction", found.pk)
    after = page_of(request, "partners:mine")
    return withdraw(request, found.record, texts.WITHDRAW_CORRECTION, back, after)
