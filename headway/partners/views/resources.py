from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from headway.core.pages import render_page
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.actions import versions_of
from headway.partners import actions, queries
from headway.partners.forms import (
    AnswerNeedForm,
    NeedForm,
    NewNeedForm,
    NewOfferForm,
    OfferForm,
)
from headway.partners.models import Need, Offer, Partner
from headway.partners.views import texts
from headway.partners.views.gate import (
    EditPage,
    acts_for,
    as_key,
    must_act_for,
    newest,
    own_partners,
    sent,
    withdraw,
)

RELATED = ("record__initiative__stream", "record__source", "partner__organisation__merged_into")


def _address(request: MemberRequest, name: str, *ids: object) -> str:
    return reverse(f"partners:{name}", args=[request.initiative.slug, *ids])


def _offer(request: MemberRequest, record_id: UUID) -> Offer:
    found = Offer.objects.in_initiative(request.initiative).visible_to(request.reader.readers)
    return get_object_or_404(found.select_related(*RELATED), pk=record_id)


def _need(request: MemberRequest, record_id: UUID) -> Need:
    found = Need.objects.in_initiative(request.initiative).visible_to(request.reader.readers)
    return get_object_or_404(found.select_related(*RELATED), pk=record_id)


def _may_change(request: MemberRequest, row: Offer | Need) -> bool:
    """Whether the person may change an offer or a need: their own, or everybody's."""
    if row.partner is None:
        return request.may("partners.write")
    return request.may("partners.own") and acts_for(request, row.partner.organisation)


def _must_change(request: MemberRequest, row: Offer | Need) -> None:
    if not _may_change(request, row):
        raise PermissionDenied


def _own_rows(request: MemberRequest) -> Any:
    keys = [each.pk for each in own_partners(request)]
    return Partner.of_initiative(request.initiative).filter(pk__in=keys).by_name()


def _first(request: MemberRequest, partners: Any) -> dict[str, object]:
    """The partner that the address names, else the only one there is."""
    asked = as_key(request.GET.get("partner", ""))
    keys = [each.pk for each in partners]
    only = keys[0] if len(keys) == 1 else None
    return {"partner": asked if asked in keys else only}


def _shown(row: Offer | Need) -> dict[str, object]:
    fields = ("what", "kind", "amount", "unit", "until")
    shown: dict[str, object] = {name: getattr(row, name) for name in fields}
    return shown | {"seen": versions_of(row.record)}


@requires("partners.view")
def resources(request: MemberRequest) -> HttpResponse:
    """What is offered and needed."""
    page = queries.resources_page(request.initiative, request.reader, request.GET)
    return render_page(request, "partners/resources.html", page)


@requires("partners.view")
def offer(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One offer."""
    found = _offer(request, record_id)
    page = queries.offer_page(found, request.reader, own=_may_change(request, found))
    return render_page(request, "partners/resource.html", page)


@requires("partners.view")
def need(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One need."""
    found = _need(request, record_id)
    page = queries.need_page(found, request.reader, own=_may_change(request, found))
    return render_page(request, "partners/resource.html", page)


@requires("partners.own")
def add_offer(request: MemberRequest) -> HttpResponseBase:
    """Offer something in the name of one's organisation."""
    partners = _own_rows(request)
    form = NewOfferForm(sent(request), initial=_first(request, partners), partners=partners)
    if form.carry_out(lambda said: actions.make_offer(by=request.actor, **said)):
        return redirect(_address(request, "offer", form.result.pk))
    page = EditPage(texts.ADD_OFFER, back_href=_address(request, "resources"))
    return render_page(request, "partners/form.html", page, form)


@requires("partners.need")
def add_need(request: MemberRequest) -> HttpResponseBase:
    """Say what is needed, by all or by one's organisation."""
    partners, everybody = _own_rows(request), request.may("partners.write")
    form = NewNeedForm(
        sent(request),
        initial=_first(request, partners) if not everybody or "partner" in request.GET else None,
        partners=partners,
        everybody=everybody,
    )
    if form.carry_out(
        lambda said: actions.record_need(by=request.actor, initiative=request.initiative, **said)
    ):
        return redirect(_address(request, "need", form.result.pk))
    page = EditPage(texts.ADD_NEED, back_href=_address(request, "resources"))
    return render_page(request, "partners/form.html", page, form)


@requires("partners.own")
def edit_offer(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Change an offer."""
    found = _offer(request, record_id)
    _must_change(request, found)
    form = OfferForm(sent(request), initial=_shown(found) | {"tied_to": found.tied_to})
    back = _address(request, "offer", found.pk)
    if form.carry_out(lambda said: actions.revise_offer(by=request.actor, offer=found, **said)):
        return redirect(back)
    return _edit_page(request, form, found, back)


@requires("partners.need")
def edit_need(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Change a need."""
    found = _need(request, record_id)
    _must_change(request, found)
    form = NeedForm(sent(request), initial=_shown(found))
    back = _address(request, "need", found.pk)
    if form.carry_out(lambda said: actions.revise_need(by=request.actor, need=found, **said)):
        return redirect(back)
    return _edit_page(request, form, found, back)


def _edit_page(
    request: MemberRequest, form: OfferForm | NeedForm, row: Offer | Need, back: str
) -> HttpResponse:
    title = texts.EDIT_OFFER if isinstance(row, Offer) else texts.EDIT_NEED
    changed = newest(form, row, {"what": form.fields["what"].label or ""})
    page = EditPage(title, kicker=row.record.title, back_href=back, newest=changed)
    return render_page(request, "partners/form.html", page, form)


@requires("partners.own")
def withdraw_offer(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take an offer back."""
    found = _offer(request, record_id)
    _must_change(request, found)
    after = _address(request, "partner", found.partner_id)
    back = _address(request, "offer", found.pk)
    return withdraw(request, found.record, texts.WITHDRAW_OFFER, back, after)


@requires("partners.need")
def withdraw_need(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take a need back."""
    found = _need(request, record_id)
    _must_change(request, found)
    back = _address(request, "need", found.pk)
    after = _address(request, "resources")
    return withdraw(request, found.record, texts.WITHDRAW_NEED, back, after)


@requires("partners.own")
def answer_need(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say which need an offer answers."""
    found = _offer(request, record_id)
    must_act_for(request, found.partner.organisation)
    needs = queries.visible_needs(request.initiative, request.reader).order_by("record__title")
    form = AnswerNeedForm(sent(request), needs=needs)
    back = _address(request, "offer", found.pk)
    if form.carry_out(lambda said: actions.answer_need(by=request.actor, offer=found, **said)):
        return redirect(back)
    page = EditPage(texts.ANSWER_NEED, kicker=found.record.title, back_href=back)
    return render_page(request, "partners/form.html", page, form)
