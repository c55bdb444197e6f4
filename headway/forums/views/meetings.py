from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.pages import ConfirmPage, render_page
from headway.core.spreadsheets import write_rows
from headway.forums import actions
from headway.forums.access import MemberRequest, requires
from headway.forums.formats import calendar, pdf, word
from headway.forums.forms.groups import ConfirmForm
from headway.forums.forms.meetings import CallForm, CancelForm, HeldForm, MeetingForm
from headway.forums.models import Forum, Meeting
from headway.forums.queries import meetings as queries
from headway.forums.queries.meeting import meeting_page
from headway.forums.queries.paper import calendar_entry, minutes_on_paper
from headway.forums.queries.parts import time_words
from headway.forums.views.files import file_named
from headway.initiatives.pages.write import (
    CONFIRM,
    WritePage,
    page_of,
    posted,
    revise,
    row_of,
    write,
)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELATED = ("forum__record__initiative__stream",)


def meeting_of(request: MemberRequest, record_id: UUID) -> Meeting:
    """A meeting that the reader may open, else 404."""
    return row_of(request, Meeting, record_id, *RELATED)


@requires("forums.view")
def meetings(request: MemberRequest) -> HttpResponse:
    """Every meeting."""
    page = queries.meetings_page(request.initiative, request.reader, request.GET)
    return render_page(request, "forums/meetings.html", page)


@requires("forums.view")
def meetings_csv(request: MemberRequest) -> HttpResponseBase:
    """The meetings as a table file."""
    rows = queries.meeting_rows(request.initiative, request.reader, request.GET)
    name = f"{request.initiative.title} meetings"
    return csv_download(name, write_rows(queries.MEETING_HEADING, rows))


@requires("forums.view")
def meeting(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One meeting."""
    page = meeting_page(meeting_of(request, record_id), request.reader, request.now)
    return render_page(request, "forums/meeting.html", page)


def _to_meeting(request: MemberRequest) -> Any:
    return lambda row: page_of(request, "forums:meeting", row.pk)


@requires("forums.meet")
def call(request: MemberRequest) -> HttpResponseBase:
    """Call a meeting of any group."""
    forums = queries.forums_to_call(request.initiative, request.reader)
    lead = "" if forums.exists() else _("Open a group first: a meeting belongs to one.")
    return write(
        request,
        form=CallForm(posted(request), zone=request.initiative.zone, forums=forums),
        act=lambda said: actions.call_meeting(by=request.actor, **said),
        page=WritePage(
            _("Call a meeting"), lead=lead, back_href=page_of(request, "forums:meetings")
        ),
        to=_to_meeting(request),
    )


@requires("forums.meet")
def call_meeting(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Call a meeting of one group."""
    row = row_of(request, Forum, record_id)
    return write(
        request,
        form=MeetingForm(posted(request), zone=request.initiative.zone),
        act=lambda said: actions.call_meeting(by=request.actor, forum=row, **said),
        page=WritePage(
            _("Call a meeting"),
            kicker=row.name,
            back_href=page_of(request, "forums:forum", row.pk),
        ),
        to=_to_meeting(request),
    )


@requires("forums.meet")
def record_meeting(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Record a meeting that was held before."""
    row = row_of(request, Forum, record_id)
    return write(
        request,
        form=HeldForm(posted(request)),
        act=lambda said: actions.record_meeting(by=request.actor, forum=row, **said),
        page=WritePage(
            _("Record a meeting that was held"),
            kicker=row.name,
            back_href=page_of(request, "forums:forum", row.pk),
        ),
        to=_to_meeting(request),
    )


@requires("forums.meet")
def edit_meeting(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Change time, place or title."""
    row = meeting_of(request, record_id)
    names = ("starts_at", "ends_at", "place", "link", "emergency")
    shown = {"title": row.record.title} | {name: getattr(row, name) for name in names}
    return revise(
        request,
        row=row,
        form=MeetingForm(posted(request), zone=request.initiative.zone, initial=shown),
        act=lambda said: actions.revise_meeting(by=request.actor, meeting=row, **said),
        title=_("Change time or place"),
    )


def _confirm(
    request: MemberRequest, row: Meeting, title: str, consequence: str, form: Any, act: Any
) -> HttpResponseBase:
    """Ask once, then take a step with a meeting."""
    back = page_of(request, "forums:meeting", row.pk)
    when = time_words(row, request.initiative)
    return write(
        request,
        form=form,
        act=act,
        page=ConfirmPage(title, (f"{row.record.title}: {when}", consequence), title, back),
        to=lambda _done: back,
        template=CONFIRM,
    )


@requires("forums.meet")
def cancel_meeting(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Cancel a meeting with the reason."""
    row = meeting_of(request, record_id)
    return _confirm(
        request,
        row,
        _("Cancel this meeting"),
        _("It stays in the list as cancelled, with the reason. Calendars take it off."),
        CancelForm(posted(request)),
        lambda said: actions.cancel_meeting(by=request.actor, meeting=row, **said),
    )


@requires("forums.meet")
def hold_meeting(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say that a meeting was held."""
    row = meeting_of(request, record_id)
    return _confirm(
        request,
        row,
        _("It was held"),
        _("The meeting counts as held. Notes can be written before and after."),
        ConfirmForm(posted(request)),
        lambda _said: actions.hold_meeting(by=request.actor, meeting=row),
    )


@requires("forums.meet")
def post_notice(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say that the notice stands from now on."""
    row = meeting_of(request, record_id)
    return _confirm(
        request,
        row,
        _("Post the notice"),
        _("The page of this meeting says from when the notice stood."),
        ConfirmForm(posted(request)),
        lambda _said: actions.post_notice(by=request.actor, meeting=row),
    )


@requires("forums.view")
def minutes_docx(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """The minutes as a Word file."""
    row = meeting_of(request, record_id)
    minutes = minutes_on_paper(row, request.reader, request.now)
    return file_named(row.record.title, "docx", WORD, word.write(minutes))


@requires("forums.view")
def minutes_pdf(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """The minutes as a PDF."""
    row = meeting_of(request, record_id)
    minutes = minutes_on_paper(row, request.reader, request.now)
    return file_named(row.record.title, "pdf", "application/pdf", pdf.write(minutes))


@requires("forums.view")
def meeting_ics(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """The meeting as a calendar file."""
    row = meeting_of(request, record_id)
    address = request.build_absolute_uri(page_of(request, "forums:meeting", row.pk))
    entry = calendar_entry(row, address, request.now)
    content = calendar.write(entry, zone=request.initiative.zone)
    return file_named(row.record.title, "ics", "text/calendar; charset=utf-8", content)
