"""Effects of pilots: published results, statsmodels as an oracle, and what always holds."""

from dataclasses import replace
from math import isclose, sqrt
from typing import get_args

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from headway_analysis.experiment.analysis import estimate
from headway_analysis.experiment.newey_west import lags_for
from headway_analysis.experiment.result import Design, Estimate, NotEstimableError
from headway_analysis.experiment.rows import Observation
from headway_analysis.experiment.words import CAVEATS, REFUSALS, sentence
from tests.analysis.pilot_files import COVARIATES, job_training, organ_donors


def codes(found: Estimate) -> list[str]:
    return [each.code for each in found.caveats]


def test_job_training_gives_the_published_difference() -> None:
    found = estimate(job_training(), "two-arm", by_lot=True)
    assert (round(found.estimate, 2), round(found.se, 2)) == (1794.34, 670.82)
    assert (round(found.p, 4), found.n, found.treated) == (0.0075, 445, 185)
    assert [round(end) for end in found.ci] == [480, 3109]
    assert found.caveats == ()


def test_job_training_adjusted_gives_the_published_difference() -> None:
    found = estimate(job_training(*COVARIATES), "two-arm", by_lot=True)
    assert (round(found.estimate, 2), round(found.se, 2)) == (1676.34, 676.73)
    assert (found.method, codes(found)) == ("adjusted_difference", ["adjusted"])


@pytest.mark.parametrize("design", ["before-after", "staggered"])
def test_organ_donors_give_the_published_difference(design: Design) -> None:
    found = estimate(organ_donors(), design)
    assert (round(found.estimate, 5), round(found.se, 4)) == (-0.02246, 0.0067)
    assert (found.method, found.n, found.units) == ("unit_and_time_effects", 162, 27)
    assert {"same_course", "clustered", "few_units", "few_treated_units"} <= set(codes(found))
    # 4 of 26 other states moved as much without any change: the interval alone would hide that.
    assert found.more[0].value == pytest.approx(5 / 27)


def seen(seed: int, size: int = 72, units: int = 12) -> list[Observation]:
    rng = np.random.default_rng(seed)
    unit, time = np.arange(size) % units, np.arange(size) // units
    treated = (unit % 2 == 0) & (time >= 2)
    outcome = rng.normal(5, 2, size) + unit + 3 * treated
    return [
        Observation(f"u{unit[n]}", float(time[n]), bool(treated[n]), float(outcome[n]))
        for n in range(size)
    ]


def test_two_groups_are_what_statsmodels_says() -> None:
    rows = [replace(row, unit=None) for row in seen(1)]
    outcome, treated = (
        np.array([getattr(row, name) for row in rows], dtype=float)
        for name in ("outcome", "treated")
    )
    fit = sm.OLS(outcome, sm.add_constant(treated)).fit(cov_type="HC1", use_t=True)
    found = estimate(rows, "two-arm", by_lot=True)
    ours = [found.estimate, found.se, found.p, *found.ci]
    assert ours == pytest.approx([fit.params[1], fit.bse[1], fit.pvalues[1], *fit.conf_int()[1]])


def test_units_and_times_are_what_statsmodels_says_with_all_dummies() -> None:
    rows = seen(2)
    units = np.array([int((row.unit or "u0")[1:]) for row in rows])
    times = np.array([int(row.time or 0) for row in rows])
    treated = np.array([row.treated for row in rows], dtype=float)
    dummies = [np.equal.outer(units, range(12)), np.equal.outer(times, range(1, times.max() + 1))]
    columns = np.column_stack([treated, *dummies]).astype(float)
    outcome = np.array([row.outcome for row in rows], dtype=float)
    fit = sm.OLS(outcome, columns).fit(cov_type="cluster", cov_kwds={"groups": units}, use_t=True)
    found = estimate(rows, "before-after")
    assert [found.estimate, found.se] == pytest.approx([fit.params[0], fit.bse[0]])
    assert [found.p, *found.ci] == pytest.approx([fit.pvalues[0], *fit.conf_int()[0]])


def test_four_means_are_worked_by_hand() -> None:
    means = {("a", 0): 10.0, ("a", 1): 17.0, ("b", 0): 20.0, ("b", 1): 22.0}
    rows = [
        Observation(f"{group}{n}", time, group == "a" and time == 1, value + (n - 1) * (1 + time))
        for (group, time), value in means.items()
        for n in range(3)
    ]
    found = estimate(rows, "before-after")
    assert found.estimate == pytest.approx((17 - 10) - (22 - 20))
    # With two times unit effects are not counted. Each unit moves by 7 + (-1, 0, 1) with it and
    # by 2 + (-1, 0, 1) without: a sum of squares of 2 in either group of three.
    k = 1 + 1 + 1
    assert found.se == pytest.approx(sqrt((2 / 9 + 2 / 9) * 6 / 5 * 11 / (12 - k)))


