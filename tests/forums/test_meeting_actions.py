from datetime import timedelta

import pytest

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.forums import actions
from headway.forums.actions import AgendaLine, Attendee
from headway.forums.models import Meeting, MinuteLine
from headway.initiatives.models import Wording
from headway_analysis.partial_date import parse
from tests.forums.making_meetings import (
    NOTES,
    WEEK,
    a_forum,
    a_meeting,
    fill_meetings,
    minutes,
    said,
)
from tests.world import NOON, World


def verbs(pk: object) -> list[str]:
    return list(Event.objects.about(pk).order_by("position").values_list("verb", flat=True))


def test_everything_about_meetings_can_be_made_through_actions(world: World) -> None:
    fill_meetings(world)
    assert set(Meeting.objects.values_list("state", flat=True)) == set(Meeting.State.values)


def test_a_group_counts_as_a_public_body_until_somebody_says_no(world: World) -> None:
    asked = actions.open_forum(by=world.actor(), initiative=world.hennepin, name="Task force")
    assert asked.meets_in_the_open
    assert not a_forum(world).meets_in_the_open


def test_two_groups_of_one_name_are_refused(world: World) -> None:
    a_forum(world)
    with pytest.raises(RuleError) as refused:
        a_forum(world, "all partners")
    assert refused.value.field == "name"


def test_a_public_body_is_called_in_time_or_says_why_not(world: World) -> None:
    forum = a_forum(world, public_body="ask_counsel", notice_days=3)
    soon = NOON + timedelta(days=3) - timedelta(minutes=1)
    with pytest.raises(RuleError) as refused:
        a_meeting(world, forum, soon)
    assert refused.value.field == "starts_at"
    in_time = a_meeting(world, forum, NOON + timedelta(days=3))
    assert in_time.notice_posted_at == NOON
    assert a_meeting(world, forum, soon, emergency="The shelter burned down.").emergency


def test_moving_a_public_meeting_closer_needs_the_same_notice(world: World) -> None:
    meeting = a_meeting(world, a_forum(world, public_body="yes"))
    with pytest.raises(RuleError):
        actions.revise_meeting(
            by=world.actor(), meeting=meeting, starts_at=NOON + timedelta(days=1)
        )
    actions.revise_meeting(by=world.actor(), meeting=meeting, starts_at=NOON + 2 * WEEK)
    moved = Meeting.objects.get(pk=meeting.pk)
    assert (moved.sequence, moved.starts_at) == (1, NOON + 2 * WEEK)
    assert "April 10, 2026" in moved.record.title


def test_a_meeting_in_the_past_is_recorded_not_called(world: World) -> None:
    forum = a_forum(world)
    with pytest.raises(RuleError):
        a_meeting(world, forum, NOON - WEEK)
    with pytest.raises(RuleError):
        actions.record_meeting(by=world.actor(), forum=forum, when=parse("2027"))
    held = actions.record_meeting(by=world.actor(), forum=forum, when=parse("2006-11"))
    assert (held.state, held.day_only, held.record.date_as_said) == ("held", True, "2006-11")


def test_a_cancelled_meeting_keeps_its_reason_and_takes_no_notes(world: World) -> None:
    meeting = a_meeting(world)
    with pytest.raises(RuleError):
        actions.cancel_meeting(by=world.actor(), meeting=meeting, because=" ")
    actions.cancel_meeting(by=world.actor(), meeting=meeting, because="Snow emergency.")
    assert verbs(meeting.pk) == ["called", "cancelled"]
    with pytest.raises(RuleError):
        minutes(world, meeting)


def test_an_agenda_keeps_its_lines_when_they_move(world: World) -> None:
    meeting = a_meeting(world)
    first, second = actions.set_agenda(
        by=world.actor(), meeting=meeting, items=[AgendaLine("Beds"), AgendaLine("Money")]
    )
    actions.move_agenda_item(by=world.actor(), item=second, to=1)
    again = actions.put_on_agenda(
        by=world.actor(), meeting=meeting, line=AgendaLine(record=meeting.forum.record)
    )
    assert list(meeting.agenda.values_list("pk", flat=True)) == [second.pk, first.pk, again.pk]
    same = actions.put_on_agenda(
        by=world.actor(), meeting=meeting, line=AgendaLine(record=meeting.forum.record)
    )
    assert same.pk == again.pk
    actions.take_off_agenda(by=world.actor(), item=first)
    assert [item.about for item in meeting.agenda.all()] == ["Money", "All partners"]
    assert verbs(meeting.pk) == ["called", *["agenda_set"] * 4]


def test_who_was_there_is_a_list_that_can_be_mended(world: World) -> None:
    meeting = a_meeting(world)
    partner = Attendee(member=world.members["partner"])
    actions.note_attendance(
        by=world.actor(), meeting=meeting, attendees=[partner, Attendee(name="A neighbor")]
    )
    actions.note_attendance(
        by=world.actor(), meeting=meeting, attendees=[Attendee(name="A neighbor", was="excused")]
    )
    assert [(row.name, row.was) for row in meeting.attendance.all()] == [("A neighbor", "excused")]
    with pytest.raises(RuleError):
        actions.note_attendance(by=world.actor(), meeting=meeting, attendees=[Attendee()])


def test_the_same_minutes_again_change_nothing(world: World) -> None:
    meeting = a_meeting(world)
    first = minutes(world, meeting)
    events = Event.objects.count()
    second = minutes(world, meeting)
    assert [row.pk for row in first] == [row.pk for row in second]
    assert Event.objects.count() == events
    assert Meeting.objects.get(pk=meeting.pk).state == "held"


def test_a_reworded_line_keeps_its_record_and_a_missing_one_is_withdrawn(world: World) -> None:
    meeting = a_meeting(world)
    promise, decision, _note = minutes(world, meeting)
    reworded = said("call the three shelters by April 12 (St. Stephen's)", owner=world.shelter)
    kept = actions.write_minutes(
        by=world.actor(at=NOON + WEEK + timedelta(hours=2)),
        meeting=meeting,
        notes=NOTES,
        lines=[said("open the church hall", "idea"), reworded],
    )
    assert kept[1].pk == promise.pk
    assert kept[1].number == 2
    assert Wording.objects.filter(record=promise.record, field="text").count() == 2
    assert MinuteLine.objects.get(pk=decision.pk).record.withdrawn
    assert list(MinuteLine.objects.of(meeting).live()) == kept


def test_a_corrected_line_is_sure(world: World) -> None:
    *_rest, note = minutes(world, a_meeting(world))
    actions.correct_line(
        by=world.actor(), line=note, said=said("Denise sends the agenda", owner=world.office)
    )
    now = MinuteLine.objects.get(pk=note.pk)
    assert (now.kind, now.unsure, now.owner) == ("will_do", [], world.office)
    assert now.corrected_at == NOON


def test_a_moderator_is_named_once_and_loses_the_rights_at_once(world: World) -> None:
    forum, member = a_forum(world), world.members["evaluator"]
    term = actions.name_moderator(by=world.actor(), forum=forum, member=member)
    again = actions.name_moderator(by=world.actor(), forum=forum, member=member)
    assert term.pk == again.pk
    actions.end_moderator(by=world.actor(), term=term)
    assert not forum.moderators.get().holds(NOON.date())
    assert verbs(forum.pk) == ["opened", "moderator_named", "moderator_ended"]
