"""Ten lines of notes become records, three of them corrected in place, and mails go out."""

from datetime import timedelta

import pytest

from headway.accounts.models import OutboxMessage
from headway.commitments.actions import confirm_promise
from headway.commitments.models import Commitment
from headway.core.errors import RuleError
from headway.directory.actions import OrganisationDetails, add_organisation
from headway.directory.models import Organisation
from headway.forums.actions import AgendaLine, SaidLine
from headway.forums.models import AgendaItem, Meeting, MinuteLine
from headway.forums.queries.meeting import meeting_page
from headway.forums.queries.notes import as_said, said_in
from headway.initiatives.actions import withdraw_record
from headway.initiatives.models import Link, Record
from headway.partners.actions import add_partner
from headway.problems.models import Fact
from headway.site import actions
from headway.solutions.models import Barrier, Outcome, Solution
from headway_analysis.partial_date import parse
from tests.commitments.making import let_speak
from tests.diagnosis.making import reader
from tests.forums.making_meetings import a_meeting
from tests.world import World

NOTES = """Twelve of us met at the library.
Will do: St. Stephen's will call the three shelters by April 20
Will do: Simpson Housing Services to send the bed list to the county by April 24
Will do: find a room for the next meeting
Decided: one list for all shelter beds
Decided: we meet on the first Friday of each month
Idea: open the church hall in January
In the way: the fire code counts cots as rooms
Fact: 412 people slept outside on January 26
AI: the clinic
Will do: Denise sends the agenda before the board meets
"""
KINDS = (Commitment, Outcome, Solution, Barrier, Fact)


@pytest.fixture
def simpson(world: World) -> Organisation:
    """A partner that is no member."""
    details = OrganisationDetails(name="Simpson Housing Services", sector="nonprofit")
    made = add_organisation(by=world.actor(), authority=world.authority, details=details)
    add_partner(by=world.actor(), initiative=world.hennepin, organisation=made)
    return made


@pytest.fixture
def meeting(world: World, simpson: Organisation) -> Meeting:
    """A meeting whose notes name St. Stephen's and Simpson."""
    return a_meeting(world)


def keep(world: World, meeting: Meeting, notes: str = NOTES) -> list[MinuteLine]:
    """What a convener does an hour after the meeting began: type and save."""
    at = meeting.starts_at + timedelta(hours=1)
    said = said_in(meeting, notes, at)
    by = world.actor(at=at)
    return actions.keep_notes(by=by, meeting=meeting, notes=notes, lines=said)


def correct(world: World, line: MinuteLine, **changes: object) -> None:
    """Say what one line means."""
    known = as_said(line)
    said = SaidLine(**({name: getattr(known, name) for name in SaidLine.__slots__} | changes))
    at = line.meeting.starts_at + timedelta(hours=2)
    actions.correct_lines(by=world.actor(at=at), corrected=[(line, said, None)])


def counts() -> list[int]:
    """How many records of each kind stand."""
    return [model._default_manager.filter(record__withdrawn_at=None).count() for model in KINDS]


def the_line(meeting: Meeting, words: str) -> MinuteLine:
    """The line that holds these words."""
    return MinuteLine.objects.of(meeting).live().get(as_typed__contains=words)


def test_of_ten_lines_seven_are_right_at_once_and_three_are_corrected_in_place(
    world: World, meeting: Meeting, simpson: Organisation
) -> None:
    lines = keep(world, meeting)
    assert len(lines) == 10
    right = [line for line in lines if not line.unsure and (line.owner or line.kind != "will_do")]
    assert len(right) == 7
    call = Commitment.objects.get(record__title="call the three shelters")
    assert (call.organisation, call.due_to) == (world.shelter, parse("2026-04-20").end)

    correct(world, the_line(meeting, "find a room"), owner=world.office, owner_as_said="")
    correct(world, the_line(meeting, "AI:"), kind="fact", text="the clinic is full", what="")
    denise = {"owner": simpson, "due": parse("2026-04-02"), "owner_as_said": ""}
    correct(world, the_line(meeting, "Denise"), **denise)

    assert counts() == [4, 2, 1, 1, 2]
    assert Commitment.objects.live().get(text__contains="room").organisation == world.office
    assert Commitment.objects.live().get(text__contains="agenda").organisation == simpson
    assert Fact.objects.live().filter(claim="the clinic is full").exists()
    assert not MinuteLine.objects.of(meeting).live().exclude(unsure=[]).exists()


