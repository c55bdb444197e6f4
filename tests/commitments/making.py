"""Makers of promises for tests, and of one promise in every interesting state."""

from datetime import date, datetime

from headway.accounts.actor import Actor
from headway.commitments import actions
from headway.commitments.models import Commitment
from headway.directory.actions.posts import PostDetails, add_post
from headway.directory.actions.sources import record_source
from headway.directory.models import Organisation, Post, Source
from headway.initiatives.actions import give_mandate
from headway.initiatives.models import Mandate
from headway.initiatives.provenance import reported
from headway_analysis.partial_date import PartialDate
from tests.world import NOON, World

LIST = "Send the list of landlords to all partners"
DUE = date(2031, 4, 10)
LATER = date(2031, 5, 12)


def a_promise(world: World, text: str = LIST, **changes: object) -> Commitment:
    """A promise of the shelter, typed in by the convener."""
    due = PartialDate.on(DUE)
    said: dict[str, object] = {"by": world.actor(), "organisation": world.shelter, "due": due}
    return actions.promise(
        initiative=world.hennepin,
        text=text,
        **(said | changes),
    )


def let_speak(
    world: World, role: str = "partner", organisation: Organisation | None = None
) -> None:
    """Let a member speak for an organisation about promises."""
    give_mandate(
        by=world.actor(),
        member=world.members[role],
        organisation=organisation or world.shelter,
        scope=Mandate.Scope.PROMISES,
        given_by="Director, letter of March 3",
    )


def a_confirmed_promise(world: World, text: str = LIST, **changes: object) -> Commitment:
    """The same, confirmed by the shelter; the partner speaks for it."""
    promise = a_promise(world, text, **changes)
    if not Mandate.objects.filter(member=world.members["partner"]).exists():
        let_speak(world)
    return actions.confirm_promise(
        by=world.actor("partner"), commitment=promise, authority_stated="own"
    )


def a_seat(world: World, organisation: Organisation, label: str = "Director") -> Post:
    """A seat of an organisation that nobody holds yet."""
    details = PostDetails(label=label)
    return add_post(by=world.actor("registrar"), organisation=organisation, details=details)


def a_source(world: World) -> Source:
    """Where a reported promise can be read."""
    return record_source(
        by=Actor(kind="worker", at=NOON), authority=world.authority, title="Ten-Year Plan, page 12"
    )


def at(day: date, hour: int = 17) -> datetime:
    """An instant of a day; noon in Minneapolis."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=NOON.tzinfo)


def fill(world: World) -> None:
    """At least one promise in every state, with milestones, a new date and an end."""
    by = world.actor()
    a_promise(world)
    moved = a_confirmed_promise(world, "Open forty beds for families")
    actions.move_promise(
        by=by, commitment=moved, until=PartialDate.on(LATER), because="the permit is late"
    )
    step = actions.add_milestone(by=by, commitment=moved, title="Permit asked for", due_on=DUE)
    actions.add_milestone(by=by, commitment=moved, title="Beds bought")
    actions.reach_milestone(by=by, milestone=step)
    kept = a_confirmed_promise(world, "Name a person to call")
    actions.keep_promise(by=by, commitment=kept, evidence="mailed on March 20")
    dropped = a_promise(world, "Pay for a van")
    actions.drop_promise(by=by, commitment=dropped, because="the grant was not renewed")
    actions.archive_promise(by=by, commitment=dropped)
    late = a_promise(world, "Count the beds", due=PartialDate.on(date(2026, 3, 1)))
    actions.note_progress(by=by, commitment=late, percent=40)
    board = a_promise(world, "Give one floor of the old school")
    actions.confirm_promise(
        by=world.actor("partner"), commitment=board, authority_stated="board", board_by=LATER
    )
    split = a_promise(world, "Train and hire outreach workers")
    actions.split_promise(by=by, commitment=split, parts=["Train six", "Hire four"])
    actions.promise(
        by=by,
        initiative=world.hennepin,
        text="End street homelessness among youth",
        organisation_as_said="public systems",
        provenance=reported(a_source(world)),
    )
    actions.make_calendar_feed(by=world.actor("partner"), member=world.members["partner"])
