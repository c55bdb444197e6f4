import re
from dataclasses import dataclass

import pytest

from headway.directory.actions import OrganisationDetails, add_organisation
from headway.directory.models import Organisation
from headway.partners import actions
from headway.partners.models import Contact, Partner
from headway_analysis.partial_date import PartialDate
from tests.world import TODAY, World


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


def page(world: World, name: str, *ids: object, role: str = "convener", query: str = "") -> str:
    response = world.client(role).get(world.address(f"partners:{name}", *ids) + query)
    assert response.status_code == 200, response
    return response.content.decode()


def shown(text: str) -> str:
    """A page's words without its marks-up, spaces made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def a_contact(table: Table, **changes: object) -> Contact:
    said: dict[str, object] = {
        "kind": "call",
        "text": "They can host the next meeting",
        "when": PartialDate.on(TODAY),
        "organisations": [table.shelter.organisation, table.church.organisation],
    }
    world = table.world
    return actions.log_contact(by=world.actor(), initiative=world.hennepin, **(said | changes))


def offer_said(table: Table, **changes: object) -> dict[str, object]:
    said: dict[str, object] = {
        "partner": table.shelter.pk,
        "what": "Two outreach workers",
        "kind": "people",
        "amount": "80",
        "unit": "hours a week",
    }
    return said | changes
