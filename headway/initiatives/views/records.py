from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from headway.accounts.access import declared
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.initiatives import actions, kinds, queries
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.files import check_upload
from headway.initiatives.forms import FileForm, LinkForm, TranslationForm
from headway.initiatives.models import File, Link, Record
from headway.initiatives.pages.write import CONFIRM, WritePage, posted, write
from headway.initiatives.pages.write import withdraw as withdraw_with_reason
from headway.initiatives.queries.panel import texts_of
from headway.initiatives.queries.records import link_targets
from headway.initiatives.views import texts


def _record(request: MemberRequest, record_id: UUID) -> Record:
    mine = request.reader.readable(Record.objects.in_initiative(request.initiative))
    return get_object_or_404(mine.select_related("initiative__stream", "source"), pk=record_id)


def _opens(request: MemberRequest, record: Record) -> bool:
    """Whether somebody may open the page that records of this kind have."""
    page = declared(resolve(kinds.href(record, request.initiative.slug)).func)
    return page is not None and request.may(page.permission)


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
    page = queries.link_page(found, request.reader, words, len(targets))
    return write(
        request,
        form=LinkForm(posted(request), targets=offered),
        act=lambda said: actions.link_records(by=request.actor, origin=found, **said),
        page=page,
        to=lambda _link: page.back_href,
        template="initiatives/link.html",
    )


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
    href = kinds.href(found, request.initiative.slug)
    return withdraw_with_reason(request, found, texts.WITHDRAW, href, href)


@requires("initiatives.translate")
def translate(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Keep a text of a record in another language."""
    found = _record(request, record_id)
    known = texts_of(found)
    back = kinds.href(found, request.initiative.slug)
    return write(
        request,
        form=TranslationForm(posted(request), texts=known, language=found.language),
        act=lambda said: actions.translate_text(
            by=request.actor, record=found, original=known[said["field"]], **said
        ),
        page=WritePage(texts.TRANSLATE, kicker=found.title, back_href=back),
        to=lambda _translation: back,
    )


@requires("initiatives.view_members")
def record_history(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """The versions of a record's texts, and its events; a removed one tells only of its removal."""
    found = _record(request, record_id)
    if not _opens(request, found):
        raise Http404
    if found.expunged_at is not None:
        return _to_record(request, found)
    return render_page(
        request,
        "initiatives/record_history.html",
        queries.record_history_page(found, request.reader),
    )


@requires("initiatives.view_history")
def wordings(request: MemberRequest, record_id: UUID, field: str) -> HttpResponse:
    """Any two versions of a text with the visible difference."""
    found = _record(request, record_id)
    page = queries.wordings_page(found, field, request.reader, request.GET)
    if page is None:
        raise Http404
    return render_page(request, "initiatives/wordings.html", page)


@requires("initiatives.add_file")
def add_file(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Keep a file with a record."""
    found = _record(request, record_id)

    def keep(said: dict[str, Any]) -> File:
        upload = check_upload(said["file"])
        return actions.add_file(by=request.actor, record=found, upload=upload)

    back = kinds.href(found, request.initiative.slug)
    return write(
        request,
        form=FileForm(posted(request), request.FILES or None),
        act=keep,
        page=WritePage(texts.ADD_FILE, kicker=found.title, back_href=back, upload=True),
        to=lambda _file: back,
    )


def _file(request: MemberRequest, file_id: UUID) -> File:
    open_to = request.reader.readable(Record.objects.in_initiative(request.initiative))
    mine = File.objects.filter(record__in=open_to, withdrawn_at__isnull=True)
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
    consequence = _("“%s” can no longer be downloaded.") % found.name
    back = kinds.href(found.record, request.initiative.slug)
    page = ConfirmPage(texts.WITHDRAW_FILE, (consequence,), texts.WITHDRAW_FILE, back)
    return write(
        request,
        form=PageForm(posted(request)),
        act=lambda _said: actions.withdraw_file(by=request.actor, file=found),
        page=page,
        to=lambda _done: back,
        template=CONFIRM,
    )
