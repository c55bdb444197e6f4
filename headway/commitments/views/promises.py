from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.commitments import actions
from headway.commitments.forms import PromiseForm, RevisePromiseForm
from headway.commitments.models import Commitment
from headway.commitments.queries.promise import promise_page
from headway.commitments.queries.start import first_values
from headway.commitments.views.gate import may_of, promise_href, promise_row
from headway.core.pages import render_page
from headway.initiatives import kinds
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Record
from headway.initiatives.pages.write import (
    WritePage,
    page_of,
    posted,
    revise,
    withdraw,
    write,
)


@requires("commitments.view")
def promise(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One promise."""
    row = promise_row(request, record_id)
    page = promise_page(row, request.reader, may_of(request, row))
    return render_page(request, "commitments/promise.html", page)


@requires("commitments.note")
def add(request: MemberRequest) -> HttpResponseBase:
    """Note a promise."""
    return _add(request, None)


@requires("commitments.note")
def promise_from(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Make a promise out of any record, with the link kept."""
    found = request.reader.readable(Record.objects.in_initiative(request.initiative))
    record = get_object_or_404(found.select_related("organisation__merged_into"), pk=record_id)
    return _add(request, record)


def _add(request: MemberRequest, came_from: Record | None) -> HttpResponseBase:
    form = PromiseForm(
        posted(request),
        authority=request.authority,
        initial=first_values(came_from) if came_from else {},
    )
    back = page_of(request, "commitments:home")
    page = WritePage(
        _("Note a promise"),
        lead=_("It is an intent until the organization confirms it. A promise is not a contract."),
        kicker=came_from.title if came_from else _("Promises"),
        back_href=kinds.href(came_from, request.initiative.slug) if came_from else back,
    )

    def act(said: dict[str, Any]) -> Commitment:
        return actions.promise(
            by=request.actor, initiative=request.initiative, came_from=came_from, **said
        )

    return write(request, form=form, act=act, page=page, to=lambda row: promise_href(request, row))


@requires("commitments.note")
def edit(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word a promise anew; its author, who answers for it or who leads may."""
    row = promise_row(request, record_id)
    if not (row.record.withdrawn or may_of(request, row).reword):
        raise PermissionDenied
    shown = {"text": row.text, "organisation_as_said": row.organisation_as_said}
    return revise(
        request,
        row=row,
        form=RevisePromiseForm(posted(request), initial=shown),
        act=lambda said: actions.revise_promise(by=request.actor, commitment=row, **said),
        title=_("Word this promise anew"),
    )


@requires("commitments.note")
def withdraw_promise(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take back a promise that was noted by mistake; its author or who leads may."""
    row = promise_row(request, record_id)
    own = row.record.author_id is not None and row.record.author_id == request.reader.member_id
    if not own and not request.may("commitments.lead"):
        raise PermissionDenied
    back = promise_href(request, row)
    after = page_of(request, "commitments:home")
    return withdraw(request, row.record, _("Withdraw this promise"), back, after)
