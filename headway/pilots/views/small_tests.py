from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.pages import render_page
from headway.directory.models import Organisation
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Record
from headway.initiatives.pages.write import page_of, posted, revise, withdraw, write
from headway.pilots import actions
from headway.pilots.forms import DecideForm, EndSmallTestForm, ReviseSmallTestForm, SmallTestForm
from headway.pilots.models import Pilot, SmallTest
from headway.pilots.queries.small_test import small_test_page
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
    test_row,
)
from headway.pilots.views.wording import wording_of

State = SmallTest.State


@requires("pilots.view")
def small_test(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One small test."""
    row = test_row(request, record_id)
    page = small_test_page(row, request.reader, change=may_change(request, row))
    return render_page(request, "initiatives/detail.html", page)


@requires("pilots.test")
def start_small_test(request: MemberRequest) -> HttpResponseBase:
    """Start a small test."""
    return _start(request, None)


@requires("pilots.test")
def small_test_from(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Start a small test out of an idea, a recommendation or any other record."""
    return _start(request, origin_of(request, record_id))


def _start(request: MemberRequest, came_from: Record | None) -> HttpResponseBase:
    form = SmallTestForm(
        posted(request), authority=request.authority, initial=_first_values(request, came_from)
    )
    page = start_page(
        request,
        came_from,
        title=_("Start a small test"),
        lead=_("Three lines are enough: what you try, what you expect, and when you look."),
        button=_("Start it"),
    )

    def act(said: dict[str, Any]) -> SmallTest:
        return actions.start_small_test(
            by=request.actor,
            initiative=request.initiative,
            solution=solution_of(came_from),
            came_from=came_from,
            **said,
        )

    return write(request, form=form, act=act, page=page, to=lambda row: href_of(request, row))


def _first_values(request: MemberRequest, came_from: Record | None) -> dict[str, Any]:
    """What is likely: the reader's own organisation tries what the idea says."""
    own = request.reader.organisation_id
    values: dict[str, Any] = {}
    if own is not None:
        found = Organisation.objects.select_related("merged_into").get(pk=own)
        values["owner"] = found.canonical
    return values | ({"tries": came_from.title} if came_from else {})


@requires("pilots.test")
def edit_small_test(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word a small test anew, or move the day to look."""
    row = test_row(request, record_id)
    must_change(request, row)
    shown = {"tries": row.tries, "expects": row.expects, "look_on": row.look_on}
    title = _("Change this small test")
    return over(request, row, title, State.RUNNING) or revise(
        request,
        row=row,
        form=ReviseSmallTestForm(posted(request), initial=shown),
        act=lambda said: actions.revise_small_test(by=request.actor, test=row, **said),
        title=title,
    )


@requires("pilots.test")
def end_small_test(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say how a small test came out."""
    row = test_row(request, record_id)
    must_change(request, row)
    return carry_out(
        request,
        row,
        EndSmallTestForm(posted(request), **wording_of(request)),
        lambda said: actions.end_small_test(by=request.actor, test=row, **said),
        _("Say what came out"),
        _("You expected: %(what)s") % {"what": row.expects} if row.expects else "",
        states=(State.RUNNING,),
    )


@requires("pilots.test")
def decide_small_test(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Adopt, adapt or abandon what was tried."""
    row = test_row(request, record_id)
    must_change(request, row)
    return carry_out(
        request,
        row,
        DecideForm(
            posted(request),
            authority=request.authority,
            initial={"decided_by": row.owner},
            **wording_of(request),
        ),
        lambda said: actions.decide_small_test(by=request.actor, test=row, **said),
        _("Decide what is done with it"),
        row.saw,
        states=(State.ENDED,),
    )


@requires("pilots.test")
def withdraw_tried(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take back a small test or a pilot that was written down by mistake."""
    cards = Pilot.objects.in_initiative(request.initiative)
    is_pilot = cards.filter(pk=record_id).exists()
    row: SmallTest | Pilot = (pilot_row if is_pilot else test_row)(request, record_id)
    must_change(request, row)
    title = _("Withdraw this pilot") if is_pilot else _("Withdraw this small test")
    return withdraw(
        request, row.record, title, href_of(request, row), page_of(request, "pilots:home")
    )
