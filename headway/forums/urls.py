from django.urls import URLPattern, URLResolver, path

from headway.forums.views import agenda, forums, meetings, minutes

app_name = "forums"


def _below(route: str) -> str:
    return f"i/<slug:slug>/{route}"


MEETINGS: list[URLPattern | URLResolver] = [
    path(_below("forums/"), forums.forums, name="forums"),
    path(_below("forums/export.csv"), forums.forums_csv, name="forums_csv"),
    path(_below("forums/new/"), forums.add_forum, name="add_forum"),
    path(_below("forums/<uuid:record_id>/"), forums.forum, name="forum"),
    path(_below("forums/<uuid:record_id>/edit/"), forums.edit_forum, name="edit_forum"),
    path(_below("forums/<uuid:record_id>/call/"), meetings.call_meeting, name="call_meeting"),
    path(_below("forums/<uuid:record_id>/held/"), meetings.record_meeting, name="record_meeting"),
    path(_below("forums/<uuid:record_id>/phases/new/"), forums.add_phase, name="add_phase"),
    path(_below("forums/<uuid:record_id>/moderators/new/"), forums.moderator, name="moderator"),
    path(
        _below("forums/moderators/<uuid:term_id>/end/"), forums.end_moderator, name="end_moderator"
    ),
    path(_below("phases/<uuid:record_id>/"), forums.phase, name="phase"),
    path(_below("phases/<uuid:record_id>/edit/"), forums.edit_phase, name="edit_phase"),
    path(_below("phases/<uuid:record_id>/close/"), forums.close_phase, name="close_phase"),
    path(_below("meetings/all/"), meetings.meetings, name="meetings"),
    path(_below("meetings/export.csv"), meetings.meetings_csv, name="meetings_csv"),
    path(_below("meetings/new/"), meetings.call, name="call"),
    path(_below("meetings/<uuid:record_id>/"), meetings.meeting, name="meeting"),
    path(_below("meetings/<uuid:record_id>/edit/"), meetings.edit_meeting, name="edit_meeting"),
    path(
        _below("meetings/<uuid:record_id>/cancel/"), meetings.cancel_meeting, name="cancel_meeting"
    ),
    path(_below("meetings/<uuid:record_id>/held/"), meetings.hold_meeting, name="hold_meeting"),
    path(_below("meetings/<uuid:record_id>/notice/"), meetings.post_notice, name="post_notice"),
    path(_below("meetings/<uuid:record_id>/meeting.ics"), meetings.meeting_ics, name="meeting_ics"),
    path(
        _below("meetings/<uuid:record_id>/minutes.docx"),
        meetings.minutes_docx,
        name="minutes_docx",
    ),
    path(_below("meetings/<uuid:record_id>/minutes.pdf"), meetings.minutes_pdf, name="minutes_pdf"),
    path(_below("meetings/<uuid:record_id>/agenda/"), agenda.agenda, name="agenda"),
    path(_below("meetings/<uuid:record_id>/show/<int:number>/"), agenda.show, name="show"),
    path(_below("meetings/<uuid:record_id>/people/"), minutes.attendance, name="attendance"),
    path(_below("meetings/<uuid:record_id>/notes/"), minutes.notes, name="notes"),
    path(_below("meetings/<uuid:record_id>/lines/"), minutes.correct_lines, name="correct_lines"),
    path(
        _below("meetings/agenda/<uuid:item_id>/edit/"),
        agenda.edit_agenda_item,
        name="edit_agenda_item",
    ),
    path(
        _below("meetings/agenda/<uuid:item_id>/up/"), agenda.agenda_item_up, name="agenda_item_up"
    ),
    path(
        _below("meetings/agenda/<uuid:item_id>/down/"),
        agenda.agenda_item_down,
        name="agenda_item_down",
    ),
    path(
        _below("meetings/agenda/<uuid:item_id>/remove/"),
        agenda.remove_agenda_item,
        name="remove_agenda_item",
    ),
    path(_below("minutes/"), minutes.minute_lines, name="minute_lines"),
    path(_below("minutes/export.csv"), minutes.minute_lines_csv, name="minute_lines_csv"),
    path(_below("minutes/<uuid:record_id>/"), minutes.minute_line, name="minute_line"),
    path(_below("minutes/<uuid:record_id>/correct/"), minutes.correct_line, name="correct_line"),
]
# Comments, moderation and conversations.
TALK: list[URLPattern | URLResolver] = []
urlpatterns = [*MEETINGS, *TALK]
