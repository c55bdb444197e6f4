from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import (
    WritePage,
    add_unless_alike,
    page_of,
    posted,
    revise,
    row_of,
    write,
)
from headway.problems import actions, queries
from headway.problems.forms import FactForm, StanceForm
from headway.problems.models import Fact, FactStance
from headway.problems.views.writing import sourced


@requires("problems.view")
def facts(request: MemberRequest) -> HttpResponse:
    """The ledger of facts."""
    page = queries.facts_page(request.initiative, request.reader, request.GET)
    return render_page(request, "problems/facts.html", page)


@requires("problems.view")
def facts_csv(request: MemberRequest) -> HttpResponseBase:
    """The ledger as a table file."""
    state = request.GET.get("state", "")
    rows = queries.fact_rows(request.initiative, request.reader, state)
    name = f"{request.initiative.title} facts"
    return csv_download(name, write_rows(queries.FACT_HEADING, rows))


@requires("problems.view")
def fact(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One fact with what everybody said to it."""
    page = queries.fact_page(row_of(request, Fact, record_id), request.reader)
    return render_page(request, "problems/fact.html", page)


@requires("problems.speak")
def add_fact(request: MemberRequest) -> HttpResponseBase:
    """Put a claim into the ledger."""
    form = FactForm(posted(request))
    page = WritePage(
        _("Add a fact"),
        lead=_("It is open until somebody agrees with it or disputes it."),
        back_href=page_of(request, "problems:facts"),
    )
    return add_unless_alike(
        request,
        kind=Fact.RECORD_KIND,
        field="claim",
        similar="problems:similar",
        form=form,
        act=lambda said: actions.add_fact(
            by=request.actor, initiative=request.initiative, **sourced(request, said)
        ),
        page=page,
    )


@requires("problems.write")
def edit_fact(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word a claim anew."""
    row = row_of(request, Fact, record_id)
    shown = {"claim": row.claim, "when": row.record.when}
    return revise(
        request,
        row=row,
        form=FactForm(posted(request), initial=shown),
        act=lambda said: actions.revise_fact(by=request.actor, fact=row, **sourced(request, said)),
        title=_("Word this fact anew"),
    )


@requires("problems.speak")
def take_stance(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Agree with a fact or dispute it."""
    row = row_of(request, Fact, record_id)
    form = StanceForm(
        posted(request),
        initiative=request.initiative,
        reader=request.reader,
        today=request.today,
    )

    def say(said: dict[str, Any]) -> FactStance:
        named = actions.named_sources(
            by=request.actor, initiative=request.initiative, named=said["source"]
        )
        source = named[0] if named else None
        return actions.take_stance(by=request.actor, fact=row, **{**said, "source": source})

    href = page_of(request, "problems:fact", row.pk)
    page = WritePage(
        _("What do you say to it?"), lead=row.claim, button=_("Say so"), back_href=href
    )
    return write(request, form=form, act=say, page=page, to=lambda _row: href)
