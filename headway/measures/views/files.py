from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from headway.commitments.actions.large import AT_ONCE_BYTES, SHOWN_ROWS
from headway.core.forms import PageForm
from headway.core.pages import render_page
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import page_of, posted, write
from headway.measures.actions import (
    bring_in_readings,
    confirm_file,
    keep_file,
    look_over_file,
    map_file,
)
from headway.measures.forms import FileForm, MappingForm
from headway.measures.models import Measure, ReadingsFile
from headway.measures.queries.files import file_page, files_page
from headway.measures.tasks import bring_in as bring_in_later
from headway.measures.tasks import look_over as look_over_later
from headway.measures.views.gate import measure_row, must_give

# So many data points are brought in while one waits; more are brought in by the worker.
AT_ONCE = 500


@requires("measures.import")
def files(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """List the tables brought along for a measure, and take another."""
    row = measure_row(request, record_id)
    sent = request.FILES if request.method == "POST" else None
    first = {"visibility": row.record.visibility}
    return write(
        request,
        form=FileForm(posted(request), sent, authority=request.authority, initial=first),
        act=lambda said: _keep(request, row, said),
        page=files_page(row, request.reader, request.GET),
        to=lambda kept: page_of(request, "measures:file", kept.pk),
        template="measures/files.html",
    )


def _keep(request: MemberRequest, measure: Measure, said: dict[str, Any]) -> ReadingsFile:
    must_give(request, said["organisation"])
    file = keep_file(
        by=request.actor,
        measure=measure,
        file_name=said["file"].name,
        content=said["file"].read(),
        title=said["title"],
        url=said["url"],
        organisation=said["organisation"],
        visibility=said["visibility"],
    )
    _look_over(request, file, small=said["file"].size <= AT_ONCE_BYTES)
    return file


def _look_over(request: MemberRequest, file: ReadingsFile, *, small: bool) -> None:
    """Read a small table at once, and let the worker read a large one."""
    if small:
        look_over_file(file_id=file.pk, now=request.now)
    else:
        look_over_later.enqueue(str(file.pk))


def _file(request: MemberRequest, file_id: UUID) -> ReadingsFile:
    rows = ReadingsFile.objects.filter(measure__record__initiative=request.initiative)
    mine = rows.filter(measure__record__visibility__in=request.reader.readers)
    found = get_object_or_404(
        mine.select_related("job", "measure__record", "organisation").defer("raw"), pk=file_id
    )
    must_give(request, found.organisation)
    return found


@requires("measures.import")
def file(request: MemberRequest, file_id: UUID) -> HttpResponseBase:
    """What a table says, how its columns are read, and what it would make."""
    row = _file(request, file_id)
    form = MappingForm(posted(request), headings=row.sheet.get("heading", ()), mapping=row.mapping)
    if request.method == "POST" and form.carry_out(
        lambda said: map_file(by=request.actor, file=row, mapping=form.chosen(said))
    ):
        _look_over(request, row, small=len(row.sheet.get("rows", ())) < SHOWN_ROWS)
        return redirect(page_of(request, "measures:file", row.pk))
    own = row.user_id is not None and row.user_id == request.user.pk
    page = file_page(row, request.reader, request.GET, own=own)
    return render_page(request, "measures/file.html", page, form if page.is_open else None)


@requires("measures.import")
def bring_in(request: MemberRequest, file_id: UUID) -> HttpResponseBase:
    """Note the data points of a table, as its preview shows."""
    row = _file(request, file_id)
    form = PageForm(posted(request))
    if request.method == "POST" and form.carry_out(
        lambda _said: confirm_file(by=request.actor, file=row)
    ):
        if row.counts.get("points", 0) <= AT_ONCE:
            bring_in_readings(file_id=row.pk, now=request.now)
        else:
            bring_in_later.enqueue(str(row.pk))
    return redirect(page_of(request, "measures:file", row.pk))
