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


@pytest.fixture(scope="session")
def made_up_catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both made-up languages, in a folder of their own; nobody changes them."""
    place = tmp_path_factory.mktemp("catalogues")
    messages = catalogues.every_message()
    for language, change in catalogues.LANGUAGES.items():
        folder = place / translation.to_locale(language) / "LC_MESSAGES"
        folder.mkdir(parents=True)
        catalogues.catalogue(language, change, messages).save(str(folder / "django.mo"))
    return place


@pytest.fixture
def made_up_languages(made_up_catalogues: Path, settings: Settings) -> None:
    """Let pages speak both made-up languages."""
    settings.LOCALE_PATHS = [made_up_catalogues]
