from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.accounts.models import User
from headway.accounts.models.authority import Visibility
from headway.initiatives.actions import note_event, withdraw_record
from headway.initiatives.models import Record, RoleGrant
from headway.notices.actions import tell, telling
from headway.notices.models import Notice, Reading, Why
from headway.solutions.actions import bring_idea, start_recommendation
from tests.notices.making import LATER, a_comment, a_followed, grown, news, told
from tests.world import NOON, World, a_happening


def whys(world: World, role: str) -> list[str]:
    return [notice.why for notice in told(world, role)]


def test_whoever_follows_a_record_is_told_and_who_did_it_is_not(world: World) -> None:
    followed = a_followed(world, "partner", "facilitator")
    tell(now=NOON)
    news(world, followed.record, "facilitator")

    tell(now=LATER)

    assert whys(world, "partner") == [Why.FOLLOWS]
    assert whys(world, "facilitator") == []
    assert whys(world, "convener") == [Why.AUTHOR]
    assert whys(world, "observer") == []


def test_nobody_is_told_twice_and_what_was_read_is_never_read_again(world: World) -> None:
    followed = a_followed(world, "partner")
    news(world, followed.record)

    assert tell(now=LATER) > 0
    assert tell(now=LATER) == 0
    assert len(told(world, "partner")) == 1
    reading = Reading.objects.get(stream=world.hennepin.stream_id)
    world.hennepin.stream.refresh_from_db()
    assert reading.position == world.hennepin.stream.last_position


def test_after_a_sudden_end_the_next_worker_goes_on_where_notices_were_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed = a_followed(world, "partner")
    tell(now=NOON)
    for hour in range(4):
        news(world, followed.record, at=LATER + timedelta(hours=hour))
    monkeypatch.setattr(telling, "BLOCK", 2)
    blocks = [telling._tell_block(world.hennepin, LATER) for _once in range(1)]
    monkeypatch.setattr(telling, "count_unread", explode)
    with pytest.raises(KeyboardInterrupt):
        tell(now=LATER)
    assert blocks[0][0] == 4
    assert len(told(world, "partner")) == 2

    monkeypatch.undo()
    tell(now=LATER)
    assert len({notice.event_id for notice in told(world, "partner")}) == 4


def explode(_users: object) -> None:
    raise KeyboardInterrupt


def test_who_is_mentioned_or_answered_is_told_so(world: World) -> None:
    happening = a_happening(world)
    first = a_comment(world, happening.record, "partner", "observer", at=LATER)
    answer = a_comment(world, happening.record, "liaison", at=LATER + timedelta(minutes=1))
    answer.change(answers=first)

    tell(now=LATER + timedelta(minutes=2))

    assert whys(world, "observer") == [Why.MENTIONED]
    assert whys(world, "partner") == [Why.MENTIONED]


def test_what_a_source_reported_is_told_to_nobody(world: World) -> None:
    followed = a_followed(world, "partner")
    tell(now=NOON)
    source = _reported(followed.record)
    news(world, source)

    tell(now=LATER)

    assert whys(world, "partner") == []


def _reported(record: Record) -> Record:
    from headway.accounts.actor import Actor
    from headway.directory.actions.sources import record_source

    by = Actor(kind="worker", at=NOON)
    source = record_source(by=by, authority=record.initiative.authority, title="Plan, page 3")
    Record.objects.filter(pk=record.pk).update(provenance="reported", source=source)
    record.refresh_from_db()
    return record


@pytest.mark.parametrize("loses", ["role", "sight", "record"])
def test_nobody_is_told_of_what_they_may_not_read(world: World, loses: str) -> None:
    followed = a_followed(world, "partner", "observer")
    tell(now=NOON)
    if loses == "role":
        RoleGrant.objects.filter(member=world.members["partner"]).update(ended_at=NOON)
    elif loses == "sight":
        Record.objects.filter(pk=followed.pk).update(visibility=Visibility.OFFICE)
    news(world, followed.record)
    if loses == "record":
        withdraw_record(by=world.actor(at=LATER), record=followed.record, because="entered twice")

    tell(now=LATER)

    verbs = [notice.event.verb for notice in told(world, "partner")]
    assert verbs == (["withdrawn"] if loses == "record" else [])
    assert len(told(world, "observer")) == (0 if loses == "sight" else 1)


def test_an_author_hears_at_each_later_stage_of_what_they_said(world: World) -> None:
    happening = a_happening(world)
    a_comment(world, happening.record, "observer", at=NOON)
    tell(now=NOON)
    idea = bring_idea(
        by=world.actor("facilitator", LATER),
        initiative=world.hennepin,
        title="Rent vouchers",
        text="Pay part of the rent",
        came_from=happening.record,
    )
    start_recommendation(by=world.actor("facilitator", LATER), solution=idea)
    between = grown(world, idea.record, "A step between")
    note_event(by=world.actor("facilitator", LATER), record=between.record, verb="reviewed")

    tell(now=LATER)

    assert whys(world, "observer") == [Why.GREW, Why.GREW]
    assert [notice.event.verb for notice in told(world, "observer")] == ["proposed", "moved"]
    assert Why.GREW not in whys(world, "partner")


def test_what_is_long_past_is_told_to_nobody(world: World) -> None:
    followed = a_followed(world, "partner")
    news(world, followed.record)

    tell(now=LATER + telling.OLDEST + timedelta(hours=1))

    assert told(world, "partner") == []


def test_the_number_of_unread_notices_stands_in_the_row_of_the_person(world: World) -> None:
    followed = a_followed(world, "partner")
    news(world, followed.record)

    tell(now=LATER)

    assert User.objects.get(pk=world.people["partner"].pk).unread_notices == 1
    assert User.objects.get(pk=world.people["observer"].pk).unread_notices == 0


def test_the_number_of_queries_does_not_grow_with_the_events(world: World) -> None:
    followed = a_followed(world, "partner")
    tell(now=NOON)

    def queries(events: int) -> int:
        for number in range(events):
            news(world, followed.record, at=LATER + timedelta(minutes=number))
        with CaptureQueriesContext(connection) as asked:
            tell(now=LATER)
        return len(asked)

    assert queries(2) == queries(40)
    assert Notice.objects.filter(member=world.members["partner"]).count() == 42
