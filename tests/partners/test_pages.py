"""The partners, how they work, and their files, by who looks and what they read."""

from collections.abc import Callable

import pytest

from headway.directory.actions import RoleDetails, add_membership, add_person, merge_organisation
from headway.directory.actions.details import PersonDetails
from headway.initiatives.actions import withdraw_record
from headway.partners import actions
from headway.partners.models import Partner
from headway.problems.actions import add_affected_group, add_facet, hold_facet
from tests.partners.conftest import Table, a_contact, page, shown
from tests.world import World, a_happening

LISTS = ("home", "resources", "agreement")
MEMBERS_ONLY = ("contacts", "mine", "export_contacts")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("role", ["convener", "partner", "observer", ""])
def test_anybody_reads_who_takes_part_in_a_public_initiative(
    table: Table, name: str, role: str
) -> None:
    assert "<h1>" in page(table.world, name, role=role)


@pytest.mark.parametrize("name", MEMBERS_ONLY)
def test_contacts_and_own_pages_are_for_members(table: Table, name: str) -> None:
    world = table.world
    address = world.address(f"partners:{name}")
    assert world.client().get(address).status_code == 302
    assert world.client("stranger").get(address).status_code == 404
    assert world.client("observer").get(address).status_code == 200


def test_the_list_says_who_takes_part_and_who_was_invited(table: Table) -> None:
    words = shown(page(table.world, "home"))
    assert "1 organization takes part, from 1 sector." in words
    assert "St. Stephen's" in words.replace("&#x27;", "'")
    assert "invited" in words


def test_the_list_is_searched_and_narrowed(table: Table) -> None:
    world = table.world
    found = shown(page(world, "home", query="?q=outreach"))
    assert "Plymouth" not in found
    faith = shown(page(world, "home", query="?sector=faith"))
    assert "Plymouth" in faith
    assert "street outreach" not in faith
    assert "No partner fits" in page(world, "home", query="?q=nobody-has-this-name")
    assert "<h1>" in page(world, "home", query="?sector=x&state=x&page=99&sort=-nonsense")


def test_two_partners_that_were_one_stand_once(table: Table) -> None:
    world = table.world
    twin = table.organisation("Saint Stephens", "nonprofit")
    actions.add_partner(by=world.actor(), initiative=world.hennepin, organisation=twin)
    merge_organisation(by=world.actor("registrar"), organisation=twin, into=world.shelter)
    words = page(world, "home")
    assert "Saint Stephens" not in words
    assert "1 organization takes part" in words


def test_it_says_first_who_is_missing(table: Table) -> None:
    world, by = table.world, table.world.actor()
    add_affected_group(by=by, initiative=world.hennepin, name="Families in shelter")
    board = table.organisation("Hennepin County Board", "government", "arena")
    happening = a_happening(world, "The board approved the plan")
    happening.organisations.create(organisation=board)
    facet = add_facet(by=by, initiative=world.hennepin, name="Leaving hospital")
    hold_facet(by=by, facet=facet, organisation=world.shelter, kind="knowledge", note="")
    words = shown(page(world, "home"))
    for absent in ("Business", "Families in shelter", "Hennepin County Board", "Leaving hospital"):
        assert absent in words
    assert "1 invited, no answer yet" in words
    assert words.index("Who is missing") < words.index("Name or role")


def test_whoever_came_is_no_longer_missing(table: Table) -> None:
    world, by = table.world, table.world.actor()
    group = add_affected_group(by=by, initiative=world.hennepin, name="Families in shelter")
    facet = add_facet(by=by, initiative=world.hennepin, name="Leaving hospital")
    for organisation in (world.shelter, table.church.organisation):
        hold_facet(by=by, facet=facet, organisation=organisation, kind="knowledge", note="")
    actions.revise_partner(by=by, partner=table.shelter, role_as_said="", represents=group)
    words = shown(page(world, "home"))
    assert "Families in shelter" not in words
    assert "Leaving hospital" not in words


def test_only_who_may_write_is_offered_to_invite(table: Table) -> None:
    assert "people/new/" in page(table.world, "home", role="facilitator")
    assert "people/new/" not in page(table.world, "home", role="partner")
    assert "people/new/" not in page(table.world, "home", role="")


def test_a_partner_is_added_through_the_form(table: Table) -> None:
    world = table.world
    council = table.organisation("Downtown Council", "business")
    address = world.address("partners:add")
    body = page(world, "add", query=f"?organisation={council.pk}")
    assert f'value="{council.pk}" selected' in body
    said = {"organisation": council.pk, "state": "taking_part", "when": "autumn 2007"}
    response = world.client("convener").post(address, said)
    added = Partner.objects.get(organisation=council)
    assert response.headers["Location"] == world.address("partners:partner", added.pk)
    assert "autumn 2007" in page(world, "partner", added.pk, role="")


