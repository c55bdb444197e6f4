from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from headway.arenas import actions
from headway.arenas.actions import RuleWords
from headway.arenas.models import (
    Arena,
    Ask,
    BodyDecision,
    DecisionRule,
    OnRecord,
    Seat,
)
from headway.initiatives.models import Happening, Link
from headway.solutions.actions import bring_idea, note_barrier
from headway.solutions.actions.outcomes import record_outcome
from tests.arenas.making import (
    HEAT,
    SAID_ON,
    a_holder,
    an_arena,
    an_ask,
    fill,
    seat_of,
)
from tests.arenas.visiting import send, text_of
from tests.world import World, a_happening

LIST_QUERIES = 12


@pytest.mark.parametrize("role", ["convener", "partner", ""])
def test_every_page_opens_and_says_that_it_may_be_released(world: World, role: str) -> None:
    fill(world)
    for name in ("home", "asks", "decisions"):
        assert "may have to be released" in text_of(world, name, role=role)
    for name, model in (
        ("arena", Arena),
        ("ask", Ask),
        ("on_record", OnRecord),
        ("decision", BodyDecision),
    ):
        for row in model.objects.all():
            assert "may have to be released" in text_of(world, name, row.pk, role=role)


def test_a_body_is_named_from_the_directory_and_brings_its_seats(world: World) -> None:
    body = an_arena(world).organisation
    address = world.address("arenas:add_arena")
    unclear = world.client("convener").post(address, {"organisation": "county bo"})
    assert unclear.status_code == 422
    assert "Choose below" in unclear.content.decode()
    page = send(world, "add_arena", organisation=body.name)
    assert "District 7" in page
    assert Arena.objects.count() == 1


def test_a_body_without_a_single_seat_stands_among_the_others(world: World) -> None:
    an_arena(world)
    actions.name_arena(by=world.actor(), initiative=world.hennepin, organisation=world.shelter)
    page = text_of(world, "home")
    assert escape(world.shelter.name) in page
    assert "County Board" in page


def test_a_body_shows_what_it_was_asked_and_what_it_decided(world: World) -> None:
    fill(world)
    page = text_of(world, "arena", Arena.objects.get().pk)
    assert HEAT in page
    assert "The plan of 2006" in page
    assert "Adopted with changes" in page


def test_a_holder_replaced_leaves_the_seat_with_its_history(world: World) -> None:
    arena = an_arena(world)
    post = seat_of(arena.organisation, 1)
    a_holder(world, post, "Ana Ruiz", until=date(2025, 12, 31))
    a_holder(world, post, "Bo Lund", since=date(2026, 1, 1))
    seat = Seat.objects.get(arena=arena, post=post)

    page = text_of(world, "seat", seat.pk)
    assert "Ana Ruiz" in page
    assert "Bo Lund" in page
    board = text_of(world, "arena", arena.pk)
    assert "Bo Lund" in board
    assert "Ana Ruiz" not in board


def test_a_vacant_seat_a_deputy_and_a_term_that_ends_soon_show(world: World) -> None:
    arena = an_arena(world)
    today = timezone.now().date()
    a_holder(world, seat_of(arena.organisation, 1), "Ana Ruiz", until=today + timedelta(days=20))
    page = text_of(world, "arena", arena.pk)
    assert "Terms that end soon" in page
    assert "Vacant" in page
    assert "The term of Ana Ruiz ends" in text_of(world, "home")


def test_two_thirds_of_the_present_are_computed(world: World) -> None:
    arena = an_arena(world)
    send(
        world,
        "add_rule",
        arena.pk,
        numerator=2,
        denominator=3,
        more_than="least",
        basis="present",
        tie="fails",
    )

    page = text_of(world, "arena", arena.pk, query="?present=5")
    assert "at least 2/3 of those present" in page
    assert "With 5 of 7 seats present, 4 yes votes carry a request." in page
    assert "With 7 of 7 seats present" in text_of(world, "arena", arena.pk, query="?present=x")


def test_a_new_rule_stands_beside_the_old_one(world: World) -> None:
    arena = an_arena(world)
    old = actions.set_rule(by=world.actor(), arena=arena, words=RuleWords(basis="members"))
    send(
        world,
        "add_rule",
        arena.pk,
        numerator=1,
        denominator=2,
        more_than="more",
        basis="voting",
        tie="chair",
        when="2026-03-28",
    )
    page = text_of(world, "arena", arena.pk)
    assert "the chair decides" in page
    assert "more than half of all seats" in page
    assert "Does not hold today" in text_of(world, "rule", old.pk)


def test_a_rule_that_cannot_be_counted_comes_back_with_what_was_typed(world: World) -> None:
    arena = an_arena(world)
    said = {"numerator": 3, "denominator": 2, "more_than": "least", "basis": "present"}
    address = world.address("arenas:add_rule", arena.pk)
    answer = world.client("convener").post(address, said | {"tie": "fails", "note": "By-laws"})
    assert answer.status_code == 422
    assert "By-laws" in answer.content.decode()


