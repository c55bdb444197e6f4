"""List pages ask the database as often with hundreds of rows as with one."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.directory.models import Organisation
from headway.directory.models.base import search_values
from headway.initiatives.models import Happening, HappeningOrganisation, Record
from headway.partners.models import Contact, ContactOrganisation, Correction, Need, Offer, Partner
from headway_analysis.partial_date import PartialDate
from tests.partners.conftest import Table
from tests.world import NOON, TODAY, World

MANY = 120
MOST = 12
PAGES = ("home", "contacts", "resources", "corrections")


def records(world: World, kind: str) -> list[Record]:
    rows = [
        Record(
            initiative=world.hennepin,
            kind=kind,
            title=f"{kind} {number}",
            visibility="public",
            recorded_at=NOON,
        ).set_when(PartialDate.on(TODAY))
        for number in range(MANY)
    ]
    return Record.objects.bulk_create(rows)


@pytest.fixture
def crowd(table: Table) -> Table:
    """More of everything than fits on a page."""
    world = table.world
    organisations = Organisation.objects.bulk_create(
        Organisation(
            authority=world.authority,
            name=f"Organization {number}",
            sector="business",
            recorded_at=NOON,
            **search_values(f"Organization {number}", ""),
        )
        for number in range(MANY)
    )
    partners = Partner.objects.bulk_create(
        Partner(record=record, organisation=organisation, state="taking_part")
        for record, organisation in zip(records(world, "partner"), organisations, strict=True)
    )
    said = {"kind": "money", "what": "grant", "amount": Decimal(5), "unit": "US dollars"}
    Offer.objects.bulk_create(
        Offer(record=record, partner=partner, **said)
        for record, partner in zip(records(world, "offer"), partners, strict=True)
    )
    Need.objects.bulk_create(Need(record=record, **said) for record in records(world, "need"))
    contacts = Contact.objects.bulk_create(
        Contact(record=record, kind="call", text="call", next_step="write", next_step_by=TODAY)
        for record in records(world, "contact")
    )
    ContactOrganisation.objects.bulk_create(
        ContactOrganisation(contact=contact, organisation=organisation)
        for contact, organisation in zip(contacts, organisations, strict=True)
    )
    happenings = Happening.objects.bulk_create(
        Happening(record=record, category="meeting", text="met")
        for record in records(world, "happening")
    )
    HappeningOrganisation.objects.bulk_create(
        HappeningOrganisation(happening=happening, organisation=organisation)
        for happening, organisation in zip(happenings, organisations, strict=True)
    )
    Correction.objects.bulk_create(
        Correction(record=record, organisation=organisation, part="name", should_say="Org")
        for record, organisation in zip(records(world, "correction"), organisations, strict=True)
    )
    return table


@pytest.mark.parametrize("name", PAGES)
def test_a_list_asks_at_most_twelve_times(crowd: Table, name: str) -> None:
    world = crowd.world
    client, address = world.client("convener"), world.address(f"partners:{name}")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(address)
    assert response.status_code == 200
    statements = "\n".join(query["sql"][:200] for query in asked.captured_queries)
    assert len(asked) <= MOST, statements
