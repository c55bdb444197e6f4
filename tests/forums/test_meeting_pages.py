import re
from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document
from icalendar import Calendar

from headway.forums import actions
from headway.forums.actions import AgendaLine
from headway.forums.models import AgendaItem, Attendance, Forum, Meeting, MinuteLine, Phase
from tests.forums.making_meetings import (
    WEEK,
    a_forum,
    a_meeting,
    a_phase,
    fill_meetings,
    minutes,
    said,
)
from tests.world import NOON, World

LISTS = ("forums:forums", "forums:meetings", "forums:minute_lines")


def pages(world: World) -> list[str]:
    """Every page about meetings that shows something."""
    own = {"forum": Forum, "phase": Phase, "meeting": Meeting, "minute_line": MinuteLine}
    rows = [
        world.address(f"forums:{name}", pk)
        for name, model in own.items()
        for pk in model.objects.values_list("pk", flat=True)
    ]
    return [*map(world.address, LISTS), *rows]


def test_every_page_about_meetings_opens_for_members_and_visitors(world: World) -> None:
    fill_meetings(world)
    for role in ("convener", "observer", ""):
        browser = world.client(role)
        for address in pages(world):
            assert browser.get(address).status_code == 200, (role, address)


@pytest.mark.parametrize("name", LISTS)
def test_lists_ask_the_same_number_of_questions_whatever_their_length(
    world: World, name: str, django_assert_max_num_queries: object
) -> None:
    fill_meetings(world)
    forum = Forum.objects.get(record__title="All partners")
    for week in range(3, 9):
        minutes(world, a_meeting(world, forum, NOON + week * WEEK))
    observer, address = world.client("observer"), world.address(name)
    observer.get(address)
    with django_assert_max_num_queries(12):
        observer.get(address)


def test_a_group_is_opened_and_says_which_law_counts(world: World) -> None:
    form = {"name": "Shelter commission", "public_body": "ask_counsel", "notice_days": "3"}
    convener = world.client("convener")
    shown = convener.post(world.address("forums:add_forum"), form, follow=True).content.decode()
    assert "treated as a public body" in shown
    again = convener.post(world.address("forums:add_forum"), form)
    assert again.status_code == 422
    assert "already" in again.content.decode()


def test_a_meeting_is_called_by_the_clock_of_the_initiative(world: World) -> None:
    forum = a_forum(world)
    form = {"starts_at": "2100-04-03T14:30", "ends_at": "", "place": "Library"}
    address = world.address("forums:call_meeting", forum.pk)
    shown = world.client("convener").post(address, form, follow=True).content.decode()
    assert "Saturday, April 3, 2100, 2:30 p.m. (CDT)" in shown
    assert Meeting.objects.get().starts_at.isoformat() == "2100-04-03T19:30:00+00:00"


@pytest.mark.parametrize("typed", ["", "tomorrow", "9999-12-31T23:59", "0001-01-01T00:00", "\x00"])
def test_a_time_that_is_none_is_asked_for_again(world: World, typed: str) -> None:
    address = world.address("forums:call_meeting", a_forum(world).pk)
    answer = world.client("convener").post(address, {"starts_at": typed, "place": "Library"})
    assert answer.status_code == 422
    assert "Library" in answer.content.decode()


def test_a_public_body_called_too_late_is_told_until_when(world: World) -> None:
    forum = a_forum(world, public_body="yes", notice_days=300)
    form = {"starts_at": "2026-12-24T14:30"}
    answer = world.client("convener").post(world.address("forums:call_meeting", forum.pk), form)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "emergency" in shown


def test_the_agenda_is_arranged_and_shown_line_by_line(world: World) -> None:
    meeting, convener = a_meeting(world), world.client("convener")
    address = world.address("forums:agenda", meeting.pk)
    for title in ("Beds", "Money"):
        assert convener.post(address, {"title": title}).status_code == 302
    money = AgendaItem.objects.get(title="Money")
    convener.post(world.address("forums:agenda_item_up", money.pk))
    first = convener.get(world.address("forums:show", meeting.pk, 1)).content.decode()
    assert '<h1 id="about">Money</h1>' in first
    assert world.address("forums:show", meeting.pk, 2) in first
    assert convener.get(world.address("forums:show", meeting.pk, 3)).status_code == 404
    convener.post(world.address("forums:remove_agenda_item", money.pk))
    assert [item.about for item in meeting.agenda.all()] == ["Beds"]
    assert convener.post(address, {"title": " "}).status_code == 422


def test_a_record_that_visitors_may_not_open_keeps_its_title_on_the_agenda(world: World) -> None:
    meeting = a_meeting(world)
    secret = a_forum(world, "Quiet circle", visibility="members")
    line = AgendaLine(text="Nobody owns the step", record=secret.record)
    actions.put_on_agenda(by=world.actor(), meeting=meeting, line=line)
    address = world.address("forums:meeting", meeting.pk)
    member = world.client("observer").get(address).content.decode()
    visitor = world.client().get(address).content.decode()
    for words in ("Quiet circle", "Nobody owns the step"):
        assert words in member
        assert words not in visitor


