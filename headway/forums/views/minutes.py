from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.forums import actions
from headway.forums.access import MemberRequest, requires
from headway.forums.actions import Attendee
from headway.forums.forms.meetings import AttendanceForm
from headway.forums.models import MinuteLine
from headway.forums.queries import minutes as queries
from headway.forums.views.meetings import meeting_of
from headway.initiatives.pages.write import WritePage, page_of, posted, row_of, write

OWNERS = ("owner__merged_into", "owner_person", "owner_post__organisation")


@requires("forums.take_notes")
def attendance(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Note who was there."""
    row = meeting_of(request, record_id)
    form = AttendanceForm(posted(request), initiative=request.initiative, meeting=row)

    def note(said: dict[str, Any]) -> list[Any]:
        attendees = _attendees(form, said)
        return actions.note_attendance(by=request.actor, meeting=row, attendees=attendees)

    named = bool(request.POST.get("name", "").strip())
    back = page_of(request, "forums:meeting", row.pk)
    again = page_of(request, "forums:attendance", row.pk)
    return write(
        request,
        form=form,
        act=note,
        page=WritePage(_("Who was there"), kicker=row.record.title, back_href=back),
        to=lambda _rows: again if named else back,
    )


def _attendees(form: AttendanceForm, said: dict[str, Any]) -> list[Attendee]:
    """Everybody who was noted, and the one named below."""
    members = [
        Attendee(member=member, was=said[key]) for key, member in form.members.items() if said[key]
    ]
    guests = [
        Attendee(name=row.name, organisation=row.organisation, person=row.person, was=said[key])
        for key, row in form.guests.items()
        if said[key]
    ]
    more = [Attendee(said["name"], said["organisation"], was=said["was"])] if said["name"] else []
    return [*members, *guests, *more]


@requires("forums.view")
def minute_lines(request: MemberRequest) -> HttpResponse:
    """Every line of every meeting's minutes."""
    page = queries.lines_page(request.initiative, request.reader, request.GET)
    return render_page(request, "forums/lines.html", page)


@requires("forums.view")
def minute_lines_csv(request: MemberRequest) -> HttpResponseBase:
    """The lines as a table file."""
    rows = queries.line_rows(request.initiative, request.reader, request.GET)
    name = f"{request.initiative.title} lines of the minutes"
    return csv_download(name, write_rows(queries.LINE_HEADING, rows))


@requires("forums.view")
def minute_line(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One line of the minutes."""
    row = row_of(request, MinuteLine, record_id, "meeting__record", *OWNERS)
    page = queries.line_page(row, request.reader)
    return render_page(request, "initiatives/detail.html", page)
