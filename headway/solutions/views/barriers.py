"""What is in the way of recommendations."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import WritePage, page_of, posted, revise, row_of, write
from headway.problems import actions as problems
from headway.solutions import actions
from headway.solutions.forms.beside import AnswerForm, BarrierForm
from headway.solutions.models import Barrier, Solution
from headway.solutions.queries import barriers as queries
from headway.solutions.views.work import solution_href, solution_row


@requires("solutions.view")
def barriers(request: MemberRequest) -> HttpResponse:
    """Everything that is in the way."""
    page = queries.barriers_page(request.initiative, request.reader, request.GET)
    return render_page(request, "solutions/barriers.html", page)


@requires("solutions.view")
def barriers_csv(request: MemberRequest) -> HttpResponseBase:
    """The same as a table file."""
    state = request.GET.get("state", "")
    rows = queries.barrier_rows(request.initiative, request.reader, state)
    name = f"{request.initiative.title} in the way"
    return csv_download(name, write_rows(queries.BARRIER_HEADING, rows))


@requires("solutions.view")
def barrier(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One thing that is in the way."""
    row = row_of(request, Barrier, record_id, "waiver__merged_into")
    return render_page(request, "solutions/barrier.html", queries.barrier_page(row, request.reader))


@requires("solutions.propose")
def add_barrier(request: MemberRequest) -> HttpResponseBase:
    """Say what is in the way."""
    return _add(request, None)


@requires("solutions.propose")
def add_barrier_to(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say what is in the way of one recommendation."""
    return _add(request, solution_row(request, record_id))


def _add(request: MemberRequest, blocks: Solution | None) -> HttpResponseBase:
    back = solution_href(request, blocks) if blocks else page_of(request, "solutions:barriers")
    return write(
        request,
        form=BarrierForm(posted(request), authority=request.authority),
        act=lambda said: actions.note_barrier(
            by=request.actor, initiative=request.initiative, blocks=blocks, **_worded(said)
        ),
        page=WritePage(
            _("What is in the way?"), kicker=blocks.record.title if blocks else "", back_href=back
        ),
        to=lambda row: back if blocks else page_of(request, "solutions:barrier", row.pk),
    )


def _worded(said: dict[str, Any]) -> dict[str, Any]:
    """What was said; without more, the one line is the text."""
    return {**said, "text": said["text"].strip() or said["title"]}


@requires("solutions.propose")
def edit_barrier(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word it anew, or name who else can waive it."""
    row = row_of(request, Barrier, record_id, "waiver__merged_into")
    shown = {
        "title": row.record.title,
        "text": row.text,
        "kind": row.kind,
        "waiver": row.waiver,
        "waiver_as_said": row.waiver_as_said,
    }
    return revise(
        request,
        row=row,
        form=BarrierForm(posted(request), authority=request.authority, initial=shown),
        act=lambda said: actions.revise_barrier(by=request.actor, barrier=row, **_worded(said)),
        title=_("Change what is known about it"),
    )


@requires("solutions.propose")
def move_barrier(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Note that somebody was asked, or what they answered, with its date and source."""
    row = row_of(request, Barrier, record_id, "waiver__merged_into")
    href = page_of(request, "solutions:barrier", row.pk)
    opened = row.state == Barrier.State.OPEN
    shown = {"state": Barrier.State.ASKED if opened else "", "answer": ""}

    def move(said: dict[str, Any]) -> bool:
        named = problems.named_sources(
            by=request.actor, initiative=request.initiative, named=said.pop("sources")
        )
        changed = actions.move_barrier(by=request.actor, barrier=row, **said)
        for source in named:
            problems.cite(by=request.actor, record=row.record, source=source, note="")
        return changed

    return write(
        request,
        form=AnswerForm(posted(request), initial=shown),
        act=move,
        page=WritePage(_("What happened?"), kicker=row.record.title, back_href=href),
        to=lambda _done: href,
    )
