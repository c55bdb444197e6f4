"""Where we stand says what comes next, from every stage, in few questions."""

from datetime import date, timedelta
from html import unescape

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from headway.solutions.actions.outcomes import record_outcome
from headway_analysis.partial_date import PartialDate
from tests.arenas.making import an_ask
from tests.commitments.making import a_promise
from tests.forums.making_meetings import a_meeting
from tests.world import World, a_happening

PAST = PartialDate.on(date(2026, 3, 1))


def shown(world: World, role: str = "") -> str:
    """What the page says to somebody."""
    answer = world.client(role).get(world.address("site:where_we_stand"))
    return unescape(answer.content.decode())


def test_a_partner_reads_its_own_promises_first(world: World) -> None:
    a_promise(world, "Count the beds", due=PAST)
    page = shown(world, "partner")
    assert page.index("Your organization's promises") < page.index("The problem")
    assert "Count the beds" in page
    assert "Late" in page


def test_others_read_an_overdue_promise_among_the_dates_and_visitors_do_not(world: World) -> None:
    a_promise(world, "Count the beds", due=PAST)
    assert "Dates that matter" in shown(world, "convener")
    assert "Your organization's promises" not in shown(world, "convener")
    assert "Count the beds" not in shown(world)


def test_the_next_meeting_leads_to_its_page(world: World) -> None:
    assert "None is planned" in shown(world, "observer")
    meeting = a_meeting(world, starts_at=timezone.now() + timedelta(days=9))
    page = shown(world, "observer")
    assert meeting.record.title in page
    assert world.address("site:next_meeting") in page
    assert meeting.record.title in shown(world)


def test_a_decision_without_a_promise_stands_there_until_somebody_promises(world: World) -> None:
    by = world.actor()
    decided = record_outcome(by=by, initiative=world.hennepin, text="One list for all beds")
    assert "without a promise behind it" in shown(world, "partner")
    assert "without a promise behind it" not in shown(world)
    a_promise(world, "Keep the list", came_from=decided.record)
    assert "without a promise behind it" not in shown(world, "partner")


def test_each_step_to_an_agenda_stands_there_once(world: World) -> None:
    ask = an_ask(world, vote_on=timezone.now().date() + timedelta(days=9))
    step = ask.steps.order_by("days_before").last()
    assert step is not None
    assert shown(world, "convener").count(f"{step.title}, <a") == 1


def test_the_page_asks_at_most_fifteen_questions_whatever_there_is(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        a_promise(world, f"Count the beds {number}", due=PAST)
        a_happening(world, f"It happened {number}")
    a_meeting(world, starts_at=timezone.now() + timedelta(days=9))
    browser = world.client("partner")
    with django_assert_max_num_queries(15):
        browser.get(world.address("site:where_we_stand"))
