"""Makers of tests and pilots, and of one in every interesting state."""

from datetime import timedelta
from decimal import Decimal

from headway.accounts.actor import Actor
from headway.directory.models import Organisation
from headway.initiatives.models import Initiative
from headway.pilots import actions
from headway.pilots.actions import Numbers
from headway.pilots.models import Pilot, SmallTest
from tests.world import TODAY, World

TRIES = "A text message the day before each appointment"
EXPECTS = "Fewer missed appointments in a month"
SOON = TODAY + timedelta(days=30)
LATER = TODAY + timedelta(days=365)


def a_small_test(world: World, tries: str = TRIES, **changes: object) -> SmallTest:
    """A small test of the shelter, started by the convener."""
    said: dict[str, object] = {
        "by": world.actor(),
        "initiative": world.hennepin,
        "expects": EXPECTS,
        "owner": world.shelter,
        "look_on": SOON,
    }
    return actions.start_small_test(
        tries=tries,
        **(said | changes),
    )


def card(organisation: Organisation) -> dict[str, object]:
    """Everything that the card of a pilot asks for."""
    return {
        "hypothesis": "Families who get a worker stay housed, because rent is paid in time",
        "affected": "Families who were in shelter before",
        "consent": "Each family signs, and may leave on any day",
        "measure": "Returns to shelter within 12 months",
        "unit": "percentage points",
        "better": Pilot.Better.LOWER,
        "baseline": "29 percent in 2013",
        "design": "two-arm",
        "comparison": "Families on the waiting list, chosen by lot",
        "minimum_effect": Decimal(5),
        "stop_for_harm": "A family loses its place because of it",
        "stop_for_cost": "It costs more than 4,000 dollars a family",
        "stop_for_futility": "Fewer than ten families have joined after six months",
        "owner": organisation,
        "decider": organisation,
        "ends_on": LATER,
    }


def a_card(world: World, title: str = "Stable Families", **changes: object) -> Pilot:
    """A pilot whose card is complete but for what the teams expect."""
    said = card(world.shelter) | changes
    return actions.prepare_pilot(
        by=world.actor(),
        initiative=world.hennepin,
        title=title,
        **said,
    )


def expect(
    world: World,
    pilot: Pilot,
    team: str = "Outreach",
    percent: int = 80,
    *,
    replaces: bool = False,
    reasons: str = "",
) -> None:
    """Let a team say that returns fall by 3 to 15 points."""
    actions.predict(
        by=world.actor(),
        pilot=pilot,
        team=team,
        low=Decimal(-15),
        high=Decimal(-3),
        percent=percent,
        reasons=reasons,
        replaces=replaces,
    )


def a_running_pilot(world: World, title: str = "Stable Families") -> Pilot:
    """A pilot under way, with one team's expectation locked."""
    pilot = a_card(world, title)
    expect(world, pilot)
    return actions.start_pilot(by=world.actor(), pilot=pilot)


def fill_with(by: Actor, initiative: Initiative, organisation: Organisation, word: str) -> None:
    """A small test and a pilot with a finding, each with a word in it."""
    test = actions.start_small_test(
        by=by,
        initiative=initiative,
        tries=word,
        expects=word,
        owner=organisation,
        look_on=initiative.today(by.at) + timedelta(days=9),
    )
    actions.end_small_test(by=by, test=test, result="inconclusive", saw=word)
    said = card(organisation) | {"ends_on": initiative.today(by.at) + timedelta(days=99)}
    pilot = actions.prepare_pilot(
        by=by,
        initiative=initiative,
        title=word,
        **said,
    )
    actions.predict(by=by, pilot=pilot, team=word, low=Decimal(-9), high=Decimal(-1), percent=60)
    actions.start_pilot(by=by, pilot=pilot)
    numbers = Numbers(estimate=-4.5, low=-8.0, high=-1.0, count=240)
    actions.record_finding(by=by, pilot=pilot, numbers=numbers, note=word)


def fill(world: World) -> None:
    """One of everything, in every state."""
    by = world.actor()
    a_small_test(world, "A second phone line on Mondays")
    ended = a_small_test(world, "Forms in large print")
    actions.end_small_test(by=by, test=ended, result="worked", saw="40 of 41 came back complete")
    decided = a_small_test(world, "A van at the library")
    actions.end_small_test(by=by, test=decided, result="did_not", saw="Three people in a month")
    actions.decide_small_test(
        by=by, test=decided, decision="abandon", because="Too far from the shelters"
    )
    actions.prepare_pilot(by=by, initiative=world.hennepin, title="A card just begun")
    expect(world, a_card(world, "A card that is ready"))
    running = a_running_pilot(world, "Under way")
    numbers = Numbers(estimate=-4.5, low=-8.0, high=-1.0, count=240)
    actions.record_finding(by=by, pilot=running, numbers=numbers, design="two-arm")
    stopped = a_running_pilot(world, "Stopped for harm")
    actions.stop_pilot(by=by, pilot=stopped, because="for harm: two families lost their place")
    over = a_running_pilot(world, "Ended and adapted")
    actions.end_pilot(by=by, pilot=over)
    actions.decide_pilot(
        by=by, pilot=over, result="worked", decision="adapt", because="Rents rose", saw="Half"
    )