def test_a_request_is_made_in_one_step_with_the_body_named_on_the_way(world: World) -> None:
    idea = bring_idea(by=world.actor(), initiative=world.hennepin, text="Open the halls")
    barrier = note_barrier(by=world.actor(), initiative=world.hennepin, text="The spacing rule")
    for origin in (idea, barrier):
        form = text_of(world, "ask_from", origin.pk, role="convener")
        assert origin.text in form
        send(world, "ask_from", origin.pk, organisation=world.office.name, text=origin.text)
    first, second = Ask.objects.order_by("record__recorded_at")
    assert first.wording_number == 1
    assert {link.target for link in Link.objects.all()} == {idea.record, barrier.record}
    assert Arena.objects.get().organisation == world.office
    assert "The spacing rule" in text_of(world, "ask", second.pk)


def test_a_request_made_of_a_decision_we_took_keeps_both_links(world: World) -> None:
    idea = bring_idea(by=world.actor(), initiative=world.hennepin, text="Open the halls")
    outcome = record_outcome(
        by=world.actor(), initiative=world.hennepin, text="We go for the halls", solution=idea
    )
    send(world, "ask_from", outcome.pk, organisation=world.office.name, text="Open four halls")
    ask = Ask.objects.get()
    assert ask.solution == idea
    targets = {link.target for link in Link.objects.filter(origin=ask.record)}
    assert targets == {idea.record, outcome.record}
    page = text_of(world, "ask", ask.pk)
    assert "We go for the halls" in page
    assert "Open the halls, version 1" in page


def test_moving_the_vote_moves_every_day_and_shows_what_is_late(world: World) -> None:
    ask = an_ask(world, vote_on=timezone.now().date() + timedelta(days=400))
    assert "Late for the vote" not in text_of(world, "ask", ask.pk)
    soon = timezone.now().date() + timedelta(days=50)
    page = send(
        world, "edit_ask", ask.pk, title=ask.record.title, text=ask.text, vote_on=soon.isoformat()
    )
    assert "Late for the vote" in page
    assert "Department agrees" in page


def test_the_page_says_which_day_was_moved_off_a_weekend(world: World) -> None:
    page = text_of(world, "ask", an_ask(world).pk)
    assert page.count("(not on the weekend)") == 1
    assert "Friday, May 15, 2026" in page


def test_a_vote_in_the_past_comes_back_with_what_was_typed(world: World) -> None:
    body = an_arena(world).organisation
    address = world.address("arenas:add_ask")
    said = {"organisation": body.name, "text": "Open two halls", "vote_on": "2020-06-30"}
    answer = world.client("convener").post(address, said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Enter a day to come" in page
    assert "Open two halls" in page
    assert not Ask.objects.exists()


def test_a_step_has_an_owner_and_keeps_what_was_submitted(world: World) -> None:
    ask = an_ask(world)
    step = ask.steps.all()[0]
    page = send(
        world,
        "edit_step",
        step.pk,
        title="Department agrees",
        days_before=70,
        owner=ask.arena.organisation.name,
        owner_post="District 1",
    )
    assert "District 1, County Board" in page
    done = send(world, "finish_step", step.pk, done_on="2026-03-20", submitted="Draft and note")
    assert "Draft and note" in done


def test_a_request_moves_from_state_to_state_and_is_taken_back_with_a_reason(
    world: World,
) -> None:
    ask = an_ask(world)
    assert "Submitted" in send(world, "move_ask", ask.pk, state="submitted")
    address = world.address("arenas:move_ask", ask.pk)
    refused = world.client("convener").post(address, {"state": "taken_back"})
    assert refused.status_code == 422
    page = send(world, "move_ask", ask.pk, state="taken_back", because="solved without a vote")
    history = world.address("initiatives:record_history", ask.pk)
    told = world.client("convener").get(history).content.decode()
    assert "solved without a vote" in told
    assert "Record the decision" not in page


def test_the_area_still_lists_what_happened(world: World) -> None:
    happened = a_happening(world, "The board hears the plan")
    Happening.objects.filter(pk=happened.pk).update(category=Happening.Category.DECISION)
    assert "The board hears the plan" in text_of(world, "home")
    assert "No decision body is named yet" in text_of(world, "home")


@pytest.mark.parametrize("name", ["home", "asks", "decisions"])
def test_lists_ask_alike_however_much_there_is(world: World, name: str) -> None:
    ask = an_ask(world)
    before = _queries(world, name)
    for number in range(8):
        an_ask(world, ask.arena, f"{HEAT} {number}")
        actions.record_decision(
            by=world.actor(),
            arena=ask.arena,
            title=f"Decision {number}",
            result="adopted",
            when=SAID_ON,
        )
        a_holder(world, seat_of(ask.arena.organisation, 1 + number % 7), f"Holder {number}")
    after = _queries(world, name)
    assert after <= before + 2
    assert after <= LIST_QUERIES


def _queries(world: World, name: str) -> int:
    client = world.client("convener")
    client.get(world.address(f"arenas:{name}"))
    with CaptureQueriesContext(connection) as asked:
        client.get(world.address(f"arenas:{name}"))
    return len(asked)


def test_a_closed_initiatives_bodies_are_closed_to_visitors(world: World) -> None:
    arena = an_arena(world)
    arena.record.change(visibility="members")
    seat = Seat.objects.filter(arena=arena)[0]
    rule = actions.set_rule(by=world.actor(), arena=arena, words=RuleWords(basis="members"))
    assert DecisionRule.objects.get() == rule
    for name, row in (("arena", arena), ("rule", rule), ("seat", seat)):
        address = world.address(f"arenas:{name}", row.pk)
        assert world.client().get(address).status_code == 404
        assert world.client("observer").get(address).status_code == 200
