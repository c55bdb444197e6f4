"""What happens to measures and their data points; allowed and refused beside each other."""

from datetime import timedelta
from decimal import Decimal

import pytest

from headway.accounts.models import Event, EventValue
from headway.core.errors import RuleError
from headway.initiatives.models import Link
from headway.initiatives.provenance import HERE, reported
from headway.measures import actions
from headway.measures.actions import CellLine, ReadingLine
from headway.measures.models import Headline, Measure, Reading, ReadingCell, Series
from headway.pilots.actions import prepare_pilot
from headway_analysis.partial_date import parse
from tests.commitments.making import a_promise
from tests.measures.making import (
    HUD,
    NIGHT,
    a_baseline,
    a_measure,
    a_reading,
    a_series,
    a_source,
    counted,
    split,
)
from tests.pilots.making import a_card
from tests.world import NOON, TODAY, World


def test_a_measure_of_the_same_name_is_the_same_measure(world: World) -> None:
    first = a_measure(world, baseline=a_baseline(world), organisations=[world.shelter])
    assert a_measure(world).pk == first.pk
    assert [row.organisation for row in first.owners.all()] == [world.shelter]
    assert Event.objects.about(first.pk).get().verb == "measured"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"unit": " "}, "unit"),
        ({"kind": "both"}, "kind"),
        ({"direction": "up"}, "direction"),
        ({"subject": "clients"}, "subject"),
        ({"every_months": 0}, "every_months"),
        ({"floor": 0}, "floor"),
        ({"floor": 3}, "agreement"),
        ({"title": ""}, "title"),
    ],
)
def test_a_measure_that_lacks_something_is_refused(
    world: World, said: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleError) as refused:
        a_measure(world, **said)
    assert refused.value.field == field
    assert not Measure.objects.exists()


@pytest.mark.parametrize("ahead", ["2999", "December 2999", "2999-01-01"])
def test_a_time_that_lies_ahead_is_no_data_point(world: World, ahead: str) -> None:
    series = a_series(world, a_measure(world))
    for told in (HERE, reported(a_source(world))):
        with pytest.raises(RuleError, match="this one lies ahead") as refused:
            a_reading(world, series, 40, ahead, provenance=told)
        assert refused.value.field == "when"
    assert not Reading.objects.exists()


def test_a_time_that_has_begun_is_a_data_point_to_its_first_day(world: World) -> None:
    series = a_series(world, a_measure(world))
    a_reading(world, series, 40, str(TODAY))
    a_reading(world, series, 41, str(TODAY.year))
    with pytest.raises(RuleError, match="this one lies ahead"):
        a_reading(world, series, 42, str(TODAY + timedelta(days=1)))
    assert Reading.objects.count() == 2


def test_a_small_total_and_small_groups_are_hidden_with_what_would_betray_them(
    world: World,
) -> None:
    series = a_series(world, a_measure(world))
    reading = a_reading(world, series, 40, cells=split("age", young=2, middle=20, old=18))
    shown = {cell.group: cell.value for cell in reading.cells.all()}
    assert shown == {"young": None, "middle": None, "old": Decimal(18)}
    few = a_reading(world, series, 7, "2013")
    few.refresh_from_db()
    assert (few.value, few.gap) == (None, "hidden")


def test_a_zero_is_shown_and_not_counted_is_no_zero(world: World) -> None:
    series = a_series(world, a_measure(world))
    assert a_reading(world, series, 0, "2012").value == 0
    gap = a_reading(world, series, None, "2021", not_counted="Sheltered only that winter")
    assert (gap.value, gap.gap) == (None, "not_counted")
    with pytest.raises(RuleError) as refused:
        a_reading(world, series, None, "2022")
    assert refused.value.field == "value"


def test_things_are_never_hidden(world: World) -> None:
    series = a_series(world, a_measure(world, "Beds", unit="beds", subject="other"))
    reading = a_reading(world, series, 5, cells=split("kind", family=2, single=3))
    assert reading.value == 5
    assert {cell.value for cell in reading.cells.all()} == {2, 3}


