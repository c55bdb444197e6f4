from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Record
from headway.initiatives.pages.write import (
    CONFIRM,
    posted,
    revise,
    write,
)
from headway.pilots import actions
from headway.pilots.actions.pilots import CARD
from headway.pilots.forms import (
    CardForm,
    DecidePilotForm,
    MoveEndForm,
    PredictionForm,
    PreparePilotForm,
    StopForm,
)
from headway.pilots.models import Pilot
from headway.pilots.queries.pilot import pilot_page
from headway.pilots.views.gate import (
    carry_out,
    href_of,
    may_change,
    must_change,
    origin_of,
    over,
    pilot_row,
    solution_of,
    start_page,
)
from headway.pilots.views.wording import wording_of

State = Pilot.State


@requires("pilots.view")
def pilot(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One pilot."""
    row = pilot_row(request, record_id)
    page = pilot_page(row, request.reader, change=may_change(request, row))
    return render_page(request, "pilots/pilot.html", page)


@requires("pilots.prepare")
def prepare_pilot(request: MemberRequest) -> HttpResponseBase:
    """Begin the card of a pilot."""
    return _prepare(request, None)


@requires("pilots.prepare")
def pilot_from(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Begin the card of a pilot of a recommendation, or after a small test."""
    return _prepare(request, origin_of(request, record_id))


def _prepare(request: MemberRequest, came_from: Record | None) -> HttpResponseBase:
    shown = {"title": came_from.title} if came_from else {}
    page = start_page(
        request,
        came_from,
        title=_("Prepare a pilot"),
        lead=_(
            "For what touches rights, benefits or new money, or is compared with something. "
            "What is cheap, lawful and can be undone is a small test."
        ),
        button=_("Begin its card"),
    )

    def act(said: dict[str, Any]) -> Pilot:
        return actions.prepare_pilot(
            by=request.actor,
            initiative=request.initiative,
            solution=solution_of(came_from),
            came_from=came_from,
            **said,
        )

    form = PreparePilotForm(posted(request), initial=shown)
    return write(request, form=form, act=act, page=page, to=lambda row: href_of(request, row))


@requires("pilots.prepare")
def fill_card(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Fill in the card of a pilot."""
    row = pilot_row(request, record_id)
    must_change(request, row)
    shown = {"title": row.record.title} | {name: getattr(row, name) for name in CARD}
    title = _("Fill in the card")
    return over(request, row, title, State.CARD) or revise(
        request,
        row=row,
        form=CardForm(posted(request), authority=request.authority, initial=shown),
        act=lambda said: actions.fill_card(by=request.actor, pilot=row, **said),
        title=title,
    )


@requires("pilots.predict")
def predict(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say what a team expects of a pilot."""
    row = pilot_row(request, record_id)
    return carry_out(
        request,
        row,
        PredictionForm(posted(request)),
        lambda said: actions.predict(by=request.actor, pilot=row, **said),
        _("Say what we expect"),
        _("It is locked with its time when the pilot starts, and scored for the team afterwards."),
        states=(State.CARD,),
    )


@requires("pilots.lead")
def start_pilot(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Start a pilot whose card is complete."""
    row = pilot_row(request, record_id)
    told = _("The card and what the teams expect are locked from now on.")
    title = _("Start the pilot")
    return over(request, row, title, State.CARD) or _confirm(
        request, row, title, told, actions.start_pilot
    )


@requires("pilots.lead")
def end_pilot(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """End a pilot."""
    row = pilot_row(request, record_id)
    told = _("A review opens by itself: what we expected, what happened, why, what we learn.")
    title = _("End the pilot")
    return over(request, row, title, State.RUNNING) or _confirm(
        request, row, title, told, actions.end_pilot
    )


def _confirm(
    request: MemberRequest, row: Pilot, title: str, consequence: str, act: Any
) -> HttpResponseBase:
    back = href_of(request, row)
    return write(
        request,
        form=PageForm(posted(request)),
        act=lambda _said: act(by=request.actor, pilot=row),
        page=ConfirmPage(title, (consequence,), title, back),
        to=lambda _done: back,
        template=CONFIRM,
    )


@requires("pilots.lead")
def stop_pilot(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Stop a pilot before its end."""
    row = pilot_row(request, record_id)
    return carry_out(
        request,
        row,
        StopForm(posted(request), **wording_of(request)),
        lambda said: actions.stop_pilot(by=request.actor, pilot=row, **said),
        _("Stop it early"),
        _("A review opens by itself. Nobody is blamed for stopping in time."),
        states=(State.RUNNING,),
    )


@requires("pilots.lead")
def move_end(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Let a pilot end on another day."""
    row = pilot_row(request, record_id)
    return carry_out(
        request,
        row,
        MoveEndForm(posted(request), initial={"until": row.ends_on}, **wording_of(request)),
        lambda said: actions.move_end(by=request.actor, pilot=row, **said),
        _("Move its end"),
        states=(State.RUNNING,),
    )


@requires("pilots.lead")
def decide_pilot(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say how a pilot came out, and adopt, adapt or abandon it."""
    row = pilot_row(request, record_id)
    shown = {"decided_by": row.decider, "decided_post": row.decider_post}
    return carry_out(
        request,
        row,
        DecidePilotForm(
            posted(request), authority=request.authority, initial=shown, **wording_of(request)
        ),
        lambda said: actions.decide_pilot(by=request.actor, pilot=row, **said),
        _("Decide what is done with it"),
        states=(State.ENDED, State.STOPPED),
    )
