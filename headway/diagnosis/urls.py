from django.urls import URLPattern, URLResolver, path

from headway.diagnosis.views import practices, readiness, reading, writing

app_name = "diagnosis"


def _below(route: str) -> str:
    return f"i/<slug:slug>/leadership/{route}"


def _activity(route: str) -> str:
    return f"i/<slug:slug>/activities/<uuid:record_id>/{route}"


READING: list[URLPattern | URLResolver] = [
    path(_below(""), reading.leadership_page, name="leadership"),
    path(_below("conditions/"), reading.conditions_page, name="conditions"),
    path(_below("evidence/<slug:name>/"), reading.evidence, name="evidence"),
    path(_below("evidence/<slug:name>/export.csv"), reading.evidence_csv, name="evidence_csv"),
    path(_below("if-they-left/<uuid:holder>/"), reading.leave_page, name="leave"),
    path(_below("moves/"), reading.moves_page, name="moves"),
    path(_below("moves/export.csv"), reading.moves_csv, name="moves_csv"),
    path(_below("moves/<uuid:record_id>/"), reading.move, name="move"),
    path(_below("thresholds/"), reading.thresholds_page, name="thresholds"),
    path(_below("thresholds/export.csv"), reading.thresholds_csv, name="thresholds_csv"),
    path(_below("thresholds/<uuid:record_id>/"), reading.threshold, name="threshold"),
    path(_below("conditions/<uuid:record_id>/"), reading.stated, name="stated"),
    path(_below("readiness/"), readiness.readiness_list, name="readiness_list"),
    path(_below("readiness/export.csv"), readiness.readiness_csv, name="readiness_csv"),
    path(_below("readiness/<uuid:record_id>/"), readiness.readiness, name="readiness"),
]
WRITING: list[URLPattern | URLResolver] = [
    path(_below("moves/<slug:lever>/take/"), writing.take, name="take"),
    path(_below("moves/<slug:lever>/decline/"), writing.decline, name="decline"),
    path(_below("thresholds/<slug:name>/argue/"), writing.argue, name="argue"),
    path(_below("conditions/<slug:condition>/state/"), writing.state_condition, name="state"),
    path(_below("readiness/<uuid:record_id>/check/"), readiness.check, name="check"),
    path(_below("records/<uuid:record_id>/withdraw/"), writing.withdraw_answer, name="withdraw"),
]
PRACTICES: list[URLPattern | URLResolver] = [
    path("practices/", practices.everywhere, name="practices_everywhere"),
    path("practices/<slug:key>/", practices.practice_everywhere, name="practice_everywhere"),
    path("i/<slug:slug>/practices/", practices.practices, name="practices"),
    path("i/<slug:slug>/practices/export.csv", practices.activities_csv, name="activities_csv"),
    path("i/<slug:slug>/practices/<slug:key>/", practices.practice, name="practice"),
    path("i/<slug:slug>/practices/<slug:key>/start/", practices.start, name="start_practice"),
    path(_activity(""), practices.activity, name="activity"),
    path(_activity("finish/"), practices.finish, name="finish_activity"),
    path(_activity("withdraw/"), practices.withdraw_activity, name="withdraw_activity"),
    path(_activity("steps/<slug:step>/"), practices.step, name="step"),
    path(_activity("steps/<slug:step>/note/"), practices.note, name="note_step"),
]
urlpatterns = [*READING, *WRITING, *PRACTICES]
