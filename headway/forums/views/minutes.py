from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.errors import RuleError
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.forums import actions
from headway.forums.access import MemberRequest, requires
from headway.forums.actions import Attendee
from headway.forums.forms.lines import LinesForm
from headway.forums.forms.meetings import AttendanceForm, NotesForm
from headway.forums.models import Meeting, MinuteLine
from headway.forums.queries import minutes as queries
from headway.forums.queries.hints import correct_page, hints_for
from headway.forums.queries.notes import said_in
from headway.forums.queries.roster import known_to
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


@requires("forums.take_notes")
def notes(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Write notes; marked lines are kept as lines of the minutes."""
    row = meeting_of(request, record_id)

    def keep(said: dict[str, Any]) -> list[MinuteLine]:
        lines = said_in(row, said["notes"], request.now)
        return actions.write_minutes(by=request.actor, meeting=row, lines=lines, **said)

    back = page_of(request, "forums:meeting", row.pk)
    return write(
        request,
        form=NotesForm(posted(request), initial={"notes": row.notes}),
        act=keep,
        page=WritePage(
            _("Write the notes"),
            lead=_("One line for each thing: Will do: call the shelters by April 10 (YouthLink)"),
            button=_("Save and look at what was recognized"),
            kicker=row.record.title,
            back_href=back,
        ),
        to=lambda lines: page_of(request, "forums:correct_lines", row.pk) if lines else back,
        row=row,
    )


@requires("forums.take_notes")
def correct_lines(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Look at every recognised line and correct what is wrong."""
    row = meeting_of(request, record_id)
    lines = MinuteLine.objects.of(row).live().visible_to(request.reader.readers)
    return _correct(request, row, list(_with_all(lines)))


@requires("forums.take_notes")
def correct_line(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Correct one line."""
    line = row_of(request, MinuteLine, record_id, *OWNERS)
    return _correct(request, meeting_of(request, line.meeting_id), [line], one=line)


def _with_all(lines: Any) -> Any:
    return lines.select_related("record__initiative__stream", *OWNERS)


def _correct(
    request: MemberRequest, meeting: Meeting, lines: list[MinuteLine], one: MinuteLine | None = None
) -> HttpResponseBase:
    for line in lines:
        line.meeting = meeting
    form = LinesForm(
        posted(request),
        initiative=request.initiative,
        lines=lines,
        known=known_to(request.initiative, request.today),
        hints=hints_for(meeting, request.now),
    )
    back = page_of(request, "forums:meeting", meeting.pk)
    if one is not None:
        back = page_of(request, "forums:minute_line", one.pk)
    return write(
        request,
        form=form,
        act=lambda _said: _correct_all(request, form),
        page=correct_page(meeting, request.now, back),
        to=lambda _done: back,
        template="forums/correct.html",
    )


@transaction.atomic
def _correct_all(request: MemberRequest, form: LinesForm) -> None:
    """Carry out every correction or none; a refusal is shown at its line."""
    for line, said, seen in form.said():
        try:
            actions.correct_line(by=request.actor, line=line, said=said, seen=seen)
        except RuleError as refusal:
            parts = {"text": "what", "owner": "who"}
            field = f"{line.pk}-{parts.get(refusal.field, refusal.field or 'what')}"
            raise RuleError(refusal.message, field) from refusal


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
