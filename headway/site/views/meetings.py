from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.core.forms import KEY, FormKeyField, PageForm
from headway.core.pages import render_page
from headway.forums.forms.groups import ConfirmForm
from headway.forums.forms.lines import LinesForm
from headway.forums.forms.meetings import CallForm, NotesForm
from headway.forums.models import Meeting, MinuteLine
from headway.forums.queries.area import last_meeting
from headway.forums.queries.hints import correct_page, hints_for
from headway.forums.queries.meetings import forums_to_call
from headway.forums.queries.notes import said_in
from headway.forums.queries.roster import known_to
from headway.forums.views.meetings import meeting_of
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import (
    CONFIRM,
    WritePage,
    page_of,
    posted,
    row_of,
    write,
)
from headway.site import actions
from headway.site.forms.meetings import ChosenLinesForm, FirstCallForm, LiveNotesForm
from headway.site.queries import next_meeting as queries
from headway.site.queries.agenda import chosen_lines
from headway.site.queries.notes import (
    NotesPage,
    RecognisedPart,
    mail_page,
    notes_page,
    recognised,
    sent_words,
)

PAGE, NOTES = "site/next_meeting.html", "site/notes.html"
OWNERS = ("owner__merged_into", "owner_person", "owner_post__organisation")


@requires("site.next_meeting")
def next_meeting(request: MemberRequest) -> HttpResponse:
    """The next meeting with its agenda, or one form that calls it."""
    planned = _planned(request)
    meeting = planned[0] if planned else None
    form = _call_form(request) if meeting is None and request.may("forums.meet") else None
    if form is not None:
        form.fields[KEY] = FormKeyField()
    return render_page(request, PAGE, _page(request, planned, meeting), form)


