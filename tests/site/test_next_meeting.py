"""The next meeting drafts its agenda, is called with one button, and keeps notes on its page."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from headway.commitments.models import Commitment
from headway.directory.actions import OrganisationDetails, add_organisation
from headway.forums.models import AgendaItem, Meeting, MinuteLine
from headway.partners.actions import add_partner
from headway.solutions.models import Solution
from headway_analysis.partial_date import PartialDate
from tests.commitments.making import a_promise
from tests.forums.making_meetings import NOTES, a_forum, a_meeting
from tests.measures.making import a_baseline, a_measure, a_reading, a_series
from tests.world import World

AHEAD = timedelta(days=20)


def a_meeting_ahead(world: World) -> Meeting:
    """A meeting that lies ahead of the day on which the tests run."""
    return a_meeting(world, starts_at=timezone.now() + AHEAD)


def text_of(browser: Client, address: str) -> str:
    """What a page says."""
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def an_overdue_promise(world: World) -> Commitment:
    """A promise whose day is past whenever the tests run."""
    return a_promise(world, "Count the beds", due=PartialDate.on(date(2026, 3, 1)))


def test_where_nothing_is_planned_one_button_calls_the_first_meeting(world: World) -> None:
    browser = world.client("convener")
    shown = text_of(browser, world.address("site:next_meeting"))
    assert "No meeting is planned yet" in shown
    starts = (timezone.now() + AHEAD).strftime("%Y-%m-%dT10:00")
    said = {"group": "All partners", "public_body": "ask_counsel", "starts_at": starts}
    answer = browser.post(world.address("site:call"), said, follow=True)
    assert "All partners" in answer.content.decode()
    assert Meeting.objects.get().forum.name == "All partners"


def test_the_first_call_pressed_twice_answers_the_same_meeting(world: World) -> None:
    browser = world.client("convener")
    shown = browser.get(world.address("site:next_meeting")).content.decode()
    key = shown.split('name="form_key" value="')[1].split('"')[0]
    starts = (timezone.now() + AHEAD).strftime("%Y-%m-%dT10:00")
    said = {"group": "All partners", "public_body": "ask_counsel", "starts_at": starts}
    answers = [browser.post(world.address("site:call"), {**said, "form_key": key}) for _ in "ab"]
    assert [each.status_code for each in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Meeting.objects.count() == 1


def test_the_second_meeting_is_offered_four_weeks_after_the_last(world: World) -> None:
    forum = a_forum(world)
    a_meeting(world, forum)
    Meeting.objects.update(state=Meeting.State.HELD)
    shown = text_of(world.client("convener"), world.address("site:next_meeting"))
    assert "Call the meeting" in shown
    assert "Central Library" in shown


def test_a_refused_call_keeps_what_was_typed(world: World) -> None:
    a_forum(world)
    said = {"starts_at": "soon", "place": "The old school"}
    answer = world.client("convener").post(world.address("site:call"), said)
    assert answer.status_code == 422
    assert "The old school" in answer.content.decode()


def test_the_agenda_drafts_itself_and_goes_on_with_one_button(world: World) -> None:
    promise, meeting = an_overdue_promise(world), a_meeting_ahead(world)
    browser = world.client("convener")
    shown = text_of(browser, world.address("site:next_meeting"))
    assert "Overdue" in shown
    assert promise.record.title in shown
    address = world.address("site:suggest", meeting.pk)
    browser.post(address, {"lines": [f"overdue:{promise.pk}"]})
    assert [item.record_id for item in AgendaItem.objects.all()] == [promise.pk]
    again = text_of(browser, world.address("site:next_meeting"))
    assert "Nothing else is overdue" in again


def test_the_agenda_tells_the_number_that_where_we_stand_tells(world: World) -> None:
    measure = a_measure(world, baseline=a_baseline(world))
    series = a_series(world, measure)
    a_reading(world, series, 3100, "2025")
    convener = world.client("convener")
    said = "3,100 people, 2025: 300 more than at the start"
    assert said in text_of(convener, world.address("site:where_we_stand"))
    shown = text_of(convener, world.address("site:next_meeting"))
    assert "The number it is about" in shown
    assert said in shown


def test_without_a_measure_the_agenda_tells_the_starting_point(world: World) -> None:
    a_baseline(world)
    shown = text_of(world.client("convener"), world.address("site:next_meeting"))
    assert "The number it is about" in shown
    assert "2,800" in shown


def test_an_observer_reads_it_and_changes_nothing(world: World) -> None:
    meeting = a_meeting_ahead(world)
    an_overdue_promise(world)
    browser = world.client("observer")
    assert "Count the beds" in text_of(browser, world.address("site:next_meeting"))
    for name in ("site:suggest", "site:notes", "site:mail"):
        assert browser.get(world.address(name, meeting.pk)).status_code == 403
    assert browser.get(world.address("site:call")).status_code == 403


def test_notes_are_read_while_typing_and_kept_on_saving(world: World) -> None:
    meeting = a_meeting(world)
    browser = world.client("convener")
    read = browser.post(world.address("site:read_notes", meeting.pk), {"notes": NOTES})
    assert "5 lines recognized" in read.content.decode()
    address = world.address("site:notes", meeting.pk)
    only = browser.post(address, {"notes": NOTES, "read": "1"})
    assert (only.status_code, MinuteLine.objects.count()) == (200, 0)
    assert "5 lines recognized" in only.content.decode()
    saved = browser.post(address, {"notes": NOTES}, follow=True)
    assert "What was recognized" in saved.content.decode()
    assert Commitment.objects.get().organisation == world.shelter


def test_lines_are_corrected_on_the_same_page(world: World) -> None:
    meeting = a_meeting(world)
    browser = world.client("convener")
    browser.post(world.address("site:notes", meeting.pk), {"notes": NOTES})
    said: dict[str, str] = {}
    for line in MinuteLine.objects.all():
        said |= {f"{line.pk}-kind": line.kind, f"{line.pk}-what": line.what}
    idea = MinuteLine.objects.get(kind="idea")
    said[f"{idea.pk}-what"] = "open two church halls"
    answer = browser.post(world.address("site:correct_lines", meeting.pk), said)
    assert answer.status_code == 302
    assert Solution.objects.get().text == "open two church halls"


def test_a_line_without_words_is_refused_at_its_field(world: World) -> None:
    meeting = a_meeting(world)
    browser = world.client("convener")
    browser.post(world.address("site:notes", meeting.pk), {"notes": NOTES})
    said = {f"{row.pk}-kind": row.kind for row in MinuteLine.objects.all()}
    answer = browser.post(world.address("site:correct_lines", meeting.pk), said)
    assert answer.status_code == 422
    assert Solution.objects.get().text == "open the church hall in January"


def test_mail_says_who_gets_what_before_it_goes(world: World) -> None:
    meeting = a_meeting(world)
    browser = world.client("convener")
    browser.post(world.address("site:notes", meeting.pk), {"notes": NOTES})
    address = world.address("site:mail", meeting.pk)
    assert "St. Stephen's" in text_of(browser, address)
    browser.post(address)
    meeting.refresh_from_db()
    assert meeting.minutes_sent_at is not None


def test_mail_names_organizations_for_whom_nobody_may_answer(world: World) -> None:
    meeting, browser = a_meeting(world), world.client("convener")
    simpson = add_organisation(
        by=world.actor(),
        authority=world.authority,
        details=OrganisationDetails(name="Simpson Housing", sector="nonprofit"),
    )
    add_partner(by=world.actor(), initiative=world.hennepin, organisation=simpson)
    notes = f"{NOTES}\nWill do: Simpson Housing opens the armory by 2026-04-10\n"
    browser.post(world.address("site:notes", meeting.pk), {"notes": notes})
    assert Commitment.objects.get(text__contains="armory").organisation == simpson
    shown = text_of(browser, world.address("site:mail", meeting.pk))
    assert "Mail goes to those who may answer for: St. Stephen's." in shown
    assert "Nobody may answer yet for: Simpson Housing." in shown


def test_the_trace_leads_from_a_promise_to_its_meeting_and_back(world: World) -> None:
    meeting = a_meeting(world)
    browser = world.client("convener")
    browser.post(world.address("site:notes", meeting.pk), {"notes": NOTES})
    promise = Commitment.objects.get()
    shown = text_of(browser, world.address("site:trace", promise.pk))
    assert meeting.record.title in shown
    back = text_of(browser, world.address("site:trace", meeting.pk))
    assert promise.record.title in back


@pytest.mark.parametrize("promises", [1, 12])
def test_the_page_asks_the_same_few_questions_whatever_there_is(
    world: World, promises: int, django_assert_max_num_queries: object
) -> None:
    a_meeting_ahead(world)
    for number in range(promises):
        a_promise(world, f"Count the beds {number}", due=PartialDate.on(date(2026, 3, 1)))
    browser = world.client("convener")
    with django_assert_max_num_queries(14):
        browser.get(world.address("site:next_meeting"))


def test_an_idea_is_made_of_what_was_said_and_keeps_the_link(world: World) -> None:
    meeting = a_meeting(world)
    browser = world.client("convener")
    browser.post(world.address("site:notes", meeting.pk), {"notes": NOTES})
    line = MinuteLine.objects.get(kind="decided")
    page = text_of(browser, world.address("forums:minute_line", line.pk))
    address = world.address("site:idea_from", line.pk)
    assert address in page
    assert world.address("commitments:promise_from", line.pk) in page
    said = {"title": "One list", "text": "One list for all beds, kept by the county."}
    browser.post(address, said)
    made = Solution.objects.get(record__title="One list")
    assert world.address("site:trace", made.pk) in text_of(
        browser, world.address("solutions:solution", made.pk)
    )
    assert meeting.record.title in text_of(browser, world.address("site:trace", made.pk))
