from django.urls import URLPattern, URLResolver, include, path

from headway.accounts.allauth_views import declare_allauth_views
from headway.accounts.views import account, demonstration, jobs, log, mail_folder, settings

own: list[URLPattern | URLResolver] = [
    path("account/", account.account, name="account"),
    path("account/tokens/", account.tokens, name="tokens"),
    path("account/tokens/<uuid:token_id>/revoke/", account.revoke_token, name="revoke_token"),
    path("account/mail/", mail_folder.mail_folder, name="mail_folder"),
    path("account/mail/<str:name>/", mail_folder.mail_message, name="mail_message"),
    path(
        "account/demonstration/<str:secret>/",
        demonstration.demonstration_sign_in,
        name="demonstration_sign_in",
    ),
    path("settings/", settings.settings, name="settings"),
    path("settings/people/", settings.people, name="people"),
    path("settings/people/<uuid:role_id>/end/", settings.end_role, name="end_role"),
    path("settings/retention/", settings.retention, name="retention"),
    path("settings/retention/name/", settings.schedule, name="schedule"),
    path("settings/retention/default/", settings.adopt_schedule, name="adopt_schedule"),
    path("settings/retention/<uuid:class_id>/", settings.retention_class, name="retention_class"),
    path("settings/log/", log.log, name="log"),
    path("settings/log.csv", log.log_export, name="log_export"),
    path("jobs/<uuid:job_id>/", jobs.job, name="job"),
    path("jobs/<uuid:job_id>/progress/", jobs.job_progress_part, name="job_progress"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "accounts"))),
    path("account/", include("allauth.urls")),
]
declare_allauth_views()
