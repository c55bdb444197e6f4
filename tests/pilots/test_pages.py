import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.directory.actions import PersonDetails, add_person
from headway.initiatives.models import Link
from headway.pilots import actions
from headway.pilots.actions import Numbers
from headway.pilots.models import Pilot, PilotFinding, Prediction, SmallTest
from headway.pilots.queries.card import missing
from headway.solutions.actions import bring_idea
from tests.commitments.making import a_seat
from tests.pilots.making import (
    EXPECTS,
    LATER,
    TRIES,
    a_card,
    a_running_pilot,
    a_small_test,
    expect,
    fill,
)
from tests.site.test_api import ask
from tests.world import TODAY, World

LIST_QUERIES = 12
FAR = "2031-04-10"


def text_of(world: World, name: str, *ids: object, role: str = "", query: str = "") -> str:
    answer = world.client(role).get(world.address(f"pilots:{name}", *ids) + query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_a_partner_starts_a_small_test_with_three_lines(world: World) -> None:
    address = world.address("pilots:start_small_test")
    client = world.client("partner")
    said = {
        "tries": TRIES,
        "expects": EXPECTS,
        "look_on": FAR,
        "owner": "St. Stephen's",
        "authority_stated": "own",
    }
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert "lawful, cheap" in refused.content.decode()
    assert TRIES in refused.content.decode()
    answer = client.post(address, said | {"fit": "on"}, follow=True)
    assert "Under way" in answer.content.decode()
    assert SmallTest.objects.get().owner == world.shelter


def test_an_idea_offers_a_small_test_that_is_linked_to_it(world: World) -> None:
    idea = bring_idea(by=world.actor(), initiative=world.hennepin, text="Remind people by text")
    address = world.address("pilots:small_test_from", idea.pk)
    client = world.client("convener")
    shown = client.get(world.address("solutions:solution", idea.pk)).content.decode()
    assert address in shown
    assert "Remind people by text" in client.get(address).content.decode()
    said = {"tries": TRIES, "expects": EXPECTS, "look_on": FAR, "fit": "on"}
    client.post(address, said | {"owner": "St. Stephen's", "authority_stated": "own"})
    assert Link.objects.get(kind="tests").target_id == idea.pk


def test_a_test_is_ended_and_decided_on_its_page(world: World) -> None:
    test = a_small_test(world)
    client = world.client("convener")
    ended = {"result": "did_not", "saw": "12 of 40 were missed"}
    shown = client.post(world.address("pilots:end_small_test", test.pk), ended, follow=True)
    assert "Ended, to be decided" in shown.content.decode()
    decision = {"decision": "abandon", "because": "No difference", "decided_by": "St. Stephen's"}
    shown = client.post(world.address("pilots:decide_small_test", test.pk), decision, follow=True)
    assert "Abandoned" in shown.content.decode()
    assert "12 of 40 were missed" in shown.content.decode()


def test_blame_at_the_end_of_a_small_test_is_asked_about_once_and_never_refused(
    world: World,
) -> None:
    test = a_small_test(world)
    client = world.client("convener")
    address = world.address("pilots:end_small_test", test.pk)
    assert "Everybody can read what you write here" in client.get(address).content.decode()
    ended = {"result": "did_not", "saw": "John Smith failed to open the hall; it was his fault."}
    asked = client.post(address, ended)
    assert asked.status_code == 422
    for words in ("<q>John Smith</q>", "<q>his fault</q>", "Which role does this person have"):
        assert words in asked.content.decode()
    test.refresh_from_db()
    assert test.state == SmallTest.State.RUNNING
    assert client.post(address, ended | {"keep": "1"}).status_code == 302
    test.refresh_from_db()
    assert test.saw == ended["saw"]


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("stop_pilot", {"because": "Maria Lopez is to blame."}),
        ("move_end", {"until": "2031-05-01", "because": "Maria Lopez is to blame."}),
    ],
)
def test_a_pilot_is_stopped_or_moved_after_blame_was_asked_about(
    world: World, name: str, sent: dict[str, str]
) -> None:
    pilot = a_running_pilot(world)
    address = world.address(f"pilots:{name}", pilot.pk)
    asked = world.client("convener").post(address, sent)
    assert asked.status_code == 422
    assert "<q>Maria Lopez</q>" in asked.content.decode()
    assert "<q>to blame</q>" in asked.content.decode()


def test_somebody_of_the_directory_is_a_name_at_the_end_of_a_small_test(world: World) -> None:
    somebody = PersonDetails(name="Oyelaran Adebayo")
    add_person(by=world.actor(), authority=world.hennepin.authority, details=somebody)
    test = a_small_test(world)
    sent = {"result": "did_not", "saw": "Adebayo had no key."}
    asked = world.client("convener").post(world.address("pilots:end_small_test", test.pk), sent)
    assert "<q>Adebayo</q>" in asked.content.decode()