def test_shares_are_hidden_by_how_many_people_they_tell_of(world: World) -> None:
    series = a_series(world, a_measure(world, "Returns", unit="percent", subject="share"))
    cells = [
        CellLine("age", "young", Decimal("12.5"), 8),
        CellLine("age", "old", Decimal(30), 50),
        CellLine("age", "other", Decimal(31), 42),
    ]
    reading = a_reading(world, series, 28, people=100, cells=cells)
    assert {cell.group for cell in reading.cells.all() if cell.hidden} == {"young", "old"}
    with pytest.raises(RuleError) as refused:
        a_reading(world, series, 28, "2013", cells=[CellLine("age", "young", Decimal(3))])
    assert refused.value.field == "groups"


def test_another_number_for_the_same_time_is_a_correction_that_says_why(world: World) -> None:
    series = a_series(world, a_measure(world))
    first = a_reading(world, series, 3000, cells=split("age", young=5, middle=2000, old=995))
    assert (
        a_reading(world, series, 3000, cells=split("age", young=5, middle=2000, old=995)).pk
        == first.pk
    )
    with pytest.raises(RuleError) as refused:
        a_reading(world, series, 3100)
    assert refused.value.field == "because"
    second = a_reading(
        world,
        series,
        3100,
        because="Counted again",
        cells=split("age", young=105, middle=2000, old=995),
    )
    assert list(Reading.objects.standing()) == [second]
    # What was hidden stays hidden; of the earlier one no group is shown.
    assert {cell.group for cell in second.cells.all() if cell.hidden} == {"young", "middle"}
    assert not ReadingCell.objects.filter(reading=first, value__isnull=False).exists()


def test_what_was_known_when_is_still_known(world: World) -> None:
    series = a_series(world, a_measure(world))
    a_reading(world, series, 3000)
    later = world.actor(at=NOON + timedelta(days=30))
    actions.add_reading(
        by=later, series=series, value=Decimal(3100), when=parse("2012"), because="Counted again"
    )
    then = Reading.objects.known_at(NOON + timedelta(days=1))
    assert [reading.value for reading in then] == [3000]
    assert [reading.value for reading in Reading.objects.standing()] == [3100]
    assert not Reading.objects.as_of(parse("2011").end).exists()


def test_a_data_point_is_taken_back_with_a_reason_and_may_come_again(world: World) -> None:
    series = a_series(world, a_measure(world))
    reading = a_reading(world, series, 3000)
    with pytest.raises(RuleError):
        actions.withdraw_reading(by=world.actor(), reading=reading, because=" ")
    actions.withdraw_reading(by=world.actor(), reading=reading, because="Wrong year")
    assert not Reading.objects.standing().with_value().exists()
    with pytest.raises(RuleError):
        actions.withdraw_reading(by=world.actor(), reading=reading, because="Again")
    again = a_reading(world, series, 3000, because="It was right")
    assert list(Reading.objects.standing()) == [again]


def test_the_log_names_no_number(world: World) -> None:
    measure = a_measure(world)
    series = a_series(world, measure)
    a_reading(world, series, 4321, cells=split("age", young=7, old=4314))
    a_reading(world, series, 4322, cells=(), because="Counted again")
    told = EventValue.objects.filter(event__subject_id=series.pk)
    said = " ".join(f"{value.old} {value.new}" for value in told)
    assert not {"4321", "4314", "4322", " 7 "} & set(said.split())


def test_a_lower_floor_names_its_agreement_and_shows_more(world: World) -> None:
    measure = a_measure(world)
    reading = a_reading(world, a_series(world, measure), 7)
    with pytest.raises(RuleError) as refused:
        actions.set_floor(by=world.actor(), measure=measure, floor=5)
    assert refused.value.field == "agreement"
    actions.set_floor(by=world.actor(), measure=measure, floor=5, agreement="Agreement of May")
    reading.refresh_from_db()
    assert (reading.value, reading.gap) == (7, "")
    actions.set_floor(by=world.actor(), measure=measure, floor=20)
    reading.refresh_from_db()
    assert (reading.value, reading.gap) == (None, "hidden")


def test_sources_that_differ_stand_side_by_side_and_one_is_shown_first(world: World) -> None:
    measure = a_measure(world)
    hud, city = a_series(world, measure), a_series(world, measure, "City count")
    assert (hud.shown_first, city.shown_first) == (True, False)
    assert a_series(world, measure, HUD).pk == hud.pk
    with pytest.raises(RuleError):
        actions.show_first(by=world.actor(), series=city, because="")
    actions.show_first(by=world.actor(), series=city, because="It counts the streets too")
    assert Series.objects.get(shown_first=True).pk == city.pk


