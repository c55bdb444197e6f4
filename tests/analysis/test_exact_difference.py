"""Few yes-or-no outcomes: worked examples, all tables counted, and what always holds."""

from functools import cache
from itertools import product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway_analysis.experiment.analysis import estimate
from headway_analysis.experiment.exact import Table, exact_interval
from headway_analysis.experiment.result import Estimate
from headway_analysis.experiment.rows import Observation

COUNTS = st.tuples(st.integers(0, 8), st.integers(0, 8))


def pilot(yes: int, rows: int, yes_without: int, rows_without: int) -> Estimate:
    with_it = [Observation(treated=True, outcome=float(n < yes)) for n in range(rows)]
    others = [
        Observation(treated=False, outcome=float(n < yes_without)) for n in range(rows_without)
    ]
    return estimate([*with_it, *others], "two-arm", by_lot=True)


def test_the_lady_tasting_tea_has_fishers_probability() -> None:
    found = pilot(3, 4, 1, 4)
    assert found.p == pytest.approx(34 / 70)
    assert (found.estimate, found.method, found.n) == (0.5, "exact_difference", 8)
    assert [each.code for each in found.caveats] == ["exact"]
    assert found.low < 0 < found.high


def test_all_against_none_is_more_than_chance() -> None:
    found = pilot(8, 8, 0, 8)
    assert found.p == pytest.approx(2 / comb(16, 8))
    assert (found.low > 0.5, found.high) == (True, 1.0)


def test_nobody_anywhere_still_tells_how_large_a_difference_can_be() -> None:
    found = pilot(0, 10, 0, 10)
    assert (found.estimate, found.p) == (0, 1)
    # The exact upper limit of one share with 0 of 10 is .31 (Clopper and Pearson).
    assert -found.low == pytest.approx(found.high)
    assert 0.25 < found.high < 0.4


def test_many_rows_with_few_cases_are_told_to_be_an_approximation() -> None:
    found = pilot(6, 200, 1, 200)
    assert (found.method, [each.code for each in found.caveats]) == ("score_difference", ["rare"])
    assert found.low < found.estimate < found.high


def test_many_cases_are_no_exact_matter() -> None:
    assert pilot(30, 60, 20, 60).method == "difference_of_means"


@cache
def all_intervals() -> dict[tuple[int, int], tuple[float, float]]:
    return {
        (yes, others): exact_interval(Table(yes, 7, others, 6))
        for yes, others in product(range(8), range(7))
    }


@pytest.mark.parametrize(("share", "without"), [(0.1, 0.1), (0.7, 0.2), (0.95, 0.4), (0.5, 0.0)])
def test_of_all_tables_at_least_95_of_100_hold_the_truth(share: float, without: float) -> None:
    held = 0.0
    for (yes, others), (low, high) in all_intervals().items():
        chance = comb(7, yes) * share**yes * (1 - share) ** (7 - yes)
        chance *= comb(6, others) * without**others * (1 - without) ** (6 - others)
        held += chance * (low <= share - without <= high)
    assert held >= 0.95


@settings(max_examples=15, deadline=None)
@given(COUNTS, COUNTS)
def test_naming_the_groups_the_other_way_round_turns_the_sign(one, other) -> None:
    table = Table(min(one), max(*one, 1), min(other), max(*other, 1))
    turned = Table(table.yes_without, table.rows_without, table.yes, table.rows)
    low, high = exact_interval(table)
    assert exact_interval(turned) == pytest.approx((-high, -low))
    assert -1 <= low <= table.difference <= high <= 1
