"""The directory as programs see it."""

from datetime import timedelta

import pytest
from django.test import Client

from headway.accounts import actions as accounts
from headway.directory import actions
from headway.directory.actions import RoleDetails
from tests.world import World


@pytest.fixture
def ask(world: World, settings):
    """Ask the interface with a token of somebody."""

    def get(path: str, role: str = "partner", *scopes: str, **query: object):
        from django.utils import timezone

        now = timezone.now()
        made = accounts.make_token(
            by=world.actor(role, at=now),
            authority=world.authority,
            name="script",
            scopes=list(scopes or ["directory.view"]),
            offered=["directory.view", "directory.view_emails"],
            expires_at=now + timedelta(days=1),
        )
        headers = {"Authorization": f"Bearer {made.secret}"}
        return Client().get(f"/api/v1{path}", query, headers=headers)

    return get


def test_organisations_are_listed_in_pages_and_filtered(world: World, ask):
    answer = ask("/organisations", size=1).json()
    assert (answer["total"], len(answer["items"])) == (2, 1)
    found = ask("/organisations", q="STEPHEN", sector="nonprofit").json()["items"]
    assert [item["name"] for item in found] == ["St. Stephen's"]
    assert ask("/organisations", size=1_000).status_code == 422


def test_one_organisation_is_told_with_its_people(world: World, ask, somebody):
    ann = somebody("Ann", "ann@example.org")
    actions.add_membership(
        by=world.actor("registrar"),
        person=ann,
        organisation=world.office,
        details=RoleDetails("chair"),
    )
    answer = ask(f"/organisations/{world.office.pk}").json()
    assert answer["organisation"]["id"] == str(world.office.pk)
    assert answer["roles"][0]["person"]["name"] == "Ann"
    assert answer["roles"][0]["role"] == "chair"


def test_addresses_of_people_need_the_role_and_the_scope(world: World, ask, somebody):
    ann = somebody("Ann", "ann@example.org")
    path = f"/people/{ann.pk}"
    both = ("directory.view", "directory.view_emails")
    assert ask(path).json()["email"] == ""
    assert ask(path, "partner", *both).json()["email"] == ""
    assert ask(path, "registrar").json()["email"] == ""
    assert ask(path, "registrar", *both).json()["email"] == "ann@example.org"


def test_what_is_not_there_is_404_and_no_token_401(world: World, ask):
    assert ask(f"/organisations/{world.hennepin.pk}").status_code == 404
    assert Client().get("/api/v1/organisations").status_code == 401
