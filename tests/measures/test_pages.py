"""The pages of measures: what people see, what they may change, and what stays hidden."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.exchange.queries.details import details_told
from headway.initiatives.actions import give_mandate
from headway.initiatives.models import Mandate
from headway.measures import actions
from headway.measures.models import Measure, Reading, Series
from headway_analysis.partial_date import parse
from tests.commitments.making import a_promise
from tests.measures.making import (
    NIGHT,
    a_baseline,
    a_measure,
    a_reading,
    a_series,
    counted,
    fill,
    split,
)
from tests.world import World

FORM = {
    "title": NIGHT,
    "unit": "people",
    "kind": "result",
    "direction": "lower",
    "subject": "people",
    "every_months": "12",
}


def seen(answer: object) -> str:
    """What an answer says, a page or a file."""
    if getattr(answer, "streaming", False):
        return b"".join(answer.streaming_content).decode()
    return text(answer)


def text(answer: object) -> str:
    return answer.content.decode()


def test_a_partner_adds_a_measure_and_everybody_reads_it(world: World) -> None:
    answer = world.client("partner").post(world.address("measures:add"), FORM, follow=True)
    assert NIGHT in text(answer)
    assert NIGHT in text(world.client().get(world.address("measures:home")))


def test_a_form_that_lacks_something_keeps_what_was_typed(world: World) -> None:
    answer = world.client("partner").post(
        world.address("measures:add"), FORM | {"unit": "", "story": "A hard winter"}
    )
    assert answer.status_code == 422
    assert "A hard winter" in text(answer)
    assert not Measure.objects.exists()


def test_the_page_says_the_finding_draws_it_and_tells_it_in_a_table(world: World) -> None:
    measure = counted(world, a_measure(world, baseline=a_baseline(world))).measure
    a_reading(world, Series.objects.get(), None, "2013", not_counted="No count that winter")
    actions.set_target(by=world.actor(), measure=measure, value=Decimal(1500), due=parse("2030"))
    page = text(world.client().get(world.address("measures:measure", measure.pk)))
    assert "3,443 people, 2012: 643 more than at the start" in page
    assert "<svg" in page
    assert "not counted" in page
    assert "1,500 by 2030" in page
    assert "Worse" in page


def test_a_small_number_is_nowhere_to_be_seen(world: World) -> None:
    agreed = {"floor": 1000, "agreement": "Agreement of May"}
    measure = a_measure(world, **agreed)
    series = a_series(world, measure)
    reading = a_reading(world, series, 8896, cells=split("age", young=777, middle=1009, old=7110))
    a_reading(world, series, 8897, because="Again", cells=split("age", young=778, old=8119))
    a_reading(world, series, 543, "2013")
    secret = ("777", "778", "1,009", "1009", "8,119", "8119", "543")
    for name, row in (
        ("measures:home", None),
        ("measures:measure", measure),
        ("measures:series", series),
        ("measures:export", None),
        ("measures:measure_export", measure),
        ("initiatives:history", None),
        ("initiatives:record_history", series),
    ):
        answer = world.client("convener").get(world.address(name, *([row.pk] if row else [])))
        said = seen(answer)
        assert not {each for each in secret if re.search(rf"(?<![\w-]){each}(?![\w-])", said)}, name
    assert not reading.cells.filter(value__isnull=False).exists()


def test_a_record_is_exported_without_its_small_numbers(world: World) -> None:
    series = a_series(world, a_measure(world))
    a_reading(world, series, 8117, cells=split("age", young=7, middle=1009, old=7101))
    told = details_told([series.record])[series.pk]
    said = " ".join(f"{name}={value}" for each in told for name, value in each.content.items())
    assert "7101" in said
    assert not {"value=7.0000", "value=1009.0000"} & set(said.split())
    assert "kept" not in said


def test_a_value_that_is_overdue_is_said_to_be(world: World) -> None:
    measure = counted(world).measure
    page = text(world.client().get(world.address("measures:measure", measure.pk)))
    assert "Last value 13 years ago, due every year" in page
    assert "due every year" in text(world.client().get(world.address("measures:home")))


def test_values_for_members_only_are_not_shown_to_visitors(world: World) -> None:
    measure = a_measure(world)
    series = a_series(world, measure, "Shelter list", visibility="members")
    a_reading(world, series, 4711)
    address = world.address("measures:measure", measure.pk)
    assert "4,711" in text(world.client("partner").get(address))
    assert "4,711" not in text(world.client().get(address))
    assert world.client().get(world.address("measures:series", series.pk)).status_code == 404
    said = b"".join(world.client().get(world.address("measures:export")).streaming_content)
    assert b"4711" not in said


def test_an_organisation_changes_its_own_values_and_no_other(world: World) -> None:
    measure = a_measure(world)
    own = a_series(world, measure, "Shelter", organisation=world.shelter)
    other = a_series(world, measure, "Office", organisation=world.office)
    give_mandate(
        by=world.actor(),
        member=world.members["partner"],
        organisation=world.shelter,
        scope=Mandate.Scope.EVERYTHING,
        given_by="Director",
    )
    partner = world.client("partner")
    said = {"when": "2024", "value": "500"}
    answer = partner.post(world.address("measures:add_reading", own.pk), said)
    assert answer.status_code == 302
    refused = partner.post(world.address("measures:add_reading", other.pk), said)
    assert refused.status_code == 403
    assert partner.get(world.address("measures:share", other.pk)).status_code == 403
    shared = partner.post(world.address("measures:share", own.pk), {"visibility": "members"})
    assert shared.status_code == 302
    assert Reading.objects.get().value == 500


def test_a_correction_says_why_and_what_was_said_before_stays(world: World) -> None:
    series = a_series(world, a_measure(world))
    reading = a_reading(world, series, 3000)
    address = world.address("measures:correct", reading.pk)
    convener = world.client("convener")
    assert "3000" in text(convener.get(address))
    said = {"when": "2012", "value": "3100"}
    assert convener.post(address, said).status_code == 422
    page = text(convener.post(address, said | {"because": "Counted again"}, follow=True))
    assert "3,100" in page
    assert "3,000" in page
    assert "What was said before" in page


def test_groups_are_typed_one_a_line(world: World) -> None:
    series = a_series(world, a_measure(world))
    address = world.address("measures:add_reading", series.pk)
    said = {"when": "2024", "value": "100", "groups": "age: young = 40\nage: old = 60"}
    assert world.client("convener").post(address, said).status_code == 302
    assert {cell.group for cell in Reading.objects.get().cells.all()} == {"young", "old"}
    wrong = said | {"when": "2023", "groups": "young 40"}
    assert world.client("convener").post(address, wrong).status_code == 422


def test_what_is_meant_to_move_it_stands_on_the_page(world: World) -> None:
    measure, promise = a_measure(world), a_promise(world)
    address = world.address("measures:add_mover", measure.pk)
    done = world.client("partner").post(address, {"record": str(promise.pk)}, follow=True)
    assert promise.text in text(done)


def test_the_headline_is_chosen_by_who_leads(world: World) -> None:
    measure = counted(world).measure
    address = world.address("measures:put_first", measure.pk)
    assert world.client("partner").get(address).status_code == 403
    assert world.client("convener").post(address, {"because": "It counts"}).status_code == 302
    assert "The measure put first" in text(world.client().get(world.address("measures:home")))


@pytest.mark.parametrize("name", ["set_target", "set_floor"])
def test_targets_and_floors_are_set_on_their_pages(world: World, name: str) -> None:
    measure = a_measure(world)
    said = {"value": "1500", "due": "2030", "floor": "20"}
    answer = world.client("convener").post(
        world.address(f"measures:{name}", measure.pk), said, follow=True
    )
    assert ("1,500 by 2030" if name == "set_target" else "1 to 19 people") in text(answer)


def test_the_list_asks_the_same_whatever_the_number_of_measures(world: World) -> None:
    asked = []
    for count in (1, 15):
        for number in range(count):
            counted(world, a_measure(world, f"Measure {count} {number}"))
        with CaptureQueriesContext(connection) as queries:
            world.client().get(world.address("measures:home"))
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[1] <= 12, asked


def test_the_page_of_a_measure_asks_few_questions(world: World) -> None:
    fill(world)
    measure = Measure.objects.get()
    address = world.address("measures:measure", measure.pk)
    world.client("convener").get(address)
    client = world.client("convener")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    record = [query for query in queries if "measures_" in query["sql"]]
    assert len(record) <= 15, len(queries)


def test_what_was_to_be_expected_of_a_small_share_is_not_rounded_to_nothing(world: World) -> None:
    baseline = a_baseline(world, unit="percent")
    measure = a_measure(world, subject="share", unit="percent", baseline=baseline)
    series = a_series(world, measure)
    for year, value in enumerate((0.11, 0.12, 0.13, 0.12, 0.11, 0.12, 0.13, 0.12), 2000):
        a_reading(world, series, value, str(year))
    page = world.client("partner").get(world.address("measures:measure", measure.pk))
    assert "If nothing had changed, 0.039 to 0.2 percent" in page.content.decode()
    a_reading(world, series, None, "2008", not_counted="No count that winter")
    again = world.client("partner").get(world.address("measures:measure", measure.pk))
    assert "If nothing had changed, 0.039 to 0.2 percent" in again.content.decode()


def test_a_data_point_is_offered_where_it_may_be_added_and_nowhere_else(world: World) -> None:
    measure = a_measure(world)
    places = {
        whose: a_series(world, measure, f"Counted by {whose}", organisation=organisation)
        for whose, organisation in {
            "anybody": None,
            "us": world.shelter,
            "others": world.office,
        }.items()
    }
    for role, offered in {
        "partner": {"anybody", "us"},
        "convener": {"anybody", "us", "others"},
        "observer": set(),
    }.items():
        browser = world.client(role)
        page = browser.get(world.address("measures:measure", measure.pk)).content.decode()
        for whose, series in places.items():
            address = world.address("measures:add_reading", series.pk)
            assert (address in page) == (whose in offered), (role, whose)
            assert (browser.get(address).status_code == 200) == (whose in offered), (role, whose)


def test_one_value_is_not_told_as_several(world: World) -> None:
    measure = a_measure(world, baseline=a_baseline(world))
    a_reading(world, a_series(world, measure), 3443)
    page = world.client().get(world.address("measures:measure", measure.pk)).content.decode()
    assert "1 value from one source." in page
