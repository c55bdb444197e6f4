from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.urls import clear_url_caches
from pytest_django.fixtures import Settings

WITHOUT = {
    "headway.accounts.middleware.AuthorityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
}


@pytest.fixture
def parts(settings: Settings) -> Iterator[Settings]:
    """The page of every part and its neighbours, without an authority behind them."""
    settings.ROOT_URLCONF = "tests.core.parts_urls"
    settings.MIDDLEWARE = [name for name in configured.MIDDLEWARE if name not in WITHOUT]
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = {
        **configured.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    engine = dict(configured.TEMPLATES[0])
    settings.TEMPLATES = [{**engine, "DIRS": [Path(__file__).parent / "templates"]}]
    yield settings
    clear_url_caches()
