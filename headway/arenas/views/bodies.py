from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.arenas import actions
from headway.arenas.actions import RuleWords, TemplateStep
from headway.arenas.forms import (
    ArenaForm,
    EditArenaForm,
    EditSeatForm,
    PathTemplateForm,
    RuleForm,
    SeatForm,
)
from headway.arenas.models import Arena, DecisionRule, PathTemplateStep, Seat
from headway.arenas.queries.arena import ARENA_HEADING, arena_page, arena_rows
from headway.arenas.queries.rules import rule_page
from headway.arenas.queries.seats import seat_page
from headway.core.downloads import csv_download
from headway.core.errors import Message
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.core.spreadsheets import write_rows
from headway.directory.models import Post
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import (
    CONFIRM,
    WritePage,
    page_of,
    posted,
    revise,
    row_of,
    write,
)


def arena_of(request: MemberRequest, record_id: UUID) -> Arena:
    """A body that the reader may open; else 404."""
    return row_of(request, Arena, record_id, "organisation__merged_into")


def _page(request: MemberRequest, arena: Arena, title: Message, lead: Message = "") -> WritePage:
    return WritePage(
        title, lead=lead, kicker=arena.organisation.canonical.name, back_href=_href(request, arena)
    )


def _href(request: MemberRequest, arena: Arena) -> str:
    return page_of(request, "arenas:arena", arena.pk)


@requires("arenas.view")
def arena(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One decision body with its seats and how it decides."""
    page = arena_page(arena_of(request, record_id), request.reader, request.GET)
    return render_page(request, "arenas/arena.html", page)


@requires("arenas.view")
def seats_csv(request: MemberRequest) -> HttpResponseBase:
    """Every seat of every body as a table file."""
    rows = arena_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} seats of decision bodies"
    return csv_download(name, write_rows(ARENA_HEADING, rows))


@requires("arenas.write")
def add_arena(request: MemberRequest) -> HttpResponseBase:
    """Name a body of the directory as one that decides here."""
    return write(
        request,
        form=ArenaForm(posted(request), authority=request.authority),
        act=lambda said: actions.name_arena(
            by=request.actor, initiative=request.initiative, **said
        ),
        page=WritePage(
            _("Name a decision body"),
            lead=_("Who can decide what you ask for? Its seats are taken from the directory."),
            back_href=page_of(request, "arenas:home"),
        ),
        to=lambda row: _href(request, row),
    )


@requires("arenas.write")
def edit_arena(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say anew what a body decides here."""
    row = arena_of(request, record_id)
    shown = {"about": row.about, "agenda_page": row.agenda_page}
    return revise(
        request,
        row=row,
        form=EditArenaForm(posted(request), initial=shown),
        act=lambda said: actions.revise_arena(by=request.actor, arena=row, **said),
        title=_("What this body decides here"),
    )


@requires("arenas.write")
def add_seat(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Count a seat of the directory in a body."""
    row = arena_of(request, record_id)
    posts = Post.objects.live().filter(organisation=row.organisation.canonical)
    asked = request.GET.get("post", "")
    first = next((post for post in posts if str(post.pk) == asked), None)
    form = SeatForm(
        posted(request),
        authority=request.authority,
        initial={"post": first, "votes": True},
        offered={"post": posts},
    )
    return write(
        request,
        form=form,
        act=lambda said: actions.seat_post(by=request.actor, arena=row, **said),
        page=_page(
            request,
            row,
            _("Count a seat"),
            lead=_("A new seat is added to the organization in the directory first."),
        ),
        to=lambda _seat: _href(request, row),
    )


def _seat(request: MemberRequest, seat_id: UUID) -> Seat:
    found = Seat.objects.filter(
        arena__record__initiative=request.initiative,
        arena__record__visibility__in=request.reader.readers,
        arena__record__expunged_at__isnull=True,
    )
    seats = found.select_related(
        "post__organisation__merged_into",
        "appointed_by__merged_into",
        "arena__record__initiative__stream",
        "arena__organisation__merged_into",
    )
    if not request.reader.may("initiatives.view_history"):
        seats = seats.filter(arena__record__withdrawn_at__isnull=True)
    return get_object_or_404(seats, pk=seat_id)


@requires("arenas.view")
def seat(request: MemberRequest, seat_id: UUID) -> HttpResponse:
    """One seat with everybody who held it."""
    page = seat_page(_seat(request, seat_id), request.initiative, request.reader)
    return render_page(request, "arenas/seat.html", page)


@requires("arenas.write")
def edit_seat(request: MemberRequest, seat_id: UUID) -> HttpResponseBase:
    """Say what kind of seat it is."""
    row = _seat(request, seat_id)
    shown = {
        "votes": row.votes,
        "presides": row.presides,
        "appointed_by": row.appointed_by,
        "appointed_as_said": row.appointed_as_said,
    }
    href = page_of(request, "arenas:seat", row.pk)
    return write(
        request,
        form=EditSeatForm(posted(request), authority=request.authority, initial=shown),
        act=lambda said: actions.seat_post(
            by=request.actor, arena=row.arena, post=row.post, **said
        ),
        page=WritePage(_("Change this seat"), kicker=row.post.label, back_href=href),
        to=lambda _seat: href,
    )


@requires("arenas.write")
def end_seat(request: MemberRequest, seat_id: UUID) -> HttpResponseBase:
    """Note that a seat counts no more."""
    row = _seat(request, seat_id)
    title = _("No seat any more")
    consequence = _("“%s” no longer counts in this body. Its history stays.") % row.post.label
    back = page_of(request, "arenas:seat", row.pk)
    return write(
        request,
        form=PageForm(posted(request)),
        act=lambda _said: actions.end_seat(by=request.actor, seat=row),
        page=ConfirmPage(title, (consequence,), title, back),
        to=lambda _done: _href(request, row.arena),
        template=CONFIRM,
    )


@requires("arenas.view")
def rule(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One decision rule with its computation."""
    row = row_of(request, DecisionRule, record_id, "arena__organisation__merged_into", "veto")
    page = rule_page(row, request.reader, request.GET)
    return render_page(request, "arenas/rule.html", page)


@requires("arenas.write")
def add_rule(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say how a body decides; the rule before stays readable."""
    row = arena_of(request, record_id)

    def act(said: dict[str, Any]) -> DecisionRule:
        when = said.pop("when")
        return actions.set_rule(by=request.actor, arena=row, words=RuleWords(**said), when=when)

    lead = _("The rule that holds now stays readable beside the new one.")
    return write(
        request,
        form=RuleForm(posted(request), authority=request.authority),
        act=act,
        page=_page(request, row, _("Say how this body decides"), lead),
        to=lambda _rule: _href(request, row),
    )


@requires("arenas.write")
def path_template(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say which steps lead to a body's agenda."""
    row = arena_of(request, record_id)
    steps = PathTemplateStep.objects.filter(arena=row)
    shown = "\n".join(f"{step.days_before} {step.title}" for step in steps)

    def act(said: dict[str, Any]) -> None:
        wanted = [TemplateStep(title, days) for title, days in said["steps"]]
        actions.set_template(by=request.actor, arena=row, steps=wanted)

    return write(
        request,
        form=PathTemplateForm(posted(request), initial={"steps": shown}),
        act=act,
        page=_page(request, row, _("Steps to its agenda")),
        to=lambda _done: _href(request, row),
    )
