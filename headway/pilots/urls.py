from django.urls import URLPattern, URLResolver, path

from headway.pilots.views import lessons, pilots, register, results, reviews, small_tests

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
    path(_below("pilots/<uuid:record_id>/results/"), results.results, name="results"),
    path(_below("pilots/results/<uuid:file_id>/"), results.results_file, name="results_file"),
    path(_below("pilots/results/<uuid:file_id>/work-out/"), results.work_out, name="work_out"),
    path(
        _below("pilots/found/<uuid:finding_id>/withdraw/"),
        results.withdraw_finding,
        name="withdraw_finding",
    ),
]


def _learning(route: str) -> str:
    return f"i/<slug:slug>/learning/{route}"


REVIEWS: list[URLPattern | URLResolver] = [
    path(_learning(""), reviews.learning, name="learning"),
    path(_learning("lessons.csv"), reviews.lessons_export, name="lessons_export"),
    path(_learning("follow-ups.csv"), reviews.follow_ups_export, name="follow_ups_export"),
    path(_learning("about/<uuid:record_id>/"), reviews.open_review, name="open_review"),
    path(_learning("reviews/<uuid:record_id>/"), reviews.review, name="review"),
    path(
        _learning("reviews/<uuid:record_id>/lead/"), reviews.name_conductor, name="name_conductor"
    ),
    path(_learning("reviews/<uuid:record_id>/join/"), reviews.join_review, name="join_review"),
    path(_learning("reviews/<uuid:record_id>/leave/"), reviews.leave_review, name="leave_review"),
    path(_learning("reviews/<uuid:record_id>/notes/"), reviews.notes, name="notes"),
    path(_learning("reviews/<uuid:record_id>/tell/"), reviews.tell, name="tell"),
    path(_learning("reviews/<uuid:record_id>/answers/"), reviews.answers, name="answers"),
    path(_learning("reviews/<uuid:record_id>/agree/"), reviews.agree, name="agree"),
    path(_learning("reviews/<uuid:record_id>/close/"), reviews.close_review, name="close_review"),
    path(
        _learning("reviews/<uuid:record_id>/withdraw/"),
        reviews.withdraw_review,
        name="withdraw_review",
    ),
]
FOLLOW_UPS: list[URLPattern | URLResolver] = [
    path(
        _learning("reviews/<uuid:record_id>/follow-ups/new/"),
        lessons.add_follow_up,
        name="add_follow_up",
    ),
    path(_learning("follow-ups/<uuid:record_id>/"), lessons.follow_up, name="follow_up"),
    path(
        _learning("follow-ups/<uuid:record_id>/edit/"),
        lessons.edit_follow_up,
        name="edit_follow_up",
    ),
    path(
        _learning("follow-ups/<uuid:record_id>/done/"),
        lessons.finish_follow_up,
        name="finish_follow_up",
    ),
    path(
        _learning("follow-ups/<uuid:record_id>/not-doing/"),
        lessons.refuse_follow_up,
        name="refuse_follow_up",
    ),
    path(
        _learning("follow-ups/<uuid:record_id>/withdraw/"),
        lessons.withdraw_follow_up,
        name="withdraw_follow_up",
    ),
]
LESSONS: list[URLPattern | URLResolver] = [
    path(_learning("lessons/new/"), lessons.draw_lesson, name="draw_lesson"),
    path(_learning("lessons/new/from/<uuid:record_id>/"), lessons.lesson_from, name="lesson_from"),
    path(_learning("lessons/<uuid:record_id>/"), lessons.lesson, name="lesson"),
    path(_learning("lessons/<uuid:record_id>/edit/"), lessons.edit_lesson, name="edit_lesson"),
    path(
        _learning("lessons/<uuid:record_id>/publish/"),
        lessons.publish_lesson,
        name="publish_lesson",
    ),
    path(
        _learning("lessons/<uuid:record_id>/withdraw/"),
        lessons.withdraw_lesson,
        name="withdraw_lesson",
    ),
    path(_learning("lessons/<uuid:record_id>/cases/new/"), lessons.add_case, name="add_case"),
    path(
        _learning("lessons/cases/<uuid:case_id>/withdraw/"),
        lessons.withdraw_case,
        name="withdraw_case",
    ),
    path(_learning("lessons/<uuid:record_id>/changes/"), lessons.changes, name="changes"),
    path(
        _learning("lessons/<uuid:record_id>/changes/<uuid:solution_id>/"),
        lessons.change,
        name="change",
    ),
]
urlpatterns = [*REGISTER, *SMALL_TESTS, *PILOTS, *REVIEWS, *FOLLOW_UPS, *LESSONS]
