"""Only the pages of accounts and what they lead to."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from headway.accounts.access import AuthorityRequest, public
from headway.accounts.api import make_api, router
from headway.accounts.limits import limited

api = make_api()
api.add_router("", router)


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


@public("a test asks it often")
@limited("search", per_minute=3)
def search(request: AuthorityRequest) -> HttpResponse:
    return HttpResponse("found")


site = [
    path("", plain, name="welcome"),
    path("home/", plain, name="home"),
    path("search/", search, name="search"),
]
urlpatterns = [
    path("", include((site, "site"))),
    path("", include("headway.accounts.urls")),
    path("api/v1/", api.urls),
]
handler403 = "headway.core.views.permission_denied"
handler404 = "headway.core.views.page_not_found"
