"""Every page about people, by who looks and what they read."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from headway.directory.actions import RoleDetails, add_membership, add_person, merge_organisation
from headway.directory.actions.details import PersonDetails
from headway.initiatives.actions import give_mandate, withdraw_record
from headway.partners import actions
from headway.partners.models import Contact, Correction, Offer, Partner
from headway.problems.actions import add_affected_group, add_facet, hold_facet
from headway_analysis.partial_date import PartialDate
from tests.partners.conftest import Table
from tests.world import NOON, TODAY, World, a_happening

LISTS = ("home", "resources", "agreement")
MEMBERS_ONLY = ("contacts", "mine", "export_contacts")


def page(world: World, name: str, *ids: object, role: str = "convener", query: str = "") -> str:
    response = world.client(role).get(world.address(f"partners:{name}", *ids) + query)
    assert response.status_code == 200, response
    return response.content.decode()


def shown(text: str) -> str:
    """A page's words without its marks-up, spaces made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


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
        assert "Gail Dorfman, Executive director" in shown(body)
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
    client.post(address, {"role_as_said": "runs two shelters", "seen": 1})
    response = client.post(address, {"role_as_said": "what I typed", "seen": 1})
    body = response.content.decode()
    assert response.status_code == 422
    assert "runs two shelters" in body
    assert "what I typed" in body
    assert client.post(address, {"role_as_said": "what I typed", "seen": 2}).status_code == 302


# Offers and needs --------------------------------------------------------------------------------


def offer_said(table: Table, **changes: object) -> dict[str, object]:
    said: dict[str, object] = {
        "partner": table.shelter.pk,
        "what": "Two outreach workers",
        "kind": "people",
        "amount": "80",
        "unit": "hours a week",
    }
    return said | changes


def test_a_partner_offers_only_in_its_own_name(table: Table) -> None:
    world = table.world
    client, address = world.client("partner"), world.address("partners:add_offer")
    assert client.post(address, offer_said(table)).status_code == 302
    refused = client.post(address, offer_said(table, partner=table.church.pk))
    assert refused.status_code == 422
    assert Offer.objects.count() == 1


def test_a_partner_changes_only_its_own_offers(table: Table) -> None:
    world, by = table.world, table.world.actor()
    own = actions.make_offer(by=by, partner=table.shelter, kind="space", what="A meeting room")
    other = actions.make_offer(by=by, partner=table.church, kind="space", what="A parish hall")
    client = world.client("partner")
    for name in ("edit_offer", "withdraw_offer", "answer_need"):
        assert client.get(world.address(f"partners:{name}", own.pk)).status_code == 200
        assert client.get(world.address(f"partners:{name}", other.pk)).status_code == 403


def test_whoever_may_speak_for_another_may_offer_for_it(table: Table) -> None:
    world = table.world
    give_mandate(
        by=world.actor(),
        member=world.members["partner"],
        organisation=table.church.organisation,
        scope="everything",
        given_by="Letter of March 3",
    )
    said = offer_said(table, partner=table.church.pk)
    client = world.client("partner")
    assert client.post(world.address("partners:add_offer"), said).status_code == 302


def test_the_gap_of_each_kind_is_said_in_its_unit(table: Table) -> None:
    world, by = table.world, table.world.actor()
    money = {"kind": "money", "unit": "US dollars"}
    actions.make_offer(
        by=by, partner=table.shelter, what="A grant", amount=Decimal(120_000), **money
    )
    actions.record_need(
        by=by, initiative=world.hennepin, what="Rent help", amount=Decimal(200_000), **money
    )
    over = TODAY - timedelta(days=1)
    actions.make_offer(
        by=by, partner=table.church, what="Last year", amount=Decimal(9), until=over, **money
    )
    words = shown(page(world, "resources"))
    assert "80,000 US dollars short" in words
    assert "One thing is short" in words


def test_a_need_shows_how_many_offers_answer_it(table: Table) -> None:
    world, by = table.world, table.world.actor()
    need = actions.record_need(by=by, initiative=world.hennepin, kind="space", what="A room")
    offer = actions.make_offer(by=by, partner=table.shelter, kind="space", what="Our hall")
    assert "by nobody yet" in page(world, "resources")
    world.client("partner").post(
        world.address("partners:answer_need", offer.pk), {"need": str(need.pk)}
    )
    assert "1 offer" in shown(page(world, "resources"))
    assert "Our hall" in page(world, "need", need.pk)


