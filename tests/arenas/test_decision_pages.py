from datetime import timedelta

import pytest
from django.utils import timezone

from headway.accounts.actions import make_token
from headway.accounts.actor import Actor
from headway.accounts.models import EventValue
from headway.arenas import actions
from headway.arenas.actions import RuleWords
from headway.arenas.models import (
    Ask,
    BodyDecision,
)
from headway.arenas.queries.path import next_step, step_lines
from headway.core.errors import RuleError
from headway.initiatives.models import RecordState
from headway_analysis.partial_date import PartialDate
from tests.arenas.making import (
    HEAT,
    SAID_ON,
    an_arena,
    an_ask,
    fill,
    on_record,
    seat_of,
)
from tests.arenas.visiting import rows_of, send, text_of
from tests.diagnosis.making import reader
from tests.world import NOON, TODAY, World


def test_every_list_is_saved_as_a_table_file(world: World) -> None:
    fill(world)
    assert len(rows_of(world, "asks_csv")) == Ask.objects.count()
    assert len(rows_of(world, "decisions_csv")) == BodyDecision.objects.count()
    assert len(rows_of(world, "seats_csv")) == 6
    assert {row["state"] for row in rows_of(world, "dates_csv")} >= {"Late"}


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
    page = send(
        world,
        "edit_decision",
        decision.pk,
        result="refused",
        when="2026-03-27",
        text="Too dear",
        yes=2,
        no=5,
    )
    assert "2 yes, 5 no" in page
    assert Ask.objects.get().state == Ask.State.DECIDED


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


def test_a_decision_is_not_dated_before_its_request_was_made(world: World) -> None:
    ask = an_ask(world)
    early = PartialDate.on(TODAY - timedelta(days=1))
    with pytest.raises(RuleError, match="request was made on"):
        actions.record_decision(
            by=world.actor(), arena=ask.arena, ask=ask, result="adopted", when=early
        )
    assert not BodyDecision.objects.exists()
    decided = actions.record_decision(
        by=world.actor(), arena=ask.arena, ask=ask, result="adopted", when=PartialDate.on(TODAY)
    )
    with pytest.raises(RuleError, match="request was made on"):
        actions.revise_decision(by=world.actor(), decision=decided, result="adopted", when=early)


@pytest.mark.parametrize("said", ["today", "this month"])
def test_the_path_of_a_decided_request_is_over_everywhere(world: World, said: str) -> None:
    ask = an_ask(world)
    actions.add_step(by=world.actor(), ask=ask, title="Department agrees", days_before=300)
    Ask.objects.update(vote_on=TODAY + timedelta(days=30))
    when = PartialDate.on(TODAY)
    if said == "this month":
        when = PartialDate(TODAY, TODAY + timedelta(days=20), "this month")
    tomorrow = world.actor(at=NOON + timedelta(days=1))
    actions.move_ask(by=tomorrow, ask=ask, state="submitted")
    later = world.actor(at=NOON + timedelta(days=2))
    actions.record_decision(by=later, arena=ask.arena, ask=ask, result="adopted", when=when)
    ask = Ask.objects.get()
    over = reader(world)
    lines = step_lines(ask, over, may=False)
    assert {line.mark.state for line in lines} == {"ended"}
    assert next_step(ask) is None
    states = RecordState.objects.filter(record=ask.pk).order_by("happened_to", "recorded_at")
    last = states.last()
    assert last is not None
    known = {"today": tomorrow.at.date(), "this month": later.at.date()}
    assert (last.state, last.happened_to) == ("decided", known[said])


def test_who_took_no_stand_is_not_told_as_if_nothing_was_said(world: World) -> None:
    ask = an_ask(world)
    seat = seat_of(ask.arena.organisation, 2)
    on_record(world, ask, seat, "I want to see the costs.")
    page = text_of(world, "ask", ask.pk)
    assert "for or against not said" in page


def test_a_result_that_its_vote_does_not_carry_is_asked_about_once(world: World) -> None:
    arena, convener = an_arena(world), world.client("convener")
    address = world.address("arenas:add_decision", arena.pk)
    said = {"title": "Heat", "result": "adopted", "when": "2026-03-27", "yes": "1", "no": "4"}
    asked = convener.post(address, said)
    shown = asked.content.decode()
    assert asked.status_code == 422
    assert "More voted against it than for it." in shown
    assert 'value="4"' in shown
    assert not BodyDecision.objects.exists()
    why = "The chair's word decides alone."
    convener.post(address, {**said, "stands_because": why})
    decision = BodyDecision.objects.get()
    assert "1 yes, 4 no, more against it than for it" in text_of(world, "decisions")
    values = EventValue.objects.filter(event__subject_id=decision.pk, event__verb="decided")
    assert values.filter(new=why).exists()


def test_a_result_that_its_vote_carries_is_saved_at_once(world: World) -> None:
    arena, convener = an_arena(world), world.client("convener")
    address = world.address("arenas:add_decision", arena.pk)
    said = {"title": "Heat", "result": "refused", "when": "2026-03-27", "yes": "1", "no": "4"}
    assert convener.post(address, said).status_code == 302
    said |= {"title": "Beds", "result": "adopted", "yes": "4", "no": "1"}
    assert convener.post(address, said).status_code == 302
