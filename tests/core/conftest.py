from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.urls import clear_url_caches
from django.utils import translation
from pytest_django.fixtures import Settings

from config import catalogues

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


@pytest.fixture
def made_up_languages(tmp_path: Path, settings: Settings) -> None:
    """Both made-up languages, in a folder of the test's own."""
    messages = catalogues.every_message()
    for language, change in catalogues.LANGUAGES.items():
        folder = tmp_path / translation.to_locale(language) / "LC_MESSAGES"
        folder.mkdir(parents=True)
        catalogues.catalogue(language, change, messages).save(str(folder / "django.mo"))
    settings.LOCALE_PATHS = [tmp_path]
