"""Signals and outlook: examples worked by hand, real counts, and what always holds."""

from dataclasses import replace
from datetime import date
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway_analysis.trend.outlook import Weights, baseline_outlook, fitted, followed
from headway_analysis.trend.readings import (
    Reading,
    Rhythm,
    day_of,
    in_order,
    rhythm_of,
    step_of,
)
from headway_analysis.trend.xmr import Chart, xmr

# Unsheltered people in Hennepin County, one night in January; nobody counted in 2021 (HUD).
UNSHELTERED = dict(
    zip(
        range(2007, 2024),
        [556, 556, 256, 248, 277, 207, 195, 185, 171, 194, 327, 403, 603, 642, None, 487, 469],
        strict=True,
    )
)


def years(*values: float | None, first: int = 2001) -> list[Reading]:
    return [Reading(first + n, value) for n, value in enumerate(values)]


def rules(chart: Chart) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(each.rule, each.side, each.at) for each in chart.signals]


def test_limits_are_the_mean_and_266_mean_ranges() -> None:
    # Mean 11; ranges 2, 1, 2, 1, 4: mean 2; 2.66 · 2 = 5.32; 3.268 · 2 = 6.536.
    chart = xmr(years(10, 12, 11, 13, 12, 8))
    assert (chart.middle, chart.mean_range, chart.n, chart.ranges) == (11, 2, 6, 5)
    assert (chart.lower, chart.upper) == pytest.approx((5.68, 16.32))
    assert chart.range_limit == pytest.approx(6.536)
    assert (chart.signals, chart.few) == ((), True)


def test_a_gap_is_a_gap_and_never_a_zero() -> None:
    chart = xmr(years(10, 12, None, 13, 12))
    # Ranges 2 and 1 only: none from 12 to 13 across the gap.
    assert (chart.n, chart.ranges, chart.mean_range) == (4, 2, 1.5)
    assert xmr(years(10, 12) + years(13, 12, first=2004)) == chart
    assert xmr(years(10, 12, 0, 13, 12)).middle == 9.4


def test_a_reading_on_the_limit_is_no_signal_and_one_beyond_is() -> None:
    before = years(10, 12, 10, 12, 10, 12)
    limit = 11 + 2.66 * 2
    on = xmr([*before, Reading(2007, limit)], limits_until=2006)
    assert (on.upper, on.signals) == (limit, ())
    beyond = xmr([*before, Reading(2007, limit + 0.01), Reading(2008, 5.6)], limits_until=2006)
    assert rules(beyond) == [
        ("beyond_limits", "above", (2007,)),
        ("beyond_limits", "below", (2008,)),
    ]


def test_eight_in_a_row_on_one_side_are_a_signal_and_seven_are_not() -> None:
    before = years(10, 12, 10, 12, 10, 12)
    after = years(*[11.5] * 8, first=2007)
    # 12 in 2006 lies on the same side: seven more make eight.
    assert rules(xmr([*before, *after[:6]], limits_until=2006)) == []
    found = xmr([*before, *after], limits_until=2006)
    assert rules(found) == [("eight_on_one_side", "above", tuple(range(2006, 2015)))]
    on_the_middle = [replace(each, value=11.0 if each.at == 2010 else each.value) for each in after]
    assert rules(xmr([*before, *on_the_middle], limits_until=2006)) == []
    gap = [replace(each, value=None if each.at == 2010 else each.value) for each in after]
    assert rules(xmr([*before, *gap], limits_until=2006)) == []


def test_three_of_four_near_one_limit_are_a_signal() -> None:
    before = years(10, 12, 10, 12, 10, 12)
    # Nearer to 16.32 than to 11: above 13.66.
    near = xmr([*before, *years(14, 14, 9, 14, first=2007)], limits_until=2006)
    assert rules(near) == [("three_of_four_near_a_limit", "above", (2007, 2008, 2010))]
    not_near = xmr([*before, *years(14, 13.66, 9, 14, first=2007)], limits_until=2006)
    assert rules(not_near) == []
    both = xmr([*before, *years(14, 8, 14, 8, first=2007)], limits_until=2006)
    assert rules(both) == []


def test_too_few_readings_have_no_limits() -> None:
    assert xmr([]).middle is None
    chart = xmr(years(3, 9))
    assert (chart.middle, chart.lower, chart.upper, chart.signals) == (6, None, None, ())


def test_the_real_count_of_one_night_shows_its_signals() -> None:
    chart = xmr(Reading(*each) for each in UNSHELTERED.items())
    assert (chart.n, chart.ranges) == (16, 14)
    assert chart.middle == pytest.approx(sum(filter(None, UNSHELTERED.values())) / 16)
    eight = [each.at for each in chart.signals if each.rule == "eight_on_one_side"]
    assert eight == [tuple(range(2009, 2018))]
    assert Reading(2021, None) in chart.readings


VALUES = st.lists(st.integers(-50, 50).map(float) | st.none(), min_size=0, max_size=25)


@given(VALUES, st.sampled_from([2.0, 0.5]), st.integers(-9, 9), st.randoms(use_true_random=False))
def test_units_and_order_change_no_signal(values, factor: float, shift: int, random) -> None:
    readings = years(*values)
    mixed = random.sample(readings, len(readings))
    moved = [
        replace(each, value=None if each.value is None else factor * each.value + shift)
        for each in readings
    ]
    assert xmr(mixed) == xmr(readings)
    # Sums of other numbers may round otherwise; signals rest on clear differences here.
    found, other = xmr(readings), xmr(moved)
    assert (found.n, found.ranges) == (other.n, other.ranges)
    if found.lower is not None and other.lower is not None:
        assert other.lower == pytest.approx(factor * found.lower + shift, abs=1e-9)


