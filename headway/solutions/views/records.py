"""What can be done with any record about recommendations: cite a source, withdraw it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.initiatives import kinds
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Record
from headway.initiatives.pages.write import WritePage, posted, write
from headway.initiatives.pages.write import withdraw as withdraw_with_reason
from headway.problems import actions as problems
from headway.problems.forms import CiteForm
from headway.problems.models import Citation
from headway.solutions.models import (
    Amendment,
    Barrier,
    Criterion,
    Funding,
    Interest,
    Solution,
)
from headway.solutions.queries.parts import may_take_back

KINDS = tuple(
    model.RECORD_KIND for model in (Solution, Amendment, Barrier, Funding, Interest, Criterion)
)


def _record(request: MemberRequest, record_id: UUID) -> Record:
    mine = request.reader.readable(Record.objects.in_initiative(request.initiative))
    found = mine.filter(kind__in=KINDS).select_related("initiative__stream")
    return get_object_or_404(found, pk=record_id)


@requires("solutions.propose")
def withdraw(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take back what one wrote, with the reason."""
    record = _record(request, record_id)
    if not may_take_back(record, request.reader):
        raise PermissionDenied
    href = kinds.href(record, request.initiative.slug)
    return withdraw_with_reason(request, record, _("Withdraw this"), href, href)


@requires("solutions.propose")
def cite(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Set a source beside a record."""
    record = _record(request, record_id)
    href = kinds.href(record, request.initiative.slug)

    def add(said: dict[str, Any]) -> Citation:
        named = [(said["title"], said["url"])]
        (source,) = problems.named_sources(
            by=request.actor, initiative=request.initiative, named=named
        )
        return problems.cite(by=request.actor, record=record, source=source, note=said["note"])

    page = WritePage(_("Add a source"), kicker=record.title, back_href=href)
    return write(request, form=CiteForm(posted(request)), act=add, page=page, to=lambda _row: href)
