from datetime import timedelta

from django.test import RequestFactory

from headway.accounts.access import authority_cells
from headway.forums import actions
from headway.forums.access import MODERATOR, moderator_cells
from headway.initiatives.access import enter
from tests.forums.making_meetings import a_forum, a_meeting
from tests.world import NOON, World


def cells_at(world: World, part: str, key: object, role: str = "observer") -> frozenset[str]:
    """What an address adds to what somebody may do."""
    request = RequestFactory().get("/")
    request.user = world.people[role]
    request.authority = world.authority
    cells = authority_cells(request, world.authority)
    return moderator_cells(enter(request, world.hennepin, cells), {part: key})


def test_a_moderator_moderates_one_group_and_what_belongs_to_it(world: World) -> None:
    mine, other = a_forum(world), a_forum(world, "Shelter commission")
    meeting = a_meeting(world, mine)
    actions.name_moderator(by=world.actor(), forum=mine, member=world.members["observer"])
    assert cells_at(world, "record_id", mine.pk) == {MODERATOR}
    assert cells_at(world, "record_id", meeting.pk) == {MODERATOR}
    assert cells_at(world, "record_id", other.pk) == frozenset()
    assert cells_at(world, "record_id", mine.pk, "partner") == frozenset()


def test_a_moderator_has_no_rights_after_the_last_day(world: World) -> None:
    forum, member = a_forum(world), world.members["observer"]
    actions.name_moderator(
        by=world.actor(), forum=forum, member=member, ends_on=NOON.date() + timedelta(days=1)
    )
    assert cells_at(world, "record_id", forum.pk) == frozenset()
