"""What the views of tests and pilots share: finding one, and who may change it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.forms import PageForm
from headway.core.pages import render_page
from headway.directory.models import Organisation
from headway.initiatives import kinds
from headway.initiatives.access import MemberRequest
from headway.initiatives.models import Record
from headway.initiatives.pages.write import WritePage, page_of, row_of, write
from headway.pilots.forms.wording import WordedForm
from headway.pilots.models import Pilot, SmallTest, Tried
from headway.pilots.queries import pilot as pilots
from headway.pilots.queries import small_test as tests
from headway.pilots.queries.words import who_reads
from headway.pilots.views.wording import write_worded
from headway.solutions.models import Solution

RELATED = (
    "owner__merged_into",
    "solution__record",
    "decided_by__merged_into",
    "decided_post__organisation",
)


def test_row(request: MemberRequest, record_id: UUID) -> SmallTest:
    """A small test of this initiative that the reader may open; else 404."""
    return row_of(request, SmallTest, record_id, *RELATED, "owner_post__organisation")


def pilot_row(request: MemberRequest, record_id: UUID) -> Pilot:
    """A pilot of this initiative that the reader may open; else 404."""
    return row_of(
        request,
        Pilot,
        record_id,
        *RELATED,
        "decider__merged_into",
        "decider_post__organisation",
    )


def may_change(request: MemberRequest, row: SmallTest | Pilot) -> bool:
    """Whether the reader may change what is tried."""
    acts_for = _acts_for(request, row.owner)
    if isinstance(row, Pilot):
        return pilots.may_change(row, request.reader, acts_for=acts_for)
    return tests.may_change(row, request.reader, acts_for=acts_for)


def must_change(request: MemberRequest, row: SmallTest | Pilot) -> None:
    """Refuse whoever may not change what is tried.

    Raises:
        PermissionDenied: where they may not.

    """
    if not may_change(request, row):
        raise PermissionDenied


def _acts_for(request: MemberRequest, owner: Organisation | None) -> bool:
    if owner is None or request.reader.member_id is None:
        return False
    return any(request.speaks_for(each) for each in Organisation.objects.counted_as(owner))


def origin_of(request: MemberRequest, record_id: UUID) -> Record:
    """A record that something is tried because of; 404 where the reader may not open it."""
    found = request.reader.readable(Record.objects.in_initiative(request.initiative))
    return get_object_or_404(found, pk=record_id)


def solution_of(came_from: Record | None) -> Solution | None:
    """The recommendation that something tried comes from, where it comes from one."""
    return Solution.objects.filter(pk=came_from.pk).first() if came_from else None


def start_page(
    request: MemberRequest, came_from: Record | None, *, title: str, lead: str, button: str
) -> WritePage:
    """The page on which something tried begins, with the way back to what it comes from."""
    if came_from is None:
        kicker, back = _("Small tests and pilots"), page_of(request, "pilots:home")
    else:
        kicker, back = came_from.title, kinds.href(came_from, request.initiative.slug)
    return WritePage(title, lead=lead, button=button, kicker=kicker, back_href=back)


def href_of(request: MemberRequest, row: Tried) -> str:
    """The page of what is tried."""
    return kinds.href(row.record, request.initiative.slug)


def over(
    request: MemberRequest, row: Tried, title: Message, *states: str
) -> HttpResponseBase | None:
    """The page that says why a step cannot be taken now, where it belongs to none of these states.

    Whoever sends a form that was open before is told by the action itself.
    """
    if getattr(row, "state", "") in states or request.method == "POST":
        return None
    lead = _("This cannot be done now: it was done before, or something else comes first.")
    page = WritePage(title, lead=lead, kicker=row.record.title, back_href=href_of(request, row))
    return render_page(request, "pilots/over.html", page)


def carry_out(
    request: MemberRequest,
    row: Tried,
    form: PageForm,
    act: Any,
    title: Message,
    lead: Message = "",
    *,
    states: tuple[str, ...] = (),
) -> HttpResponseBase:
    """Show the form of one step, do it, and go back to what is tried; only in some states."""
    late = over(request, row, title, *states) if states else None
    if late is not None:
        return late
    back = href_of(request, row)
    if isinstance(form, WordedForm):
        return write_worded(
            request,
            form=form,
            act=act,
            title=str(title),
            lead=f"{lead} {who_reads(row.record)}".strip(),
            button=str(title),
            kicker=row.record.title,
            back_href=back,
            to=lambda _done: back,
        )
    page = WritePage(title, lead=lead, button=title, kicker=row.record.title, back_href=back)
    return write(request, form=form, act=act, page=page, to=lambda _done: back)
