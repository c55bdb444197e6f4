from pathlib import Path

import pytest

from tests.docs import tutorial


def test_the_tutorial_goes_through_every_drawer() -> None:
    touched = {step.path for step in tutorial.steps()}
    drawers = ("models", "permissions", "actions", "queries", "forms", "views", "urls", "templates")
    for drawer in (*drawers, "api"):
        assert any(f"headway/problems/{drawer}" in path for path in touched), drawer


@pytest.mark.slow
def test_the_tutorial_works_as_it_is_written(tmp_path: Path) -> None:
    place = tutorial.copy_of_the_code(tmp_path)
    for step in tutorial.steps():
        tutorial.carry_out(step, place)
    listed = (place / "docs" / "reference" / "addresses.md").read_text(encoding="utf-8")
    assert "`problems:ask_question` | `problems.ask`" in listed
