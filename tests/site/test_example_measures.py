import csv
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from headway.diagnosis.queries.evidence import tell
from headway.diagnosis.queries.evidence.rows import View
from headway.measures.models import Headline, Measure, Reading, Series, Target
from headway.pilots.models import Pilot, PilotFinding
from headway_analysis.diagnosis import diagnose
from tests.world import EXAMPLE, World


def rows() -> list[dict[str, str]]:
    with (EXAMPLE / "measures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_figure_of_the_files_is_a_data_point_with_its_source(example: World) -> None:
    readings = Reading.objects.filter(series__measure__record__initiative=example.hennepin)
    counted = readings.with_value()
    wanted = Counter((Decimal(row["value"]), int(row["year"])) for row in rows())
    assert len(rows()) == 318
    told = counted.values_list("value", "happened_to__year")
    assert Counter(told) == wanted
    assert not readings.filter(source__isnull=True).exists()
    assert not readings.filter(source__url="").exists()
    assert not readings.exclude(provenance="reported").exists()


def test_what_was_not_counted_says_why(example: World) -> None:
    gaps = Reading.objects.filter(gap=Reading.Gap.NOT_COUNTED)
    outside = gaps.get(
        series__measure__record__title="People outside on one night", happened_to__year=2021
    )
    assert outside.value is None
    assert "pandemic" in outside.note
    assert gaps.count() == 6


def test_sources_that_differ_stand_side_by_side(example: World) -> None:
    measure = Measure.objects.get(record__title="People outside on one night")
    series = Series.objects.filter(measure=measure)
    assert {each.record.title for each in series} == {
        "HUD point-in-time count",
        "Street count of the city",
        "Estimate when the commission began",
    }
    january = {
        each.series.record.title: each.value
        for each in Reading.objects.filter(series__in=series, happened_to=date(2010, 1, 31))
    }
    assert january == {"HUD point-in-time count": 248, "Street count of the city": 341}
    assert measure.baseline is not None
    assert measure.baseline.value == 400


def test_the_target_of_the_plan_was_not_reached_and_the_measure_says_so(example: World) -> None:
    measure = Headline.objects.get(initiative=example.hennepin).measure
    target = Target.objects.get(measure=measure)
    last = Reading.objects.get(
        series__measure=measure,
        series__shown_first=True,
        happened_to=date(2016, 1, 31),
    )
    assert target.value == 0
    assert target.due_as_said == "2016"
    assert last.value == 3056
    assert "It did not" in measure.story
    figures = {row["value"] for row in rows() if row["measure"] == "pit_overall"}
    assert {"2984", "3056", "3731"} <= figures


@pytest.mark.parametrize(
    ("title", "state", "result", "decision"),
    [
        ("Project Homeless Connect", "decided", "inconclusive", "adapt"),
        ("Stable Families Initiative", "ended", "worked", ""),
        ("Currie Avenue Partnership", "running", "", ""),
        ("Top 51: highest users of single-adult shelter", "running", "", ""),
        ("Hospital to Home and Recuperative Care", "running", "", ""),
    ],
)
def test_a_pilot_stands_as_its_reports_tell(
    example: World, title: str, state: str, result: str, decision: str
) -> None:
    pilot = Pilot.objects.in_initiative(example.hennepin).get(record__title=title)
    assert (pilot.state, pilot.result, pilot.decision) == (state, result, decision)
    assert pilot.solution is not None


def test_published_findings_are_those_of_the_files(example: World) -> None:
    found = PilotFinding.objects.filter(pilot__record__title="Stable Families Initiative")
    assert [each.estimate for each in found.order_by("number")] == [-18, -33, 50, 73 - 19, 29 - 15]
    assert not found.filter(source__isnull=True).exists()


def test_four_dates_read_four_ways(example: World) -> None:
    told = tell(View(example.hennepin, ["public", "members"]))
    days = (date(2007, 6, 30), date(2010, 6, 30), date(2014, 6, 30), date(2016, 12, 31))
    read = []
    for day in days:
        found = {each.condition: each for each in diagnose(told.evidence, day).conditions}
        assert all(each.state != "not_recorded" for each in found.values())
        assert [found[name].state for name in ("understood", "convened", "supported")] == [
            "met"
        ] * 3
        read.append(
            tuple((found[name].state, len(found[name].through)) for name in ("promised", "tested"))
        )
    assert read == [
        (("waiting_on", 0), ("under_way", 0)),
        (("under_way", 0), ("under_way", 0)),
        (("under_way", 6), ("under_way", 1)),
        (("under_way", 8), ("met", 2)),
    ]
    owners = [
        next(
            len(each.through)
            for each in diagnose(told.evidence, day).conditions
            if each.condition == "proposed"
        )
        for day in days
    ]
    assert owners == [4, 6, 12, 14]
