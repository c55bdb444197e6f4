"""An initiative is closed with a reason and can be opened again."""

import pytest

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.initiatives import actions
from tests.world import TODAY, World

WHY = "The plan is carried out"


def test_a_convener_closes_and_opens_it_again(world: World) -> None:
    browser, address = world.client("convener"), world.address("initiatives:close")
    assert browser.post(address, {"because": " "}).status_code == 422
    assert browser.post(address, {"because": WHY}).status_code == 302
    world.hennepin.refresh_from_db()
    assert world.hennepin.closed_on is not None
    settings = browser.get(world.address("initiatives:settings")).content.decode()
    assert "Closed since" in settings
    assert browser.post(address, {"because": "It goes on"}).status_code == 302
    world.hennepin.refresh_from_db()
    assert world.hennepin.closed_on is None


def test_closing_is_one_event_with_its_reason(world: World) -> None:
    actions.close_initiative(by=world.actor(), initiative=world.hennepin, because=WHY)
    event = Event.objects.about(world.hennepin.pk).latest("position")
    assert (event.verb, event.values.get(field="because").new) == ("closed", WHY)
    world.hennepin.refresh_from_db()
    assert world.hennepin.closed_on == TODAY


def test_it_is_closed_and_opened_once(world: World) -> None:
    by, initiative = world.actor(), world.hennepin
    with pytest.raises(RuleError, match="open already"):
        actions.reopen_initiative(by=by, initiative=initiative, because=WHY)
    actions.close_initiative(by=by, initiative=initiative, because=WHY)
    with pytest.raises(RuleError, match="closed already"):
        actions.close_initiative(by=by, initiative=initiative, because=WHY)
    with pytest.raises(RuleError, match="Say why"):
        actions.reopen_initiative(by=by, initiative=initiative, because=" ")