def test_a_source_that_is_withdrawn_stands_first_no_more(world: World) -> None:
    measure = a_measure(world)
    hud, city = a_series(world, measure), a_series(world, measure, "City count")
    page = world.address("measures:withdraw_series", hud.pk)
    sent = {"because": "It counts other people"}
    assert world.client("convener").post(page, sent).status_code == 302
    assert Series.objects.get(shown_first=True) == city
    actions.withdraw_series(by=world.actor(), series=city, because="Nor does this one")
    assert not Series.objects.filter(shown_first=True).exists()
    assert a_series(world, measure, "A third count").shown_first


def test_a_series_is_not_more_open_than_its_measure(world: World) -> None:
    measure = a_measure(world, visibility="members")
    series = a_series(world, measure)
    with pytest.raises(RuleError) as refused:
        actions.share_series(by=world.actor(), series=series, visibility="public")
    assert refused.value.field == "visibility"
    public = a_series(world, a_measure(world, "Another"))
    assert actions.share_series(by=world.actor(), series=public, visibility="members")


def test_targets_are_kept_when_they_change(world: World) -> None:
    measure = a_measure(world)
    by = world.actor()
    actions.set_target(by=by, measure=measure, value=Decimal(0), due=parse("2016"))
    actions.set_target(by=by, measure=measure, value=Decimal(500), due=parse("2020"))
    with pytest.raises(RuleError):
        actions.set_target(by=by, measure=measure, value=None)
    actions.set_target(by=by, measure=measure, value=None, because="The plan ended")
    assert [target.value for target in measure.targets.all()] == [0, 500, None]


def test_a_promise_is_meant_to_move_a_measure(world: World) -> None:
    measure, promise = a_measure(world), a_promise(world)
    link = actions.say_what_moves(by=world.actor(), record=promise.record, measure=measure)
    assert (link.kind, link.target_id) == (Link.Kind.MOVES, measure.pk)


def test_the_card_of_a_pilot_takes_from_its_measure_which_way_is_better(world: World) -> None:
    measure, by = a_measure(world), world.actor()
    pilot = prepare_pilot(by=by, initiative=world.hennepin, title="Stable Families")
    actions.say_what_moves(by=by, record=pilot.record, measure=measure)
    pilot.refresh_from_db()
    assert (pilot.measure, pilot.unit, pilot.better) == (NIGHT, "people", "lower")
    other = a_card(world, "Another pilot", better="higher")
    actions.say_what_moves(by=by, record=other.record, measure=measure)
    other.refresh_from_db()
    assert (other.measure, other.better) == ("Returns to shelter within 12 months", "higher")


def test_what_the_card_of_a_pilot_says_already_stays(world: World) -> None:
    measure, by = a_measure(world), world.actor()
    pilot = a_card(world, measure="", unit="families", better="higher")
    actions.say_what_moves(by=by, record=pilot.record, measure=measure)
    pilot.refresh_from_db()
    assert (pilot.measure, pilot.unit, pilot.better) == (NIGHT, "families", "higher")


def test_the_card_of_a_pilot_names_no_measure_that_its_readers_may_not_see(world: World) -> None:
    measure, by = a_measure(world, visibility="members"), world.actor()
    pilot = a_card(world, measure="", unit="", better="", visibility="public")
    actions.say_what_moves(by=by, record=pilot.record, measure=measure)
    pilot.refresh_from_db()
    assert (pilot.measure, pilot.unit, pilot.better) == ("", "", "")


def test_whoever_may_not_change_a_card_fills_none_of_it_from_a_measure(world: World) -> None:
    page = world.address("measures:add_mover", a_measure(world).pk)
    pilot = a_card(world, measure="", unit="", better="", owner=world.office)
    for role, told in (("partner", ""), ("facilitator", NIGHT)):
        sent = world.client(role).post(page, {"record": str(pilot.pk)})
        assert sent.status_code == 302
        pilot.refresh_from_db()
        assert pilot.measure == told
        assert Link.objects.filter(origin=pilot.record, kind=Link.Kind.MOVES).exists()


def test_an_initiative_has_one_headline_and_keeps_the_earlier_ones(world: World) -> None:
    first, second = a_measure(world), a_measure(world, "Beds")
    for measure in (first, first, second):
        actions.choose_headline(by=world.actor(), measure=measure, because="It says most")
    assert Headline.objects.get(ended_at=None).measure_id == second.pk
    assert Headline.objects.count() == 2


