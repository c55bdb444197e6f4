"""Intervals hold the truth as often as they say; `make bench-coverage` looks closer."""

import importlib.util
import sys
from math import sqrt
from pathlib import Path
from types import ModuleType

import pytest

PILOTS = 150
FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"


def benchmark() -> ModuleType:
    """The benchmark as a module; it has the name of a tool, hence another one here."""
    name = "benchmark_of_coverage"
    spec = importlib.util.spec_from_file_location(name, FOLDER / "coverage.py")
    assert spec is not None
    assert spec.loader is not None
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BENCHMARK = benchmark()
CASES = ("40 people", "60 people, adjusted", "30 units, 4 times", "24 times", "40 units, 5 times")


@pytest.mark.parametrize("case", [each for each in BENCHMARK.CASES if each.name in CASES])
def test_intervals_of_a_design_hold_the_truth(case) -> None:
    found = BENCHMARK.covered(case, PILOTS)
    # The bar is 93 to 97 of 100. In 150 pilots a share of .93 or .97 strays by 3.3 standard errors
    # less than once in 1,000: below or beyond, the intervals are wrong and not unlucky.
    low, high = BENCHMARK.BOUNDS
    assert found["covered"] >= low - 3.3 * sqrt(low * (1 - low) / PILOTS)
    assert found["covered"] <= high + 3.3 * sqrt(high * (1 - high) / PILOTS)


def test_the_cases_tested_here_exist_and_every_design_is_among_them() -> None:
    here = [each for each in BENCHMARK.CASES if each.name in CASES]
    assert len(here) == len(CASES)
    assert {each.design for each in here} == {"two-arm", "before-after", "series", "staggered"}
