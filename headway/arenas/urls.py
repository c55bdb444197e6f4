from django.urls import URLPattern, URLResolver

app_name = "arenas"

urlpatterns: list[URLPattern | URLResolver] = []