def test_every_record_and_its_line_lead_to_each_other(world: World, meeting: Meeting) -> None:
    keep(world, meeting)
    for model in KINDS:
        for row in model._default_manager.all():
            links = Link.objects.filter(origin=row.pk, kind=Link.Kind.CAME_FROM)
            assert links.filter(target__kind=MinuteLine.RECORD_KIND).count() == 1


def test_saving_again_makes_nothing_twice_and_changes_nothing(
    world: World, meeting: Meeting
) -> None:
    keep(world, meeting)
    before, links = counts(), Link.objects.count()
    keep(world, meeting)
    assert (counts(), Link.objects.count()) == (before, links)
    correct(world, the_line(meeting, "AI:"), kind="fact", text="the clinic is full", what="")
    corrected = counts()
    keep(world, meeting)
    assert (counts(), Link.objects.count()) == (corrected, links + 1)
    assert [now - then for now, then in zip(corrected, before, strict=True)] == [0, 0, 0, 0, 1]


def test_a_guess_puts_no_promise_into_anybodys_mouth(world: World, meeting: Meeting) -> None:
    keep(world, meeting)
    guessed = the_line(meeting, "AI:")
    assert guessed.owner == world.office
    assert not Link.objects.filter(target=guessed.pk).exists()


def test_a_line_that_becomes_another_kind_takes_its_first_record_back(
    world: World, meeting: Meeting
) -> None:
    keep(world, meeting)
    correct(world, the_line(meeting, "412"), kind="idea")
    assert not Fact.objects.live().exists()
    assert Solution.objects.live().filter(text__contains="412").exists()


def test_a_reworded_line_rewords_its_record(world: World, meeting: Meeting) -> None:
    keep(world, meeting)
    idea = Solution.objects.get()
    keep(world, meeting, NOTES.replace("in January", "in December and January"))
    assert Solution.objects.get().pk == idea.pk
    assert Solution.objects.get().text == "open the church hall in December and January"


def test_a_line_that_is_gone_takes_its_record_along_unless_somebody_worked_on_it(
    world: World, meeting: Meeting
) -> None:
    keep(world, meeting)
    let_speak(world)
    call = Commitment.objects.get(record__title="call the three shelters")
    confirm_promise(by=world.actor("partner"), commitment=call, authority_stated="own")
    without = [line for line in NOTES.splitlines() if "shelters by" not in line]
    keep(world, meeting, "\n".join(line for line in without if "church hall" not in line))
    assert not Solution.objects.live().exists()
    assert Commitment.objects.live().filter(pk=call.pk).exists()


def test_what_was_withdrawn_by_hand_does_not_come_back(world: World, meeting: Meeting) -> None:
    keep(world, meeting)
    record = Barrier.objects.get().record
    withdraw_record(by=world.actor(), record=record, because="It was changed in March.")
    keep(world, meeting)
    assert not Barrier.objects.live().exists()


def test_each_organisation_is_mailed_its_own_promises_once(world: World, meeting: Meeting) -> None:
    keep(world, meeting)
    by = world.actor(at=meeting.starts_at + timedelta(hours=3))
    assert actions.send_promises(by=by, meeting=meeting) == 1
    mail = OutboxMessage.objects.get()
    assert "call the three shelters" in mail.text
    assert "bed list" not in mail.text
    assert actions.send_promises(by=by, meeting=meeting) == 0
    meeting.refresh_from_db()
    assert meeting.minutes_sent_at is not None


