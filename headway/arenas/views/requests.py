from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.arenas import actions
from headway.arenas.forms import AskForm, EditAskForm, MoveForm
from headway.arenas.models import Ask
from headway.arenas.queries.requests import ASK_HEADING, ask_rows, request_page, requests_page
from headway.arenas.views.bodies import arena_of
from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.directory.models import Organisation
from headway.initiatives import kinds
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Record
from headway.initiatives.pages.write import WritePage, page_of, posted, revise, row_of, write
from headway.solutions.models import Barrier, Outcome, Solution

LONGEST = 5_000
Act = Callable[[dict[str, Any]], Ask]


def ask_of(request: MemberRequest, record_id: UUID) -> Ask:
    """A request that the reader may open; else 404."""
    return row_of(
        request,
        Ask,
        record_id,
        "arena__organisation__merged_into",
        "arena__record",
        "solution__record",
        "barrier__record",
    )


@requires("arenas.view")
def asks(request: MemberRequest) -> HttpResponse:
    """The requests to decision bodies."""
    page = requests_page(request.initiative, request.reader, request.GET)
    return render_page(request, "arenas/asks.html", page)


@requires("arenas.view")
def asks_csv(request: MemberRequest) -> HttpResponseBase:
    """The requests as a table file."""
    rows = ask_rows(request.initiative, request.reader, request.GET.get("state", ""))
    name = f"{request.initiative.title} requests"
    return csv_download(name, write_rows(ASK_HEADING, rows))


@requires("arenas.view")
def ask(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One request with its path to the agenda and what was said on the record."""
    page = request_page(ask_of(request, record_id), request.reader)
    return render_page(request, "arenas/ask.html", page)


def _make(request: MemberRequest, **made_of: Any) -> Act:
    """The action: name the body where it is not named yet, and ask it."""

    def act(said: dict[str, Any]) -> Ask:
        body = said.pop("organisation")
        arena = actions.name_arena(
            by=request.actor, initiative=request.initiative, organisation=body
        )
        return actions.make_ask(by=request.actor, arena=arena, **said, **made_of)

    return act


def _form(request: MemberRequest, page: WritePage, act: Act, **shown: Any) -> HttpResponseBase:
    return write(
        request,
        form=AskForm(posted(request), authority=request.authority, initial=shown),
        act=act,
        page=page,
        to=lambda row: page_of(request, "arenas:ask", row.pk),
    )


@requires("arenas.write")
def add_ask(request: MemberRequest) -> HttpResponseBase:
    """Ask a decision body for something."""
    back = page_of(request, "arenas:asks")
    return _form(request, WritePage(_("Make a request"), back_href=back), _make(request))


@requires("arenas.write")
def ask_body(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Ask this body for something."""
    row = arena_of(request, record_id)
    body: Organisation = row.organisation.canonical
    page = WritePage(
        _("Make a request"),
        kicker=body.name,
        back_href=page_of(request, "arenas:arena", row.pk),
    )
    return _form(request, page, _make(request), organisation=body)


@dataclass(frozen=True)
class Origin:
    """What a request is made out of: a record, its words, and what the action is given."""

    record: Record
    text: str
    made_of: dict[str, Any]


def _origin(request: MemberRequest, record_id: UUID) -> Origin:
    """The record that a request is made out of; else 404."""
    live = Record.objects.in_initiative(request.initiative).live()
    readable = live.visible_to(request.reader.readers).select_related("initiative__stream")
    record = get_object_or_404(readable, pk=record_id)
    if record.kind == Solution.RECORD_KIND:
        solution = row_of(request, Solution, record_id)
        return Origin(record, solution.text, {"solution": solution})
    if record.kind == Barrier.RECORD_KIND:
        barrier = row_of(request, Barrier, record_id)
        return Origin(record, barrier.text, {"barrier": barrier})
    if record.kind == Outcome.RECORD_KIND:
        outcome = row_of(request, Outcome, record_id, "solution__record")
        made_of = {"solution": outcome.solution, "came_from": record}
        return Origin(record, outcome.text, made_of)
    return Origin(record, record.title, {"came_from": record})


@requires("arenas.write")
def ask_from(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Make a request out of a recommendation, of what is in the way, or of another record."""
    origin = _origin(request, record_id)
    href = kinds.href(origin.record, request.initiative.slug)
    page = WritePage(
        _("Make a request"),
        lead=_("It keeps the link to where it came from, and to the wording as it stands now."),
        kicker=origin.record.title,
        back_href=href,
    )
    act = _make(request, **origin.made_of)
    return _form(request, page, act, title=origin.record.title, text=origin.text[:LONGEST])


@requires("arenas.write")
def edit_ask(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word a request anew, or move the vote."""
    row = ask_of(request, record_id)
    shown = {"title": row.record.title, "text": row.text, "vote_on": row.vote_on}
    return revise(
        request,
        row=row,
        form=EditAskForm(posted(request), initial=shown),
        act=lambda said: actions.revise_ask(by=request.actor, ask=row, **said),
        title=_("Change the wording or move the vote"),
    )


@requires("arenas.write")
def move_ask(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Note how far a request is, or take it back."""
    row = ask_of(request, record_id)
    href = page_of(request, "arenas:ask", row.pk)
    return write(
        request,
        form=MoveForm(posted(request), initial={"state": row.state}),
        act=lambda said: actions.move_ask(by=request.actor, ask=row, **said),
        page=WritePage(_("Note how far it is"), kicker=row.record.title, back_href=href),
        to=lambda _done: href,
    )
