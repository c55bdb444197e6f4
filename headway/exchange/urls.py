from django.urls import path

from headway.exchange.views import export, holds, people, records, removal, retention

app_name = "exchange"
urlpatterns = [
    path("records/", records.search, name="search"),
    path("records/export/", export.export, name="export"),
    path("records/log/", records.log, name="log"),
    path("records/due/", retention.due, name="due"),
    path("records/due/destroy/", retention.destroy, name="destroy"),
    path("records/people/", people.people, name="people"),
    path("records/people/<uuid:user_id>/erase/", people.erase_person, name="erase_person"),
    path("records/holds/", holds.holds, name="holds"),
    path("records/holds/new/", holds.place_hold, name="place_hold"),
    path("records/holds/<uuid:hold_id>/release/", holds.release_hold, name="release_hold"),
    path("account/about-me/", people.about_me, name="about_me"),
    path("account/about-me/download/", people.download_about_me, name="download_about_me"),
    path("records/<uuid:record_id>/", records.record, name="record"),
    path("records/<uuid:record_id>/expunge/", removal.expunge, name="expunge"),
    path("records/<uuid:record_id>/redact/", removal.redact, name="redact"),
]
