from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.arenas import actions
from headway.arenas.forms import (
    AnswerForm,
    ApproachForm,
    EditOnRecordForm,
    LimitForm,
    OnRecordForm,
)
from headway.arenas.models import Approach, Arena, OnRecord
from headway.arenas.queries.speaking import (
    CONTACT_HEADING,
    approach_page,
    contact_rows,
    kinds_offered,
    may_correct,
    may_note,
    on_record_page,
    own_organisations,
    spoken_for,
    who_page,
)
from headway.arenas.views.requests import ask_of
from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.directory.models import Organisation, Post
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import WritePage, page_of, posted, revise, row_of, write


def _seats(arena: Arena) -> object:
    """The seats of a body, to choose from."""
    return Post.objects.filter(pk__in=arena.seats.filter(ended_at__isnull=True).values("post"))


@requires("arenas.view")
def on_record(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One word on the record."""
    row = row_of(request, OnRecord, record_id, "post", "person__merged_into")
    page = on_record_page(row, request.reader)
    return render_page(request, "initiatives/detail.html", page)


@requires("arenas.record")
def add_on_record(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Note what was said in public on a request."""
    row = ask_of(request, record_id)
    href = page_of(request, "arenas:ask", row.pk)
    form = OnRecordForm(
        posted(request), authority=request.authority, offered={"post": _seats(row.arena)}
    )
    return write(
        request,
        form=form,
        act=lambda said: actions.note_on_record(by=request.actor, ask=row, **said),
        page=WritePage(
            _("Note what was said on the record"),
            lead=_("Only what was said in public. This may have to be released."),
            kicker=row.record.title,
            back_href=href,
        ),
        to=lambda _row: href,
    )


@requires("arenas.record")
def edit_on_record(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Correct what one noted, or as who leads; a new word of a seat is noted beside it."""
    row = row_of(request, OnRecord, record_id)
    if not may_correct(row, request.reader):
        raise PermissionDenied
    shown = {
        "kind": row.kind,
        "text": row.text,
        "stance": row.stance,
        "when": row.record.when,
        "link": row.link,
    }
    return revise(
        request,
        row=row,
        form=EditOnRecordForm(posted(request), initial=shown),
        act=lambda said: actions.revise_on_record(by=request.actor, row=row, **said),
        title=_("Correct what was noted"),
    )


@requires("arenas.who_asks")
def who_asks(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """Who asks or informs whom, within what each organisation may do."""
    page = who_page(ask_of(request, record_id), request.reader, request.GET)
    return render_page(request, "arenas/who.html", page)


@requires("arenas.approach")
def limit(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say what one's own organisation may do for a request."""
    row = ask_of(request, record_id)
    own = own_organisations(request.reader.member_id, request.today)
    only = own[0] if len(own) == 1 else None
    href = page_of(request, "arenas:who_asks", row.pk)
    return write(
        request,
        form=LimitForm(posted(request), own=own, initial={"organisation": only}),
        act=lambda said: actions.limit_advocacy(by=request.actor, ask=row, **said),
        page=WritePage(
            _("What may your organization do?"), kicker=row.record.title, back_href=href
        ),
        to=lambda _row: href,
    )


@requires("arenas.approach")
def add_approach(
    request: MemberRequest, record_id: UUID, organisation_id: UUID
) -> HttpResponseBase:
    """Note who asks or informs a seat; offers only what the organisation may do."""
    row = ask_of(request, record_id)
    mine = Organisation.objects.in_authority(request.authority).live()
    found = get_object_or_404(mine.select_related("merged_into"), pk=organisation_id)
    organisation = found.canonical
    offered = kinds_offered(row, organisation, request.today)
    own = spoken_for(request.reader.member_id, request.today)
    if not offered or not may_note(organisation.pk, own, request.reader):
        raise PermissionDenied
    href = page_of(request, "arenas:who_asks", row.pk)
    form = ApproachForm(
        posted(request),
        authority=request.authority,
        offered_kinds=offered,
        offered={"post": _seats(row.arena)},
        initial={"kind": offered[0]},
    )
    return write(
        request,
        form=form,
        act=lambda said: actions.note_approach(
            by=request.actor, ask=row, organisation=organisation, **said
        ),
        page=WritePage(
            _("Note what %s does") % organisation.name, kicker=row.record.title, back_href=href
        ),
        to=lambda _row: href,
    )


@requires("arenas.who_asks")
def approach(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One contact with a seat."""
    row = row_of(request, Approach, record_id, "organisation__merged_into", "post")
    page = approach_page(row, request.reader)
    return render_page(request, "initiatives/detail.html", page)


@requires("arenas.approach")
def answer_approach(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Note that it was done, and what they answered."""
    row = row_of(request, Approach, record_id, "organisation__merged_into")
    own = spoken_for(request.reader.member_id, request.today)
    if not may_note(row.organisation.canonical.pk, own, request.reader):
        raise PermissionDenied
    href = page_of(request, "arenas:approach", row.pk)
    shown = {"done_on": row.done_on or request.today, "answer": row.answer}
    return write(
        request,
        form=AnswerForm(posted(request), initial=shown),
        act=lambda said: actions.answer_approach(by=request.actor, approach=row, **said),
        page=WritePage(_("Note what they answered"), kicker=row.record.title, back_href=href),
        to=lambda _done: href,
    )


@requires("arenas.export_contacts")
def contacts_csv(request: MemberRequest) -> HttpResponseBase:
    """Contacts with decision bodies as a table file, to be filed."""
    rows = contact_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} contacts with decision bodies"
    return csv_download(name, write_rows(CONTACT_HEADING, rows))
