from dataclasses import dataclass

import pytest

from headway.directory.actions import OrganisationDetails, add_organisation
from headway.directory.models import Organisation
from headway.partners import actions
from headway.partners.models import Partner
from tests.world import World


@dataclass
class Table:
    """The partners at one table: the shelter takes part, the church was invited."""

    world: World
    shelter: Partner
    church: Partner

    def organisation(self, name: str, sector: str = "", kind: str = "organisation") -> Organisation:
        """A further organisation of the directory."""
        return an_organisation(self.world, name, sector, kind)


def an_organisation(
    world: World, name: str, sector: str = "", kind: str = "organisation"
) -> Organisation:
    details = OrganisationDetails(name=name, sector=sector, classification=kind)
    return add_organisation(by=world.actor("registrar"), authority=world.authority, details=details)


@pytest.fixture
def table(world: World) -> Table:
    shelter = actions.add_partner(
        by=world.actor(),
        initiative=world.hennepin,
        organisation=world.shelter,
        role_as_said="runs the street outreach team",
    )
    church = actions.add_partner(
        by=world.actor(),
        initiative=world.hennepin,
        organisation=an_organisation(world, "Plymouth Congregational Church", "faith"),
        state=Partner.State.INVITED,
    )
    return Table(world, shelter, church)
