from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from headway.core.pages import render_page
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Record
from headway.site.queries.trace import trace_page


@requires("site.trace")
def trace(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """The path of a record, to both ends."""
    found = request.reader.readable(Record.objects.in_initiative(request.initiative))
    record = get_object_or_404(found, pk=record_id)
    page = trace_page(record, request.initiative, request.reader)
    return render_page(request, "site/trace.html", page)
