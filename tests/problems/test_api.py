"""The problem and its facts for programs: the same content, the same gate."""

import json
from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client

from headway.accounts import actions as accounts
from headway.problems import actions
from tests.problems.conftest import CLAIM, Told
from tests.world import NOON, World

NOW = NOON + timedelta(hours=1)


def ask(world: World, role: str, path: str, scope: str = "problems.view") -> tuple[int, Any]:
    made = accounts.make_token(
        by=world.actor(role, NOW),
        authority=world.authority,
        name="A program",
        scopes=[scope],
        offered=[scope],
        expires_at=NOW + timedelta(days=30),
    )
    address = f"/api/v1/initiatives/{world.hennepin.slug}/{path}"
    with time_machine.travel(NOW, tick=False):
        answer = Client().get(address, headers={"Authorization": f"Bearer {made.secret}"})
    return answer.status_code, json.loads(answer.content)


def test_a_program_reads_what_the_page_shows(world: World, told: Told) -> None:
    status, said = ask(world, "observer", "problem")
    assert status == 200
    assert said["title"] == "Homelessness in Hennepin County"
    assert said["groups"][0]["how_many"] == "about 400"
    assert said["baselines"][0]["amount"] == "2,400 people, 2006"
    assert said["efforts"][0]["text"] == "Street outreach by van"


def test_a_program_reads_facts_by_state_and_page(world: World, told: Told) -> None:
    actions.take_stance(by=world.actor("partner"), fact=told.fact, stance="agree")
    actions.add_fact(by=world.actor(), initiative=world.hennepin, claim="Rents rose.")
    status, said = ask(world, "observer", "facts?state=agreed&size=1")
    assert (status, said["total"]) == (200, 1)
    (fact,) = said["items"]
    assert (fact["claim"], fact["agree"], fact["sources"]) == (CLAIM, ["The partner"], 1)


def test_a_program_without_the_scope_or_with_nonsense_is_refused(world: World, told: Told) -> None:
    assert ask(world, "observer", "facts", scope="initiatives.view")[0] == 403
    assert ask(world, "observer", "facts?page=0")[0] == 422
