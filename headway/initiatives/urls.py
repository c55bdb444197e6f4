from django.urls import path

from headway.initiatives.views import happenings, initiative, members, records

app_name = "initiatives"
urlpatterns = [
    path("initiatives/new/", initiative.new, name="new"),
    path("i/<slug:slug>/history/", initiative.history, name="history"),
    path("i/<slug:slug>/settings/", initiative.settings, name="settings"),
    path("i/<slug:slug>/close/", initiative.close, name="close"),
    path("i/<slug:slug>/happenings/", happenings.happenings, name="happenings"),
    path("i/<slug:slug>/happenings/new/", happenings.add_happening, name="add_happening"),
    path("i/<slug:slug>/happenings/<uuid:record_id>/", happenings.happening, name="happening"),
    path(
        "i/<slug:slug>/happenings/<uuid:record_id>/edit/",
        happenings.edit_happening,
        name="edit_happening",
    ),
    path("i/<slug:slug>/members/", members.members, name="members"),
    path("i/<slug:slug>/members/invite/", members.invite, name="invite"),
    path("i/<slug:slug>/members/<uuid:member_id>/", members.member, name="member"),
    path("i/<slug:slug>/members/<uuid:member_id>/role/", members.grant_role, name="grant_role"),
    path(
        "i/<slug:slug>/members/<uuid:member_id>/mandate/",
        members.give_mandate,
        name="give_mandate",
    ),
    path("i/<slug:slug>/members/<uuid:member_id>/reassign/", members.reassign, name="reassign"),
    path("i/<slug:slug>/members/<uuid:member_id>/end/", members.let_go, name="let_go"),
    path("i/<slug:slug>/roles/<uuid:grant_id>/end/", members.end_role, name="end_role"),
    path("i/<slug:slug>/mandates/<uuid:mandate_id>/end/", members.end_mandate, name="end_mandate"),
    path("i/<slug:slug>/records/<uuid:record_id>/", records.record, name="record"),
    path(
        "i/<slug:slug>/records/<uuid:record_id>/history/",
        records.record_history,
        name="record_history",
    ),
    path("i/<slug:slug>/records/<uuid:record_id>/link/", records.link, name="link"),
    path("i/<slug:slug>/records/<uuid:record_id>/withdraw/", records.withdraw, name="withdraw"),
    path("i/<slug:slug>/records/<uuid:record_id>/translate/", records.translate, name="translate"),
    path("i/<slug:slug>/records/<uuid:record_id>/file/", records.add_file, name="add_file"),
    path(
        "i/<slug:slug>/records/<uuid:record_id>/versions/<slug:field>/",
        records.wordings,
        name="wordings",
    ),
    path("i/<slug:slug>/links/<uuid:link_id>/remove/", records.unlink, name="unlink"),
    path("i/<slug:slug>/files/<uuid:file_id>/", records.file, name="file"),
    path(
        "i/<slug:slug>/files/<uuid:file_id>/withdraw/", records.withdraw_file, name="withdraw_file"
    ),
]
