"""What can be done with any record of the problem: cite, compare, withdraw, look for its like."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.core.pages import ConfirmPage, render_page
from headway.initiatives import kinds
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.forms import WithdrawForm
from headway.initiatives.models import Record
from headway.initiatives.pages.write import CONFIRM, WritePage, posted, write
from headway.initiatives.pages.write import withdraw as withdraw_with_reason
from headway.initiatives.queries.similar import AlikePage, alike
from headway.problems import actions
from headway.problems.forms import CiteForm
from headway.problems.models import (
    AffectedGroup,
    Baseline,
    Citation,
    Effort,
    Facet,
    Fact,
    Framing,
    Problem,
    VisionLine,
)
from headway.problems.views.writing import own

KINDS = tuple(
    model.RECORD_KIND
    for model in (
        Problem,
        AffectedGroup,
        Baseline,
        Framing,
        Facet,
        Fact,
        VisionLine,
        Effort,
    )
)
ASKED_WHILE_TYPING = {
    Effort.RECORD_KIND: "title",
    Framing.RECORD_KIND: "title",
    Fact.RECORD_KIND: "claim",
}


def _record(request: MemberRequest, record_id: UUID) -> Record:
    mine = request.reader.readable(Record.objects.in_initiative(request.initiative))
    of_problem = mine.filter(kind__in=KINDS).select_related("initiative__stream")
    return get_object_or_404(of_problem, pk=record_id)


@requires("problems.speak")
def withdraw(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take back what one wrote, with the reason."""
    record = _record(request, record_id)
    own(request, record)
    href = kinds.href(record, request.initiative.slug)
    return withdraw_with_reason(request, record, _("Withdraw this"), href, href)


@requires("problems.write")
def cite(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Set a source beside a record."""
    record = _record(request, record_id)
    href = kinds.href(record, request.initiative.slug)

    def add(said: dict[str, Any]) -> Citation:
        named = [(said["title"], said["url"])]
        (source,) = actions.named_sources(
            by=request.actor, initiative=request.initiative, named=named
        )
        return actions.cite(by=request.actor, record=record, source=source, note=said["note"])

    page = WritePage(_("Add a source"), kicker=record.title, back_href=href)
    return write(request, form=CiteForm(posted(request)), act=add, page=page, to=lambda _row: href)


@requires("problems.write")
def withdraw_citation(request: MemberRequest, citation_id: UUID) -> HttpResponseBase:
    """Take a source off a record, with the reason."""
    mine = Citation.objects.live().filter(
        record__initiative=request.initiative, record__visibility__in=request.reader.readers
    )
    citation = get_object_or_404(
        mine.select_related("record__initiative__stream", "source"), pk=citation_id
    )
    href = kinds.href(citation.record, request.initiative.slug)
    consequence = _("“%(source)s” no longer stands beside “%(record)s”.") % {
        "source": citation.source.title,
        "record": citation.record.title,
    }
    page = ConfirmPage(_("Take this source off"), (consequence,), _("Take it off"), href)
    return write(
        request,
        form=WithdrawForm(posted(request)),
        act=lambda said: actions.withdraw_citation(by=request.actor, citation=citation, **said),
        page=page,
        to=lambda _done: href,
        template=CONFIRM,
    )


@requires("problems.speak")
def similar(request: MemberRequest, kind: str) -> HttpResponse:
    """What resembles the words that somebody is typing; a part of a form's page."""
    if kind not in ASKED_WHILE_TYPING:
        raise Http404
    text = request.GET.get(ASKED_WHILE_TYPING[kind], "")
    found = alike(request.initiative, request.reader, kind, text)
    page = AlikePage(kinds.label(kind), found)
    return render_page(request, "initiatives/parts/alike.html", page)
