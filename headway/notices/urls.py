from django.urls import URLPattern, URLResolver, path

from headway.notices import views

app_name = "notices"

urlpatterns: list[URLPattern | URLResolver] = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read, name="read"),
    path("notices/mail/", views.rhythms, name="rhythms"),
    path("notices/stop/<str:token>/", views.stop, name="stop"),
]
