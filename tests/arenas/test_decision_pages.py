from datetime import timedelta

from django.utils import timezone

from headway.accounts.actions import make_token
from headway.accounts.actor import Actor
from headway.arenas import actions
from headway.arenas.actions import RuleWords
from headway.arenas.models import (
    Ask,
    BodyDecision,
)
from tests.arenas.making import (
    HEAT,
    SAID_ON,
    an_arena,
    an_ask,
    fill,
)
from tests.arenas.visiting import rows_of, send, text_of
from tests.world import World


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
