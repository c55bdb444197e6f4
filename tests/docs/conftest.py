from typing import Any

import pytest

from headway.initiatives import actions
from headway.problems import actions as problems
from tests.world import World, a_happening


@pytest.fixture
def a_day_of_work(world: World) -> None:
    """Enough of everything to see what the log calls it."""
    happening = a_happening(world)
    common: dict[str, Any] = {"by": world.actor(), "initiative": world.hennepin}
    fact = problems.add_fact(**common, claim="About 400 people sleep outside.")
    problems.revise_fact(by=world.actor(), fact=fact, claim="About 450 people sleep outside.")
    effort = problems.record_effort(**common, title="Street outreach by van")
    problems.end_effort(by=world.actor(), effort=effort, because="the grant ran out")
    framing = problems.propose_framing(
        **common, title="A housing problem", text="Rent rises faster than pay."
    )
    problems.set_framing_aside(by=world.actor(), framing=framing, because="too narrow")
    link = actions.link_records(
        by=world.actor(), origin=fact.record, target=happening.record, kind="came_from"
    )
    actions.unlink_records(by=world.actor(), link=link)
    actions.withdraw_record(by=world.actor(), record=fact.record, because="entered twice")
    actions.let_go(by=world.actor(), member=world.members["observer"])
