"""An attacker keeps every table that was ever published, and subtracts the old from the new."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations, product
from random import Random

import pytest

from headway.accounts.models import Event, EventValue
from headway.core.errors import RuleError
from headway.initiatives.provenance import reported
from headway.measures import actions
from headway.measures.actions import CellLine, ReadingLine
from headway.measures.models import Measure, Reading, ReadingCell, Series
from headway_analysis.partial_date import parse
from headway_analysis.small_cells import Sum, hidden_cells
from tests.measures.making import a_measure, a_reading, a_series, a_source, split
from tests.world import World

NAMES = ("a", "b", "c")
SUMS = (Sum("all", NAMES),)
AGAIN = "Counted again"


def published(counts: Mapping[str, int], hidden: frozenset[str]) -> dict[str, int | None]:
    return {key: None if key in hidden else count for key, count in counts.items()}


def could_be(
    tables: Sequence[Mapping[str, int | None]], last: Mapping[str, int], most: int
) -> dict[str, set[int]]:
    """What each hidden cell of the last table could hold, to who believes that nothing changed.

    A cell that an earlier table shows is taken to hold the same still, where the truth agrees.
    """
    known = {
        key: shown
        for table in tables
        for key, shown in table.items()
        if shown is not None and shown == last[key]
    }
    hidden = [key for key, shown in tables[-1].items() if shown is None and key not in known]
    seen: dict[str, set[int]] = {key: set() for key in hidden}
    choices = [range(1, most + 1) if name in seen else (last[name],) for name in NAMES]
    for tried in product(*choices):
        whole = sum(tried)
        if "all" in seen or whole == last["all"]:
            for key, value in zip((*NAMES, "all"), (*tried, whole), strict=True):
                seen.get(key, set()).add(value)
    return seen


def versions(floor: int, *tables: Mapping[str, int]) -> list[dict[str, int | None]]:
    """Each table as it is published, one after the other."""
    told: list[dict[str, int | None]] = []
    held: set[str] = set()
    for counts in tables:
        known = {
            key for table in told for key, shown in table.items() if shown == counts[key] and shown
        }
        hidden = hidden_cells(counts, SUMS, floor, held & set(NAMES), known)
        held |= hidden
        told.append(published(counts, hidden))
    return told


def with_total(values: Sequence[int]) -> dict[str, int]:
    return {**dict(zip(NAMES, values, strict=True)), "all": sum(values)}


def test_no_correction_lets_a_small_group_be_subtracted_from_the_table_before() -> None:
    floor, sizes = 3, (0, 1, 2, 4, 5)
    for first in combinations(sizes, 3):
        for second in product(sizes, repeat=3):
            before, after = with_total(first), with_total(second)
            told = versions(floor, before, after)
            small = {key for key, count in after.items() if 0 < count < floor}
            assert small <= {key for key, shown in told[-1].items() if shown is None}
            seen = could_be(told, after, most=sum(second) + 2)
            assert all(len(seen[key]) > 1 for key in small & set(seen)), (before, after, told)


@pytest.mark.parametrize("seed", range(20))
def test_nor_does_any_number_of_corrections(seed: int) -> None:
    random = Random(seed)
    tables = [with_total([random.choice((0, 1, 2, 4, 5, 7)) for _name in NAMES]) for _once in "123"]
    told = versions(3, *tables)
    seen = could_be(told, tables[-1], most=24)
    small = {key for key, count in tables[-1].items() if 0 < count < 3}
    assert all(len(seen[key]) > 1 for key in small & set(seen)), (tables, told)


def test_a_group_that_was_shown_before_protects_no_other() -> None:
    counts = {"all": 100, "a": 50, "b": 45, "c": 5}
    assert hidden_cells(counts, SUMS, 11) == {"a", "c"}
    assert hidden_cells(counts, SUMS, 11, known={"all", "a"}) == {"b", "c"}
    # Where both others are known, the whole has to go.
    assert hidden_cells(counts, SUMS, 11, known={"a", "b"}) == {"all", "c"}


def shown(reading: Reading) -> dict[str, Decimal | None]:
    cells = ReadingCell.objects.filter(reading=reading).values_list("group", "value")
    return {**dict(cells), "all": Reading.objects.get(pk=reading.pk).value}


def a_people_series(world: World) -> tuple[Measure, Series]:
    measure = a_measure(world)
    return measure, a_series(world, measure)


def test_what_the_first_table_showed_is_not_what_protects_the_second(world: World) -> None:
    _measure, series = a_people_series(world)
    a_reading(world, series, 100, cells=split("age", a=50, b=50, c=0))
    cells = split("age", a=50, b=45, c=5)
    second = a_reading(world, series, 100, cells=cells, because=AGAIN)
    assert shown(second) == {"a": Decimal(50), "b": None, "c": None, "all": Decimal(100)}


def test_a_group_left_out_between_two_versions_stays_hidden(world: World) -> None:
    _measure, series = a_people_series(world)
    a_reading(world, series, 100, cells=split("age", a=4, b=36, c=60))
    a_reading(world, series, 100, cells=split("sex", men=50, women=50), because=AGAIN)
    third = a_reading(world, series, 100, cells=split("age", a=14, b=26, c=60), because=AGAIN)
    assert shown(third) == {"a": None, "b": None, "c": Decimal(60), "all": Decimal(100)}


def test_a_whole_that_went_for_its_groups_does_not_come_back_without_them(world: World) -> None:
    _measure, series = a_people_series(world)
    first = a_reading(world, series, 11, cells=split("sex", men=5, women=6))
    assert shown(first)["all"] is None
    again = a_reading(world, series, 11, cells=(), note="Sheltered only", because=AGAIN)
    assert shown(again) == {"all": None}
    more = a_reading(world, series, 40, cells=(), because=AGAIN)
    assert shown(more) == {"all": Decimal(40)}


def test_a_higher_floor_lets_nothing_come_back_that_was_hidden(world: World) -> None:
    measure, series = a_people_series(world)
    actions.set_floor(by=world.actor(), measure=measure, floor=5, agreement="Published already")
    cells = split("age", b=50, a=3, c=10, d=40)
    reading = a_reading(world, Series.objects.get(pk=series.pk), 103, cells=cells)
    assert {key for key, value in shown(reading).items() if value is None} == {"a", "b"}
    actions.set_floor(by=world.actor(), measure=measure, floor=11)
    assert {key for key, value in shown(reading).items() if value is None} == {"a", "b", "c"}


def hidden_events(record: object) -> int:
    return Event.objects.filter(subject_id=record, verb="values_hidden").count()


def test_a_newly_hidden_value_is_told_without_its_number(world: World) -> None:
    measure, series = a_people_series(world)
    a_reading(world, series, 100, cells=split("age", a=50, b=50, c=0))
    assert hidden_events(series.pk) == 0
    cells = split("age", a=50, b=45, c=5)
    a_reading(world, series, 100, cells=cells, because=AGAIN)
    assert hidden_events(series.pk) == 1
    actions.set_floor(by=world.actor(), measure=measure, floor=60)
    assert hidden_events(measure.pk) == 1
    actions.set_floor(by=world.actor(), measure=measure, floor=70)
    assert hidden_events(measure.pk) == 1
    told = EventValue.objects.filter(event__verb="values_hidden").exclude(field="title")
    assert {value.new for value in told} == {"2012"}


def test_a_correction_keeps_the_groups_that_still_fit(world: World) -> None:
    _measure, series = a_people_series(world)
    groups = split("age", a=4, b=36, c=60)
    a_reading(world, series, 100, cells=groups)
    note = a_reading(world, series, 100, note="Sheltered only", because="A note was missing")
    assert set(shown(note)) == {"a", "b", "c", "all"}
    assert shown(note)["a"] is None
    with pytest.raises(RuleError, match="The groups added up to the number before") as refused:
        a_reading(world, series, 101, because=AGAIN)
    assert refused.value.field == "groups"
    without = a_reading(world, series, 101, cells=(), because=AGAIN)
    assert set(shown(without)) == {"all"}


def test_a_table_of_totals_leaves_the_groups_where_they_are(world: World) -> None:
    _measure, series = a_people_series(world)
    first = a_reading(world, series, 100, cells=split("age", a=14, b=26, c=60))
    provenance = reported(a_source(world))
    total = [ReadingLine(parse("2012"), Decimal(100))]
    by = world.actor()
    noted = actions.note_readings(by=by, series=series, lines=total, provenance=provenance)
    assert noted == 0
    assert Reading.objects.standing().get() == first
    other = [ReadingLine(parse("2012"), Decimal(101))]
    assert actions.note_readings(by=by, series=series, lines=other, provenance=provenance) == 1
    assert not Reading.objects.standing().get().cells.exists()


def test_of_two_lines_for_one_time_the_second_corrects_the_first(world: World) -> None:
    _measure, series = a_people_series(world)
    cells = (CellLine("age", "a", Decimal(60)), CellLine("age", "b", Decimal(40)))
    lines = [
        ReadingLine(parse("2012"), Decimal(100), cells=cells),
        ReadingLine(parse("2012"), Decimal(100), note="Sheltered only", because=AGAIN),
    ]
    assert actions.note_readings(by=world.actor(), series=series, lines=lines) == 2
    standing = Reading.objects.standing().get()
    assert (standing.note, standing.cells.count()) == ("Sheltered only", 2)


def test_the_page_of_a_correction_keeps_groups_or_takes_them_out(world: World) -> None:
    _measure, series = a_people_series(world)
    first = a_reading(world, series, 100, cells=split("age", a=14, b=26, c=60))
    page = world.address("measures:correct", first.pk)
    sent = {"when": "2012", "value": "100", "note": "Sheltered only", "because": "A note"}
    assert world.client("convener").post(page, sent).status_code == 302
    second = Reading.objects.standing().get()
    assert second.cells.count() == 3
    page = world.address("measures:correct", second.pk)
    both = {**sent, "groups": "age: a = 5", "without_groups": "on"}
    assert world.client("convener").post(page, both).status_code == 422
    out = {**sent, "without_groups": "on", "because": "They overlap"}
    assert world.client("convener").post(page, out).status_code == 302
    assert not Reading.objects.standing().get().cells.exists()
