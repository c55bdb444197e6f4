from django.urls import path

from headway.exchange.views import export, holds, records, removal, retention

app_name = "exchange"
urlpatterns = [
    path("records/", records.search, name="search"),
    path("records/export/", export.export, name="export"),
    path("records/log/", records.log, name="log"),
    path("records/due/", retention.due, name="due"),
    path("records/due/destroy/", retention.destroy, name="destroy"),
    path("records/holds/", holds.holds, name="holds"),
    path("records/holds/new/", holds.place_hold, name="place_hold"),
    path("records/holds/<uuid:hold_id>/release/", holds.release_hold, name="release_hold"),
    path("records/<uuid:record_id>/", records.record, name="record"),
    path("records/<uuid:record_id>/expunge/", removal.expunge, name="expunge"),
    path("records/<uuid:record_id>/redact/", removal.redact, name="redact"),
]
