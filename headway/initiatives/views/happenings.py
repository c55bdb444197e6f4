from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.core.pages import render_page
from headway.directory.actions import record_source
from headway.directory.models import Organisation
from headway.initiatives import actions, queries
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.actions import versions_of
from headway.initiatives.forms import NewHappeningForm, ReviseHappeningForm
from headway.initiatives.models import Happening
from headway.initiatives.pages import FormPage, Newest
from headway.initiatives.provenance import HERE, reported
from headway.initiatives.views.texts import ADD_HAPPENING, EDIT_HAPPENING


def _happening(request: MemberRequest, record_id: UUID) -> Happening:
    found = Happening.objects.in_initiative(request.initiative).visible_to(request.reader.readers)
    return get_object_or_404(found.select_related("record__source"), pk=record_id)


@requires("initiatives.view")
def happenings(request: MemberRequest) -> HttpResponse:
    """What happened, by date."""
    page = queries.happenings_page(request.initiative, request.reader, request.GET)
    return render_page(request, "initiatives/happenings.html", page)


@requires("initiatives.view")
def happening(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One thing that happened."""
    page = queries.happening_page(_happening(request, record_id), request.reader)
    return render_page(request, "initiatives/happening.html", page)


@requires("initiatives.record_happening")
def add_happening(request: MemberRequest) -> HttpResponseBase:
    """Record something that happened."""
    form = NewHappeningForm(request.POST or None, authority=request.authority)
    if form.carry_out(lambda said: _record(request, said)):
        return redirect("initiatives:happening", request.initiative.slug, form.result.pk)
    back = reverse("initiatives:happenings", args=[request.initiative.slug])
    page = FormPage(ADD_HAPPENING, back_href=back)
    return render_page(request, "initiatives/form.html", page, form)


@transaction.atomic
def _record(request: MemberRequest, said: dict[str, Any]) -> Happening:
    """Record it, reported by a source where one is named."""
    title, url = said.pop("source_title"), said.pop("source_url")
    provenance = HERE
    if title or url:
        authority = request.authority
        named = record_source(by=request.actor, authority=authority, title=title or url, url=url)
        provenance = reported(named)
    return actions.record_happening(
        by=request.actor, initiative=request.initiative, provenance=provenance, **said
    )


def _took_part(happening: Happening) -> list[Organisation]:
    parts = happening.organisations.select_related("organisation").order_by("organisation__name")
    return [part.organisation for part in parts]


def _written_meanwhile(happening: Happening, form: ReviseHappeningForm) -> tuple[Newest, ...]:
    """The newest wording beside the one typed, where somebody else wrote in between."""
    if not (form.is_bound and form.is_valid() and form.catch_up(versions_of(happening.record))):
        return ()
    return (Newest(happening.text, form.cleaned_data["text"]),)


@requires("initiatives.record_happening")
def edit_happening(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Correct what was recorded."""
    happening = _happening(request, record_id)
    shown = {
        "text": happening.text,
        "when": happening.record.when,
        "category": happening.category,
        "organisations": _took_part(happening),
        "seen": versions_of(happening.record),
    }
    form = ReviseHappeningForm(request.POST or None, initial=shown, authority=request.authority)
    back = reverse("initiatives:happening", args=[request.initiative.slug, happening.pk])
    page = FormPage(EDIT_HAPPENING, kicker=happening.record.title, back_href=back)
    newest = _written_meanwhile(happening, form)
    if newest:
        form.add_error(None, _("Somebody changed this while you wrote. Compare, then save again."))
        page = replace(page, newest=newest)
    elif form.carry_out(
        lambda said: actions.revise_happening(by=request.actor, happening=happening, **said)
    ):
        return redirect(back)
    return render_page(request, "initiatives/form.html", page, form)