def test_a_card_is_filled_in_step_by_step_and_the_page_says_what_it_lacks(world: World) -> None:
    client = world.client("convener")
    client.post(world.address("pilots:prepare_pilot"), {"title": "Stable Families"})
    pilot = Pilot.objects.get()
    assert "Say when you stop for harm." in text_of(world, "pilot", pilot.pk, role="convener")
    card = {"title": "Stable Families", "sort": "pilot", "better": "lower"}
    filled = card | {"stop_for_harm": "A family loses its place", "minimum_effect": "5"}
    address = world.address("pilots:fill_card", pilot.pk)
    assert client.post(address, filled).status_code == 302
    assert "Say when you stop for harm." not in text_of(world, "pilot", pilot.pk, role="convener")
    backwards = card | {"starts_on": "2031-05-01", "ends_on": "2031-04-01"}
    refused = client.post(address, backwards)
    assert refused.status_code == 422
    assert "on or after the start" in refused.content.decode()
    refused = client.post(world.address("pilots:start_pilot", pilot.pk))
    assert refused.status_code == 422
    assert "Say who is affected." in refused.content.decode()


def test_a_ready_pilot_starts_and_shows_what_was_locked(world: World) -> None:
    pilot = a_card(world)
    client = world.client("convener")
    said = {"team": "Outreach", "low": "-15", "high": "-3", "percent": "80"}
    client.post(world.address("pilots:predict", pilot.pk), said)
    assert "The card is complete." in text_of(world, "pilot", pilot.pk, role="convener")
    shown = client.post(world.address("pilots:start_pilot", pilot.pk), follow=True)
    text = shown.content.decode()
    assert "between -15 and -3 percentage points, 80 percent sure" in text
    assert "locked" in text
    assert Prediction.objects.get().locked_at is not None


def test_a_name_that_a_team_has_taken_is_replaced_only_on_purpose(world: World) -> None:
    pilot = a_card(world)
    expect(world, pilot)
    address = world.address("pilots:predict", pilot.pk)
    said = {"team": "Outreach", "low": "-9", "high": "-1", "percent": "55"}
    refused = world.client("convener").post(address, said)
    assert refused.status_code == 422
    assert "A team of this name has said what it expects." in refused.content.decode()
    assert Prediction.objects.get().percent == 80
    assert world.client("convener").post(address, said | {"replaces": "on"}).status_code == 302
    assert Prediction.objects.get(withdrawn_at__isnull=True).percent == 55


def test_a_finding_reads_as_a_sentence_beside_what_was_worth_it(world: World) -> None:
    pilot = a_running_pilot(world)
    client = world.client("evaluator")
    said = {"estimate": "-8", "low": "-10.5", "high": "-5.5", "count": "240", "design": "two-arm"}
    address = world.address("pilots:record_finding", pilot.pk)
    shown = client.post(address, said, follow=True).content.decode()
    assert "A difference of -8 percentage points, likely between -10.5 and -5.5." in shown
    assert "All of it is at least what was said to be worth it." in shown
    assert "It came out inside the range." in shown
    refused = client.post(address, {"estimate": "-8", "low": "3", "high": "1"})
    assert refused.status_code == 422
    found = PilotFinding.objects.get()
    client.post(world.address("pilots:withdraw_finding", found.pk), {"because": "counted twice"})
    assert "counted twice" in text_of(world, "pilot", pilot.pk)


def test_what_was_compared_is_named_and_nothing_stands_for_a_missing_unit(world: World) -> None:
    pilot = a_card(world, unit="")
    expect(world, pilot)
    actions.start_pilot(by=world.actor(), pilot=pilot)
    for outcome in ("Returns to shelter within 12 months", "Nights outside"):
        numbers = Numbers(estimate=-18.0)
        actions.record_finding(by=world.actor(), pilot=pilot, numbers=numbers, outcome=outcome)
    shown = text_of(world, "pilot", pilot.pk)
    assert "between -15 and -3, 80 percent sure" in shown
    assert "Nights outside: A difference of -18; no interval" in shown
    assert "<p>A difference of -18; no interval" in shown


def test_the_day_of_the_lock_is_the_day_where_the_initiative_is(world: World) -> None:
    pilot = a_running_pilot(world)
    Prediction.objects.update(locked_at=datetime(2026, 3, 3, 3, tzinfo=UTC))
    assert "locked Monday, March 2, 2026" in text_of(world, "pilot", pilot.pk)


def test_a_decided_pilot_is_not_said_to_be_open(world: World) -> None:
    pilot = a_running_pilot(world)
    assert "whether it is adopted is open" in text_of(world, "pilot", pilot.pk)
    actions.end_pilot(by=world.actor(), pilot=pilot)
    actions.decide_pilot(
        by=world.actor(), pilot=pilot, result="worked", decision="adopt", because="It held"
    )
    assert "whether it is adopted is open" not in text_of(world, "pilot", pilot.pk)


