from django.urls import URLPattern, URLResolver, include, path

from headway.directory.views import areas, files, organisations, people, roles, sources

ONE = "organizations/<uuid:organisation_id>/"
SOMEBODY = "people/<uuid:person_id>/"

own: list[URLPattern | URLResolver] = [
    path("", organisations.organisations, name="organisations"),
    path("organizations/add/", organisations.add_organisation, name="add_organisation"),
    path("organizations/similar/", organisations.similar, name="similar"),
    path(ONE, organisations.organisation, name="organisation"),
    path(f"{ONE}edit/", organisations.edit_organisation, name="edit"),
    path(f"{ONE}withdraw/", organisations.withdraw_organisation, name="withdraw"),
    path(f"{ONE}restore/", organisations.restore_organisation, name="restore"),
    path(f"{ONE}merge/", organisations.merge, name="merge"),
    path(f"{ONE}unmerge/", organisations.unmerge, name="unmerge"),
    path(f"{ONE}people/add/", roles.add_role, name="add_role"),
    path(f"{ONE}seats/add/", roles.add_post, name="add_post"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add_person, name="add_person"),
    path(SOMEBODY, people.person, name="person"),
    path(f"{SOMEBODY}edit/", people.edit_person, name="edit_person"),
    path(f"{SOMEBODY}withdraw/", people.withdraw_person, name="withdraw_person"),
    path(f"{SOMEBODY}restore/", people.restore_person, name="restore_person"),
    path(f"{SOMEBODY}merge/", people.merge_person, name="merge_person"),
    path(f"{SOMEBODY}unmerge/", people.unmerge_person, name="unmerge_person"),
    path(f"{SOMEBODY}roles/add/", roles.add_role_of_person, name="add_role_of_person"),
    path("roles/<uuid:role_id>/", roles.role, name="role"),
    path("roles/<uuid:role_id>/end/", roles.end_role, name="end_role"),
    path("roles/<uuid:role_id>/withdraw/", roles.withdraw_role, name="withdraw_role"),
    path("seats/<uuid:post_id>/", roles.post, name="post"),
    path("seats/<uuid:post_id>/withdraw/", roles.withdraw_post, name="withdraw_post"),
    path("areas/", areas.areas, name="areas"),
    path("areas/add/", areas.add_area, name="add_area"),
    path("areas/<uuid:area_id>/", areas.area, name="area"),
    path("areas/<uuid:area_id>/edit/", areas.edit_area, name="edit_area"),
    path("areas/<uuid:area_id>/withdraw/", areas.withdraw_area, name="withdraw_area"),
    path("sources/<str:kind>/<uuid:subject_id>/add/", sources.add_source, name="add_source"),
    path("sources/<uuid:said_id>/take-off/", sources.detach_source, name="detach_source"),
    path("import/", files.imports, name="imports"),
    path("import/<uuid:upload_id>/", files.import_file, name="import"),
    path("import/<uuid:upload_id>/problems.csv", files.import_problems, name="import_problems"),
    path("export/organizations.csv", files.organisations_as_csv, name="organisations_csv"),
    path("export/people.csv", files.people_as_csv, name="people_csv"),
    path("export/directory.json", files.directory_as_popolo, name="popolo_json"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("directory/", include((own, "directory")))]
