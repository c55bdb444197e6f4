import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from headway.accounts.actions import make_token
from headway.accounts.actor import Actor
from headway.arenas import actions
from headway.arenas.actions import RuleWords
from headway.arenas.models import (
    Approach,
    Arena,
    Ask,
    BodyDecision,
    DecisionRule,
    ElectionWindow,
    OnRecord,
    Seat,
)
from headway.initiatives.models import Happening, Link
from headway.solutions.actions import bring_idea, note_barrier
from headway.solutions.actions.outcomes import record_outcome
from tests.arenas.making import (
    HEAT,
    MINUTES,
    SAID_ON,
    a_holder,
    an_approach,
    an_arena,
    an_ask,
    fill,
    let_speak,
    may,
    on_record,
    seat_of,
)
from tests.world import World, a_happening

LIST_QUERIES = 14


def text_of(world: World, name: str, *ids: object, role: str = "", query: str = "") -> str:
    answer = world.client(role).get(world.address(f"arenas:{name}", *ids) + query)
    assert answer.status_code == 200, (name, answer)
    return answer.content.decode()


def send(world: World, name: str, *ids: object, role: str = "convener", **said: object) -> str:
    answer = world.client(role).post(world.address(f"arenas:{name}", *ids), said, follow=True)
    assert answer.status_code == 200, (answer.status_code, answer.content.decode()[:3_000])
    return answer.content.decode()


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
    words = {"numerator": 2, "denominator": 3, "more_than": "least", "basis": "present"}
    send(world, "add_rule", arena.pk, tie="fails", **words)

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
    assert "solved without a vote" in page
    assert "Record the decision" not in page


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
    rows = _csv(world, "contacts_csv", "liaison")
    assert rows[0]["who"] == "St. Stephen's"
    assert rows[0]["what they answered"] == "'=1+1 will read it"


def _csv(world: World, name: str, role: str = "") -> list[dict[str, str]]:
    answer = world.client(role).get(world.address(f"arenas:{name}"))
    assert answer.status_code == 200
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[arg-type]  # a streamed answer
    return list(csv.DictReader(io.StringIO(text)))


def test_every_list_is_saved_as_a_table_file(world: World) -> None:
    fill(world)
    assert len(_csv(world, "asks_csv")) == Ask.objects.count()
    assert len(_csv(world, "decisions_csv")) == BodyDecision.objects.count()
    assert len(_csv(world, "seats_csv")) == 6
    assert {row["state"] for row in _csv(world, "dates_csv")} >= {"Late"}


def test_a_decision_is_recorded_with_the_vote_by_seat(world: World) -> None:
    ask = an_ask(world)
    actions.set_rule(by=world.actor(), arena=ask.arena, words=RuleWords(basis="voting"))
    votes = {
        f"seat-{seat.post_id}": "yes" if number < 5 else "no"
        for number, seat in enumerate(ask.arena.seats.all())
    }
    page = send(world, "decide", ask.pk, result="adopted", when="2026-03-27", **votes)
    decision = BodyDecision.objects.get()
    assert (decision.yes, decision.no) == (5, 2)
    assert "this vote adopts" in page
    assert "Decided" in text_of(world, "ask", ask.pk)
    assert "District 1: yes" in page


def test_more_votes_by_seat_than_counted_are_refused(world: World) -> None:
    ask = an_ask(world)
    votes = {f"seat-{seat.post_id}": "yes" for seat in ask.arena.seats.all()}
    said = {"result": "adopted", "when": "2026-03-27", "yes": 5, "no": 2, **votes}
    answer = world.client("convener").post(world.address("arenas:decide", ask.pk), said)
    assert answer.status_code == 422
    assert "You name 7 seats here, but count 5" in answer.content.decode()


def test_a_decision_without_a_known_vote_says_so(world: World) -> None:
    arena = an_arena(world)
    page = send(world, "add_decision", arena.pk, title="The plan", result="adopted", when="2006")
    assert "vote not recorded" in page


def test_a_decision_recorded_wrongly_is_corrected_and_ends_what_was_postponed(
    world: World,
) -> None:
    ask = an_ask(world)
    decision = actions.record_decision(
        by=world.actor(), arena=ask.arena, ask=ask, result="postponed", when=SAID_ON
    )
    said = {"result": "refused", "when": "2026-03-27", "text": "Too dear", "yes": 2, "no": 5}
    page = send(world, "edit_decision", decision.pk, **said)
    assert "2 yes, 5 no" in page
    assert Ask.objects.get().state == Ask.State.DECIDED


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


def test_whoever_noted_a_contact_takes_it_back(world: World) -> None:
    approach = an_approach(world, an_ask(world))
    address = world.address("arenas:withdraw", approach.pk)
    assert world.client("evaluator").post(address, {"because": "wrong"}).status_code == 403
    assert world.client("partner").post(address, {"because": "wrong"}).status_code == 302
    assert not Approach.objects.live().exists()


def test_a_program_reads_bodies_requests_and_decisions(world: World) -> None:
    fill(world)
    secret = _token(world)
    found = {
        name: world.client()
        .get(
            f"/api/v1/initiatives/{world.hennepin.slug}/{name}",
            headers={"Authorization": f"Bearer {secret}"},
        )
        .json()
        for name in ("bodies", "requests", "bodies/decisions")
    }
    (body,) = found["bodies"]["items"]
    assert body["seats"][0]["holders"] == ["Ana Ruiz"]
    assert len(found["requests"]["items"]) == Ask.objects.count()
    assert {item["yes"] for item in found["bodies/decisions"]["items"]} == {4, None}
    heat = next(item for item in found["requests"]["items"] if item["title"] == HEAT)
    one = world.client().get(
        f"/api/v1/initiatives/{world.hennepin.slug}/requests/{heat['id']}",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert one.json()["said"][0]["text"] == "Will vote for it"


def _token(world: World) -> str:
    now = timezone.now()
    made = make_token(
        by=Actor(kind="user", at=now, user=world.people["evaluator"]),
        authority=world.authority,
        name="nightly copy",
        scopes=["arenas.view"],
        offered=["arenas.view"],
        expires_at=now + timedelta(days=1),
    )
    return made.secret
