"""The partners for programs: the same content, the same gate."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from headway.accounts import actions as accounts
from tests.partners.conftest import Table
from tests.world import NOON, World

NOW = NOON + timedelta(hours=1)


def ask(
    world: World, role: str, path: str = "", scope: str = "partners.view"
) -> tuple[int, dict[str, Any]]:
    made = accounts.make_token(
        by=world.actor(role, NOW),
        authority=world.authority,
        name="A program",
        scopes=[scope],
        offered=[scope],
        expires_at=NOW + timedelta(days=30),
    )
    address = f"/api/v1/initiatives/{world.hennepin.slug}/partners{path}"
    with time_machine.travel(NOW, tick=False):
        answer = Client().get(address, headers={"Authorization": f"Bearer {made.secret}"})
    return answer.status_code, json.loads(answer.content)


def test_a_program_reads_who_takes_part(table: Table) -> None:
    status, said = ask(table.world, "observer")
    assert (status, said["total"]) == (200, 2)
    assert [each["name"] for each in said["items"]] == [
        "Plymouth Congregational Church",
        "St. Stephen's",
    ]
    assert said["items"][0]["state"] == "invited"


def test_a_program_narrows_the_partners(table: Table) -> None:
    assert ask(table.world, "observer", "?sector=faith")[1]["total"] == 1
    assert ask(table.world, "observer", "?state=left")[1]["total"] == 0
    assert ask(table.world, "observer", "?q=outreach")[1]["total"] == 1


def test_a_program_reads_one_partner(table: Table) -> None:
    status, said = ask(table.world, "observer", f"/{table.shelter.pk}")
    assert (status, said["role"]) == (200, "runs the street outreach team")


@pytest.mark.parametrize("path", ["?sector=gold", "?page=0", "?size=9999"])
def test_nonsense_is_refused_with_its_place(table: Table, path: str) -> None:
    status, said = ask(table.world, "observer", path)
    assert status == 422
    assert said["error"]["where"]


def test_a_token_for_something_else_opens_nothing(table: Table) -> None:
    assert ask(table.world, "observer", scope="initiatives.view")[0] == 403
