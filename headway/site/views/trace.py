from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.core.pages import render_page
from headway.initiatives import kinds
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Record
from headway.initiatives.pages.write import WritePage, page_of, posted, write
from headway.site.queries.trace import trace_page, words_of
from headway.solutions.actions import bring_idea
from headway.solutions.forms.work import IdeaForm


def _record(request: MemberRequest, record_id: UUID) -> Record:
    found = request.reader.readable(Record.objects.in_initiative(request.initiative))
    return get_object_or_404(found.select_related("initiative__stream"), pk=record_id)


@requires("site.trace")
def trace(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """The path of a record, to both ends."""
    record = _record(request, record_id)
    page = trace_page(record, request.initiative, request.reader)
    return render_page(request, "site/trace.html", page)


@requires("solutions.propose")
def idea_from(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Make an idea out of what somebody said, found or met, with the link kept."""
    record = _record(request, record_id)
    slug = request.initiative.slug
    return write(
        request,
        form=IdeaForm(
            posted(request),
            authority=request.authority,
            initial={"title": record.title, "text": words_of(record)},
        ),
        act=lambda said: bring_idea(
            by=request.actor,
            initiative=request.initiative,
            came_from=record,
            visibility=record.visibility,
            **said,
        ),
        page=WritePage(
            _("Make it an idea"),
            lead=_(
                "It keeps the link to where it came from, so that they can see what became of it."
            ),
            kicker=record.title,
            back_href=kinds.href(record, slug),
        ),
        to=lambda row: page_of(request, "solutions:solution", row.pk),
    )
