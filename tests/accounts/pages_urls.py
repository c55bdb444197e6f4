"""The whole site, and two addresses that only these tests ask for."""

from django.http import HttpResponse
from django.urls import include, path

from headway.accounts.access import AuthorityRequest, public
from headway.accounts.limits import limited


@public("a test asks it often")
@limited("limited_page", per_minute=3)
def limited_page(_request: AuthorityRequest) -> HttpResponse:
    return HttpResponse("found")


urlpatterns = [
    path("limited/", limited_page),
    path("", include("headway.site.urls")),
]
handler403 = "headway.core.views.permission_denied"
handler404 = "headway.core.views.page_not_found"
