"""Every page about the problem, by who looks and what they read."""

import pytest

from tests.problems.conftest import Told
from tests.world import World

LISTS = ("home", "framings", "facts", "facets", "vision", "efforts")
READERS = ("convener", "facilitator", "liaison", "partner", "evaluator", "observer", "")


def record_pages(told: Told) -> dict[str, object]:
    """The page of one record of each kind."""
    return {
        "statement": told.problem.pk,
        "group": told.group.pk,
        "baseline": told.baseline.pk,
        "framing": told.housing.pk,
        "facet": told.facet.pk,
        "fact": told.fact.pk,
        "vision_line": told.line.pk,
        "effort": told.effort.pk,
    }


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("name", LISTS)
def test_everybody_reads_the_lists_of_a_public_initiative(
    world: World, told: Told, role: str, name: str
) -> None:
    assert world.client(role).get(world.address(f"problems:{name}")).status_code == 200


@pytest.mark.parametrize("role", ["convener", "partner", ""])
def test_everybody_reads_each_record_of_a_public_initiative(
    world: World, told: Told, role: str
) -> None:
    browser = world.client(role)
    for name, key in record_pages(told).items():
        assert browser.get(world.address(f"problems:{name}", key)).status_code == 200, name


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_problem_teaches_the_first_step(world: World, name: str) -> None:
    shown = world.client("partner").get(world.address(f"problems:{name}")).content.decode()
    assert '<div class="empty">' in shown or "No fact is recorded yet" in shown
