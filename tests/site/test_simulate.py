from datetime import UTC, datetime

import pytest
from django.db import transaction

from headway.accounts.models import Event
from headway.commitments.models import Commitment
from headway.forums.models import Comment, Meeting
from headway.initiatives.models import Record
from headway.partners.models import Partner
from headway.site.simulate import Size, simulate
from tests.world import World

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 27, 17, tzinfo=UTC)


def test_a_simulation_has_exactly_the_size_asked_for(world: World) -> None:
    initiative = simulate(at=NOON, authority=world.authority, size=Size(20, 300))

    positions = Event.objects.filter(stream=initiative.stream).order_by("position")
    assert list(positions.values_list("position", flat=True)) == list(range(1, 301))
    assert Partner.objects.in_initiative(initiative).count() == 20
    initiative.stream.refresh_from_db()
    assert initiative.stream.last_position == 300


def test_promises_and_a_long_discussion_count_among_the_events(world: World) -> None:
    size = Size(partners=5, events=100, promises=30, comments=40)
    initiative = simulate(at=NOON, authority=world.authority, size=size)

    assert Event.objects.filter(stream=initiative.stream).count() == 100
    assert Commitment.objects.in_initiative(initiative).count() == 30
    assert Comment.objects.filter(record__initiative=initiative).count() == 40
    assert Comment.objects.filter(record__initiative=initiative).threads().count() == 10


def test_meetings_have_people_and_minutes(world: World) -> None:
    size = Size(partners=20, events=200, meetings=10)
    initiative = simulate(at=NOON, authority=world.authority, size=size)

    assert Event.objects.filter(stream=initiative.stream).count() == 200
    held = Meeting.objects.in_initiative(initiative)
    assert held.count() == 10
    assert {(meeting.attendance.count(), meeting.lines.count()) for meeting in held} == {(12, 2)}


def test_more_than_the_events_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="events must be from 78 to"):
        Size(partners=5, events=77, promises=30, comments=40)
    with pytest.raises(ValueError, match="promises must be from 0 to 100,000, got -1"):
        Size(partners=5, events=77, promises=-1)


def test_two_simulations_stand_side_by_side(world: World) -> None:
    first = simulate(at=NOON, authority=world.authority, size=Size(5, 50, 1))
    second = simulate(at=NOON, authority=world.authority, size=Size(5, 50, 2))

    assert Record.objects.in_initiative(first).count() > 5
    assert Record.objects.in_initiative(second).count() > 5


def titles_of_a_simulation(world: World, seed: int) -> list[str]:
    """What a simulation writes, undone again."""
    with transaction.atomic():
        initiative = simulate(at=NOON, authority=world.authority, size=Size(5, 50, seed))
        records = Record.objects.in_initiative(initiative).order_by("recorded_at", "pk")
        titles = list(records.values_list("title", flat=True))
        transaction.set_rollback(True)
    return titles


def test_the_same_seed_makes_the_same_texts(world: World) -> None:
    first = titles_of_a_simulation(world, 1)

    assert titles_of_a_simulation(world, 1) == first
    assert titles_of_a_simulation(world, 2) != first