def test_a_straight_series_shows_its_step_and_slope() -> None:
    rng = np.random.default_rng(3)
    noise = rng.normal(0, 0.01, 40)
    rows = [
        Observation(None, 2000.0 + n, n >= 20, 5 + 0.5 * n + (n >= 20) * (4 + 0.25 * (n - 20)) + e)
        for n, e in enumerate(noise)
    ]
    found = estimate(rows, "series")
    assert found.estimate == pytest.approx(4, abs=0.03)
    (slope,) = found.more
    assert (slope.name, round(slope.value, 2)) == ("slope_change", 0.25)
    assert (codes(found), lags_for(40)) == (["same_moment", "lags"], 3)


def test_a_series_is_newey_west_brought_to_size() -> None:
    rng = np.random.default_rng(4)
    outcome = rng.normal(0, 1, 300)
    rows = [Observation(None, float(n), n >= 150, float(y)) for n, y in enumerate(outcome)]
    since = np.arange(300) - 150.0
    treated = (since >= 0).astype(float)
    columns = np.column_stack([treated, treated * since, np.ones(300), since])
    fit = sm.OLS(outcome, columns).fit(cov_type="HAC", cov_kwds={"maxlags": 5})
    found = estimate(rows, "series")
    assert found.estimate == pytest.approx(fit.params[0])
    assert 1 < found.se / fit.bse[0] < 1.3


def test_several_rows_of_a_time_count_with_their_mean() -> None:
    rows = [Observation(None, float(n), n >= 10, float((7 * n) % 5)) for n in range(20)]
    twice = [replace(row, outcome=(row.outcome or 0) + move) for row in rows for move in (-1, 1)]
    found, doubled = estimate(rows, "series"), estimate(twice, "series")
    assert (found.estimate, found.ci) == (doubled.estimate, doubled.ci)
    assert "averaged" in codes(doubled)


def test_where_all_start_together_their_own_change_is_told_with_a_warning() -> None:
    rng = np.random.default_rng(5)
    rows = [
        Observation(f"u{unit}", float(time), time == 1, unit + 3.0 * time + float(rng.normal()))
        for unit in range(30)
        for time in range(2)
    ]
    found = estimate(rows, "before-after")
    changes = [
        (after.outcome or 0) - (before.outcome or 0)
        for before, after in zip(rows[::2], rows[1::2], strict=True)
    ]
    assert found.estimate == pytest.approx(np.mean(changes))
    assert (found.method, codes(found)[0]) == ("change_within_units", "no_comparison")
    without = estimate([replace(row, unit=None) for row in rows], "before-after")
    assert (without.method, without.estimate) == (
        "change_over_time",
        pytest.approx(found.estimate),
    )


def test_different_starts_and_ends_are_named() -> None:
    rows = [
        Observation(f"u{unit}", float(time), unit <= time < unit + 3, float(unit * time % 7))
        for unit in range(1, 7)
        for time in range(8)
        if (unit, time) != (6, 0)
    ]
    found = estimate(rows, "staggered")
    assert {"uneven_effects", "ended", "not_every_time"} <= set(codes(found))


def test_rows_with_something_missing_are_dropped_and_counted() -> None:
    rows = job_training("age")
    holes = [
        Observation(treated=True, covariates=(1.0,)),
        Observation(outcome=5.0, covariates=(1.0,)),
        Observation(covariates=(1.0,)),
        Observation(treated=False, outcome=5.0, covariates=(None,)),
    ]
    found, whole = estimate([*holes, *rows], "two-arm"), estimate(rows, "two-arm")
    assert (found.estimate, found.se, found.n) == (whole.estimate, whole.se, 445)
    dropped = found.dropped
    assert (dropped.outcome, dropped.treatment, dropped.covariates, dropped.total) == (2, 1, 1, 4)
    assert sentence(found.caveats[0]).startswith("4 rows were left out")


MAKERS: dict[Design, list[Observation]] = {
    "two-arm": [replace(row, unit=None) for row in seen(6)],
    "before-after": seen(7),
    "staggered": seen(8),
    "series": [Observation(None, float(n), n >= 9, float(n * n % 11)) for n in range(20)],
}


@pytest.mark.parametrize("design", MAKERS)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_the_order_of_rows_changes_nothing(design: Design, data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(MAKERS[design]))
    assert estimate(mixed, design) == estimate(MAKERS[design], design)


