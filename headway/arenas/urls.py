from django.urls import URLPattern, path

from headway.arenas.views import bodies, decisions, home, paths, requests, speaking, windows

app_name = "arenas"


def _below(route: str) -> str:
    return f"i/<slug:slug>/decisions/{route}"


HOME: list[URLPattern] = [
    path(_below(""), home.home, name="home"),
    path(_below("dates.csv"), home.dates_csv, name="dates_csv"),
    path(_below("records/<uuid:record_id>/withdraw/"), home.withdraw, name="withdraw"),
]
BODIES: list[URLPattern] = [
    path(_below("bodies/new/"), bodies.add_arena, name="add_arena"),
    path(_below("bodies/seats.csv"), bodies.seats_csv, name="seats_csv"),
    path(_below("bodies/<uuid:record_id>/"), bodies.arena, name="arena"),
    path(_below("bodies/<uuid:record_id>/edit/"), bodies.edit_arena, name="edit_arena"),
    path(_below("bodies/<uuid:record_id>/seats/new/"), bodies.add_seat, name="add_seat"),
    path(_below("bodies/<uuid:record_id>/rules/new/"), bodies.add_rule, name="add_rule"),
    path(_below("bodies/<uuid:record_id>/steps/"), bodies.path_template, name="path_template"),
    path(_below("seats/<uuid:seat_id>/"), bodies.seat, name="seat"),
    path(_below("seats/<uuid:seat_id>/edit/"), bodies.edit_seat, name="edit_seat"),
    path(_below("seats/<uuid:seat_id>/end/"), bodies.end_seat, name="end_seat"),
    path(_below("rules/<uuid:record_id>/"), bodies.rule, name="rule"),
]
REQUESTS: list[URLPattern] = [
    path(_below("requests/"), requests.asks, name="asks"),
    path(_below("requests/export.csv"), requests.asks_csv, name="asks_csv"),
    path(_below("requests/new/"), requests.add_ask, name="add_ask"),
    path(_below("requests/new/from/<uuid:record_id>/"), requests.ask_from, name="ask_from"),
    path(_below("bodies/<uuid:record_id>/ask/"), requests.ask_body, name="ask_body"),
    path(_below("requests/<uuid:record_id>/"), requests.ask, name="ask"),
    path(_below("requests/<uuid:record_id>/edit/"), requests.edit_ask, name="edit_ask"),
    path(_below("requests/<uuid:record_id>/state/"), requests.move_ask, name="move_ask"),
]
PATHS: list[URLPattern] = [
    path(_below("requests/<uuid:record_id>/steps/new/"), paths.add_step, name="add_step"),
    path(_below("steps/<uuid:step_id>/edit/"), paths.edit_step, name="edit_step"),
    path(_below("steps/<uuid:step_id>/done/"), paths.finish_step, name="finish_step"),
    path(_below("steps/<uuid:step_id>/drop/"), paths.drop_step, name="drop_step"),
]
SPEAKING: list[URLPattern] = [
    path(
        _below("requests/<uuid:record_id>/said/new/"), speaking.add_on_record, name="add_on_record"
    ),
    path(_below("said/<uuid:record_id>/"), speaking.on_record, name="on_record"),
    path(_below("said/<uuid:record_id>/edit/"), speaking.edit_on_record, name="edit_on_record"),
    path(_below("requests/<uuid:record_id>/who/"), speaking.who_asks, name="who_asks"),
    path(_below("requests/<uuid:record_id>/limit/"), speaking.limit, name="limit"),
    path(
        _below("requests/<uuid:record_id>/who/<uuid:organisation_id>/new/"),
        speaking.add_approach,
        name="add_approach",
    ),
    path(_below("approaches/<uuid:record_id>/"), speaking.approach, name="approach"),
    path(
        _below("approaches/<uuid:record_id>/answer/"),
        speaking.answer_approach,
        name="answer_approach",
    ),
    path(_below("approaches/contacts.csv"), speaking.contacts_csv, name="contacts_csv"),
]
DECISIONS: list[URLPattern] = [
    path(_below("decided/"), decisions.decisions, name="decisions"),
    path(_below("decided/export.csv"), decisions.decisions_csv, name="decisions_csv"),
    path(_below("decided/<uuid:record_id>/"), decisions.decision, name="decision"),
    path(_below("decided/<uuid:record_id>/edit/"), decisions.edit_decision, name="edit_decision"),
    path(_below("requests/<uuid:record_id>/decide/"), decisions.decide, name="decide"),
    path(_below("bodies/<uuid:record_id>/decide/"), decisions.add_decision, name="add_decision"),
]
WINDOWS: list[URLPattern] = [
    path("settings/election-windows/", windows.windows, name="windows"),
    path(
        "settings/election-windows/<uuid:window_id>/withdraw/",
        windows.withdraw_window,
        name="withdraw_window",
    ),
]
urlpatterns = [*HOME, *BODIES, *REQUESTS, *PATHS, *SPEAKING, *DECISIONS, *WINDOWS]
