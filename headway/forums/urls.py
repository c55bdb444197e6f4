from django.urls import URLPattern, URLResolver, path

from headway.forums.views import (
    agenda,
    choices,
    comments,
    conversations,
    forums,
    meetings,
    minutes,
    moderation,
    statements,
)

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
]
# Comments, moderation and conversations.
TALK: list[URLPattern | URLResolver] = [
    path(_below("discussion/<uuid:record_id>/"), comments.discussion, name="discussion"),
    path(
        _below("discussion/<uuid:record_id>/comments.csv"),
        comments.discussion_csv,
        name="discussion_csv",
    ),
    path(_below("discussion/<uuid:record_id>/follow/"), comments.follow, name="follow"),
    path(_below("comments/<uuid:comment_id>/answer/"), comments.answer, name="answer"),
    path(_below("comments/<uuid:comment_id>/edit/"), comments.edit_comment, name="edit_comment"),
    path(
        _below("comments/<uuid:comment_id>/take-back/"),
        comments.take_back_comment,
        name="take_back_comment",
    ),
    path(
        _below("comments/<uuid:comment_id>/report/"),
        comments.report_comment,
        name="report_comment",
    ),
    path(_below("comments/<uuid:comment_id>/hide/"), comments.hide_comment, name="hide_comment"),
    path(
        _below("comments/<uuid:comment_id>/restore/"),
        comments.restore_comment,
        name="restore_comment",
    ),
    path(_below("comments/<uuid:comment_id>/wordings/"), comments.wordings, name="wordings"),
    path(_below("moderation/"), moderation.moderation, name="moderation"),
    path(_below("moderation/log/"), moderation.moderation_log, name="moderation_log"),
    path(_below("moderation/log/export.csv"), moderation.moderation_csv, name="moderation_csv"),
    path(
        _below("moderation/<uuid:forum_id>/"),
        moderation.moderation_of_group,
        name="moderation_of_group",
    ),
]
CONVERSATIONS: list[URLPattern | URLResolver] = [
    path(_below("conversations/"), conversations.conversations, name="conversations"),
    path(
        _below("conversations/export.csv"),
        conversations.conversations_csv,
        name="conversations_csv",
    ),
    path(_below("conversations/new/"), conversations.start_conversation, name="start_conversation"),
    *(
        path(_below(f"conversations/<uuid:record_id>/{route}"), view, name=name)
        for route, view, name in (
            ("", conversations.conversation, "conversation"),
            ("edit/", conversations.edit_conversation, "edit_conversation"),
            ("open/", conversations.open_conversation, "open_conversation"),
            ("close/", conversations.close_conversation, "close_conversation"),
            ("statements/", conversations.add_seeds, "add_seeds"),
            ("codes/", conversations.make_codes, "make_codes"),
            ("paper/", conversations.type_in_paper, "type_in_paper"),
            ("withdraw/", conversations.withdraw_conversation, "withdraw_conversation"),
            ("results/", conversations.results, "results"),
            ("results.csv", conversations.results_csv, "results_csv"),
        )
    ),
    *(
        path(_below(f"statements/<uuid:record_id>/{route}"), view, name=name)
        for route, view, name in (
            ("", statements.statement, "statement"),
            ("edit/", statements.edit_statement, "edit_statement"),
            ("version/", statements.replace_statement, "replace_statement"),
            ("merge/", statements.merge_statement, "merge_statement"),
            ("organization/", statements.speak_for, "speak_for"),
            ("report/", statements.report_statement, "report_statement"),
        )
    ),
]
TAKING_PART: list[URLPattern | URLResolver] = [
    path("c/<uuid:conversation_id>/", choices.take_part, name="take_part"),
    path("c/<uuid:conversation_id>/code/", choices.enter_code, name="enter_code"),
    path("c/<uuid:conversation_id>/say/", choices.say, name="say"),
    path("c/<uuid:conversation_id>/about-you/", choices.tell_sector, name="tell_sector"),
    path("c/<uuid:conversation_id>/results/", choices.your_results, name="your_results"),
]
urlpatterns = [*MEETINGS, *TALK, *CONVERSATIONS, *TAKING_PART]