@pytest.mark.parametrize("design", MAKERS)
@settings(max_examples=8, deadline=None)
@given(factor=st.sampled_from([-3.0, -1e-4, 0.01, 7.0, 1e6]), shift=st.integers(-100, 100))
def test_another_unit_of_the_outcome_scales_the_effect(
    design: Design, factor: float, shift: int
) -> None:
    rows = MAKERS[design]
    moved = [replace(row, outcome=factor * ((row.outcome or 0) + shift)) for row in rows]
    found, scaled = estimate(rows, design), estimate(moved, design)
    assert isclose(scaled.estimate, factor * found.estimate, rel_tol=1e-6, abs_tol=1e-9)
    assert isclose(scaled.se, abs(factor) * found.se, rel_tol=1e-6)
    assert isclose(scaled.p, found.p, rel_tol=1e-5)
    assert sorted(factor * end for end in found.ci) == pytest.approx(scaled.ci, rel=1e-5)


@pytest.mark.parametrize("design", MAKERS)
@pytest.mark.parametrize("size", [1e-100, 1e100])
def test_outcomes_of_any_size_are_estimated(design: Design, size: float) -> None:
    rows = [replace(row, outcome=size * (row.outcome or 0)) for row in MAKERS[design]]
    found, usual = estimate(rows, design), estimate(MAKERS[design], design)
    assert found.se / size == pytest.approx(usual.se)
    assert found.p == pytest.approx(usual.p)


def test_columns_that_say_the_same_change_nothing() -> None:
    rows = [replace(each, covariates=(float(n % 5),)) for n, each in enumerate(MAKERS["two-arm"])]
    twice = [replace(each, covariates=(*each.covariates, 1.0, *each.covariates)) for each in rows]
    found, other = estimate(rows, "two-arm"), estimate(twice, "two-arm")
    assert (other.estimate, other.se, other.p) == pytest.approx((found.estimate, found.se, found.p))


ONE = Observation("a", 1.0, treated=True, outcome=1.0)
NONE = Observation("a", 0.0, treated=False, outcome=0.5)


@pytest.mark.parametrize(
    ("design", "rows", "code"),
    [
        ("two-arm", [], "too_few_rows"),
        ("two-arm", [ONE, ONE], "one_group"),
        ("two-arm", [ONE, NONE, NONE], "too_few_rows"),
        ("two-arm", [ONE, ONE, NONE, NONE], "one_unit"),
        ("two-arm", [replace(each, unit=None) for each in (ONE, ONE, NONE, NONE)], "no_spread"),
        (
            "two-arm",
            [replace(each, unit=None, covariates=(each.treated,)) for each in MAKERS["two-arm"]],
            "not_told_apart",
        ),
        ("before-after", [replace(each, unit=None) for each in seen(9)], "needs_unit"),
        ("before-after", [replace(each, time=None) for each in seen(9)], "needs_time"),
        (
            "before-after",
            [replace(each, treated=each.unit in {"u1", "u2"}) for each in seen(9)],
            "no_change",
        ),
        ("staggered", [replace(each, time=None) for each in seen(9)], "needs_time"),
        ("staggered", [replace(each, unit=None) for each in seen(9)], "needs_unit"),
        ("series", [replace(each, time=None) for each in MAKERS["series"]], "needs_time"),
        (
            "series",
            [replace(each, time=f"t{each.time}") for each in MAKERS["series"]],
            "numbers_as_time",
        ),
        (
            "series",
            [replace(each, treated=not each.treated) for each in MAKERS["series"]],
            "more_than_one_start",
        ),
        (
            "series",
            [*MAKERS["series"], Observation(None, 19.0, treated=False, outcome=1.0)],
            "same_time_both",
        ),
        ("series", MAKERS["series"][7:], "short_series"),
        (
            "series",
            [replace(each, outcome=2.0 * float(each.time or 0)) for each in MAKERS["series"]],
            "no_spread",
        ),
    ],
)
def test_what_cannot_be_estimated_says_why(
    design: Design, rows: list[Observation], code: str
) -> None:
    with pytest.raises(NotEstimableError) as refused:
        estimate(rows, design)
    assert refused.value.code == code
    assert str(refused.value) == REFUSALS[refused.value.code] % dict(refused.value.numbers)


def test_every_caveat_has_words_and_every_refusal_too() -> None:
    from headway_analysis.experiment.result import CaveatCode, RefusalCode

    assert set(get_args(CaveatCode)) == set(CAVEATS)
    assert set(get_args(RefusalCode)) == set(REFUSALS)


def test_nonsense_is_refused_with_the_value() -> None:
    with pytest.raises(ValueError, match="design must be two-arm"):
        estimate([ONE, NONE], "hope")
    with pytest.raises(ValueError, match="finite"):
        Observation(outcome=float("inf"))
    with pytest.raises(ValueError, match="same number of covariates"):
        estimate([ONE, replace(NONE, covariates=(1.0,))], "two-arm")
