from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts.access import AuthorityRequest, requires
from headway.accounts.limits import limited
from headway.core.downloads import csv_download, download
from headway.core.forms import PageForm
from headway.core.pages import render_page
from headway.directory.actions.exports import note_export
from headway.directory.actions.imports.uploads import (
    confirm_upload,
    keep_upload,
    look_over_upload,
)
from headway.directory.formats import organisations_csv, people_csv, popolo_json
from headway.directory.forms.lists import UploadForm
from headway.directory.models import Upload
from headway.directory.queries import exports
from headway.directory.queries.imports import import_page, imports_page
from headway.directory.tasks import bring_in, look_over
from headway.directory.views.gate import send_once, sent

# What is read this fast is shown at once; larger files are read by the worker.
AT_ONCE_BYTES = 200_000
ORGANISATIONS = "organizations.csv"


@requires("directory.import")
@limited("imports", per_minute=30)
def imports(request: AuthorityRequest) -> HttpResponse:
    """List uploaded files, and take another."""
    files = request.FILES if request.method == "POST" else None
    form = UploadForm(sent(request), files)

    def to(kept: Upload) -> tuple[str, str]:
        return reverse("directory:import", args=[kept.pk]), ""

    here = reverse("directory:imports")
    sent_to = send_once(request, form, lambda data: _keep(request, data), to, here)
    if sent_to:
        return redirect(sent_to)
    page = imports_page(request.authority, request.GET)
    return render_page(request, "directory/imports.html", page, form)


def _keep(request: AuthorityRequest, data: dict[str, Any]) -> Upload:
    upload = keep_upload(
        by=request.actor,
        authority=request.authority,
        kind=data["kind"],
        name=data["file"].name,
        content=data["file"],
    )
    if upload.size <= AT_ONCE_BYTES:
        return look_over_upload(upload_id=upload.pk, now=request.now)
    look_over.enqueue(str(upload.pk))
    return upload


def _upload(request: AuthorityRequest, upload_id: UUID) -> Upload:
    rows = Upload.objects.in_authority(request.authority).select_related("job")
    return get_object_or_404(rows, pk=upload_id)


@requires("directory.import")
def import_file(request: AuthorityRequest, upload_id: UUID) -> HttpResponse:
    """Show what a file would change, and bring it in when that is confirmed."""
    upload = _upload(request, upload_id)
    form = PageForm(sent(request))
    here = reverse("directory:import", args=[upload.pk])

    def confirm(_data: dict[str, Any]) -> None:
        confirm_upload(by=request.actor, upload=upload)
        bring_in.enqueue(str(upload.pk))

    done = _("The file is being brought in. You can close this page.")
    if send_once(request, form, confirm, lambda _done: (here, done), here):
        return redirect(here)
    return render_page(request, "directory/import.html", import_page(upload, request.GET), form)


@requires("directory.import")
def import_problems(request: AuthorityRequest, upload_id: UUID) -> HttpResponseBase:
    """Every problem of a file, as CSV."""
    stored_as = _upload(request, upload_id).preview.get("problems_stored_as")
    if not stored_as:
        raise Http404
    stored = default_storage.open(stored_as, "rb")
    return FileResponse(
        stored, as_attachment=True, filename="problems.csv", content_type="text/csv; charset=utf-8"
    )


def _note(request: AuthorityRequest, file: str) -> bool:
    """Note a download in the log; answer whether addresses are in it."""
    with_emails = request.may("directory.view_emails") and file != ORGANISATIONS
    note_export(by=request.actor, authority=request.authority, file=file, with_emails=with_emails)
    return with_emails


@requires("directory.export")
@limited("directory_export", per_minute=10)
def organisations_as_csv(request: AuthorityRequest) -> HttpResponseBase:
    """Every organisation as CSV."""
    _note(request, ORGANISATIONS)
    records = exports.organisation_records(request.authority)
    return csv_download("organizations", organisations_csv.write(records))


@requires("directory.export")
@limited("directory_export", per_minute=10)
def people_as_csv(request: AuthorityRequest) -> HttpResponseBase:
    """Every person with their roles as CSV."""
    with_emails = _note(request, "people.csv")
    records = exports.person_records(request.authority, with_emails=with_emails)
    return csv_download("people", people_csv.write(records))


@requires("directory.export")
@limited("directory_export", per_minute=10)
def directory_as_popolo(request: AuthorityRequest) -> HttpResponseBase:
    """The whole directory as Popolo JSON."""
    authority = request.authority
    with_emails = _note(request, "directory.json")
    pieces = popolo_json.write_parts(
        exports.area_records(authority),
        exports.organisation_records(authority),
        tuple(exports.post_records(authority)),
        tuple(exports.person_records(authority, with_emails=with_emails)),
    )
    return download("directory", "json", "application/json", pieces)
