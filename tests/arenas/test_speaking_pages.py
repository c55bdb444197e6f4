from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from headway.arenas import actions
from headway.arenas.models import (
    Approach,
    ElectionWindow,
)
from tests.arenas.making import (
    MINUTES,
    an_approach,
    an_ask,
    let_speak,
    may,
    on_record,
    seat_of,
)
from tests.arenas.visiting import rows_of, send, text_of
from tests.world import World


def test_a_later_word_stands_beside_the_earlier_one(world: World) -> None:
    ask = an_ask(world)
    post = seat_of(ask.arena.organisation, 1)
    on_record(world, ask, post, "Wants to see the cost first", "neutral")
    on_record(world, ask, post, "Will vote for it", "for", minutes=1)
    page = text_of(world, "ask", ask.pk)
    assert page.index("Will vote for it") < page.index("Wants to see the cost first")
    assert page.count("said something else later") == 1


@pytest.mark.parametrize("missing", ["link", "when", "text", "post"])
def test_what_was_said_needs_who_when_and_where_and_keeps_what_was_typed(
    world: World, missing: str
) -> None:
    ask = an_ask(world)
    said = {
        "kind": "statement",
        "stance": "unknown",
        "text": "The cost comes first",
        "post": "District 2",
        "when": "2026-03-20",
        "link": MINUTES,
    }
    address = world.address("arenas:add_on_record", ask.pk)
    answer = world.client("liaison").post(address, {**said, missing: ""})
    assert answer.status_code == 422
    assert (said["text"] if missing != "text" else MINUTES) in answer.content.decode()
    assert world.client("liaison").post(address, said).status_code == 302


def test_what_was_noted_is_corrected_by_its_author_or_who_leads(world: World) -> None:
    ask = an_ask(world)
    row = on_record(world, ask, seat_of(ask.arena.organisation, 1), "Will vote for it", "for")
    address = world.address("arenas:edit_on_record", row.pk)
    said = {
        "kind": "statement",
        "stance": "against",
        "text": "Will vote against it",
        "when": "2026-03-20",
        "link": MINUTES,
        "seen": row.record.revision,
    }
    for role in ("partner", "evaluator"):
        assert address not in text_of(world, "on_record", row.pk, role=role)
        assert world.client(role).post(address, said).status_code == 403
    assert address in text_of(world, "on_record", row.pk, role="facilitator")
    assert world.client("facilitator").post(address, said).status_code == 302
    own = actions.note_on_record(
        by=world.actor("partner"),
        ask=ask,
        kind="question",
        text="What does it cost?",
        post=seat_of(ask.arena.organisation, 2),
        link=MINUTES,
        when=row.record.when,
    )
    mine = world.address("arenas:edit_on_record", own.pk)
    assert world.client("partner").get(mine).status_code == 200
    sent = said | {"seen": own.record.revision}
    assert world.client("partner").post(mine, sent).status_code == 302


def test_no_page_asks_for_an_assessment(world: World) -> None:
    ask = an_ask(world)
    form = text_of(world, "add_on_record", ask.pk, role="convener").lower()
    for word in ("confidence", "private", "likely", "assessment"):
        assert word not in form


def test_only_what_an_organization_may_do_is_offered(world: World) -> None:
    ask = an_ask(world)
    address = world.address("arenas:add_approach", ask.pk, world.shelter.pk)
    assert world.client("partner").get(address).status_code == 403
    may(world, ask, "may_inform")
    offered = world.client("partner").get(address).content.decode()
    assert "informs about it" in offered
    assert "asks for it" not in offered
    refused = world.client("partner").post(address, {"kind": "ask"})
    assert refused.status_code == 422
    may(world, ask, "may_not", minutes=1)
    assert world.client("partner").get(address).status_code == 403


def test_an_organization_says_itself_what_it_may_do(world: World) -> None:
    ask = an_ask(world)
    address = world.address("arenas:limit", ask.pk)
    said = {"organisation": str(world.shelter.pk), "limit": "may_ask"}
    assert world.client("partner").post(address, said).status_code == 422
    let_speak(world)
    assert "May ask for it" in send(world, "limit", ask.pk, role="partner", **said)
    assert "Note what St. Stephen" in text_of(world, "who_asks", ask.pk, role="partner")


def test_in_an_election_window_public_employees_only_inform(world: World) -> None:
    ask = an_ask(world)
    let_speak(world, "convener", world.office)
    actions.limit_advocacy(by=world.actor(), ask=ask, organisation=world.office, limit="may_ask")
    today = timezone.now().date()
    answer = world.client("administrator").post(
        reverse("arenas:windows"),
        {
            "name": "General election",
            "starts_on": (today - timedelta(days=3)).isoformat(),
            "ends_on": (today + timedelta(days=3)).isoformat(),
        },
        follow=True,
    )
    assert "General election" in answer.content.decode()
    page = text_of(world, "who_asks", ask.pk, role="convener")
    assert "public employees make no requests until" in page
    address = world.address("arenas:add_approach", ask.pk, world.office.pk)
    form = world.client("convener").get(address).content.decode()
    assert "informs about it" in form
    assert "asks for it" not in form
    window = ElectionWindow.objects.get()
    taken_back = reverse("arenas:withdraw_window", args=[window.pk])
    world.client("administrator").post(taken_back)
    assert "asks for it" in world.client("convener").get(address).content.decode()


def test_contacts_are_saved_for_filing_without_formulas(world: World) -> None:
    ask = an_ask(world)
    approach = an_approach(world, ask)
    answer_ = world.address("arenas:answer_approach", approach.pk)
    said = {"done_on": "2026-03-20", "answer": "=1+1 will read it"}
    assert world.client("partner").post(answer_, said).status_code == 302
    address = world.address("arenas:contacts_csv")
    assert world.client("observer").get(address).status_code == 403
    rows = rows_of(world, "contacts_csv", "liaison")
    assert rows[0]["who"] == "St. Stephen's"
    assert rows[0]["what they answered"] == "'=1+1 will read it"


def test_whoever_noted_a_contact_takes_it_back(world: World) -> None:
    approach = an_approach(world, an_ask(world))
    address = world.address("arenas:withdraw", approach.pk)
    assert world.client("evaluator").post(address, {"because": "wrong"}).status_code == 403
    assert world.client("partner").post(address, {"because": "wrong"}).status_code == 302
    assert not Approach.objects.live().exists()
