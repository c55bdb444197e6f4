"""What is offered and needed, and the contact log, by who looks and what they read."""

from datetime import timedelta
from decimal import Decimal

import pytest

from headway.initiatives.actions import give_mandate
from headway.partners import actions
from headway.partners.models import Offer
from tests.partners.conftest import Table, a_contact, offer_said, page, shown
from tests.world import NOON, TODAY, a_happening


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