@requires("site.next_meeting")
def meeting_ahead(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """Another meeting that lies ahead."""
    meeting = meeting_of(request, record_id)
    return render_page(request, PAGE, _page(request, _planned(request), meeting))


def _planned(request: MemberRequest) -> list[Meeting]:
    """The first of the meetings that lie ahead."""
    found = queries.planned_meetings(request.initiative, request.reader, request.now)
    return list(found[: queries.MOST_OTHERS])


def _page(
    request: MemberRequest, planned: list[Meeting], meeting: Meeting | None
) -> queries.NextMeetingPage:
    return queries.next_meeting_page(request.initiative, request.reader, planned, meeting)


def _call_form(request: MemberRequest) -> PageForm:
    """The form that calls the next meeting, filled in as it usually is."""
    forums = forums_to_call(request.initiative, request.reader)
    last = last_meeting(request.initiative, request.reader)
    starts_at = queries.usual_start(request.initiative, last, request.now)
    forum = queries.usual_forum(forums, last)
    zone, sent = request.initiative.zone, posted(request)
    if forum is None:
        shown = {"starts_at": starts_at, "public_body": "ask_counsel", "group": _("All partners")}
        return FirstCallForm(sent, zone=zone, initial=shown)
    shown = {"starts_at": starts_at, "forum": forum, "place": last.place if last else ""}
    return CallForm(sent, zone=zone, forums=forums, initial=shown)


@requires("forums.meet")
def call(request: MemberRequest) -> HttpResponseBase:
    """Call the next meeting; the first one opens its group."""
    return write(
        request,
        form=_call_form(request),
        act=lambda said: actions.call_next(by=request.actor, initiative=request.initiative, **said),
        page=_page(request, _planned(request), None),
        to=lambda _row: page_of(request, "site:next_meeting"),
        template="site/call.html",
    )


@requires("forums.meet")
def suggest(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Put drafted lines on the agenda: those ticked, or all."""
    row = meeting_of(request, record_id)
    page = _page(request, _planned(request), row)

    def put(said: dict[str, Any]) -> int:
        keys = None if "all" in request.POST else said["lines"]
        lines = chosen_lines(page.sections, keys)
        return actions.put_suggestions_on_agenda(by=request.actor, meeting=row, lines=lines)

    return write(
        request,
        form=ChosenLinesForm(posted(request), offered=page.suggested),
        act=put,
        page=page,
        to=lambda _done: page_of(request, "site:meeting_ahead", row.pk),
        template=PAGE,
    )


@dataclass(frozen=True)
class NotesView(WritePage):
    """The form for the notes, and below it the lines that were kept, each with its fields."""

    notes: NotesPage | None = None
    lines: LinesForm | None = None


@requires("forums.take_notes")
def notes(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Type the notes; saving turns marked lines into records."""
    row = meeting_of(request, record_id)
    read_href = page_of(request, "site:read_notes", row.pk)
    form = LiveNotesForm(posted(request), read_href=read_href, initial={"notes": row.notes})
    if "read" in request.POST and form.is_valid():
        form.fields[KEY] = FormKeyField()
        part = recognised(row, form.cleaned_data["notes"], request.now)
        return render_page(request, NOTES, _notes_view(request, row, part), form)

    def keep(said: dict[str, Any]) -> list[MinuteLine]:
        lines = said_in(row, said["notes"], request.now)
        return actions.keep_notes(by=request.actor, meeting=row, lines=lines, **said)

    return write(
        request,
        form=form,
        act=keep,
        page=_notes_view(request, row),
        to=lambda _lines: page_of(request, "site:notes", row.pk),
        row=row,
        template=NOTES,
    )


def _notes_view(
    request: MemberRequest, row: Meeting, part: RecognisedPart | None = None
) -> NotesView:
    page = notes_page(row, request.reader, request.now, part)
    lines = None if part else _lines_form(request, row, _lines(request, row), sent=False)
    return NotesView(
        page.title,
        lead=page.lead,
        button=_("Save the notes"),
        kicker=page.meeting,
        back_href=page.back_href,
        notes=page,
        lines=lines,
    )


@requires("forums.take_notes")
def read_notes(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """What is recognised in the notes so far, for the browser to show while somebody types."""
    row = meeting_of(request, record_id)
    form = NotesForm(request.POST)
    typed = form.cleaned_data["notes"] if form.is_valid() else ""
    part = recognised(row, typed, request.now)
    return render(request, "site/parts/recognized.html", {"part": part})


def _lines(request: MemberRequest, row: Meeting) -> list[MinuteLine]:
    found = MinuteLine.objects.of(row).live().visible_to(request.reader.readers)
    return list(found.select_related("record__initiative__stream", *OWNERS))


def _lines_form(
    request: MemberRequest, meeting: Meeting, lines: list[MinuteLine], *, sent: bool = True
) -> LinesForm:
    for line in lines:
        line.meeting = meeting
    form = LinesForm(
        posted(request) if sent else None,
        initiative=request.initiative,
        lines=lines,
        known=known_to(request.initiative, request.today),
        hints=hints_for(meeting, request.now) if lines else {},
    )
    form.fields[KEY] = FormKeyField()
    return form


@requires("forums.take_notes")
def correct_lines(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say what every recognised line means; their records say so too."""
    row = meeting_of(request, record_id)
    back = page_of(request, "site:notes", row.pk)
    return _correct(request, row, _lines(request, row), back)


@requires("forums.take_notes")
def correct_line(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say what one line means."""
    line = row_of(request, MinuteLine, record_id, *OWNERS)
    back = page_of(request, "forums:minute_line", line.pk)
    return _correct(request, meeting_of(request, line.meeting_id), [line], back)


def _correct(
    request: MemberRequest, meeting: Meeting, lines: list[MinuteLine], back: str
) -> HttpResponseBase:
    form = _lines_form(request, meeting, lines)

    def correct(_said: dict[str, Any]) -> int:
        return actions.correct_lines(by=request.actor, corrected=form.said())

    return write(
        request,
        form=form,
        act=correct,
        page=correct_page(meeting, request.now, back),
        to=lambda _done: back,
        template="forums/correct.html",
    )


@requires("forums.take_notes")
def mail(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Mail each organization its own promises of this meeting."""
    row = meeting_of(request, record_id)

    def send(_said: dict[str, Any]) -> int:
        written = actions.send_promises(by=request.actor, meeting=row)
        messages.info(request, sent_words(written))
        return written

    return write(
        request,
        form=ConfirmForm(posted(request)),
        act=send,
        page=mail_page(row, request.reader),
        to=lambda _written: page_of(request, "forums:meeting", row.pk),
        template=CONFIRM,
    )
