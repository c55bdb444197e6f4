from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase

from headway.core.pages import render_page
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Mandate
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
from headway.partners.forms import (
    AnswerNeedForm,
    NeedForm,
    NewNeedForm,
    NewOfferForm,
    OfferForm,
)
from headway.partners.models import Need, Offer, Partner
from headway.partners.views import texts
from headway.partners.views.gate import acts_for, as_key, must_act_for, own_partners


def _offer(request: MemberRequest, record_id: UUID) -> Offer:
    return row_of(request, Offer, record_id, "partner__organisation__merged_into")


def _need(request: MemberRequest, record_id: UUID) -> Need:
    return row_of(request, Need, record_id, "partner__organisation__merged_into")


def _may_change(request: MemberRequest, row: Offer | Need) -> bool:
    """Whether the person may change an offer or a need: their own, or everybody's."""
    if row.partner is None:
        return request.may("partners.write")
    return request.may("partners.own") and acts_for(
        request, row.partner.organisation, Mandate.Scope.PROMISES
    )


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
    return {name: getattr(row, name) for name in fields}


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
    return write(
        request,
        form=NewOfferForm(posted(request), initial=_first(request, partners), partners=partners),
        act=lambda said: actions.make_offer(by=request.actor, **said),
        page=WritePage(texts.ADD_OFFER, back_href=page_of(request, "partners:resources")),
        to=lambda row: page_of(request, "partners:offer", row.pk),
    )


@requires("partners.need")
def add_need(request: MemberRequest) -> HttpResponseBase:
    """Say what is needed, by all or by one's organisation."""
    partners, everybody = _own_rows(request), request.may("partners.write")
    form = NewNeedForm(
        posted(request),
        initial=_first(request, partners) if not everybody or "partner" in request.GET else None,
        partners=partners,
        everybody=everybody,
    )
    return write(
        request,
        form=form,
        act=lambda said: actions.record_need(
            by=request.actor, initiative=request.initiative, **said
        ),
        page=WritePage(texts.ADD_NEED, back_href=page_of(request, "partners:resources")),
        to=lambda row: page_of(request, "partners:need", row.pk),
    )


@requires("partners.own")
def edit_offer(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Change an offer."""
    found = _offer(request, record_id)
    _must_change(request, found)
    return revise(
        request,
        row=found,
        form=OfferForm(posted(request), initial=_shown(found) | {"tied_to": found.tied_to}),
        act=lambda said: actions.revise_offer(by=request.actor, offer=found, **said),
        title=texts.EDIT_OFFER,
    )


@requires("partners.need")
def edit_need(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Change a need."""
    found = _need(request, record_id)
    _must_change(request, found)
    return revise(
        request,
        row=found,
        form=NeedForm(posted(request), initial=_shown(found)),
        act=lambda said: actions.revise_need(by=request.actor, need=found, **said),
        title=texts.EDIT_NEED,
    )


@requires("partners.own")
def withdraw_offer(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take an offer back."""
    found = _offer(request, record_id)
    _must_change(request, found)
    after = page_of(request, "partners:partner", found.partner_id)
    back = page_of(request, "partners:offer", found.pk)
    return withdraw(request, found.record, texts.WITHDRAW_OFFER, back, after)


@requires("partners.need")
def withdraw_need(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take a need back."""
    found = _need(request, record_id)
    _must_change(request, found)
    back = page_of(request, "partners:need", found.pk)
    after = page_of(request, "partners:resources")
    return withdraw(request, found.record, texts.WITHDRAW_NEED, back, after)


@requires("partners.own")
def answer_need(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say which need an offer answers."""
    found = _offer(request, record_id)
    must_act_for(request, found.partner.organisation, Mandate.Scope.PROMISES)
    needs = queries.visible_needs(request.initiative, request.reader).order_by("record__title")
    back = page_of(request, "partners:offer", found.pk)
    return write(
        request,
        form=AnswerNeedForm(posted(request), needs=needs),
        act=lambda said: actions.answer_need(by=request.actor, offer=found, **said),
        page=WritePage(texts.ANSWER_NEED, kicker=found.record.title, back_href=back),
        to=lambda _link: back,
    )
