"""Small helpers of the directory's tests, over the shared world."""

import pytest

from headway.directory import actions
from headway.directory.actions import OrganisationDetails, PersonDetails
from headway.directory.models import Organisation, Person
from tests.world import World


@pytest.fixture
def add(world: World):
    """Add an organisation as the registrar."""

    def add_one(name: str, **details: object) -> Organisation:
        return actions.add_organisation(
            by=world.actor("registrar"),
            authority=world.authority,
            details=OrganisationDetails(name=name, **details),  # type: ignore[arg-type]
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
