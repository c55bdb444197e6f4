from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts.access import AuthorityRequest, requires
from headway.core.pages import ConfirmPage
from headway.directory import actions
from headway.directory.forms.rows import ReasonForm, SourceForm
from headway.directory.models import Organisation, Person, SourceOn
from headway.directory.views.gate import (
    FormPage,
    answer_form,
    answer_question,
    organisation_of,
    person_of,
    sent,
)


def _subject(request: AuthorityRequest, kind: str, key: UUID) -> Organisation | Person:
    if kind == "organisation":
        return organisation_of(request, key)
    if kind == "person":
        return person_of(request, key)
    raise Http404


def _page_of(row: Organisation | Person) -> str:
    name = "organisation" if isinstance(row, Organisation) else "person"
    return reverse(f"directory:{name}", args=[row.pk])


@requires("directory.edit")
def add_source(request: AuthorityRequest, kind: str, subject_id: UUID) -> HttpResponse:
    """Say where something about a row can be read."""
    row = _subject(request, kind, subject_id)
    page = FormPage(
        title=_("Add a source on %(name)s") % {"name": row.name},
        button=_("Add the source"),
        back_href=_page_of(row),
    )
    return answer_form(
        request, SourceForm(sent(request)), page, lambda data: _add(request, row, data), _("Added.")
    )


@transaction.atomic
def _add(request: AuthorityRequest, row: Organisation | Person, data: dict[str, Any]) -> SourceOn:
    note = data.pop("note")
    source = actions.record_source(by=request.actor, authority=request.authority, **data)
    return actions.attach_source(by=request.actor, source=source, subject=row, note_text=note)


@requires("directory.edit")
def detach_source(request: AuthorityRequest, said_id: UUID) -> HttpResponse:
    """Ask once, then take a source off a row."""
    rows = SourceOn.objects.in_authority(request.authority).live().select_related("source")
    said = get_object_or_404(rows, pk=said_id)
    row = _subject(request, said.subject_kind, said.subject_id)
    page = ConfirmPage(
        title=_("Take off “%(title)s”") % {"title": said.source.title},
        what_happens=(_("%(name)s no longer names this source.") % {"name": row.name},),
        button=_("Take it off"),
        back_href=_page_of(row),
    )
    return answer_question(
        request,
        ReasonForm(sent(request)),
        page,
        lambda data: actions.detach_source(by=request.actor, said=said, subject=row, **data),
        _("Taken off."),
    )
