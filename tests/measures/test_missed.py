"""A review opens by itself about a target that was missed, once."""

from datetime import date
from decimal import Decimal

import pytest

from headway.initiatives.models import Record
from headway.measures import actions
from headway.measures.actions.missed import open_missed_reviews
from headway.pilots.models import Review
from headway_analysis.partial_date import PartialDate, parse
from tests.measures.making import a_measure, a_reading, a_series, a_source
from tests.world import NOON, TODAY, World

DUE = date(2026, 4, 30)


def aimed(
    world: World, value: float, aim: float, direction: str = "lower", when: str = "2026"
) -> Record:
    """A measure with a value of the year and a target that is due at the end of April."""
    measure = a_measure(world, direction=direction)
    a_reading(world, a_series(world, measure), value, when)
    by, wanted = world.actor(), Decimal(str(aim))
    actions.set_target(by=by, measure=measure, value=wanted, due=PartialDate.on(DUE))
    return measure.record


def opened(day: date) -> int:
    return open_missed_reviews(now=NOON + (day - TODAY))


def test_a_missed_target_opens_a_review_once(world: World) -> None:
    record = aimed(world, 3443, 1500)
    assert opened(DUE) == 0
    assert opened(date(2026, 5, 1)) == 1
    assert opened(date(2026, 5, 2)) == 0
    assert Review.objects.get(about=record).occasion == "missed"


@pytest.mark.parametrize(
    ("value", "aim", "direction", "missed"),
    [
        (1500, 1500, "lower", 0),
        (1499, 1500, "lower", 0),
        (1501, 1500, "lower", 1),
        (1501, 1500, "higher", 0),
        (1499, 1500, "higher", 1),
        (1499, 1500, "neither", 0),
    ],
)
def test_whether_a_target_was_missed_depends_on_which_way_is_better(
    world: World, value: float, aim: float, direction: str, missed: int
) -> None:
    aimed(world, value, aim, direction)
    assert opened(date(2026, 5, 1)) == missed


@pytest.mark.parametrize("why", ["reported", "given up", "no value", "long past"])
def test_no_review_opens_where_nobody_can_say_that_a_target_was_missed(
    world: World, why: str
) -> None:
    record, day = aimed(world, 3443, 1500), date(2026, 5, 1)
    if why == "reported":
        Record.objects.filter(pk=record.pk).update(provenance="reported", source=a_source(world))
    elif why == "given up":
        measure = a_measure(world)
        actions.set_target(by=world.actor(), measure=measure, value=None, because="plan ended")
    elif why == "no value":
        a_reading(world, a_series(world, a_measure(world)), 7, "2026", cells=(), because="Again")
    else:
        day = date(2026, 6, 30)
    assert opened(day) == 0


def counted_on(world: World, day: date, value: float, when: str, because: str = "") -> None:
    """A value that is recorded on some day."""
    actions.add_reading(
        by=world.actor(at=NOON + (day - TODAY)),
        series=a_series(world, a_measure(world)),
        value=Decimal(str(value)),
        when=parse(when),
        because=because,
    )


def test_a_target_is_judged_by_no_value_from_before_its_day(world: World) -> None:
    record = aimed(world, 3443, 1500, when="2025")
    assert opened(date(2026, 5, 1)) == 0
    counted_on(world, date(2026, 5, 20), 1400, "2026-04")
    assert opened(date(2026, 5, 21)) == 0
    counted_on(world, date(2026, 5, 22), 1600, "2026-04", "Counted again")
    assert opened(date(2026, 5, 23)) == 1
    assert Review.objects.get().about == record


@pytest.mark.parametrize(("day", "reviews"), [(date(2026, 9, 30), 1), (date(2026, 10, 1), 0)])
def test_a_value_that_comes_late_opens_a_review_for_thirty_days(
    world: World, day: date, reviews: int
) -> None:
    aimed(world, 3443, 1500, when="2025")
    counted_on(world, date(2026, 8, 31), 1600, "2026-05")
    assert opened(day) == reviews


def test_a_target_that_was_reached_is_not_missed_by_a_later_value(world: World) -> None:
    aimed(world, 3443, 1500, when="2025")
    counted_on(world, date(2026, 5, 20), 1400, "2026-04")
    counted_on(world, date(2026, 9, 1), 1800, "2026-08")
    assert opened(date(2026, 9, 2)) == 0


def test_what_was_due_before_a_measure_stood_here_is_history(world: World) -> None:
    measure, by = a_measure(world), world.actor()
    a_reading(world, a_series(world, measure), 3443, "2017")
    due = PartialDate.on(date(2016, 12, 31))
    actions.set_target(by=by, measure=measure, value=Decimal(1500), due=due)
    assert opened(TODAY) == 0
