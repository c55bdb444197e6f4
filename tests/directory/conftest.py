"""Small helpers of the directory's tests, over the shared world."""

import pytest
from django.core.files.base import ContentFile

from headway.directory import actions
from headway.directory.actions import OrganisationDetails, PersonDetails
from headway.directory.actions.imports.uploads import (
    bring_in_upload,
    confirm_upload,
    keep_upload,
    look_over_upload,
)
from headway.directory.models import Organisation, Person, Upload
from tests.world import NOON, World


@pytest.fixture
def add(world: World):
    """Add an organisation as the registrar."""

    def add_one(name: str, **details: object) -> Organisation:
        return actions.add_organisation(
            by=world.actor("registrar"),
            authority=world.authority,
            details=OrganisationDetails(name=name, **details),
        )

    return add_one


@pytest.fixture
def somebody(world: World):
    """Add a person as the registrar."""

    def add_one(name: str, email: str = "") -> Person:
        return actions.add_person(
            by=world.actor("registrar"),
            authority=world.authority,
            details=PersonDetails(name=name, email=email),
        )

    return add_one


@pytest.fixture
def storage(settings, tmp_path):
    """Uploaded files of a test in a folder of their own."""
    place = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = {**settings.STORAGES, "default": place}


@pytest.fixture
def look(world: World, storage: None):
    """Keep a file and look it over."""

    def look_over(text: str | bytes, kind: str = "organisations_csv") -> Upload:
        raw = text.encode() if isinstance(text, str) else text
        upload = keep_upload(
            by=world.actor("registrar"),
            authority=world.authority,
            kind=kind,
            name="list.csv",
            content=ContentFile(raw),
        )
        return look_over_upload(upload_id=upload.pk, now=NOON)

    return look_over


@pytest.fixture
def bring(world: World, look):
    """Keep a file, look it over, confirm and bring it in."""

    def bring_in(text: str | bytes, kind: str = "organisations_csv") -> Upload:
        upload = look(text, kind)
        promised = upload.preview["counts"]
        confirm_upload(by=world.actor("registrar"), upload=upload)
        done = bring_in_upload(upload_id=upload.pk, now=NOON)
        assert done.preview["counts"] == promised
        return done

    return bring_in
