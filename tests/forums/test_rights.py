from datetime import timedelta

import pytest

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.forums import actions
from headway.forums.models import Phase
from headway.forums.queries.rights import EVERY_RIGHT, forum_of, may_discuss, open_rights
from headway.solutions.actions.outcomes import record_outcome
from tests.forums.making_meetings import WEEK, a_forum, a_meeting, a_phase, minutes
from tests.world import NOON, World, a_happening


def test_without_a_group_or_a_phase_every_right_is_open(world: World) -> None:
    assert open_rights(None, NOON) == open_rights(a_forum(world), NOON) == EVERY_RIGHT


def test_phases_open_and_close_rights_by_themselves(world: World) -> None:
    forum = a_forum(world)
    a_phase(world, forum, ("discuss", "propose"))
    assert open_rights(forum, NOON) == {"discuss", "propose"}
    assert open_rights(forum, NOON - 2 * WEEK) == frozenset()
    assert open_rights(forum, NOON + WEEK) == frozenset()


def test_moving_the_end_back_closes_the_rights_and_is_logged_with_both_dates(world: World) -> None:
    forum = a_forum(world)
    phase = a_phase(world, forum)
    later = world.actor(at=NOON + timedelta(hours=1))
    actions.close_phase_now(by=later, phase=phase)
    assert open_rights(forum, later.at) == frozenset()
    event = Event.objects.about(phase.pk).get(verb="moved")
    assert event.field_names == ["closes_at"]
    with pytest.raises(RuleError):
        actions.close_phase_now(by=later, phase=Phase.objects.get(pk=phase.pk))


@pytest.mark.parametrize("body", ["yes", "ask_counsel"])
def test_a_public_body_talks_and_votes_only_while_it_meets(world: World, body: str) -> None:
    forum = a_forum(world, public_body=body)
    meeting = a_meeting(world, forum)
    closed = {"discuss", "state", "choose", "decide"}
    assert open_rights(forum, NOON) == EVERY_RIGHT - closed
    assert open_rights(forum, meeting.starts_at) == EVERY_RIGHT
    assert not may_discuss(meeting.record, NOON)


def test_a_record_is_talked_about_under_the_law_of_its_group(world: World) -> None:
    forum = a_forum(world, public_body="yes")
    meeting = a_meeting(world, forum)
    line = minutes(world, meeting)[0]
    for record in (forum.record, meeting.record, line.record):
        found = forum_of(record)
        assert found is not None
        assert found.pk == forum.pk
    assert may_discuss(a_happening(world).record, NOON)


def test_what_a_public_body_decided_in_a_meeting_is_not_talked_about_between_meetings(
    world: World,
) -> None:
    meeting = a_meeting(world, a_forum(world, public_body="yes"))
    outcome = record_outcome(
        by=world.actor(), initiative=world.hennepin, text="One list for all.", meeting=meeting
    )
    assert not may_discuss(outcome.record, NOON)


def test_a_public_body_does_not_meet_for_weeks(world: World) -> None:
    forum = a_forum(world, public_body="yes")
    meeting = a_meeting(world, forum)
    starts_at, ends_at = meeting.starts_at, meeting.starts_at + WEEK
    with pytest.raises(RuleError, match="within one day"):
        actions.call_meeting(by=world.actor(), forum=forum, starts_at=starts_at, ends_at=ends_at)
    with pytest.raises(RuleError, match="within one day"):
        actions.revise_meeting(
            by=world.actor(), meeting=meeting, starts_at=starts_at, ends_at=ends_at
        )
