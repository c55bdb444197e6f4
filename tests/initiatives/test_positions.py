"""Everything that is written at once is numbered without a gap, and seen in that order."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event as Flag

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.initiatives import actions
from headway.initiatives.models import Initiative, Member, RoleGrant
from headway_analysis.partial_date import parse
from tests.world import World, build_world

WRITERS, EACH = 6, 12


@pytest.fixture
def shared(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[World]:
    """The county as several connections see it."""
    settings.MAIL_FOLDER = tmp_path / "mail"
    return build_world()


def in_threads(acts: list[Callable[[], object]]) -> list[object]:
    def run(act: Callable[[], object]) -> object:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [found.result() for found in [pool.submit(run, act) for act in acts]]


def write_many(world: World, number: int) -> int:
    for count in range(EACH):
        actions.record_happening(
            by=world.actor("facilitator"),
            initiative=world.hennepin,
            category="meeting",
            text=f"Meeting {number}.{count}",
            when=parse("2026"),
        )
    return EACH


def watch(world: World, stop: Flag) -> list[int]:
    """What a reader sees while others write: the positions must never have a hole."""
    seen: list[int] = []
    while not stop.is_set():
        positions = Event.objects.filter(stream=world.hennepin.stream_id).order_by("position")
        found = list(positions.values_list("position", flat=True))
        assert found == list(range(1, len(found) + 1))
        seen.append(len(found))
        stop.wait(0.02)
    return seen


@pytest.mark.slow
def test_positions_have_no_gap_and_a_reader_never_sees_one(shared: World) -> None:
    stop = Flag()
    before = Event.objects.filter(stream=shared.hennepin.stream_id).count()
    writers = [lambda number=number: write_many(shared, number) for number in range(WRITERS)]

    def write_all() -> int:
        written = in_threads(writers)
        stop.set()
        return sum(int(str(count)) for count in written)

    written, seen = in_threads([write_all, lambda: watch(shared, stop)])
    after = Event.objects.filter(stream=shared.hennepin.stream_id).count()
    assert written == WRITERS * EACH
    assert after - before == WRITERS * EACH
    assert isinstance(seen, list)
    assert seen == sorted(seen)


@pytest.mark.slow
def test_two_conveners_ending_each_other_leave_one(shared: World) -> None:
    grants = [
        shared.members["convener"].roles.get(),
        actions.grant_role(by=shared.actor(), member=shared.members["liaison"], role="convener"),
    ]

    def end(grant: RoleGrant) -> bool:
        try:
            actions.end_role(by=shared.actor(), grant=grant)
        except RuleError:
            return False
        return True

    ended = in_threads([lambda grant=grant: end(grant) for grant in grants])
    assert sorted(map(bool, ended)) == [False, True]


@pytest.mark.slow
def test_the_same_invitation_sent_twice_at_once_makes_one_member(shared: World) -> None:
    def invite() -> bool:
        try:
            actions.invite_member(
                by=shared.actor(),
                initiative=Initiative.objects.get(pk=shared.hennepin.pk),
                email="ana@shelter.example",
                name="Ana",
                role="partner",
            )
        except RuleError:
            return False
        return True

    made = in_threads([invite] * 4)
    assert sorted(map(bool, made)) == [False, False, False, True]
    assert Member.objects.filter(user__email="ana@shelter.example").count() == 1
