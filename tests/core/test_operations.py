from django.db import models
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from headway.core.operations import CreateModels

KEY = [("id", models.AutoField(primary_key=True))]
HOUSE = CreateModel("House", [*KEY])
ROOM = CreateModel("Room", [*KEY, ("house", models.ForeignKey("test.House", models.CASCADE))])


def test_together_leaves_the_same_state_as_one_by_one() -> None:
    together, one_by_one = ProjectState(), ProjectState()
    CreateModels(models=[HOUSE, ROOM]).state_forwards("test", together)
    for each in (HOUSE, ROOM):
        each.state_forwards("test", one_by_one)

    assert together == one_by_one
    assert together.apps.get_model("test", "Room")._meta.get_field("house").related_model is (
        together.apps.get_model("test", "House")
    )


def test_a_state_that_was_rendered_before_knows_the_new_tables() -> None:
    state = ProjectState()
    assert list(state.apps.get_models()) == []
    CreateModels(models=[HOUSE, ROOM]).state_forwards("test", state)

    assert {model.__name__ for model in state.apps.get_models()} == {"House", "Room"}


def test_it_is_written_into_a_migration_with_its_tables() -> None:
    name, positional, named = CreateModels(models=[HOUSE]).deconstruct()

    assert (name, positional, named) == ("CreateModels", [], {"models": [HOUSE]})
