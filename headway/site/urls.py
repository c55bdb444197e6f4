"""The root of all addresses; every app's own list hangs below one of these."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
