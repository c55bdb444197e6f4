"""Programs read the next meeting, and where a record came from, as people do."""

import pytest

from headway.forums.actions import AgendaLine, record_meeting, set_agenda
from headway.initiatives.actions import link_records
from headway_analysis.partial_date import PartialDate
from tests.forums.making_meetings import a_forum, a_meeting
from tests.forums.making_talk import a_conversation
from tests.site.test_api import ask
from tests.world import TODAY, World, a_happening

MEETING, TRACE = ["site.next_meeting"], ["site.trace"]


def address(world: World, rest: str) -> str:
    """An address of the interface below the public initiative."""
    return f"/initiatives/{world.hennepin.slug}/{rest}"


def test_a_program_reads_the_next_meeting_with_its_agenda(world: World) -> None:
    meeting = a_meeting(world)
    record = a_happening(world).record
    beds = AgendaLine(title="Winter beds", text="How many?", minutes=20)
    set_agenda(by=world.actor(), meeting=meeting, items=[beds, AgendaLine(record=record)])
    status, said = ask(world, "partner", address(world, "next-meeting"), MEETING)
    assert status == 200
    assert (said["id"], said["title"]) == (str(meeting.pk), meeting.record.title)
    assert said["starts_at"] == meeting.starts_at.isoformat()
    first, second = said["agenda"]
    assert first == {"number": 1, "about": "Winter beds", "text": "How many?", "minutes": 20}
    assert second["about"] == record.title
    assert isinstance(said["suggested"], list)


def test_where_no_meeting_is_planned_the_answer_says_so_and_suggests(world: World) -> None:
    status, said = ask(world, "partner", address(world, "next-meeting"), MEETING)
    assert status == 200
    assert (said["id"], said["starts_at"], said["agenda"]) == ("", "", [])


def test_what_the_last_meeting_left_is_told(world: World) -> None:
    forum = a_forum(world, "Commission")
    day = PartialDate.on(TODAY)
    record_meeting(by=world.actor(), forum=forum, when=day, title="First session")
    status, said = ask(world, "convener", address(world, "next-meeting"), MEETING)
    assert status == 200
    assert (said["last_title"], said["last_sent"]) == ("First session", False)


def test_a_program_follows_a_record_to_both_ends(world: World) -> None:
    first, middle, last = (a_happening(world).record for _each in range(3))
    link_records(by=world.actor(), origin=middle, target=first, kind="came_from")
    link_records(by=world.actor(), origin=last, target=middle, kind="came_from")
    status, said = ask(world, "observer", address(world, f"records/{middle.pk}/trace"), TRACE)
    assert status == 200
    assert said["record"]["id"] == str(middle.pk)
    for end, record in (("before", first), ("after", last)):
        (step,) = said[end]
        assert (step["id"], step["title"]) == (str(record.pk), record.title)
        assert step["joined"]


def test_a_trace_leads_to_nothing_that_one_may_not_see(world: World) -> None:
    record, hidden = a_happening(world).record, a_happening(world).record
    link_records(by=world.actor(), origin=record, target=hidden, kind="came_from")
    hidden.change(visibility="office")
    _status, said = ask(world, "partner", address(world, f"records/{record.pk}/trace"), TRACE)
    assert said["before"] == []
    draft = a_conversation(world, opened=False).record
    for closed in (hidden, draft):
        path = address(world, f"records/{closed.pk}/trace")
        assert ask(world, "partner", path, TRACE)[0] == 404


@pytest.mark.parametrize("rest", ["next-meeting", "trace"])
def test_only_a_token_of_this_scope_and_of_somebody_who_may_opens_them(
    world: World, rest: str
) -> None:
    record = a_happening(world).record
    scope = MEETING if rest == "next-meeting" else TRACE
    path = rest if rest == "next-meeting" else f"records/{record.pk}/trace"
    assert ask(world, "partner", address(world, path), ["forums.view"])[0] == 403
    assert ask(world, "partner", address(world, path), scope)[0] == 200
    closed = f"/initiatives/{world.closed.slug}/{path}"
    assert ask(world, "stranger", closed, scope)[0] == 404