def test_suggestions_go_onto_the_agenda_once(world: World, meeting: Meeting) -> None:
    keep(world, meeting)
    record = Barrier.objects.get().record
    lines = [AgendaLine(reason="waiting", record=record), AgendaLine(title="Next steps")]
    made = actions.put_suggestions_on_agenda(by=world.actor(), meeting=meeting, lines=lines)
    again = actions.put_suggestions_on_agenda(by=world.actor(), meeting=meeting, lines=lines[:1])
    assert (made, again) == (2, 0)
    items = AgendaItem.objects.filter(meeting=meeting)
    assert [item.about for item in items] == [record.title, "Next steps"]


def test_what_a_meeting_that_has_not_begun_says_is_nobodys_decision(
    world: World, meeting: Meeting
) -> None:
    before = world.actor(at=meeting.starts_at - timedelta(days=1))

    def keep_before(notes: str) -> list[MinuteLine]:
        lines = said_in(meeting, notes, before.at)
        return actions.keep_notes(by=before, meeting=meeting, notes=notes, lines=lines)

    with pytest.raises(RuleError, match="has not begun"):
        keep_before("Idea: open the hall\nDecided: one list for all shelter beds")
    assert not MinuteLine.objects.exists()
    assert not Outcome.objects.exists()
    (idea,) = keep_before("Idea: open the hall")
    decided = SaidLine(kind="decided", text="open the hall")
    with pytest.raises(RuleError, match="has not begun"):
        actions.correct_lines(by=before, corrected=[(idea, decided, None)])
    page = meeting_page(meeting, reader(world), before.at)
    assert page.lines_heading == "Noted before the meeting"
    page = meeting_page(meeting, reader(world), meeting.starts_at)
    assert page.lines_heading == "What was agreed"
    keep(world, meeting)
    assert Outcome.objects.count() == 2


def test_whoever_takes_notes_reads_who_will_read_them(world: World, meeting: Meeting) -> None:
    address = world.address("site:notes", meeting.pk)
    assert "visitors too" in world.client("convener").get(address).content.decode()
    Record.objects.filter(pk=meeting.pk).update(visibility="members")
    assert "visitors cannot" in world.client("convener").get(address).content.decode()


def test_a_promise_of_somebody_unknown_waits_for_a_look(world: World, meeting: Meeting) -> None:
    keep(world, meeting, "Will do: somebody buys lamps next Friday\nWill do: find a room")
    lamps, room = MinuteLine.objects.of(meeting)
    assert "owner" in lamps.unsure
    assert "owner" not in room.unsure
    assert Commitment.objects.get().text == "find a room"
    correct(world, lamps, owner=world.office, owner_as_said="")
    assert Commitment.objects.count() == 2


def test_a_long_idea_is_not_asked_by_when(world: World, meeting: Meeting) -> None:
    (idea,) = keep(world, meeting, f"Idea: {'open the hall and ' * 80}wait")
    assert "due" not in idea.unsure


def test_minutes_are_called_sent_only_where_something_went_out(
    world: World, meeting: Meeting
) -> None:
    keep(world, meeting, "Will do: find a room")
    convener = world.client("convener")
    shown = convener.post(world.address("site:mail", meeting.pk), follow=True).content.decode()
    meeting.refresh_from_db()
    assert meeting.minutes_sent_at is None
    assert "Nothing went out" in shown
    assert "Minutes sent" not in shown


def test_looking_at_what_is_recognized_leaves_the_page_where_it_is(
    world: World, meeting: Meeting
) -> None:
    page = world.client("convener").get(world.address("site:notes", meeting.pk)).content.decode()
    button = page[page.index('name="read"') :].partition(">")[0]
    assert f'hx-post="{world.address("site:read_notes", meeting.pk)}"' in button
