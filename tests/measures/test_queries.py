"""What programs and later stages read of measures: any date, any instant, and nothing hidden."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.core.errors import RuleError
from headway.initiatives.access import readers_of
from headway.initiatives.reader import Reader
from headway.measures import actions
from headway.measures.models import Measure
from headway.measures.queries.drawing import measure_chart
from headway.measures.queries.home import headline
from headway.measures.queries.points import later, months_between, where_measures_stand
from headway.measures.queries.trend import trend_of
from headway.measures.queries.words import (
    age_words,
    change_mark,
    finding,
    rhythm_words,
    start_words,
)
from headway.problems.models import Baseline
from headway_analysis.partial_date import parse
from tests.measures.making import (
    COUNTED,
    NIGHT,
    a_baseline,
    a_measure,
    a_reading,
    a_series,
    counted,
    split,
)
from tests.site.test_api import ask
from tests.world import NOON, TODAY, World

EVERYBODY = frozenset({"public"})


def reader(world: World) -> Reader:
    """A visitor."""
    cells = frozenset({"visitor@public"})
    return Reader(world.hennepin.slug, TODAY, cells, readers_of(cells))


def values(world: World, **when: object) -> Sequence[Decimal | None]:
    """The last value of each measure as it stood."""
    stood = where_measures_stand(world.hennepin, EVERYBODY, today=TODAY, **when)
    return [each.latest.value if each.latest else None for each in stood]


def test_a_measure_is_told_as_of_any_date(world: World) -> None:
    counted(world)
    assert values(world) == [3443]
    assert values(world, as_of=date(2010, 6, 30)) == [3053]
    assert values(world, as_of=date(2006, 6, 30)) == [None]


def test_a_measure_is_told_as_it_was_known(world: World) -> None:
    series = counted(world)
    later_on = world.actor(at=NOON + timedelta(days=30))
    actions.add_reading(
        by=later_on, series=series, value=Decimal(3500), when=parse("2012"), because="Again"
    )
    assert values(world) == [3500]
    assert values(world, known_at=NOON + timedelta(days=1)) == [3443]
    assert values(world, known_at=NOON - timedelta(days=1)) == []


def test_a_target_is_the_one_that_was_set_last_on_that_day(world: World) -> None:
    measure = a_measure(world)
    for value, year in ((0, "2006"), (1500, "2025")):
        actions.set_target(
            by=world.actor(), measure=measure, value=Decimal(value), when=parse(year)
        )
    (then,) = where_measures_stand(world.hennepin, EVERYBODY, today=TODAY, as_of=date(2010, 6, 30))
    (now,) = where_measures_stand(world.hennepin, EVERYBODY, today=TODAY)
    assert then.aim is not None
    assert now.aim is not None
    assert (then.aim.value, now.aim.value) == (0, 1500)


def test_where_measures_stand_asks_four_questions(world: World) -> None:
    for number in range(5):
        counted(world, a_measure(world, f"Measure {number}"))
    with CaptureQueriesContext(connection) as queries:
        where_measures_stand(world.hennepin, EVERYBODY, today=TODAY)
    assert len(queries) <= 4


def test_the_headline_is_the_chosen_measure_else_the_first_result(world: World) -> None:
    assert headline(world.hennepin, TODAY, reader(world)) is None
    counted(world, a_measure(world, baseline=a_baseline(world)))
    beds = a_measure(world, "Beds", kind="performance")
    found = headline(world.hennepin, TODAY, reader(world))
    assert found is not None
    assert (found.title, found.better) == (NIGHT, False)
    actions.choose_headline(by=world.actor(), measure=beds, because="It is ours")
    with CaptureQueriesContext(connection) as queries:
        found = headline(world.hennepin, TODAY, reader(world))
    assert found is not None
    assert (found.title, found.finding) == ("Beds", "No value yet")
    assert len(queries) <= 5


def test_the_outlook_is_told_where_enough_stands_before_the_start(world: World) -> None:
    measure = a_measure(world)
    series = a_series(world, measure)
    for year in range(1996, 2012):
        value = 3000 + 10 * (year % 3) if year < 2007 else 2000
        a_reading(world, series, value, str(year))
    (stood,) = where_measures_stand(world.hennepin, EVERYBODY, today=TODAY)
    page = world.client().get(world.address("measures:measure", measure.pk)).content.decode()
    assert stood.latest is not None
    assert "If nothing had changed" not in page
    base = actions.revise_measure(
        by=world.actor(), measure=measure, title=NIGHT, baseline=a_baseline(world)
    )
    assert base
    page = world.client().get(world.address("measures:measure", measure.pk)).content.decode()
    assert "If nothing had changed" in page
    assert "counted lie outside that" in page


def test_a_trend_needs_three_values() -> None:
    assert trend_of((), None) is None


def test_ages_and_rhythms_are_said_in_words() -> None:
    assert [rhythm_words(months) for months in (None, 1, 3, 12, 24)] == [
        "",
        "every month",
        "every 3 months",
        "every year",
        "every 2 years",
    ]
    assert (age_words(1), age_words(14), age_words(36)) == (
        "1 month ago",
        "14 months ago",
        "3 years ago",
    )
    assert later(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert months_between(date(2025, 9, 30), date(2026, 11, 23)) == 13


def test_a_program_reads_measures_and_points_and_no_hidden_number(world: World) -> None:
    measure = counted(world).measure
    series = a_series(world, measure)
    a_reading(world, series, 5000, "2013", cells=split("age", young=7, middle=993, old=4000))
    path = f"/initiatives/{world.hennepin.slug}/measures"
    status, said = ask(world, "observer", path, ["measures.view"])
    assert status == 200
    assert [item["title"] for item in said["items"]] == [NIGHT]
    _status, one = ask(world, "observer", f"{path}/{measure.pk}", ["measures.view"])
    assert one["unit"] == "people"
    unknown = f"{path}/{series.pk}/points"
    assert ask(world, "observer", unknown, ["measures.view"])[0] == 404
    _status, told = ask(world, "observer", f"{path}/{measure.pk}/points", ["measures.view"])
    points = told["items"]
    assert len(points) == len(COUNTED) + 1
    groups = {each["group"]: each["value"] for each in points[-1]["groups"]}
    assert groups == {"young": "", "middle": "", "old": "4000"}
    assert Measure.objects.count() == 1


def test_a_value_that_is_hidden_was_given_and_is_not_overdue(world: World) -> None:
    series = a_series(world, a_measure(world))
    a_reading(world, series, 40, "2012")
    a_reading(world, series, 4, "2025")
    (stood,) = where_measures_stand(world.hennepin, EVERYBODY, today=date(2026, 6, 1))
    assert not stood.stale(date(2026, 6, 1))
    assert stood.stale(date(2027, 6, 1))
    assert stood.months_old == 5
    assert stood.latest is not None
    assert stood.latest.value == 40


def test_a_starting_point_in_another_unit_is_refused_and_compared_with_nothing(
    world: World,
) -> None:
    baseline = a_baseline(world)
    with pytest.raises(RuleError, match="That starting point is told in “people”") as refused:
        a_measure(world, "Returns", unit="percent", baseline=baseline)
    assert refused.value.field == "baseline"
    counted(world, a_measure(world, baseline=baseline))
    # The starting point was worded anew since.
    Baseline.objects.filter(pk=baseline.pk).update(unit="households")
    (standing,) = where_measures_stand(world.hennepin, EVERYBODY, today=TODAY)
    assert standing.better is None
    assert finding(standing) == "3,443 people, 2012"
    assert start_words(standing.start) == "2,800 households, 2006"
    assert change_mark(standing).label == "Starting point in another unit"
    chart = measure_chart(standing, None)
    assert chart is not None
    assert "Starting point: 2,800 households, 2006." in str(chart.summary)
