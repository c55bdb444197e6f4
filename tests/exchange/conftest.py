from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from headway.accounts.actor import Actor
from headway.initiatives import actions
from headway.initiatives.files import check_upload
from headway.initiatives.models import File, Happening, Record
from tests.initiatives.conftest import elsewhere
from tests.world import World, a_happening

__all__ = ["elsewhere"]
SECRET = "Ana Ruiz lives at the Harbor Light shelter"
PDF = b"%PDF-1.7 Ana Ruiz"


@pytest.fixture(autouse=True)
def own_place(settings: Settings, tmp_path: Path) -> Path:
    """A data folder, files and a cache of each test's own."""
    settings.DATA = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": str(tmp_path),
        }
    }
    return tmp_path


@pytest.fixture
def officer(world: World) -> Actor:
    """The records officer, acting."""
    return world.actor("records_officer")


@pytest.fixture
def happening(world: World) -> Happening:
    """A happening that names a client, with versions, a translation, a file, links and states."""
    found = a_happening(world, SECRET)
    actions.revise_happening(
        by=world.actor(),
        happening=found,
        category="meeting",
        text=f"{SECRET} since May",
        when=found.record.when,
        organisations=[world.shelter, world.office],
    )
    actions.translate_text(
        by=world.actor(),
        record=found.record,
        field="text",
        original=SECRET,
        language="es",
        text="Ana Ruiz vive",
    )
    upload = check_upload(SimpleUploadedFile("Ana Ruiz.pdf", PDF))
    actions.add_file(by=world.actor(), record=found.record, upload=upload)
    other = a_happening(world, "A plan is made").record
    actions.link_records(by=world.actor(), origin=other, target=found.record, kind="came_from")
    actions.append_state(
        record=found.record, state="open", by=world.actor(), because="Ana Ruiz asked"
    )
    found.refresh_from_db()
    return Happening.objects.get(pk=found.pk)


def fresh(record: Record) -> Record:
    return Record.objects.get(pk=record.pk)


def the_file(record: Record) -> File:
    return File.objects.get(record=record)


Commits = DjangoCaptureOnCommitCallbacks
