from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from headway.commitments.actions.large import AT_ONCE_BYTES, SHOWN_ROWS
from headway.core.forms import PageForm
from headway.core.pages import render_page
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import page_of, posted, write
from headway.pilots import actions
from headway.pilots.actions import Numbers
from headway.pilots.forms import ColumnsForm, FindingForm, ResultsForm, WithdrawFindingForm
from headway.pilots.models import Pilot, PilotFinding, ResultsFile
from headway.pilots.queries.results import results_file_page, results_page
from headway.pilots.tasks import look_over as look_over_later
from headway.pilots.tasks import work_out as work_out_later
from headway.pilots.views.gate import carry_out, pilot_row


@requires("pilots.record_result")
def record_finding(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Enter what a report says of a pilot's numbers."""
    row = pilot_row(request, record_id)

    def act(said: dict[str, Any]) -> PilotFinding:
        return actions.record_finding(
            by=request.actor,
            pilot=row,
            numbers=_numbers(said),
            design=said["design"],
            note=said["note"],
            outcome=row.measure,
        )

    return carry_out(
        request,
        row,
        FindingForm(posted(request), initial={"design": row.design}),
        act,
        _("Enter what was found"),
        _("Totals only: nothing that tells one person from another."),
    )


def _numbers(said: dict[str, Any]) -> Numbers:
    return Numbers(
        estimate=_float(said["estimate"]),
        low=_float(said["low"]),
        high=_float(said["high"]),
        p_value=_float(said["p_value"]),
        count=said["count"],
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


@requires("pilots.record_result")
def withdraw_finding(request: MemberRequest, finding_id: UUID) -> HttpResponseBase:
    """Take a finding back."""
    rows = PilotFinding.objects.filter(pilot__record__initiative=request.initiative)
    found = get_object_or_404(rows, pk=finding_id)
    row = pilot_row(request, found.pilot_id)
    return carry_out(
        request,
        row,
        WithdrawFindingForm(posted(request)),
        lambda said: actions.withdraw_finding(by=request.actor, finding=found, **said),
        _("Take this finding back"),
    )


@requires("pilots.record_result")
def results(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """List the tables brought along for a pilot, and take another."""
    row = pilot_row(request, record_id)
    sent = request.FILES if request.method == "POST" else None
    return write(
        request,
        form=ResultsForm(posted(request), sent),
        act=lambda said: _keep(request, row, said),
        page=results_page(row, request.reader, request.GET),
        to=lambda kept: page_of(request, "pilots:results_file", kept.pk),
        template="pilots/results.html",
    )


def _keep(request: MemberRequest, row: Pilot, said: dict[str, Any]) -> ResultsFile:
    sent = said["file"]
    file = actions.keep_results(
        by=request.actor, pilot=row, file_name=sent.name, content=sent.read()
    )
    _look_over(request, file, small=sent.size <= AT_ONCE_BYTES)
    return file


def _look_over(request: MemberRequest, file: ResultsFile, *, small: bool) -> None:
    """Read a small table at once, and let the worker read a large one."""
    if small:
        actions.look_over_results(file_id=file.pk, now=request.now)
    else:
        look_over_later.enqueue(str(file.pk))


def _file(request: MemberRequest, file_id: UUID) -> ResultsFile:
    rows = ResultsFile.objects.filter(pilot__record__initiative=request.initiative)
    mine = rows.filter(pilot__record__visibility__in=request.reader.readers)
    return get_object_or_404(mine.select_related("job", "pilot__record").defer("raw"), pk=file_id)


@requires("pilots.record_result")
def results_file(request: MemberRequest, file_id: UUID) -> HttpResponseBase:
    """What a table says, and how its columns are read."""
    row = _file(request, file_id)
    form = ColumnsForm(
        posted(request),
        headings=row.sheet.get("heading", ()),
        mapping=row.mapping,
        initial={"design": row.design, "by_lot": row.by_lot},
    )
    if request.method == "POST" and form.carry_out(
        lambda said: actions.map_results(
            by=request.actor,
            file=row,
            mapping=form.chosen(said),
            design=said["design"],
            by_lot=said["by_lot"],
        )
    ):
        _look_over(request, row, small=len(row.sheet.get("rows", ())) < SHOWN_ROWS)
        return redirect(page_of(request, "pilots:results_file", row.pk))
    page = results_file_page(row, request.reader, request.GET)
    return render_page(request, "pilots/results_file.html", page, form if page.is_open else None)


@requires("pilots.record_result")
def work_out(request: MemberRequest, file_id: UUID) -> HttpResponseBase:
    """Let the worker estimate what a table says."""
    row = _file(request, file_id)
    form = PageForm(posted(request))
    if request.method == "POST" and form.carry_out(
        lambda _said: actions.ask_to_work_out(by=request.actor, file=row)
    ):
        work_out_later.enqueue(str(row.pk))
    return redirect(page_of(request, "pilots:results_file", row.pk))
