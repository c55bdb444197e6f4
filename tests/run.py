"""Runs every check and every test, cheapest first, and sums up: `make test`.

With CI=true a part that could not run is a failure.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tests import system

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
REPORTS = PROJECT / "build" / "tests"
NO_TESTS = 5
TWO_AT_ONCE = ("-n", "2", "--dist", "loadgroup")
RAN, FAILED, LEFT_OUT = "passed", "FAILED", "NOT RUN"


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the summary: commands that must all succeed."""

    name: str
    title: str
    commands: tuple[tuple[str, ...], ...]
    counted: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a part."""

    part: Part
    state: str
    detail: str
    seconds: float
    failed: tuple[str, ...] = ()


def _pytest(name: str, *words: str) -> tuple[str, ...]:
    report = REPORTS / f"{name}.xml"
    return (str(BIN / "pytest"), "-q", "--durations=5", f"--junitxml={report}", *words)


def _tool(name: str, *words: str) -> tuple[str, ...]:
    return (str(BIN / name), *words)


PARTS = (
    Part(
        "lint",
        "style",
        (
            _tool("ruff", "check", "--quiet", "."),
            _tool("ruff", "format", "--check", "."),
        ),
    ),
    Part("contracts", "who may import whom", (_tool("lint-imports"),)),
    Part("types", "types", (_tool("mypy"),)),
    Part("files", "files for the browser", ((sys.executable, "-m", "config.prepare"),)),
    Part(
        "sqlite",
        "tests on SQLite",
        (_pytest("sqlite", "--engine", "sqlite", *TWO_AT_ONCE, "-m", "not browser"),),
        counted=True,
        alone=True,
    ),
    Part(
        "postgres",
        "tests on PostgreSQL",
        (_pytest("postgres", "--engine", "postgres", *TWO_AT_ONCE, "-m", "not browser"),),
        counted=True,
        alone=True,
    ),
    Part(
        "browser",
        "tests in a browser",
        (_pytest("browser", "--engine", "sqlite", *TWO_AT_ONCE, "-m", "browser"),),
        counted=True,
        alone=True,
    ),
)


def _run(commands: Sequence[Sequence[str]], *, aloud: bool) -> tuple[int, str]:
    """The exit code of the commands, and what they said where they were not let speak at once."""
    said = ""
    for command in commands:
        where = None if aloud else subprocess.PIPE
        done = subprocess.run(
            command, cwd=PROJECT, check=False, stdout=where, stderr=subprocess.STDOUT, text=True
        )
        said += done.stdout or ""
        if done.returncode:
            return done.returncode, said
    return 0, said


def counts(name: str) -> dict[str, int]:
    """How many tests of a part ran, were skipped and failed, from its report."""
    report = REPORTS / f"{name}.xml"
    if not report.is_file():
        return {"tests": 0, "skipped": 0, "failures": 0, "errors": 0}
    suite = next(ET.parse(report).iter("testsuite"))  # noqa: S314 -- pytest wrote it just now
    return {key: int(suite.get(key, "0")) for key in ("tests", "skipped", "failures", "errors")}


def failures(name: str) -> tuple[str, ...]:
    """The tests of a part that failed or could not begin, from its report."""
    report = REPORTS / f"{name}.xml"
    if not report.is_file():
        return ()
    cases = ET.parse(report).iter("testcase")  # noqa: S314 -- pytest wrote it just now
    bad = [case for case in cases if {"failure", "error"} & {each.tag for each in case}]
    names = (f"{case.get('classname', '')}::{case.get('name', '')}" for case in bad)
    return tuple(dict.fromkeys(names))


def _counted(part: Part, code: int) -> tuple[str, str]:
    """State and detail of a part of tests; one whose tests were all skipped has not run."""
    found = counts(part.name)
    ran = found["tests"] - found["skipped"]
    detail = f"{ran} ran, {found['skipped']} skipped"
    if code not in {0, NO_TESTS}:
        return FAILED, f"{detail}, {found['failures'] + found['errors']} failed"
    return (RAN, detail) if ran else (LEFT_OUT, "no test ran")


def _heading(part: Part) -> None:
    print(f"\n── {part.title} " + "─" * (70 - len(part.title)), flush=True)


def carry_out(part: Part) -> Outcome:
    """Run one part; one that shares the machine with others speaks when it has ended."""
    if part.alone:
        _heading(part)
    (REPORTS / f"{part.name}.xml").unlink(missing_ok=True)
    started = time.monotonic()
    code, said = _run(part.commands, aloud=part.alone)
    if not part.alone:
        _heading(part)
        print(said, end="", flush=True)
    state, detail = (RAN if code == 0 else FAILED), ""
    if part.counted:
        state, detail = _counted(part, code)
    return Outcome(part, state, detail, time.monotonic() - started, failures(part.name))


def carry_out_all(parts: Sequence[Part]) -> list[Outcome]:
    """Two at a time what needs one core, then one after the other what needs the machine."""
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(carry_out, [part for part in parts if not part.alone]))
    return outcomes + [carry_out(part) for part in parts if part.alone]


def left_out(part: Part, why: str) -> Outcome:
    """A part that cannot run here."""
    return Outcome(part, LEFT_OUT, why, 0.0)


def sum_up(outcomes: Sequence[Outcome], seconds: float, *, strict: bool) -> int:
    """Print what failed by name and one line for each part; answer the exit code."""
    for outcome in outcomes:
        for name in outcome.failed:
            print(f"{FAILED:<8}{outcome.part.name}: {name}")
    print("\n── summary " + "─" * 63)
    for outcome in outcomes:
        line = f"{outcome.state:<8}{outcome.part.title:<24}{outcome.seconds:>5.0f} s  "
        print(line + outcome.detail)
    print(f"{'in all':<32}{seconds:>5.0f} s", flush=True)
    bad = {FAILED, LEFT_OUT} if strict else {FAILED}
    return int(any(outcome.state in bad for outcome in outcomes))


def chosen(names: Sequence[str]) -> list[Part]:
    """The parts of these names; all where none is named.

    Raises:
        SystemExit: for an unknown name.

    """
    known = [part.name for part in PARTS]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SystemExit(f"No such part: {', '.join(unknown)}. There are {', '.join(known)}.")
    return [part for part in PARTS if not names or part.name in names]


def main(names: Sequence[str]) -> int:
    """Run the parts, all of them even where one fails; answer the exit code."""
    parts = chosen(names)
    strict = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    missing = system.provide() if any(part.counted for part in parts) else {}
    REPORTS.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    outcomes = carry_out_all([part for part in parts if part.name not in missing])
    outcomes += [left_out(part, missing[part.name]) for part in parts if part.name in missing]
    return sum_up(outcomes, time.monotonic() - started, strict=strict)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
