from django.urls import URLPattern, URLResolver, path

from headway.pilots.views import pilots, register, results, small_tests

app_name = "pilots"


def _below(route: str) -> str:
    return f"i/<slug:slug>/tests/{route}"


REGISTER: list[URLPattern | URLResolver] = [
    path(_below(""), register.home, name="home"),
    path(_below("export.csv"), register.export, name="export"),
    path(_below("<uuid:record_id>/withdraw/"), small_tests.withdraw_tried, name="withdraw"),
]
SMALL_TESTS: list[URLPattern | URLResolver] = [
    path(_below("new/"), small_tests.start_small_test, name="start_small_test"),
    path(_below("new/from/<uuid:record_id>/"), small_tests.small_test_from, name="small_test_from"),
    path(_below("<uuid:record_id>/"), small_tests.small_test, name="small_test"),
    path(_below("<uuid:record_id>/edit/"), small_tests.edit_small_test, name="edit_small_test"),
    path(_below("<uuid:record_id>/end/"), small_tests.end_small_test, name="end_small_test"),
    path(
        _below("<uuid:record_id>/decide/"),
        small_tests.decide_small_test,
        name="decide_small_test",
    ),
]
PILOTS: list[URLPattern | URLResolver] = [
    path(_below("pilots/new/"), pilots.prepare_pilot, name="prepare_pilot"),
    path(_below("pilots/new/from/<uuid:record_id>/"), pilots.pilot_from, name="pilot_from"),
    path(_below("pilots/<uuid:record_id>/"), pilots.pilot, name="pilot"),
    path(_below("pilots/<uuid:record_id>/card/"), pilots.fill_card, name="fill_card"),
    path(_below("pilots/<uuid:record_id>/expect/"), pilots.predict, name="predict"),
    path(_below("pilots/<uuid:record_id>/start/"), pilots.start_pilot, name="start_pilot"),
    path(_below("pilots/<uuid:record_id>/end/"), pilots.end_pilot, name="end_pilot"),
    path(_below("pilots/<uuid:record_id>/stop/"), pilots.stop_pilot, name="stop_pilot"),
    path(_below("pilots/<uuid:record_id>/move/"), pilots.move_end, name="move_end"),
    path(_below("pilots/<uuid:record_id>/decide/"), pilots.decide_pilot, name="decide_pilot"),
    path(_below("pilots/<uuid:record_id>/found/"), results.record_finding, name="record_finding"),
    path(
        _below("pilots/found/<uuid:finding_id>/withdraw/"),
        results.withdraw_finding,
        name="withdraw_finding",
    ),
]
urlpatterns = [*REGISTER, *SMALL_TESTS, *PILOTS]
