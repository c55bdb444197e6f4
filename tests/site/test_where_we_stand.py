"""Where we stand: promises first, the path, what would help next, dates, the number, any day."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from headway.measures.actions import choose_headline
from headway.pilots.actions import end_small_test
from headway.problems.actions import add_affected_group
from headway_analysis.partial_date import PartialDate, parse
from tests.arenas.making import an_ask
from tests.commitments.making import a_confirmed_promise, a_promise
from tests.diagnosis.making import an_adopted
from tests.diagnosis.making import fill as fill_diagnosis
from tests.forums.making_meetings import a_meeting
from tests.measures.making import a_baseline, a_measure, counted
from tests.pilots.making import a_running_pilot, a_small_test
from tests.world import World, a_happening

PAST = PartialDate.on(date(2026, 3, 1))
SOON = timezone.now().date() + timedelta(days=9)
ROLES = ("convener", "facilitator", "liaison", "partner", "evaluator", "observer")


def shown(
    world: World,
    role: str = "",
    asked: str = "",
    *,
    status: int = 200,
    name: str = "site:where_we_stand",
) -> str:
    """What a page says to somebody, as a rule where the initiative stands."""
    answer = world.client(role).get(world.address(name) + asked)
    assert answer.status_code == status
    _before, _start, main = unescape(answer.content.decode()).partition("<main")
    return main.partition("</main>")[0]


def test_a_partner_reads_its_own_promises_first(world: World) -> None:
    a_promise(world, "Count the beds", due=PAST)
    page = shown(world, "partner")
    assert page.index("Your organization's promises") < page.index("How far we are")
    assert "Count the beds" in page
    assert "Late" in page


def test_others_read_an_overdue_promise_among_the_dates_and_visitors_do_not(world: World) -> None:
    a_promise(world, "Count the beds", due=PAST)
    assert "Dates that matter" in shown(world, "convener")
    assert "Your organization's promises" not in shown(world, "convener")
    assert "Count the beds" not in shown(world)


def test_what_has_no_room_on_the_page_is_counted_and_leads_to_all_of_it(world: World) -> None:
    for number in range(7):
        a_confirmed_promise(world, f"Count the beds {number}", due=PAST)
    for number in range(10):
        a_small_test(world, f"A text message {number}", look_on=SOON)
    page = shown(world, "convener")
    assert "3 more are past their day, 2 more lie ahead" in page
    assert f'href="{world.address("site:dates")}"' in page
    every = world.client("convener").get(world.address("site:dates"))
    assert every.context["page"].table.total == 17
    assert every.content.decode().count("Count the beds") >= 7


def test_a_promise_past_its_day_is_late_among_all_dates_even_if_nobody_confirmed_it(
    world: World,
) -> None:
    a_promise(world, "Count the beds", due=PAST)
    a_promise(world, "Paint the hall", due=PartialDate.on(SOON))
    every = world.client("convener").get(world.address("site:dates")).content.decode()
    assert every.count("Late, not confirmed yet") == 1
    assert every.count("Not confirmed yet") == 1


def test_the_page_of_all_dates_tells_visitors_of_nothing_late(world: World) -> None:
    a_confirmed_promise(world, "Count the beds", due=PAST, visibility="public")
    every = world.client().get(world.address("site:dates"))
    assert every.status_code == 200
    assert "Count the beds" not in every.content.decode()


def test_a_day_is_written_one_way(world: World) -> None:
    a_meeting(world, starts_at=datetime(2030, 12, 2, 18, tzinfo=UTC))
    page = shown(world, "convener")
    assert "Monday, December 2, 2030" in page
    assert "Dec. " not in page


def test_the_next_meeting_leads_to_its_page(world: World) -> None:
    assert "None is planned" in shown(world, "observer")
    meeting = a_meeting(world, starts_at=timezone.now() + timedelta(days=9))
    page = shown(world, "observer")
    assert meeting.record.title in page
    assert world.address("site:next_meeting") in page
    assert meeting.record.title in shown(world)


def test_each_step_to_an_agenda_stands_there_once(world: World) -> None:
    ask = an_ask(world, vote_on=SOON)
    step = ask.steps.order_by("days_before").last()
    assert step is not None
    assert shown(world, "convener").count(f"{step.title}, <a") == 1


def test_tests_and_pilots_that_end_are_dates_that_matter(world: World) -> None:
    trial = a_small_test(world, look_on=SOON)
    a_running_pilot(world)
    page = shown(world, "observer")
    assert (
        f'We look at a small test, <a href="{world.address("pilots:small_test", trial.pk)}' in page
    )
    assert "Pilot ends" not in page  # a year ahead


def test_an_empty_initiative_offers_the_first_step_to_whoever_may_take_it(world: World) -> None:
    assert "Record who is affected" in shown(world, "convener")
    assert "Record who is affected" not in shown(world)
    assert shown(world, "convener").count("Not recorded") >= 8


def test_next_moves_can_be_taken_or_declined_by_any_partner_and_are_not_told_to_visitors(
    world: World,
) -> None:
    an_adopted(world)
    for role in ("convener", "partner", "evaluator"):
        page = shown(world, role)
        assert world.address("diagnosis:take", "implementer") in page
        assert world.address("diagnosis:decline", "implementer") in page
    assert world.address("diagnosis:take", "implementer") not in shown(world, "observer")
    assert "What would help next" in shown(world, "observer")
    assert "What would help next" not in shown(world)


def test_the_path_leads_to_its_evidence_and_tells_members_whom_it_waits_on(world: World) -> None:
    an_adopted(world)
    page = shown(world, "observer")
    assert world.address("diagnosis:evidence", "condition-proposed") in page
    assert "Waiting on St. Stephen's since" in page


def test_visitors_are_told_what_is_met_and_never_what_is_waited_on(world: World) -> None:
    an_adopted(world)
    page = shown(world)
    assert "1 of 8 conditions is met." in page
    for word in ("Waiting", "waiting_on", "St. Stephen's since", "Late", "Not recorded"):
        assert word not in page


def test_the_page_tells_of_another_day_and_leads_back(world: World) -> None:
    an_adopted(world, days=90)
    a_promise(world, "Count the beds", due=PAST)
    page = shown(world, "partner", "?as_of=2025-06-30")
    assert "This is how it stood on June 30, 2025, with what is known today." in page
    assert "Back to today" in page
    assert "Count the beds" not in page
    assert "0 of 8 conditions" in page
    assert "Back to today" not in shown(world, "partner")


def test_the_page_tells_what_was_known_at_an_instant(world: World) -> None:
    page = shown(world, "partner", "?as_of=2025-06-30&known_at=2025-07-01T05:00:00%2B00:00")
    assert "with what was recorded here by July 1, 2025" in page
    assert "With what is known today" in page
    assert "Only what had been recorded here by then" in shown(world, "", "?as_of=2025-06-30")


@pytest.mark.parametrize("asked", ["2010-02-30", "soon", "0", "9999999-01-01"])
def test_a_day_that_cannot_be_read_is_said_so_and_today_is_shown(world: World, asked: str) -> None:
    page = shown(world, "convener", f"?as_of={asked}", status=422)
    assert "Enter it like 2010-06-30" in page
    assert f'value="{asked}"' in page
    assert "Back to today" not in page


def test_a_day_to_come_is_said_so_and_today_is_shown(world: World) -> None:
    page = shown(world, "convener", "?as_of=2999-01-01", status=422)
    assert "That day is still to come." in page
    assert "Back to today" not in page


def test_today_is_no_other_day(world: World) -> None:
    today = world.hennepin.today(timezone.now())
    assert "Back to today" not in shown(world, "convener", f"?as_of={today}")


def test_every_page_of_a_day_says_alike_that_a_day_cannot_be_read(world: World) -> None:
    an_adopted(world)
    browser = world.client("convener")
    for place in (
        world.address("site:where_we_stand"),
        world.address("diagnosis:leadership"),
        world.address("diagnosis:conditions"),
        world.address("diagnosis:evidence", "condition-proposed"),
        world.address("diagnosis:evidence_csv", "condition-proposed"),
        world.address("diagnosis:leave", world.shelter.pk),
    ):
        answer = browser.get(place, {"as_of": "soon"})
        assert answer.status_code == 422, place
        assert "Enter it like 2010-06-30." in answer.content.decode(), place
        assert browser.get(place, {"known_at": "soon"}).status_code == 422, place


def test_what_would_have_helped_then_is_no_advice_for_today(world: World) -> None:
    an_adopted(world)
    assert "What would help next" in shown(world, "convener")
    yesterday = world.hennepin.today(timezone.now()) - timedelta(days=1)
    for name in ("site:where_we_stand", "diagnosis:leadership"):
        page = shown(world, "convener", f"?as_of={yesterday}", name=name)
        assert "What would have helped next" in page
        assert "no advice for today" in page
        assert "What would help next" not in page
        moves = page.partition('id="moves"')[2].partition("</section>")[0]
        assert "/take/" not in moves
        assert "button" not in moves


def test_visitors_are_told_the_names_of_conditions_that_are_not_met(world: World) -> None:
    an_adopted(world)
    page = shown(world)
    assert "Not met yet: Understood, Convened, " in page
    assert "Not met yet" not in shown(world, "observer")


def test_the_number_stands_beside_its_starting_point_with_its_table(world: World) -> None:
    measure = a_measure(world, baseline=a_baseline(world))
    counted(world, measure)
    choose_headline(by=world.actor(), measure=measure)
    page = shown(world)
    assert "The number it is about" in page
    assert world.address("measures:measure", measure.pk) in page
    assert "Starting point:" in page
    assert "The same numbers in a table" in page


def test_the_problem_of_an_earlier_day_holds_nothing_that_was_found_or_recorded_later(
    world: World,
) -> None:
    add_affected_group(
        by=world.actor(), initiative=world.hennepin, name="Adults in 2013", when=parse("2013")
    )
    add_affected_group(by=world.actor(), initiative=world.hennepin, name="Families")
    assert "Adults in 2013" in shown(world)
    before = shown(world, "", "?as_of=2007-06-30")
    assert "Adults in 2013" not in before
    assert "Families" in before
    known = shown(world, "", "?as_of=2007-06-30&known_at=2007-06-30T12:00")
    assert "Families" not in known


def test_visitors_read_results_and_what_did_not_work_as_plainly(world: World) -> None:
    trial = a_small_test(world, visibility="public")
    end_small_test(by=world.actor(), test=trial, result="did_not", saw="Nobody read the message")
    page = shown(world)
    assert "Did not work" in page
    assert "Nobody read the message" in page


def test_a_visitor_of_a_closed_initiative_sees_nothing(world: World) -> None:
    address = world.address("site:where_we_stand").replace(world.hennepin.slug, world.closed.slug)
    assert world.client().get(address).status_code == 302
    assert world.client("stranger").get(address).status_code == 404


def test_the_page_asks_at_most_twenty_five_questions_whatever_there_is(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill_diagnosis(world)
    counted(world, a_measure(world, baseline=a_baseline(world)))
    a_running_pilot(world)
    for number in range(12):
        a_promise(world, f"Count the beds {number}", due=PAST)
        a_happening(world, f"It happened {number}")
    a_meeting(world, starts_at=timezone.now() + timedelta(days=9))
    an_ask(world, vote_on=SOON)
    browser = world.client("partner")
    with django_assert_max_num_queries(25):
        browser.get(world.address("site:where_we_stand"))
    with django_assert_max_num_queries(25):
        browser.get(world.address("site:where_we_stand") + "?as_of=2026-02-01")
    with django_assert_max_num_queries(25):
        world.client().get(world.address("site:where_we_stand"))


@pytest.mark.parametrize("role", ROLES)
def test_everybody_sees_for_themselves_whoever_looked_before(world: World, role: str) -> None:
    """What is kept for one pair of eyes is never shown to another."""
    an_adopted(world)
    before = shown(world)
    assert "Waiting" in shown(world, role)
    assert shown(world) == before
