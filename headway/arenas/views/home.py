from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.arenas.models import Approach, Arena, Ask, BodyDecision, DecisionRule, OnRecord
from headway.arenas.queries.home import DATE_HEADING, date_rows, home_page
from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives import kinds
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Record
from headway.initiatives.pages.write import withdraw as withdraw_with_reason

KINDS = tuple(
    model.RECORD_KIND for model in (Arena, DecisionRule, Ask, OnRecord, Approach, BodyDecision)
)


@requires("arenas.view")
def home(request: MemberRequest) -> HttpResponse:
    """Dates to come, decision bodies, requests to them, what they decided."""
    page = home_page(request.initiative, request.reader, request.GET)
    return render_page(request, "arenas/home.html", page)


@requires("arenas.view")
def dates_csv(request: MemberRequest) -> HttpResponseBase:
    """The dates to come as a table file."""
    rows = date_rows(request.initiative, request.reader)
    return csv_download(f"{request.initiative.title} dates", write_rows(DATE_HEADING, rows))


@requires("arenas.record")
def withdraw(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take back what one wrote, with the reason."""
    mine = request.reader.readable(Record.objects.in_initiative(request.initiative))
    found = mine.filter(kind__in=KINDS).select_related("initiative__stream")
    record = get_object_or_404(found, pk=record_id)
    own = record.author_id == request.reader.member_id
    if record.withdrawn or not (own or request.reader.may("initiatives.withdraw")):
        raise PermissionDenied
    href = kinds.href(record, request.initiative.slug)
    return withdraw_with_reason(request, record, _("Withdraw this"), href, href)
