"""Runs every check and every test, cheapest first, and sums up: `make test`.

With CI=true a part that could not run is a failure.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a part."""

    part: Part
    state: str
    detail: str
    seconds: float


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
            _tool("ruff", "format", "--check", "--quiet", "."),
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
    ),
    Part(
        "postgres",
        "tests on PostgreSQL",
        (_pytest("postgres", "--engine", "postgres", *TWO_AT_ONCE, "-m", "not browser"),),
        counted=True,
    ),
    Part(
        "browser",
        "tests in a browser",
        (_pytest("browser", "--engine", "sqlite", *TWO_AT_ONCE, "-m", "browser"),),
        counted=True,
    ),
)


def _run(commands: Sequence[Sequence[str]]) -> int:
    for command in commands:
        code = subprocess.run(command, cwd=PROJECT, check=False).returncode
        if code:
            return code
    return 0


def counts(name: str) -> dict[str, int]:
    """How many tests of a part ran, were skipped and failed, from its report."""
    report = REPORTS / f"{name}.xml"
    if not report.is_file():
        return {"tests": 0, "skipped": 0, "failures": 0, "errors": 0}
    suite = next(ET.parse(report).iter("testsuite"))  # noqa: S314 -- pytest wrote it just now
    return {key: int(suite.get(key, "0")) for key in ("tests", "skipped", "failures", "errors")}


def _counted(part: Part, code: int) -> tuple[str, str]:
    """State and detail of a part of tests; one whose tests were all skipped has not run."""
    found = counts(part.name)
    ran = found["tests"] - found["skipped"]
    detail = f"{ran} ran, {found['skipped']} skipped"
    if code not in {0, NO_TESTS}:
        return FAILED, f"{detail}, {found['failures'] + found['errors']} failed"
    return (RAN, detail) if ran else (LEFT_OUT, "no test ran")


def carry_out(part: Part) -> Outcome:
    """Run one part."""
    print(f"\n── {part.title} " + "─" * (70 - len(part.title)), flush=True)
    (REPORTS / f"{part.name}.xml").unlink(missing_ok=True)
    started = time.monotonic()
    code = _run(part.commands)
    state, detail = (RAN if code == 0 else FAILED), ""
    if part.counted:
        state, detail = _counted(part, code)
    return Outcome(part, state, detail, time.monotonic() - started)


def left_out(part: Part, why: str) -> Outcome:
    """A part that cannot run here."""
    return Outcome(part, LEFT_OUT, why, 0.0)


def sum_up(outcomes: Sequence[Outcome], *, strict: bool) -> int:
    """Print one line for each part; answer the exit code."""
    print("\n── summary " + "─" * 63)
    for outcome in outcomes:
        line = f"{outcome.state:<8}{outcome.part.title:<24}{outcome.seconds:>5.0f} s  "
        print(line + outcome.detail)
    print(f"{'in all':<32}{sum(outcome.seconds for outcome in outcomes):>5.0f} s", flush=True)
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
    outcomes = [
        left_out(part, missing[part.name]) if part.name in missing else carry_out(part)
        for part in parts
    ]
    return sum_up(outcomes, strict=strict)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