def test_an_end_date_that_has_come_demands_a_decision(world: World) -> None:
    pilot = a_running_pilot(world)
    Pilot.objects.filter(pk=pilot.pk).update(starts_on=None, ends_on=TODAY - timedelta(days=400))
    assert "Its end date has come" in text_of(world, "home", query="?what=pilots")
    shown = text_of(world, "pilot", pilot.pk)
    assert "adopt it, adapt it or abandon it" in shown


@pytest.mark.parametrize("role", ["observer", ""])
def test_who_only_reads_is_offered_no_step(world: World, role: str) -> None:
    pilot, test = a_card(world), a_small_test(world)
    expect(world, pilot)
    for name, row in (("pilot", pilot), ("small_test", test)):
        shown = text_of(world, name, row.pk, role=role)
        for step in ("start/", "end/", "card/", "expect/"):
            assert f"{row.pk}/{step}" not in shown


def test_the_register_says_when_nothing_was_ever_abandoned(world: World) -> None:
    from headway.pilots import actions

    for number in range(5):
        test = a_small_test(world, f"Test {number}")
        actions.end_small_test(by=world.actor(), test=test, result="worked", saw="x")
        actions.decide_small_test(by=world.actor(), test=test, decision="adopt", because="x")
    assert "All 5 decided here were adopted." in text_of(world, "home")
    last = a_small_test(world, "Another")
    actions.end_small_test(by=world.actor(), test=last, result="worked", saw="x")
    actions.decide_small_test(by=world.actor(), test=last, decision="adapt", because="x")
    assert "1 of 6 decided here were adapted or abandoned." in text_of(world, "home")


def test_the_register_needs_few_queries_whatever_its_length(world: World) -> None:
    fill(world)
    for number in range(30):
        a_small_test(world, f"Test {number}")
    client = world.client("convener")
    for query in ("", "?what=pilots"):
        client.get(world.address("pilots:home") + query)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(world.address("pilots:home") + query)
        assert len(seen) <= LIST_QUERIES, [each["sql"] for each in seen]


def test_the_table_file_holds_every_test_and_pilot(world: World) -> None:
    fill(world)
    a_small_test(world, "=1+1")
    address = world.address("pilots:export")
    told = b"".join(world.client("").get(address)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert len(rows) == SmallTest.objects.count() + Pilot.objects.count()
    assert {"adapt", "abandon", ""} <= {row["decision"] for row in rows}
    assert not any(row["title"].startswith("=") for row in rows)
    assert LATER.isoformat() in {row["ends_on"] for row in rows}


def test_a_program_reads_which_seat_decides_on_a_pilot(world: World) -> None:
    seat = a_seat(world, world.office, "County Board")
    a_card(world, decider=None, decider_post=seat)
    path = f"/initiatives/{world.hennepin.slug}/pilots"
    status, said = ask(world, "observer", path, ["pilots.view"])
    assert status == 200
    assert [item["decider"] for item in said["items"]] == [seat.label]


def test_the_card_says_at_each_field_what_the_start_will_need(world: World) -> None:
    pilot = actions.prepare_pilot(by=world.actor(), initiative=world.hennepin, title="Begun")
    page = world.client("convener").get(world.address("pilots:fill_card", pilot.pk))
    form = page.context["form"]
    told = {name for name, field in form.fields.items() if "before it starts" in field.help_text}
    asked = {each.field for each in missing(pilot, predicted=True)}
    assert told == asked
    assert form["better"].value() == ""


@pytest.mark.parametrize(
    "name", ["fill_card", "predict", "start_pilot", "end_pilot", "stop_pilot", "move_end"]
)
def test_a_step_that_is_over_opens_no_form(world: World, name: str) -> None:
    pilot = a_running_pilot(world)
    actions.end_pilot(by=world.actor(), pilot=pilot)
    page = world.client("convener").get(world.address(f"pilots:{name}", pilot.pk))
    shown = page.content.decode()
    assert page.status_code == 200
    assert "This cannot be done now" in shown
    assert world.address("pilots:pilot", pilot.pk) in shown
    assert page.context.get("form") is None
    sent = world.client("convener").post(world.address(f"pilots:{name}", pilot.pk), {})
    assert sent.status_code == 422


@pytest.mark.parametrize("name", ["edit_small_test", "end_small_test", "decide_small_test"])
def test_a_step_of_a_small_test_that_is_over_opens_no_form(world: World, name: str) -> None:
    test = a_small_test(world)
    by = world.actor()
    actions.end_small_test(by=by, test=test, result="worked", saw="9 of 40")
    actions.decide_small_test(by=by, test=test, decision="adopt", because="It is cheap")
    page = world.client("convener").get(world.address(f"pilots:{name}", test.pk))
    assert "This cannot be done now" in page.content.decode()
    assert page.context.get("form") is None
