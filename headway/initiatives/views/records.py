from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.initiatives import actions, kinds, queries
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.files import check_upload
from headway.initiatives.forms import FileForm, LinkForm, TranslationForm, WithdrawForm
from headway.initiatives.models import File, Link, Record
from headway.initiatives.pages import FormPage
from headway.initiatives.queries.panel import texts_of
from headway.initiatives.queries.records import link_targets
from headway.initiatives.views import texts


def _record(request: MemberRequest, record_id: UUID) -> Record:
    mine = Record.objects.in_initiative(request.initiative).visible_to(request.reader.readers)
    return get_object_or_404(mine.select_related("initiative__stream", "source"), pk=record_id)


def _to_record(request: MemberRequest, record: Record) -> HttpResponseBase:
    return redirect(kinds.href(record, request.initiative.slug))


@requires("initiatives.view")
def record(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """A record by its id: its own page, where its kind has one."""
    found = _record(request, record_id)
    address = kinds.href(found, request.initiative.slug)
    if address != request.path:
        return redirect(address)
    return render_page(
        request, "initiatives/record.html", queries.record_page(found, request.reader)
    )


@requires("initiatives.link")
def link(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say what a record came from."""
    found = _record(request, record_id)
    words = str(request.GET.get("words", ""))
    targets = link_targets(found, request.reader, words)
    offered = Record.objects.filter(pk__in=[target.pk for target in targets])
    form = LinkForm(request.POST or None, targets=offered)
    if form.carry_out(lambda said: actions.link_records(by=request.actor, origin=found, **said)):
        return _to_record(request, found)
    page = queries.link_page(found, request.reader, words, len(targets))
    return render_page(request, "initiatives/link.html", page, form)


@requires("initiatives.link")
@require_POST
def unlink(request: MemberRequest, link_id: UUID) -> HttpResponseBase:
    """Take a link away."""
    mine = Link.objects.filter(origin__initiative=request.initiative, withdrawn_at__isnull=True)
    seen = mine.filter(origin__visibility__in=request.reader.readers)
    found = get_object_or_404(
        seen.select_related("origin__initiative__stream", "target"), pk=link_id
    )
    actions.unlink_records(by=request.actor, link=found)
    return _to_record(request, found.origin)


@requires("initiatives.withdraw")
def withdraw(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take a record back, with the reason."""
    found = _record(request, record_id)
    form = WithdrawForm(request.POST or None)
    if form.carry_out(lambda said: actions.withdraw_record(by=request.actor, record=found, **said)):
        return _to_record(request, found)
    consequence = _("“%s” leaves every list. It stays readable in the history.") % found.title
    back = kinds.href(found, request.initiative.slug)
    page = ConfirmPage(texts.WITHDRAW, (consequence,), texts.WITHDRAW, back)
    return render_page(request, "core/confirm.html", page, form)


@requires("initiatives.translate")
def translate(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Keep a text of a record in another language."""
    found = _record(request, record_id)
    known = texts_of(found)
    form = TranslationForm(request.POST or None, texts=known, language=found.language)
    if form.carry_out(
        lambda said: actions.translate_text(
            by=request.actor, record=found, original=known[said["field"]], **said
        )
    ):
        return _to_record(request, found)
    back = kinds.href(found, request.initiative.slug)
    page = FormPage(texts.TRANSLATE, kicker=found.title, back_href=back)
    return render_page(request, "initiatives/form.html", page, form)


@requires("initiatives.add_file")
def add_file(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Keep a file with a record."""
    found = _record(request, record_id)
    form = FileForm(request.POST or None, request.FILES or None)

    def keep(said: dict[str, Any]) -> File:
        upload = check_upload(said["file"])
        return actions.add_file(by=request.actor, record=found, upload=upload)

    if form.carry_out(keep):
        return _to_record(request, found)
    back = kinds.href(found, request.initiative.slug)
    page = FormPage(texts.ADD_FILE, kicker=found.title, back_href=back, upload=True)
    return render_page(request, "initiatives/form.html", page, form)


def _file(request: MemberRequest, file_id: UUID) -> File:
    mine = File.objects.filter(
        record__initiative=request.initiative,
        record__visibility__in=request.reader.readers,
        withdrawn_at__isnull=True,
    )
    return get_object_or_404(mine.select_related("record"), pk=file_id)


@requires("initiatives.view")
def file(request: MemberRequest, file_id: UUID) -> FileResponse:
    """A file to save, never to open inside the page."""
    found = _file(request, file_id)
    if not default_storage.exists(found.stored_as):
        raise Http404
    response = FileResponse(
        default_storage.open(found.stored_as),
        as_attachment=True,
        filename=found.name,
        content_type=found.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@requires("initiatives.add_file")
def withdraw_file(request: MemberRequest, file_id: UUID) -> HttpResponse | HttpResponseBase:
    """Take a file back."""
    found = _file(request, file_id)
    form = PageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.carry_out(
        lambda _said: actions.withdraw_file(by=request.actor, file=found)
    ):
        return _to_record(request, found.record)
    consequence = _("“%s” can no longer be downloaded.") % found.name
    back = kinds.href(found.record, request.initiative.slug)
    page = ConfirmPage(texts.WITHDRAW_FILE, (consequence,), texts.WITHDRAW_FILE, back)
    return render_page(request, "core/confirm.html", page, form)
