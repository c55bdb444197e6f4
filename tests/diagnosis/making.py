"""Makers of what the diagnosis reads and keeps, for tests."""

from datetime import date, datetime, timedelta
from typing import Any

from headway.accounts.actor import Actor
from headway.commitments.actions import confirm_promise, promise
from headway.commitments.models import Commitment
from headway.diagnosis import actions
from headway.diagnosis.models import Move, Readiness
from headway.directory.actions.sources import record_source
from headway.forums import actions as forums
from headway.forums.models import Forum, Meeting
from headway.initiatives.models import Initiative, Record
from headway.initiatives.provenance import Provenance, reported
from headway.initiatives.reader import Reader
from headway.solutions.actions import bring_idea, move_solution, name_owner, start_recommendation
from headway.solutions.models import Solution
from headway_analysis.partial_date import PartialDate, parse
from tests.commitments.making import let_speak
from tests.world import NOON, TODAY, World

MEMBERS = frozenset({"public", "members"})
VISITOR = frozenset({"public"})


def reader(world: World, role: str = "convener", initiative: Initiative | None = None) -> Reader:
    """Somebody who reads the initiative; without a role a visitor."""
    member = world.members.get(role)
    return Reader(
        slug=(initiative or world.hennepin).slug,
        today=TODAY,
        cells=frozenset({f"{role}@initiative" if role else "visitor@public"}),
        readers=MEMBERS if role else VISITOR,
        member_id=member.pk if member else None,
    )


def before(days: int) -> datetime:
    """Noon so many days before today."""
    return NOON - timedelta(days)


def by(world: World, days: int = 0, role: str = "convener") -> Actor:
    """Somebody acting so many days ago."""
    return world.actor(role, at=before(days))


def history(world: World, published: str = "") -> Provenance:
    """What a report tells that appeared some time, or nobody knows when."""
    source = record_source(
        by=Actor(kind="worker", at=NOON),
        authority=world.authority,
        title="The Ten-Year Plan",
        published=parse(published) if published else None,
    )
    return reported(source)


def a_forum(world: World, days: int = 400, **changes: Any) -> Forum:
    """A group of partners."""
    given: dict[str, Any] = {"public_body": "no", "led_by": world.shelter} | changes
    return forums.open_forum(
        by=by(world, days), initiative=world.hennepin, name="Partners", **given
    )


def a_held_meeting(world: World, forum: Forum, days: int) -> Meeting:
    """A meeting that was called and held on one day."""
    at = before(days) + timedelta(hours=1)
    meeting = forums.call_meeting(by=by(world, days), forum=forum, starts_at=at, title="We met")
    forums.hold_meeting(by=world.actor(at=at), meeting=meeting)
    return meeting


def an_idea(world: World, days: int = 100, title: str = "Open 40 beds") -> Solution:
    """An idea of some time ago."""
    return bring_idea(by=by(world, days), initiative=world.hennepin, title=title, text=title)


def an_adopted(world: World, days: int = 90, title: str = "Open 40 beds") -> Solution:
    """A recommendation with an owner, adopted some time ago."""
    solution = an_idea(world, days + 10, title)
    start_recommendation(by=by(world, days + 5), solution=solution)
    name_owner(by=by(world, days + 4), solution=solution, owner=world.shelter)
    move_solution(by=by(world, days), solution=solution, state=Solution.State.ADOPTED)
    return Solution.objects.select_related("record__initiative__stream").get(pk=solution.pk)


def a_promise(world: World, days: int = 80, *, confirmed: bool = True, **given: Any) -> Commitment:
    """A promise of the shelter."""
    found = promise(
        by=by(world, days),
        initiative=world.hennepin,
        text="Open forty beds",
        organisation=world.shelter,
        due=PartialDate.on(date(2026, 2, 1)),
        **given,
    )
    if confirmed:
        let_speak(world)
        confirm_promise(by=by(world, 0, "partner"), commitment=found, authority_stated="own")
    return found


def one_of_each(who: Actor, initiative: Initiative, words: str) -> None:
    """A move declined, a threshold argued with, a condition stated, a check, with these words."""
    actions.decline_move(
        by=who, initiative=initiative, lever="small_win", title=words, because=words, told=words
    )
    actions.set_threshold(
        by=who, initiative=initiative, name="win_days", title=words, value=90, argument=words
    )
    actions.state_condition(
        by=who,
        initiative=initiative,
        condition="supported",
        verdict="not_needed",
        line=words,
        told_by=words,
    )
    proposed = Record.objects.in_initiative(initiative).filter(kind="recommendation")
    for about in proposed.order_by("pk")[:1]:
        actions.check_readiness(
            by=who, initiative=initiative, about=about, answers={"authority": "missing"}, note=words
        )


def fill(world: World) -> None:
    """One of every kind and state, and enough around it that every figure says something."""
    forum = a_forum(world)
    for days in (300, 200, 100):
        a_held_meeting(world, forum, days)
    adopted = an_adopted(world)
    a_promise(world, confirmed=False)
    a_taken_move(world, adopted)
    one_of_each(world.actor(), world.hennepin, "The board decides in May anyway")


def a_check(world: World, about: Solution, days: int = 5, **answers: str) -> Readiness:
    """Somebody looked what carrying out a recommendation needs."""
    given = answers or {"aims": "in_place", "authority": "missing"}
    return actions.check_readiness(
        by=by(world, days),
        initiative=world.hennepin,
        about=about.record,
        answers=given,
        note="The county attorney would have to agree",
    )


def a_taken_move(world: World, about: Solution) -> Move:
    """The partner takes the move that a recommendation be carried out."""
    return actions.take_move(
        by=by(world, 20, "partner"),
        initiative=world.hennepin,
        lever="implementer",
        title="Find who carries it out",
        because="We have the building",
        told="Nobody promised it yet.",
        about=about.record,
    )
