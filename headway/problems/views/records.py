"""What can be done with any record of the problem: cite, compare, withdraw, look for its like."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from headway.core.pages import ConfirmPage, render_page
from headway.initiatives import kinds
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.actions import withdraw_record
from headway.initiatives.forms import WithdrawForm
from headway.initiatives.models import Record
from headway.problems import actions, queries
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
from headway.problems.views.writing import WritePage, own, posted, write

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
    mine = Record.objects.in_initiative(request.initiative).visible_to(request.reader.readers)
    of_problem = mine.filter(kind__in=KINDS).select_related("initiative__stream")
    return get_object_or_404(of_problem, pk=record_id)


@requires("problems.speak")
def withdraw(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take back what one wrote, with the reason."""
    record = _record(request, record_id)
    own(request, record)
    form = WithdrawForm(posted(request))
    href = kinds.href(record, request.initiative.slug)
    if form.carry_out(lambda said: withdraw_record(by=request.actor, record=record, **said)):
        return redirect(href)
    consequence = _("“%(title)s” leaves every list. It stays readable in the history.") % {
        "title": record.title
    }
    page = ConfirmPage(_("Withdraw this"), (consequence,), _("Withdraw it"), href)
    return render_page(request, "core/confirm.html", page, form)


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
    form = WithdrawForm(posted(request))
    href = kinds.href(citation.record, request.initiative.slug)
    if form.carry_out(
        lambda said: actions.withdraw_citation(by=request.actor, citation=citation, **said)
    ):
        return redirect(href)
    consequence = _("“%(source)s” no longer stands beside “%(record)s”.") % {
        "source": citation.source.title,
        "record": citation.record.title,
    }
    page = ConfirmPage(_("Take this source off"), (consequence,), _("Take it off"), href)
    return render_page(request, "core/confirm.html", page, form)


@requires("problems.compare")
def wordings(request: MemberRequest, record_id: UUID, field: str) -> HttpResponse:
    """Any two versions of a text with the visible difference."""
    record = _record(request, record_id)
    page = queries.wordings_page(record, field, request.reader, request.GET)
    if page is None:
        raise Http404
    return render_page(request, "problems/wordings.html", page)


@requires("problems.speak")
def similar(request: MemberRequest, kind: str) -> HttpResponse:
    """What resembles the words that somebody is typing; a part of a form's page."""
    if kind not in ASKED_WHILE_TYPING:
        raise Http404
    text = request.GET.get(ASKED_WHILE_TYPING[kind], "")
    found = queries.alike(request.initiative, request.reader, kind, text)
    page = queries.AlikePage(kinds.label(kind), found)
    return render_page(request, "problems/parts/alike.html", page)
