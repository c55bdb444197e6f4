from django.urls import URLPattern, path

from headway.measures.views import files, measures, series

app_name = "measures"


def _below(route: str) -> str:
    return f"i/<slug:slug>/measures/{route}"


MEASURES: list[URLPattern] = [
    path(_below(""), measures.home, name="home"),
    path(_below("export.csv"), measures.export, name="export"),
    path(_below("new/"), measures.add, name="add"),
    path(_below("<uuid:record_id>/"), measures.measure, name="measure"),
    path(_below("<uuid:record_id>/export.csv"), measures.measure_export, name="measure_export"),
    path(_below("<uuid:record_id>/edit/"), measures.edit, name="edit"),
    path(_below("<uuid:record_id>/withdraw/"), measures.withdraw_measure, name="withdraw"),
    path(_below("<uuid:record_id>/target/"), measures.set_target, name="set_target"),
    path(_below("<uuid:record_id>/floor/"), measures.set_floor, name="set_floor"),
    path(_below("<uuid:record_id>/first/"), measures.put_first, name="put_first"),
    path(_below("<uuid:record_id>/moved-by/"), measures.add_mover, name="add_mover"),
]
SERIES: list[URLPattern] = [
    path(_below("<uuid:record_id>/sources/new/"), series.open_series, name="open_series"),
    path(_below("sources/<uuid:record_id>/"), series.series, name="series"),
    path(_below("sources/<uuid:record_id>/edit/"), series.edit_series, name="edit_series"),
    path(_below("sources/<uuid:record_id>/share/"), series.share, name="share"),
    path(_below("sources/<uuid:record_id>/first/"), series.show_first, name="show_first"),
    path(
        _below("sources/<uuid:record_id>/withdraw/"), series.withdraw_series, name="withdraw_series"
    ),
    path(_below("sources/<uuid:record_id>/points/new/"), series.add_reading, name="add_reading"),
    path(_below("points/<uuid:reading_id>/correct/"), series.correct, name="correct"),
    path(
        _below("points/<uuid:reading_id>/withdraw/"),
        series.withdraw_reading,
        name="withdraw_reading",
    ),
]
FILES: list[URLPattern] = [
    path(_below("<uuid:record_id>/tables/"), files.files, name="files"),
    path(_below("tables/<uuid:file_id>/"), files.file, name="file"),
    path(_below("tables/<uuid:file_id>/bring-in/"), files.bring_in, name="bring_in"),
]
urlpatterns = [*MEASURES, *SERIES, *FILES]
