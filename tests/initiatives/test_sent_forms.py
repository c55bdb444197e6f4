"""A form sent twice is carried out once, and nobody overwrites what they have not seen."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from headway.core.errors import RuleError
from headway.initiatives import actions
from headway.initiatives.models import Happening, Initiative, Member, SentForm
from headway.problems.actions import add_baseline
from headway.problems.models import AffectedGroup, Baseline
from headway_analysis.partial_date import PartialDate
from tests.world import NOON, TODAY, World

GROUP = {"name": "People who sleep outside", "how_many": "400"}


def key_in(answer: Any) -> str:
    found = re.search(r'name="form_key" value="([0-9a-f-]{36})"', answer.content.decode())
    assert found
    return found[1]


def send_twice(browser: Client, address: str, said: dict[str, str]) -> None:
    """What a double click does."""
    filled = said | {"form_key": key_in(browser.get(address))}
    first, second = browser.post(address, filled), browser.post(address, filled)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]


def test_a_double_click_makes_one_record(world: World) -> None:
    address = world.address("problems:add_group")
    send_twice(world.client("partner"), address, GROUP)
    assert AffectedGroup.objects.count() == 1


def test_every_page_asked_for_has_another_key(world: World) -> None:
    browser, address = world.client("partner"), world.address("problems:add_group")
    assert key_in(browser.get(address)) != key_in(browser.get(address))


def test_going_back_and_typing_something_else_makes_another_record(world: World) -> None:
    browser, address = world.client("partner"), world.address("problems:add_group")
    key = {"form_key": key_in(browser.get(address))}
    browser.post(address, GROUP | key)
    browser.post(address, GROUP | key | {"name": "Families in shelters"})
    assert AffectedGroup.objects.count() == 2


def test_a_refused_form_keeps_its_key_and_is_carried_out_when_mended(world: World) -> None:
    browser, address = world.client("partner"), world.address("problems:add_group")
    key = key_in(browser.get(address))
    refused = browser.post(address, GROUP | {"name": "", "form_key": key})
    assert refused.status_code == 422
    assert key_in(refused) == key
    browser.post(address, GROUP | {"form_key": key})
    assert AffectedGroup.objects.count() == 1


@pytest.mark.parametrize("key", ["", "nonsense", "\x00"])
def test_a_form_without_a_key_is_carried_out_each_time(world: World, key: str) -> None:
    browser, address = world.client("partner"), world.address("problems:add_group")
    for _time in range(2):
        assert browser.post(address, GROUP | {"form_key": key}).status_code == 302
    assert AffectedGroup.objects.count() == 2


def test_a_double_click_opens_one_initiative_and_invites_one_person(world: World) -> None:
    said = {
        "title": "Safe Routes to School",
        "owner": str(world.office.pk),
        "visibility": "members",
        "zone": "America/Chicago",
        "convener_name": "Ana",
        "convener_email": "ana@county.example",
    }
    send_twice(world.client("registrar"), reverse("initiatives:new"), said)
    opened = Initiative.objects.get(title=said["title"])
    assert Member.objects.in_initiative(opened).count() == 1


def test_a_double_click_records_one_happening(world: World) -> None:
    said = {"text": "The board met", "when": "2026-03-01", "category": "meeting"}
    send_twice(world.client("convener"), world.address("initiatives:add_happening"), said)
    assert Happening.objects.count() == 1


def test_what_an_action_refuses_is_not_remembered_as_sent(world: World) -> None:
    def refuse() -> None:
        raise RuleError("no")

    mark = uuid4().hex
    with pytest.raises(RuleError):
        actions.once(by=world.actor(), mark=mark, act=refuse, to=str)
    assert actions.answered(mark) == ""
    said = actions.once(by=world.actor(), mark=mark, act=lambda: "x", to=str)
    assert said == actions.answered(mark) == "x"


def test_sent_forms_are_forgotten_after_a_week(world: World) -> None:
    for mark, days in (("old", 8), ("new", 6)):
        at = NOON - timedelta(days=days)
        actions.once(by=world.actor(at=at), mark=mark, act=lambda: "x", to=str)
    assert actions.forget_sent_forms(now=NOON) == 1
    assert SentForm.objects.get().mark == "new"


def a_baseline(world: World) -> Baseline:
    return add_baseline(
        by=world.actor(),
        initiative=world.hennepin,
        measure="People without a home",
        value=Decimal(2400),
        unit="people",
        when=PartialDate.on(TODAY),
    )


def test_a_number_changed_meanwhile_is_shown_and_not_overwritten(world: World) -> None:
    row = a_baseline(world)
    address = world.address("problems:edit_baseline", row.pk)
    page = world.client("partner").get(address).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    said = {
        "measure": "People without a home",
        "unit": "people",
        "when": "2026-03-27",
        "note": "",
    }
    other = world.client("convener").post(address, said | {"value": "2500", "seen": seen[1]})
    assert other.status_code == 302
    mine = said | {"value": "2600", "seen": seen[1]}
    refused = world.client("partner").post(address, mine)
    row.refresh_from_db()
    assert (refused.status_code, int(row.value)) == (422, 2500)
    newest = refused.context["page"].newest
    assert [(each.now[:4], each.typed) for each in newest] == [("2500", "2600")]
    again = refused.context["form"].data["seen"]
    assert world.client("partner").post(address, mine | {"seen": again}).status_code == 302
    row.refresh_from_db()
    assert row.value == 2600


def test_each_change_counts_a_revision(world: World) -> None:
    row = a_baseline(world)
    before = row.record.revision
    actions.append_state(record=row.record, state="checked", by=world.actor())
    actions.withdraw_record(by=world.actor(), record=row.record, because="Entered twice")
    row.record.refresh_from_db()
    assert row.record.revision == before + 2
