"""How often 95 % intervals hold the true effect: `make bench-coverage`.

For each design and case 1,000 pilots with a known effect are made from a fixed seed and estimated.
Prints one JSON line for each case: the share of intervals that hold the effect, how wide they are,
and how far the estimates are off on average. Exits with 1 where a share lies outside 93 to 97 %;
only few yes-or-no cases may hold more often, since they come in steps.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from headway_analysis.experiment.analysis import estimate
from headway_analysis.experiment.result import Design
from headway_analysis.experiment.rows import Observation

SEED, PILOTS = 20261123, 1_000
BOUNDS = (0.93, 0.97)
Rows = Callable[[np.random.Generator], list[Observation]]


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of pilot.

    Attributes:
        name: what is special about it.
        design: how it is estimated.
        effect: the truth.
        rows: makes the rows of one pilot.
        discrete: whether there are so few cases that intervals hold the truth more often.

    """

    name: str
    design: Design
    effect: float
    rows: Rows
    discrete: bool = False


def two_arm(
    size: int, *, covariate: bool = False, sites: int = 0, uneven: float = 1.0
) -> Callable[[np.random.Generator], list[Observation]]:
    """Half of the people with an effect of 2; more spread among them; perhaps in whole sites."""

    def rows(rng: np.random.Generator) -> list[Observation]:
        at_site = rng.integers(0, sites, size) if sites else np.arange(size)
        treated = at_site % 2 == 0 if sites else rng.permutation(size) < size // 2
        before = rng.normal(0, 1, size)
        outcome = (
            10 + 2 * treated + 1.5 * before + rng.normal(0, 1, size) * (1 + (uneven - 1) * treated)
        )
        outcome += rng.normal(0, 1, sites)[at_site] if sites else 0
        return [
            Observation(
                unit=f"site {at_site[n]}" if sites else None,
                treated=bool(treated[n]),
                outcome=float(outcome[n]),
                covariates=(float(before[n]),) if covariate else (),
            )
            for n in range(size)
        ]

    return rows


def few_cases(size: int, without: float, effect: float) -> Rows:
    """Yes or no, with few yes."""

    def rows(rng: np.random.Generator) -> list[Observation]:
        return [
            Observation(
                treated=n % 2 == 0, outcome=float(rng.random() < without + effect * (n % 2 == 0))
            )
            for n in range(size)
        ]

    return rows


def panel(units: int, times: int, *, staggered: bool, alike: float = 0.5) -> Rows:
    """Half of the units start; errors of one unit are alike from time to time."""

    def rows(rng: np.random.Generator) -> list[Observation]:
        starts = rng.integers(2, times - 1, units) if staggered else np.full(units, times // 2)
        starts = np.where(np.arange(units) % 2 == 0, starts, times)
        level, course = rng.normal(0, 3, units), np.cumsum(rng.normal(0, 1, times))
        errors = neighbors(rng, units, times, alike)
        return [
            Observation(
                f"unit {unit}",
                float(time),
                bool(time >= starts[unit]),
                float(level[unit] + course[time] + 2 * (time >= starts[unit]) + errors[unit, time]),
            )
            for unit in range(units)
            for time in range(times)
        ]

    return rows


def series(times: int, alike: float) -> Rows:
    """A slope, a step of 2 and a change of slope halfway."""

    def rows(rng: np.random.Generator) -> list[Observation]:
        errors, start = neighbors(rng, 1, times, alike)[0], times // 2
        return [
            Observation(
                time=float(time),
                treated=time >= start,
                outcome=float(
                    20 + 0.1 * time + (2 + 0.05 * (time - start)) * (time >= start) + errors[time]
                ),
            )
            for time in range(times)
        ]

    return rows


def neighbors(rng: np.random.Generator, units: int, times: int, alike: float) -> np.ndarray:
    """Errors of spread 1 that are alike from one time to the next."""
    errors = rng.normal(0, 1, (units, times))
    for time in range(1, times):
        errors[:, time] *= np.sqrt(1 - alike**2)
        errors[:, time] += alike * errors[:, time - 1]
    return errors


CASES = (
    Case("40 people", "two-arm", 2, two_arm(40)),
    Case("300 people, twice the spread with it", "two-arm", 2, two_arm(300, uneven=2)),
    Case("60 people, adjusted", "two-arm", 2, two_arm(60, covariate=True)),
    Case("400 people of 40 sites", "two-arm", 2, two_arm(400, sites=40)),
    Case("30 people, one in ten without", "two-arm", 0.3, few_cases(30, 0.1, 0.3), discrete=True),
    Case(
        "200 people, 2 of 100 without", "two-arm", 0.02, few_cases(200, 0.02, 0.02), discrete=True
    ),
    Case("20 units, 2 times", "before-after", 2, panel(20, 2, staggered=False)),
    Case("30 units, 4 times", "before-after", 2, panel(30, 4, staggered=False)),
    Case("30 units, 6 times", "before-after", 2, panel(30, 6, staggered=False)),
    Case("60 units, 12 times", "before-after", 2, panel(60, 12, staggered=False)),
    Case("16 times", "series", 2, series(16, 0.0)),
    Case("24 times", "series", 2, series(24, 0.0)),
    Case("24 times, alike by .3", "series", 2, series(24, 0.3)),
    Case("48 times, alike by .3", "series", 2, series(48, 0.3)),
    Case("96 times, alike by .5", "series", 2, series(96, 0.5)),
    Case("40 units, 5 times", "staggered", 2, panel(40, 5, staggered=True)),
    Case("40 units, 10 times", "staggered", 2, panel(40, 10, staggered=True)),
)


def covered(case: Case, pilots: int) -> dict[str, object]:
    """What the intervals of one case hold."""
    rng = np.random.default_rng([SEED, CASES.index(case)])
    found = [estimate(case.rows(rng), case.design, by_lot=True) for _ in range(pilots)]
    share = sum(each.low <= case.effect <= each.high for each in found) / pilots
    low, high = BOUNDS
    return {
        "design": case.design,
        "case": case.name,
        "pilots": pilots,
        "covered": round(share, 4),
        "width": round(float(np.mean([each.high - each.low for each in found])), 4),
        "bias": round(float(np.mean([each.estimate for each in found])) - case.effect, 4),
        "within": low <= share <= (1.0 if case.discrete else high),
    }


def results(pilots: int, design: str | None) -> Iterator[dict[str, object]]:
    """One result a case."""
    for case in CASES:
        if design in {None, case.design}:
            yield covered(case, pilots)


def main() -> int:
    """Simulate, print, and say by the exit code whether all is well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pilots", type=int, default=PILOTS)
    parser.add_argument("--design")
    options = parser.parse_args()
    good = True
    for result in results(options.pilots, options.design):
        print(json.dumps(result, ensure_ascii=False), flush=True)
        good &= bool(result["within"])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
