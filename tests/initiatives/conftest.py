from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from headway.accounts import actions as accounts
from headway.accounts.actor import Actor
from headway.directory.actions import OrganisationDetails, add_organisation
from headway.initiatives import actions
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def own_place(settings: Settings, tmp_path: Path) -> None:
    """Files and a cache of each test's own."""
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


@pytest.fixture
def elsewhere(world: World) -> World:
    """Ramsey County, another authority of the same installation, with an initiative of its own."""
    worker = Actor(kind="worker", at=NOON)
    ramsey = accounts.make_authority(at=NOON, name="Ramsey County", host_name="ramsey.example")
    office = add_organisation(
        by=worker, authority=ramsey, details=OrganisationDetails(name="Ramsey Office")
    )
    initiative = actions.open_initiative(
        by=worker, authority=ramsey, owner=office, title="Ramsey at Home", visibility="public"
    )
    there = World(ramsey, office, office, initiative, initiative)
    there.people["convener"] = accounts.make_person(
        by=worker, authority=ramsey, email="rita@ramsey.example", name="Rita"
    )
    there.members["convener"] = actions.invite_member(
        by=worker,
        initiative=initiative,
        email="rita@ramsey.example",
        name="Rita",
        role="convener",
    )
    return there
