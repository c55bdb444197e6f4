from django.urls import URLPattern, URLResolver, path

from headway.commitments.views import answers, calendars, links, lists, plans, promises

app_name = "commitments"


def _below(route: str) -> str:
    return f"i/<slug:slug>/promises/{route}"


LISTS: list[URLPattern | URLResolver] = [
    path(_below(""), lists.home, name="home"),
    path(_below("export.csv"), lists.export, name="export"),
    path(_below("progress/"), lists.progress_page, name="progress"),
    path(_below("progress/export.csv"), lists.progress_export, name="progress_export"),
]
PROMISES: list[URLPattern | URLResolver] = [
    path(_below("new/"), promises.add, name="add"),
    path(_below("new/from/<uuid:record_id>/"), promises.promise_from, name="promise_from"),
    path(_below("<uuid:record_id>/"), promises.promise, name="promise"),
    path(_below("<uuid:record_id>/edit/"), promises.edit, name="edit"),
    path(_below("<uuid:record_id>/withdraw/"), promises.withdraw_promise, name="withdraw"),
]
ANSWERS: list[URLPattern | URLResolver] = [
    path(_below("<uuid:record_id>/confirm/"), answers.confirm, name="confirm"),
    path(_below("<uuid:record_id>/answer/"), answers.answer, name="answer"),
    path(_below("<uuid:record_id>/ask/"), answers.ask, name="ask"),
    path(_below("<uuid:record_id>/hand-over/"), answers.hand_over, name="hand_over"),
    path(_below("<uuid:record_id>/split/"), answers.split, name="split"),
    path(_below("<uuid:record_id>/reopen/"), answers.reopen, name="reopen"),
    path(_below("<uuid:record_id>/archive/"), answers.archive, name="archive"),
    path(_below("<uuid:record_id>/done/"), answers.note_progress, name="note_progress"),
    path(_below("<uuid:record_id>/milestones/new/"), answers.add_milestone, name="add_milestone"),
    path(
        _below("milestones/<uuid:milestone_id>/done/"),
        answers.reach_milestone,
        name="reach_milestone",
    ),
    path(
        _below("milestones/<uuid:milestone_id>/withdraw/"),
        answers.withdraw_milestone,
        name="withdraw_milestone",
    ),
]
PLANS: list[URLPattern | URLResolver] = [
    path(_below("plans/"), plans.plans, name="plans"),
    path(_below("plans/<uuid:plan_id>/"), plans.plan, name="plan"),
    path(_below("plans/<uuid:plan_id>/bring-in/"), plans.bring_in_plan, name="bring_in_plan"),
]
CALENDARS: list[URLPattern | URLResolver] = [
    path(_below("calendar/"), calendars.calendar, name="calendar"),
    path(_below("calendar/end/"), calendars.stop_calendar, name="stop_calendar"),
    path("calendar/promises/<str:secret>.ics", calendars.feed, name="feed"),
]
LINKS: list[URLPattern | URLResolver] = [
    path("promises/answer/<str:token>/<str:secret>/", links.answer_link, name="answer_link"),
]
urlpatterns = [*LISTS, *PROMISES, *ANSWERS, *PLANS, *CALENDARS, *LINKS]
