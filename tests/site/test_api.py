import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from headway.accounts import actions as accounts
from tests.world import NOON, World, a_happening

NOW = NOON + timedelta(hours=1)


def ask(world: World, role: str, path: str, scopes: list[str]) -> tuple[int, dict[str, object]]:
    made = accounts.make_token(
        by=world.actor(role, NOW),
        authority=world.authority,
        name="A program",
        scopes=scopes,
        offered=scopes,
        expires_at=NOW + timedelta(days=30),
    )
    with time_machine.travel(NOW, tick=False):
        answer = Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {made.secret}"})
    return answer.status_code, json.loads(answer.content)


def test_a_member_reads_what_happened(world: World) -> None:
    happening = a_happening(world)
    status, said = ask(
        world, "partner", f"/initiatives/{world.hennepin.slug}/happenings", ["initiatives.view"]
    )
    assert status == 200
    assert [item["id"] for item in said["items"]] == [str(happening.pk)]


@pytest.mark.parametrize(
    ("role", "scopes", "status"),
    [("stranger", ["initiatives.view"], 404), ("partner", ["accounts.own_account"], 403)],
)
def test_a_token_opens_no_more_than_its_scope_and_its_person(
    world: World, role: str, scopes: list[str], status: int
) -> None:
    assert ask(world, role, f"/initiatives/{world.closed.slug}", scopes)[0] == status


def test_a_list_holds_only_what_one_may_see(world: World) -> None:
    _status, said = ask(world, "stranger", "/initiatives", ["initiatives.view"])
    assert [item["title"] for item in said["items"]] == [world.hennepin.title]


def test_without_a_token_nothing_is_said(world: World) -> None:
    answer = Client().get("/api/v1/initiatives")
    assert answer.status_code == 401
    assert "token" in answer.json()["error"]["message"]