def test_a_withdrawn_offer_leaves_the_lists_and_stays_readable(table: Table) -> None:
    world = table.world
    offer = actions.make_offer(
        by=world.actor(), partner=table.shelter, kind="space", what="Our hall"
    )
    address = world.address("partners:withdraw_offer", offer.pk)
    client = world.client("partner")
    assert client.post(address, {"because": ""}).status_code == 422
    assert client.post(address, {"because": "roof leaks"}).status_code == 302
    assert "Our hall" not in page(world, "resources")
    assert "roof leaks" in page(world, "offer", offer.pk)


# Contacts ----------------------------------------------------------------------------------------


def a_contact(table: Table, **changes: object) -> Contact:
    said: dict[str, object] = {
        "kind": "call",
        "text": "They can host the next meeting",
        "when": PartialDate.on(TODAY),
        "organisations": [table.shelter.organisation, table.church.organisation],
    }
    world = table.world
    return actions.log_contact(by=world.actor(), initiative=world.hennepin, **(said | changes))  # type: ignore[arg-type]


def test_a_logged_contact_shows_on_every_partner_it_names(table: Table) -> None:
    world = table.world
    said = {
        "kind": "meeting",
        "when": "2026-03-20",
        "text": "They can host the next meeting",
        "organisations": [table.shelter.organisation_id, table.church.organisation_id],
        "next_step": "send the draft",
        "next_step_by": "2026-03-21",
    }
    response = world.client("partner").post(world.address("partners:log_contact"), said)
    assert response.status_code == 302
    for partner in (table.shelter, table.church):
        assert "host the next meeting" in page(world, "partner", partner.pk)


def test_contacts_are_inferred_from_what_happened_and_marked(table: Table) -> None:
    world = table.world
    a_contact(table)
    a_happening(world, "The commission meets")
    words = shown(page(world, "contacts"))
    assert "inferred" in words
    assert "recorded" in words
    assert "The commission meets" in words
    assert "The commission meets" not in page(world, "contacts", query="?shown=logged")
    assert "host the next" not in page(world, "contacts", query="?shown=inferred")


def test_a_happening_without_partners_is_no_contact(table: Table) -> None:
    world = table.world
    other = a_happening(world, "Somebody else meets")
    other.organisations.update(organisation=table.organisation("Elsewhere").pk)
    assert "Somebody else meets" not in page(world, "contacts")


def test_contacts_of_one_partner_leave_the_others_out(table: Table) -> None:
    world = table.world
    a_contact(table, text="Only with the church", organisations=[table.church.organisation])
    query = f"?partner={table.shelter.pk}"
    assert "Only with the church" not in page(world, "contacts", query=query)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages open on the day on which the world was made."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def test_an_overdue_next_step_stands_first_until_it_is_done(table: Table, today: None) -> None:
    world = table.world
    late = TODAY - timedelta(days=3)
    contact = a_contact(table, next_step="send the draft", next_step_by=late)
    assert "1 next step is overdue" in shown(page(world, "contacts"))
    client = world.client("liaison")
    assert client.post(world.address("partners:done", contact.pk)).status_code == 302
    assert "overdue" not in page(world, "contacts")


def test_only_its_author_or_who_runs_it_changes_a_contact(table: Table) -> None:
    world = table.world
    contact = a_contact(table)
    address = world.address("partners:edit_contact", contact.pk)
    assert world.client("facilitator").get(address).status_code == 200
    assert world.client("partner").get(address).status_code == 403
    assert world.client("observer").get(address).status_code == 403


# My organization, corrections --------------------------------------------------------------------


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


# How we work -------------------------------------------------------------------------------------


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


# Files -------------------------------------------------------------------------------------------


@pytest.fixture
def csv(table: Table) -> Callable[..., str]:
    def read(name: str, role: str) -> str:
        address = table.world.address(f"partners:{name}")
        response = table.world.client(role).get(address)
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        return b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]

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
