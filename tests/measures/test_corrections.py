"""A correction says anew what it names, keeps what it does not, and unhides nothing."""

from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.directory.actions.sources import record_source
from headway.initiatives.provenance import reported
from headway.measures import actions
from headway.measures.actions import CellLine, ReadingLine
from headway.measures.models import Measure, Reading, Series
from headway_analysis.partial_date import parse
from tests.measures.making import a_measure, a_reading, a_series, a_source, counted, split
from tests.world import NOON, World

AGAIN = "Counted again"
FEW = 5


def a_share_series(world: World) -> Series:
    return a_series(world, a_measure(world, "Returns", unit="percent", subject="share"))


def standing(series: Series) -> Reading:
    return Reading.objects.standing().get(series=series)


@pytest.mark.parametrize("value", [20, 40])
@pytest.mark.parametrize("groups", [False, True])
def test_a_hidden_share_stays_hidden_when_it_is_corrected_without_its_people(
    world: World, value: int, groups: bool
) -> None:
    series = a_share_series(world)
    cells = [CellLine("age", "young", Decimal(20), 0)] if groups else []
    first = a_reading(world, series, 20, people=FEW, cells=cells)
    assert first.gap == "hidden"
    page = world.address("measures:correct", first.pk)
    sent = {"when": "2012", "value": str(value), "note": "Sheltered only", "because": AGAIN}
    assert world.client("convener").post(page, sent).status_code == 302
    made = standing(series)
    assert (made.note, made.value, made.gap) == ("Sheltered only", None, "hidden")


def test_a_share_taken_back_and_told_anew_keeps_of_how_many_people_it_was(world: World) -> None:
    series = a_share_series(world)
    first = a_reading(world, series, 20, people=FEW)
    actions.withdraw_reading(by=world.actor(), reading=first, because="Entered too early")
    assert a_reading(world, series, 40, because=AGAIN).gap == "hidden"
    assert a_reading(world, series, 45, people=50, because=AGAIN).value == 45


def test_a_higher_floor_hides_a_share_that_was_corrected_before(world: World) -> None:
    series = a_share_series(world)
    a_reading(world, series, 20, people=15)
    made = a_reading(world, series, 25, note="Sheltered only", because=AGAIN)
    assert (made.value, made.kept_people) == (Decimal(25), 15)
    actions.set_floor(by=world.actor(), measure=series.measure, floor=20)
    assert standing(series).gap == "hidden"


def test_a_share_whose_people_nobody_knows_any_more_stays_hidden(world: World) -> None:
    series = a_share_series(world)
    made = a_reading(world, series, 20, people=FEW)
    # As corrections once left it.
    Reading.objects.filter(pk=made.pk).update(kept_people=None)
    assert a_reading(world, series, 20, note="Sheltered only", because=AGAIN).gap == "hidden"
    actions.set_floor(by=world.actor(), measure=series.measure, floor=20)
    assert standing(series).gap == "hidden"


def test_another_source_alone_is_a_correction(world: World) -> None:
    series = a_series(world, a_measure(world))
    a_reading(world, series, 40, source=a_source(world))
    other = record_source(by=world.actor(), authority=world.authority, title="City report")
    made = a_reading(world, series, 40, source=other, because="It is printed elsewhere")
    assert standing(series) == made
    assert made.source == other
    given = a_reading(
        world, series, 40, source=other, organisation=world.shelter, because="They counted"
    )
    assert standing(series).organisation == given.organisation == world.shelter


def test_a_table_from_another_source_that_says_the_same_changes_nothing(world: World) -> None:
    series = a_series(world, a_measure(world))
    first = a_reading(world, series, 40)
    provenance, lines = reported(a_source(world)), [ReadingLine(parse("2012"), Decimal(40))]
    by = world.actor()
    assert not actions.note_readings(by=by, series=series, lines=lines, provenance=provenance)
    assert standing(series) == first


def asked_for(world: World, series: Series, times: int) -> int:
    """How many questions a table of so many corrections asks of earlier versions."""
    lines = [ReadingLine(parse(str(2007 + n)), Decimal(5000 + n)) for n in range(times)]
    provenance = reported(a_source(world))
    with CaptureQueriesContext(connection) as asked:
        actions.note_readings(by=world.actor(), series=series, lines=lines, provenance=provenance)
    told = [each["sql"] for each in asked.captured_queries]
    return sum('FROM "measures_reading' in each and each.startswith("SELECT") for each in told)


def test_many_corrections_ask_once_for_the_earlier_versions(world: World) -> None:
    few = counted(world)
    many = counted(world, a_measure(world, "Another"))
    assert asked_for(world, few, 1) == asked_for(world, many, 6)


def test_a_floor_that_hides_nothing_writes_no_number_anew(world: World) -> None:
    series = counted(world)
    a_reading(world, series, 100, "2013", cells=split("age", a=50, b=50))
    with CaptureQueriesContext(connection) as asked:
        actions.set_floor(by=world.actor(), measure=series.measure, floor=20)
    written = [each["sql"] for each in asked.captured_queries if "UPDATE" in each["sql"]]
    assert not any('"measures_reading' in each for each in written)


def left_first(world: World, measure: Measure) -> Series:
    """A source that stands first although it was withdrawn, as withdrawing once left it."""
    series = a_series(world, measure, "Withdrawn")
    actions.withdraw_series(by=world.actor(), series=series, because="Entered twice")
    Series.objects.filter(measure=measure).update(shown_first=False)
    Series.objects.filter(pk=series.pk).update(shown_first=True)
    return series


def test_a_new_source_stands_first_where_only_a_withdrawn_one_did(world: World) -> None:
    measure = a_measure(world)
    left_first(world, measure)
    assert a_series(world, measure, "City count").shown_first
    assert Series.objects.filter(shown_first=True).count() == 1


def test_withdrawn_sources_gave_their_place_to_the_oldest_of_the_others(world: World) -> None:
    measure, alone = a_measure(world), a_measure(world, "Another")
    oldest = a_series(world, measure, "City count")
    later = world.actor(at=NOON + timedelta(days=1))
    actions.open_series(by=later, measure=measure, title="A later count")
    for each in (measure, alone):
        left_first(world, each)
    name = "headway.measures.migrations.0004_withdrawn_series_stand_first_no_more"
    import_module(name).let_the_oldest_stand_first(apps, None)
    assert Series.objects.get(shown_first=True) == oldest
