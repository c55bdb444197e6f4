"""How migrations make many tables in little time."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """New tables of one app, in the order of their keys.

    Made one by one, each new model renders anew every model that it touches, and through
    `Record` all of ours touch each other; together they are rendered once.
    """

    serialization_expand_args = ["models"]

    def __init__(self, models: list[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models; the next reader of `state.apps` renders them all at once."""
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Remove the tables, the last one first."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name: str, app_label: str) -> bool:
        """Whether one of the tables points to a model."""
        return any(model.references_model(name, app_label) for model in self.models)

    def describe(self) -> str:
        """One line for the log."""
        return "; ".join(str(model.describe()) for model in self.models)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How it is written into a migration."""
        return self.__class__.__name__, [], {"models": self.models}
