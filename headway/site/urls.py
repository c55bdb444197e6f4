"""The root of all addresses; every app's own list hangs below one of these."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from headway.accounts.access import Access, declare
from headway.site.api import api
from headway.site.views import handover, meetings, pages, report, search, trace

declare(set_language, Access(public_because="anybody may choose the language of the pages"))


def _ahead(route: str) -> str:
    return f"i/<slug:slug>/next-meeting/<uuid:record_id>/{route}"


def _meeting(route: str) -> str:
    return f"i/<slug:slug>/meetings/<uuid:record_id>/{route}"


own: list[URLPattern | URLResolver] = [
    path("", pages.welcome, name="welcome"),
    path("home/", pages.home, name="home"),
    path("health/", pages.health, name="health"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("robots.txt", pages.robots, name="robots"),
    path("search/", search.search, name="search"),
    path("i/<slug:slug>/search/", search.search_initiative, name="search_initiative"),
    path("loading/<uuid:job_id>/", pages.loading, name="loading"),
    path("i/<slug:slug>/", pages.where_we_stand, name="where_we_stand"),
    path("i/<slug:slug>/dates/", pages.dates, name="dates"),
    path("i/<slug:slug>/report/", report.report, name="report"),
    path("i/<slug:slug>/report/report.pdf", report.report_pdf, name="report_pdf"),
    path("i/<slug:slug>/decisions/requests/<uuid:record_id>/brief/", report.brief, name="brief"),
    path(
        "i/<slug:slug>/decisions/requests/<uuid:record_id>/brief/brief.pdf",
        report.brief_pdf,
        name="brief_pdf",
    ),
    path("i/<slug:slug>/next-meeting/", meetings.next_meeting, name="next_meeting"),
    path("i/<slug:slug>/next-meeting/call/", meetings.call, name="call"),
    path(_ahead(""), meetings.meeting_ahead, name="meeting_ahead"),
    path(_ahead("agenda/"), meetings.suggest, name="suggest"),
    path(_meeting("notes/"), meetings.notes, name="notes"),
    path(_meeting("notes/read/"), meetings.read_notes, name="read_notes"),
    path(_meeting("lines/"), meetings.correct_lines, name="correct_lines"),
    path(_ahead("mail/"), meetings.mail, name="mail"),
    path(
        "i/<slug:slug>/minutes/<uuid:record_id>/correct/",
        meetings.correct_line,
        name="correct_line",
    ),
    path("i/<slug:slug>/ideas/from/<uuid:record_id>/", trace.idea_from, name="idea_from"),
    path("i/<slug:slug>/trace/<uuid:record_id>/", trace.trace, name="trace"),
    path("i/<slug:slug>/meetings/", pages.meetings, name="meetings"),
    path("i/<slug:slug>/hand-over/", handover.hand_over, name="hand_over"),
    path("i/<slug:slug>/hand-over.pdf", handover.hand_over_pdf, name="hand_over_pdf"),
    path("i/<slug:slug>/hand-over.json", handover.hand_over_json, name="hand_over_json"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "site"))),
    path("api/v1/", api.urls),
    path("language/", set_language, name="set_language"),
    path("", include("headway.accounts.urls")),
    path("", include("headway.directory.urls")),
    path("", include("headway.initiatives.urls")),
    path("", include("headway.partners.urls")),
    path("", include("headway.problems.urls")),
    path("", include("headway.forums.urls")),
    path("", include("headway.solutions.urls")),
    path("", include("headway.arenas.urls")),
    path("", include("headway.commitments.urls")),
    path("", include("headway.pilots.urls")),
    path("", include("headway.measures.urls")),
    path("", include("headway.diagnosis.urls")),
    path("", include("headway.notices.urls")),
    path("", include("headway.exchange.urls")),
]
