import sys
from pathlib import Path

import pytest

from tests import run
from tests.run import FAILED, LEFT_OUT, RAN, Outcome, Part, sum_up

REPORT = '<testsuites><testsuite tests="{}" skipped="{}" failures="{}" errors="0"/></testsuites>'
PART = Part("browser", "tests in a browser", (("true",),), counted=True)


def write_report(folder: Path, tests: int, skipped: int, failures: int = 0) -> None:
    (folder / "browser.xml").write_text(REPORT.format(tests, skipped, failures))


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(run, "REPORTS", tmp_path)
    return tmp_path


def test_tests_that_ran_count(reports: Path) -> None:
    write_report(reports, 5, 2)

    assert run._counted(PART, 0) == (RAN, "3 ran, 2 skipped")


def test_tests_that_were_all_skipped_have_not_run(reports: Path) -> None:
    write_report(reports, 5, 5)

    assert run._counted(PART, 0)[0] == LEFT_OUT


def test_a_failure_is_a_failure(reports: Path) -> None:
    write_report(reports, 5, 0, 2)

    assert run._counted(PART, 1) == (FAILED, "5 ran, 0 skipped, 2 failed")


def test_a_crash_without_report_is_a_failure(reports: Path) -> None:
    assert run._counted(PART, 139)[0] == FAILED


@pytest.mark.parametrize(("strict", "code"), [(True, 1), (False, 0)])
def test_a_part_that_did_not_run_fails_only_where_nothing_may_be_left_out(
    strict: bool, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = Outcome(PART, LEFT_OUT, "chromium is missing", 0.0)

    assert sum_up([outcome], 0.0, strict=strict) == code
    assert "chromium is missing" in capsys.readouterr().out


def test_an_unknown_part_is_named() -> None:
    with pytest.raises(SystemExit, match="brwoser"):
        run.chosen(["brwoser"])


def test_what_failed_is_named_in_the_summary(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (reports / "browser.xml").write_text(
        '<testsuites><testsuite tests="2" skipped="0" failures="1" errors="0">'
        '<testcase classname="tests.e2e.test_pages" name="test_good"/>'
        '<testcase classname="tests.e2e.test_pages" name="test_bad"><failure/></testcase>'
        "</testsuite></testsuites>"
    )
    outcome = Outcome(PART, FAILED, "", 0.0, run.failures("browser"))

    assert sum_up([outcome], 0.0, strict=False) == 1
    said = capsys.readouterr().out
    assert "tests.e2e.test_pages::test_bad" in said
    assert "test_good" not in said


def test_what_a_quiet_part_says_is_shown_when_it_has_ended(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    says = (sys.executable, "-c", "print('one thing is wrong'); raise SystemExit(1)")

    outcome = run.carry_out(Part("lint", "style", (says,)))

    assert outcome.state == FAILED
    assert "one thing is wrong" in capsys.readouterr().out
