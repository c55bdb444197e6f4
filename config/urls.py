"""Every address: the site composes the apps."""

from django.urls import include, path

urlpatterns = [path("", include("headway.site.urls"))]
handler400 = "headway.core.views.bad_request"
handler403 = "headway.core.views.permission_denied"
handler404 = "headway.core.views.page_not_found"
handler429 = "headway.core.views.too_many_requests"
handler500 = "headway.core.views.server_error"