def test_attendance_is_noted_by_a_tick_and_by_name(world: World) -> None:
    meeting, convener = a_meeting(world), world.client("convener")
    address = world.address("forums:attendance", meeting.pk)
    member = world.members["partner"]
    form = {f"member-{member.pk}": "present", "name": "Maria Lopez", "was": "excused"}
    assert convener.post(address, form).url == address
    assert {row.name for row in Attendance.objects.all()} == {member.name, "Maria Lopez"}
    shown = world.client().get(world.address("forums:meeting", meeting.pk)).content.decode()
    assert "Maria Lopez" not in shown


def test_notes_become_lines_that_are_corrected_at_once(world: World) -> None:
    meeting, convener = a_meeting(world), world.client("convener")
    typed = (
        "Hello all\n"
        "Will do: St. Stephen's calls the three shelters by 2026-04-10\n"
        "Decided: one list for all beds\n"
        "Will do: Zebulon orders coffee before the board meets\n"
    )
    address = world.address("site:notes", meeting.pk)
    answer = convener.post(address, {"notes": typed, "seen": meeting.record.revision})
    assert answer.url == address
    correct = world.address("site:correct_lines", meeting.pk)
    call, list_, coffee = MinuteLine.objects.of(meeting)
    assert (call.owner, call.due_to.isoformat()) == (world.shelter, "2026-04-10")
    assert (list_.kind, list_.unsure) == ("decided", [])
    assert "due" in coffee.unsure
    shown = convener.get(correct).content.decode()
    assert "before the board meets" in shown
    of_meeting = convener.get(world.address("forums:meeting", meeting.pk)).content.decode()
    assert "by April 10, 2026" in of_meeting
    assert "by before" not in of_meeting
    form = dict(re.findall(r'name="([0-9a-f-]{36}-seen)" value="(\d+)"', shown))
    for line in (call, list_, coffee):
        form |= {f"{line.pk}-kind": line.kind, f"{line.pk}-what": line.what}
        form |= {f"{line.pk}-who": "", f"{line.pk}-due": ""}
    form |= {f"{coffee.pk}-who": "St. Stephen's", f"{coffee.pk}-due": "in a while"}
    refused = convener.post(correct, form)
    assert refused.status_code == 422
    assert "in a while" in refused.content.decode()
    assert convener.post(correct, form | {f"{coffee.pk}-due": "2026-05-01"}).status_code == 302
    coffee.refresh_from_db()
    assert (coffee.owner, coffee.unsure) == (world.shelter, [])
    convener.post(address, {"notes": typed + "Idea: open the church hall\n"})
    coffee.refresh_from_db()
    assert (coffee.owner, MinuteLine.objects.live().count()) == (world.shelter, 4)


def test_the_same_notes_written_by_somebody_else_meanwhile_lose_nothing(world: World) -> None:
    meeting, convener = a_meeting(world), world.client("convener")
    seen = meeting.record.revision
    actions.write_minutes(
        by=world.actor(), meeting=meeting, notes="Idea: hall", lines=[said("hall", "idea")]
    )
    address = world.address("site:notes", meeting.pk)
    answer = convener.post(address, {"notes": "Idea: church", "seen": seen})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Idea: church" in shown
    assert "Idea: hall" in shown


def test_minutes_go_out_as_word_pdf_and_calendar_file(world: World) -> None:
    meeting, browser = a_meeting(world), world.client("observer")
    minutes(world, meeting)
    word = browser.get(world.address("forums:minutes_docx", meeting.pk)).content
    words = "\n".join(each.text for each in Document(BytesIO(word)).paragraphs)
    assert meeting.record.title in words
    pdf = browser.get(world.address("forums:minutes_pdf", meeting.pk)).content
    assert pdf.startswith(b"%PDF-")
    assert b"pdfuaid" in pdf


def test_a_calendar_replaces_a_moved_meeting_and_takes_a_cancelled_one_off(world: World) -> None:
    meeting, browser = a_meeting(world), world.client("observer")
    address = world.address("forums:meeting_ics", meeting.pk)
    first = Calendar.from_ical(browser.get(address).content).walk("VEVENT")[0]
    actions.revise_meeting(
        by=world.actor(), meeting=meeting, starts_at=NOON + 2 * WEEK, place="City Hall"
    )
    actions.cancel_meeting(
        by=world.actor(), meeting=Meeting.objects.get(), because="Snow emergency."
    )
    second = Calendar.from_ical(browser.get(address).content).walk("VEVENT")[0]
    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 2)
    assert (first["status"], second["status"]) == ("CONFIRMED", "CANCELLED")
    assert second["dtstart"].dt.utcoffset() == timedelta(hours=-5)


def test_a_phase_is_closed_before_its_time_with_one_question(world: World) -> None:
    phase = a_phase(world, a_forum(world))
    Phase.objects.filter(pk=phase.pk).update(closes_at=None)
    convener, address = world.client("convener"), world.address("forums:close_phase", phase.pk)
    assert "closes now" in convener.get(address).content.decode()
    assert convener.post(address).status_code == 302
    assert Phase.objects.get().closes_at is not None


@pytest.mark.parametrize("name", ["forums_csv", "meetings_csv", "minute_lines_csv"])
def test_lists_are_saved_as_table_files_without_formulas(world: World, name: str) -> None:
    fill_meetings(world)
    a_forum(world, '=HYPERLINK("x")')
    answer = world.client("observer").get(world.address(f"forums:{name}"))
    content = b"".join(answer).decode()
    assert "\n=HYPERLINK" not in content
    assert len(content.splitlines()) > 2
