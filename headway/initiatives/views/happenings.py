from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase

from headway.core.pages import render_page
from headway.directory.actions import record_source
from headway.directory.models import Organisation
from headway.initiatives import actions, queries
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.forms import NewHappeningForm, ReviseHappeningForm
from headway.initiatives.models import Happening
from headway.initiatives.pages.write import WritePage, page_of, posted, revise, row_of, write
from headway.initiatives.provenance import HERE, reported
from headway.initiatives.views.texts import ADD_HAPPENING, EDIT_HAPPENING


def _happening(request: MemberRequest, record_id: UUID) -> Happening:
    return row_of(request, Happening, record_id)


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
    return write(
        request,
        form=NewHappeningForm(posted(request), authority=request.authority),
        act=lambda said: _record(request, said),
        page=WritePage(ADD_HAPPENING, back_href=page_of(request, "initiatives:happenings")),
        to=lambda row: page_of(request, "initiatives:happening", row.pk),
    )


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


@requires("initiatives.record_happening")
def edit_happening(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Correct what was recorded."""
    happening = _happening(request, record_id)
    shown = {
        "text": happening.text,
        "when": happening.record.when,
        "category": happening.category,
        "organisations": _took_part(happening),
    }
    return revise(
        request,
        row=happening,
        form=ReviseHappeningForm(posted(request), initial=shown, authority=request.authority),
        act=lambda said: actions.revise_happening(by=request.actor, happening=happening, **said),
        title=EDIT_HAPPENING,
    )
