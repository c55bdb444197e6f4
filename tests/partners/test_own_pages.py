"""What is recorded about one's own organization, and how it is put right."""

from django.test import Client

from headway.directory.actions import merge_organisation
from headway.partners import actions
from headway.partners.models import Correction
from headway.problems.actions import add_facet, hold_facet
from tests.partners.conftest import Table, a_contact, offer_said, page, shown
from tests.world import World, a_happening


def ask(table: Table, client: Client, **said: object) -> Correction:
    address = table.world.address("partners:ask_correction")
    about = f"?organisation={table.shelter.organisation_id}&about={table.shelter.pk}"
    response = client.post(
        address + about, {"part": "role_as_said", "should_say": "runs two shelters"} | said
    )
    assert response.status_code == 302
    return Correction.objects.get()


def test_a_partner_sees_everything_recorded_about_its_organisation(table: Table) -> None:
    world = table.world
    a_contact(table)
    a_happening(world, "The commission meets")
    actions.make_offer(by=world.actor(), partner=table.shelter, kind="space", what="Our hall")
    actions.record_need(
        by=world.actor(),
        initiative=world.hennepin,
        partner=table.shelter,
        kind="data",
        what="Shelter counts",
    )
    facet = add_facet(by=world.actor(), initiative=world.hennepin, name="Leaving hospital")
    hold_facet(by=world.actor(), facet=facet, organisation=world.shelter, kind="knowledge", note="")
    recorded = page(world, "mine", role="partner").split('id="recorded"')[1]
    for title in (
        "St. Stephen",
        "They can host",
        "The commission meets",
        "Our hall",
        "Shelter counts",
        "Leaving hospital",
    ):
        assert title in recorded
    assert "Plymouth" not in recorded


def test_a_member_without_organisation_is_told_what_to_do(world: World) -> None:
    member = world.members["observer"]
    member.change(organisation=None)
    assert "No organization is recorded for you" in page(world, "mine", role="observer")


def test_a_correction_goes_from_asking_to_the_changed_record(table: Table) -> None:
    world = table.world
    asked = ask(table, world.client("partner"))
    assert "1 request waits" in shown(page(world, "corrections"))
    answer = world.address("partners:answer_correction", asked.pk)
    assert world.client("partner").post(answer, {"decision": "accepted"}).status_code == 403
    assert world.client("convener").post(answer, {"decision": "accepted"}).status_code == 302
    table.shelter.refresh_from_db()
    assert table.shelter.role_as_said == "runs two shelters"
    assert "accepted" in shown(page(world, "mine", role="partner"))


def test_declining_without_a_reason_keeps_the_page_and_what_was_chosen(table: Table) -> None:
    world = table.world
    asked = ask(table, world.client("partner"))
    answer = world.address("partners:answer_correction", asked.pk)
    response = world.client("convener").post(answer, {"decision": "declined", "answer": ""})
    body = response.content.decode()
    assert response.status_code == 422
    assert "Say why" in body
    assert 'value="declined"' in body
    assert "checked" in body


def test_a_partner_asks_for_nobody_else(table: Table) -> None:
    world = table.world
    address = world.address("partners:ask_correction")
    other = f"{address}?organisation={table.church.organisation_id}"
    assert world.client("partner").get(other).status_code == 403
    assert world.client("partner").get(address).status_code == 200
    assert world.client("observer").get(address).status_code == 403


def test_a_merged_organisation_is_still_ones_own(table: Table) -> None:
    world = table.world
    new = table.organisation("Agate Housing", "nonprofit")
    merge_organisation(by=world.actor("registrar"), organisation=world.shelter, into=new)
    body = page(world, "mine", role="partner")
    assert "Agate Housing" in body
    client = world.client("partner")
    assert client.post(world.address("partners:add_offer"), offer_said(table)).status_code == 302
