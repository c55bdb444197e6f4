"""What pages of an initiative show, as frozen dataclasses."""

from headway.initiatives.queries.happenings import (
    HappeningPage,
    HappeningsPage,
    happening_page,
    happenings_page,
)
from headway.initiatives.queries.history import HistoryPage, history_page, history_rows
from headway.initiatives.queries.members import MemberPage, MembersPage, member_page, members_page
from headway.initiatives.queries.panel import RecordPanel, record_panel
from headway.initiatives.queries.record_history import RecordHistoryPage, record_history_page
from headway.initiatives.queries.records import LinkPage, RecordPage, link_page, record_page
from headway.initiatives.queries.wordings import WordingsPage, wordings_page

__all__ = [
    "HappeningPage",
    "HappeningsPage",
    "HistoryPage",
    "LinkPage",
    "MemberPage",
    "MembersPage",
    "RecordHistoryPage",
    "RecordPage",
    "RecordPanel",
    "WordingsPage",
    "happening_page",
    "happenings_page",
    "history_page",
    "history_rows",
    "link_page",
    "member_page",
    "members_page",
    "record_history_page",
    "record_page",
    "record_panel",
    "wordings_page",
]
