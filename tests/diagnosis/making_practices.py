"""Makers of practices carried out, for tests."""

from headway.accounts.actor import Actor
from headway.diagnosis.actions.practices import (
    finish_activity,
    note_step,
    start_activity,
    write_step,
)
from headway.diagnosis.models import Activity
from headway.initiatives.models import Initiative
from tests.world import World

FACTS = ("412 people slept outside in January", "Half of them have a job")


def an_activity(world: World, practice: str = "fact-base", role: str = "convener") -> Activity:
    """A practice just begun."""
    return start_activity(by=world.actor(role), initiative=world.hennepin, practice=practice)


def a_fact_base(world: World) -> Activity:
    """The common fact base with two facts and a note."""
    activity = an_activity(world)
    by = world.actor()
    write_step(by=by, activity=activity, step="facts", said={"lines": FACTS})
    note_step(by=by, activity=activity, step="settle", note="The university could recount")
    return activity


def fill_practices(world: World) -> None:
    """One under way with records, one finished."""
    a_fact_base(world)
    done = an_activity(world, "small-win", "partner")
    finish_activity(by=world.actor("partner"), activity=done, came_of="One list each Monday")


def a_practice_told(by: Actor, initiative: Initiative, words: str) -> None:
    """A practice carried out, finished with these words."""
    activity = start_activity(by=by, initiative=initiative, practice="story")
    note_step(by=by, activity=activity, step="failed", note=words)
    finish_activity(by=by, activity=activity, came_of=words)
