"""Which organisations and people are offered for a name."""

import pytest

from headway.directory.queries import similar
from headway.directory.queries.similar import similar_organisations, similar_people
from tests.world import World


@pytest.mark.parametrize("most", [10_000, 3])
def test_similar_names_are_found_among_few_and_among_many(
    world: World, add, monkeypatch: pytest.MonkeyPatch, most: int
):
    monkeypatch.setattr(similar, "MOST_COMPARED", most)
    for number in range(6):
        add(f"Office number {number}")
    add("Simpson Housing", other_names=("The Simpson Shelter",))
    for name in ("Simpson Housng", "the simpson shelter"):
        found = similar_organisations(world.authority, name).found
        assert "Simpson Housing" in [ref.name for ref in found]
    assert similar_organisations(world.authority, "?!").found == ()


def test_points_and_apostrophes_do_not_count(world: World):
    found = similar_organisations(world.authority, "St Stephens").found
    assert found[0].name == "St. Stephen's"
    assert similar_organisations(world.authority, "St Stephens", world.shelter.pk).found == ()


def test_people_are_offered_alike(world: World, somebody):
    somebody("Gail Dorfman")
    assert similar_people(world.authority, "Gail Dorfmann").found[0].name == "Gail Dorfman"
