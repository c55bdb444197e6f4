"""The root of all addresses; every app's own list hangs below one of these."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from headway.accounts.access import Access, declare
from headway.site import views
from headway.site.api import api

declare(set_language, Access(public_because="anybody may choose the language of the pages"))

own: list[URLPattern | URLResolver] = [
    path("", views.welcome, name="welcome"),
    path("home/", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path("loading/<uuid:job_id>/", views.loading, name="loading"),
    path("i/<slug:slug>/", views.where_we_stand, name="where_we_stand"),
    path("i/<slug:slug>/meetings/", views.meetings, name="meetings"),
    path("i/<slug:slug>/recommendations/", views.recommendations, name="recommendations"),
    path("i/<slug:slug>/decisions/", views.decisions, name="decisions"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "site"))),
    path("api/v1/", api.urls),
    path("language/", set_language, name="set_language"),
    path("", include("headway.accounts.urls")),
    path("", include("headway.directory.urls")),
    path("", include("headway.initiatives.urls")),
    path("", include("headway.partners.urls")),
    path("", include("headway.problems.urls")),
    path("", include("headway.forums.urls")),
    path("", include("headway.solutions.urls")),
    path("", include("headway.arenas.urls")),
    path("", include("headway.commitments.urls")),
    path("", include("headway.notices.urls")),
    path("", include("headway.exchange.urls")),
]