def test_a_partner_page_shows_people_without_addresses(table: Table) -> None:
    world, registrar = table.world, table.world.actor("registrar")
    person = add_person(
        by=registrar,
        authority=world.authority,
        details=PersonDetails(name="Gail Dorfman", email="gail@shelter.example"),
    )
    add_membership(
        by=registrar,
        person=person,
        organisation=world.shelter,
        details=RoleDetails(role="Executive director"),
    )
    for role in ("", "observer", "convener"):
        body = page(world, "partner", table.shelter.pk, role=role)
        assert ("Gail Dorfman, Executive director" in shown(body)) == bool(role)
        assert "@shelter.example" not in body
        assert "@county.example" not in body


def test_a_visitor_does_not_see_members_or_contacts(table: Table) -> None:
    world = table.world
    a_contact(table)
    assert "The partner" not in page(world, "partner", table.shelter.pk, role="")
    assert "host the next meeting" not in page(world, "partner", table.shelter.pk, role="")
    assert "host the next meeting" in page(world, "partner", table.shelter.pk, role="observer")


def test_an_answer_to_an_invitation_is_noted(table: Table) -> None:
    world = table.world
    address = world.address("partners:move", table.church.pk)
    body = page(world, "move", table.church.pk)
    assert 'value="declined"' in body
    assert 'value="left"' not in body
    world.client("convener").post(address, {"state": "declined", "because": "next year"})
    table.church.refresh_from_db()
    assert table.church.state == Partner.State.DECLINED
    assert "next year" in page(world, "partner", table.church.pk)


def test_editing_at_the_same_time_shows_both_and_loses_nothing(table: Table) -> None:
    world = table.world
    address = world.address("partners:edit", table.shelter.pk)
    client = world.client("convener")
    seen = table.shelter.record.revision
    client.post(address, {"role_as_said": "runs two shelters", "seen": seen})
    response = client.post(address, {"role_as_said": "what I typed", "seen": seen})
    body = response.content.decode()
    assert response.status_code == 422
    assert "runs two shelters" in body
    assert "what I typed" in body
    assert (
        client.post(address, {"role_as_said": "what I typed", "seen": seen + 1}).status_code == 302
    )


def test_how_we_work_is_written_shown_and_compared(world: World) -> None:
    client, address = world.client("facilitator"), world.address("partners:edit_agreement")
    assert "Nothing is agreed in writing yet" in page(world, "agreement", role="")
    client.post(address, {"decisions": "By consent.", "seen": 0})
    client.post(address, {"decisions": "By consent, else by vote.", "seen": 1})
    assert "By consent, else by vote." in page(world, "agreement", role="")
    body = page(world, "compare_agreement", role="observer")
    assert "<ins>" in body
    assert "else" in body


def test_how_we_work_shows_both_where_two_wrote(world: World) -> None:
    client, address = world.client("facilitator"), world.address("partners:edit_agreement")
    client.post(address, {"decisions": "By consent.", "seen": 0})
    response = client.post(address, {"decisions": "By vote.", "seen": 0})
    assert response.status_code == 422
    assert "By consent." in response.content.decode()
    assert "By vote." in response.content.decode()


def test_withdrawn_how_we_work_stays_readable_at_its_own_address(world: World) -> None:
    made = actions.write_agreement(
        by=world.actor(), initiative=world.hennepin, decisions="By consent."
    )
    withdraw_record(by=world.actor(), record=made.record, because="written in haste")
    assert "Nothing is agreed" in page(world, "agreement")
    assert "written in haste" in page(world, "kept_agreement", made.pk)


@pytest.fixture
def csv(table: Table) -> Callable[..., str]:
    def read(name: str, role: str) -> str:
        address = table.world.address(f"partners:{name}")
        response = table.world.client(role).get(address)
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        return b"".join(response.streaming_content).decode("utf-8-sig")

    return read


def test_the_partners_are_saved_as_csv_that_no_spreadsheet_runs(
    table: Table, csv: Callable[..., str]
) -> None:
    by = table.world.actor()
    actions.revise_partner(by=by, partner=table.shelter, role_as_said="=1+1", represents=None)
    text = csv("export", "")
    assert text.startswith("name,sector,kind,role,state")
    assert "'=1+1" in text
    assert "Plymouth" in text


def test_the_contacts_are_saved_as_csv_by_members(table: Table, csv: Callable[..., str]) -> None:
    a_contact(table)
    a_happening(table.world, "The commission meets")
    text = csv("export_contacts", "observer")
    assert "host the next meeting" in text
    assert ",inferred," in text
    assert "@" not in text