def test_a_step_with_two_readings_is_refused() -> None:
    with pytest.raises(ValueError, match="step 2001 has two readings"):
        in_order([Reading(2001, 1.0), Reading(2001, 2.0)])
    with pytest.raises(ValueError, match="finite"):
        Reading(2001, float("inf"))


@given(
    st.dates(date(1, 1, 1), date(9998, 12, 1)),
    st.sampled_from(["year", "quarter", "month", "week", "day"]),
)
def test_a_day_lies_in_its_step(day: date, rhythm: Rhythm) -> None:
    step = step_of(day, rhythm)
    assert day_of(step, rhythm) <= day < day_of(step + 1, rhythm)
    assert rhythm_of([day]) == "year"


def test_the_rhythm_is_the_widest_that_keeps_days_apart() -> None:
    assert rhythm_of([date(2020, 1, 1), date(2020, 2, 1), date(2021, 1, 1)]) == "month"
    assert rhythm_of([date(2020, 1, 6), date(2020, 1, 13)]) == "week"
    assert rhythm_of([date(2020, 1, 6), date(2020, 1, 7)]) == "day"
    with pytest.raises(ValueError, match="rhythm must be one of"):
        step_of(date(2020, 1, 1), "decade")


def test_a_damped_trend_is_followed_as_worked_by_hand() -> None:
    # Level 10, trend 2, φ .5, α .5, β .25: expects 11 and sees 13, so level 12, trend 1 + .5;
    # expects 12.75 and sees 12.75, so level 12.75, trend .75; a gap: level 13.125, trend .375.
    found = followed(years(13, 12.75, None), Weights(0.5, 0.25, 0.5), 10, 2)
    assert (found.level, found.trend, found.errors) == (13.125, 0.375, (2, 0))


def test_a_course_without_errors_goes_on_as_worked_by_hand() -> None:
    # Changes of 8, 4, 2, 1, .5: what φ = .5 leaves. The next are .25 and .125.
    found = baseline_outlook(years(8, 12, 14, 15, 15.5, 15.75), start=2007, until=2008, damping=0.5)
    assert found is not None
    assert [step.expected for step in found.steps] == pytest.approx([15.875, 15.9375])
    assert found.steps[0].high - found.steps[0].low == pytest.approx(0, abs=1e-6)


def test_the_mean_of_a_level_is_fitted_with_its_own_uncertainty() -> None:
    # With α = 0 and β = 0 the fit is a regression on 1 and φ + … + φ^t.
    values = [10.0, 12.0, 11.0, 13.0, 12.5, 14.0]
    sums = np.cumsum(0.9 ** np.arange(1, 7))
    columns = np.column_stack([np.ones(6), sums])
    solved, squares, *_ = np.linalg.lstsq(columns, np.array(values), rcond=None)
    found = fitted(years(*values), Weights(0, 0, 0.9))
    assert found.squares == pytest.approx(squares[0])
    assert found.course.level == pytest.approx(solved[0] + sums[-1] * solved[1])
    assert found.open[0] == pytest.approx(np.linalg.inv(columns.T @ columns)[0, 0])


def test_only_readings_before_the_start_count() -> None:
    before = years(10, 12, 11, 13, 12, 14)
    later = years(99, 0, first=2007)
    found = baseline_outlook([*later, *before], start=2007, until=2009)
    assert found == baseline_outlook(before, start=2007, until=2009)
    assert found is not None
    assert [step.at for step in found.steps] == [2007, 2008, 2009]
    assert (found.n, found.until, found.few) == (6, 2006, True)


def test_few_readings_give_a_wide_outlook_and_fewer_than_five_none() -> None:
    rng = np.random.default_rng(1)
    many = [Reading(n, float(50 + each)) for n, each in enumerate(rng.normal(0, 1, 30))]
    widths = []
    for n in (5, 8, 30):
        found = baseline_outlook(many[:n], start=n, until=n)
        assert found is not None
        widths.append(found.steps[0].high - found.steps[0].low)
    assert widths[0] > 3 * widths[1]
    assert 3 < widths[2] < 7
    assert baseline_outlook(many[:4], start=30, until=31) is None
    with pytest.raises(ValueError, match="until must be from 5 on, got 4"):
        baseline_outlook(many, start=5, until=4)


def test_a_gap_before_the_start_moves_the_outlook_on() -> None:
    found = baseline_outlook(years(10, 11, None, 13, 14, 15, None), start=2008, until=2008)
    assert found is not None
    assert (found.n, found.until, found.steps[0].at) == (5, 2006, 2008)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.integers(-20, 20).map(float), min_size=6, max_size=12),
    st.sampled_from([-2.0, 10.0]),
)
def test_an_outlook_scales_with_its_unit(values: list[float], factor: float) -> None:
    one = baseline_outlook(years(*values), start=2020, until=2021)
    other = baseline_outlook(years(*(factor * each for each in values)), start=2020, until=2021)
    assert one is not None
    assert other is not None
    for step, scaled in zip(one.steps, other.steps, strict=True):
        ends = sorted([factor * step.low, factor * step.high])
        assert [scaled.low, scaled.high] == pytest.approx(ends, rel=1e-6, abs=1e-6)


def test_outlooks_hold_what_comes_in_most_cases() -> None:
    rng, held, made = np.random.default_rng(20261123), 0, 60
    for _ in range(made):
        values = 50 + np.cumsum(rng.normal(0, 1, 11))
        readings = [Reading(n, float(each)) for n, each in enumerate(values[:10])]
        found = baseline_outlook(readings, start=10, until=10)
        assert found is not None
        held += found.steps[0].low <= values[10] <= found.steps[0].high
    # Were the true share 93 %, four standard errors below would be 80 %.
    assert held / made >= 0.93 - 4 * sqrt(0.93 * 0.07 / made)