def test_many_data_points_are_one_event(world: World) -> None:
    series = a_series(world, a_measure(world))
    lines = [ReadingLine(parse(str(year)), Decimal(year)) for year in range(1990, 2020)]
    source = reported(a_source(world))
    by = world.actor()
    assert actions.note_readings(by=by, series=series, lines=lines, provenance=source) == 30
    assert actions.note_readings(by=by, series=series, lines=lines, provenance=source) == 0
    assert Event.objects.about(series.pk).filter(verb="readings_brought_in").count() == 1


def test_a_measure_is_revised_with_its_texts_kept(world: World) -> None:
    measure = a_measure(world)
    done = actions.revise_measure(
        by=world.actor(), measure=measure, title=NIGHT, story="The first winter was hard."
    )
    assert done
    with pytest.raises(RuleError) as refused:
        actions.revise_measure(by=world.actor(), measure=measure, title=NIGHT, unit="")
    assert refused.value.field == "unit"


@pytest.mark.parametrize(("before", "after"), [("people", "other"), ("people", "share")])
def test_numbers_of_people_are_not_told_as_something_else(
    world: World, before: str, after: str
) -> None:
    measure, by = a_measure(world, subject=before), world.actor()
    for other in (after, before):
        assert actions.revise_measure(by=by, measure=measure, title=NIGHT, subject=other)
    reading = a_reading(world, a_series(world, measure), 7)
    actions.withdraw_reading(by=by, reading=reading, because="Wrong year")
    page = world.address("measures:edit", measure.pk)
    said = {"title": NIGHT, "unit": "people", "kind": "result", "direction": "lower"}
    answer = world.client("partner").post(page, {**said, "subject": after})
    assert answer.status_code == 422
    assert "There are numbers of people already" in answer.content.decode()
    with pytest.raises(RuleError) as refused:
        actions.revise_measure(by=by, measure=measure, title=NIGHT, subject=after)
    assert refused.value.field == "subject"
    assert not Reading.objects.with_value().exists()


def test_numbers_of_things_may_turn_out_to_be_of_people(world: World) -> None:
    measure = a_measure(world, subject="other")
    reading = a_reading(world, a_series(world, measure), 7)
    actions.revise_measure(by=world.actor(), measure=measure, title=NIGHT, subject="people")
    reading.refresh_from_db()
    assert reading.gap == "hidden"


def test_a_change_for_the_better_depends_on_the_measure(world: World) -> None:
    fewer = counted(world).measure
    assert fewer.better(Decimal(2984), Decimal(2500)) is True
    assert fewer.better(Decimal(2984), Decimal(3443)) is False
    assert fewer.better(Decimal(2984), Decimal(2984)) is None


def _shown(reading: Reading) -> dict[str, Decimal | None]:
    return dict(ReadingCell.objects.filter(reading=reading).values_list("group", "value"))


def test_what_a_correction_keeps_hidden_stays_hidden_when_all_is_worked_out_anew(
    world: World,
) -> None:
    measure = a_measure(world)
    series = a_series(world, measure)
    a_reading(world, series, 40, cells=split("sex", men=38, women=2))
    cells = split("sex", men=38, women=12)
    second = a_reading(world, series, 50, cells=cells, because="Counted again")
    nothing = {"men": None, "women": None}
    assert _shown(second) == nothing
    actions.revise_measure(by=world.actor(), measure=measure, title="Anew", subject="people")
    assert _shown(second) == nothing
    actions.set_floor(by=world.actor(), measure=measure, floor=12)
    assert _shown(second) == nothing
    actions.set_floor(by=world.actor(), measure=measure, floor=2, agreement="Published already")
    assert _shown(second) == {"men": Decimal(38), "women": Decimal(12)}


def test_what_was_hidden_stays_hidden_after_a_value_is_taken_back_or_told_whole(
    world: World,
) -> None:
    series = a_series(world, a_measure(world))
    first = a_reading(world, series, 40, cells=split("sex", men=38, women=2))
    actions.withdraw_reading(by=world.actor(), reading=first, because="Entered too early")
    a_reading(world, series, 41, because="Only the whole is known")
    cells = split("sex", men=38, women=12)
    third = a_reading(world, series, 50, cells=cells, because="Counted again")
    assert _shown(third) == {"men": None, "women": None}
