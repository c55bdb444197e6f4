"""What a record says, whatever its stage: told by walking the columns of its row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from headway.initiatives.models import (
    File,
    Initiative,
    Link,
    Record,
    RecordHold,
    RecordState,
    SearchText,
    StageModel,
    Translation,
    Wording,
)

Column = models.Field[Any, Any]
# Rows about a record that stay, emptied of what they say; the database empties those of the index.
KEPT = (File, Link, RecordHold, RecordState, SearchText, Translation, Wording)
DATE = "date_as_said"


@cache
def stage_models() -> dict[str, type[StageModel]]:
    """The table of each kind of record, of every installed app."""
    found = [model for model in apps.get_models() if issubclass(model, StageModel)]
    return {model.RECORD_KIND: model for model in found}


def stage_of(record: Record) -> StageModel | None:
    """The row that says what a record of a stage says, or None for a record alone."""
    model = stage_models().get(record.kind)
    return None if model is None else model._default_manager.filter(pk=record.pk).first()


def own_columns(model: type[StageModel]) -> tuple[Column, ...]:
    """The columns of a stage beside its key."""
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


def is_text(field: Column) -> bool:
    """Whether a column holds free text, not one of a few codes."""
    texts = (models.CharField, models.TextField)
    return isinstance(field, texts) and not field.choices


def text_columns(model: type[StageModel]) -> tuple[Column, ...]:
    """The columns of a stage that hold free text."""
    return tuple(field for field in own_columns(model) if is_text(field))


def details_of(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """The tables whose rows belong to a row of this one and say nothing without it."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel):
            detail = relation.related_model
            if issubclass(detail, models.Model) and not issubclass(detail, (StageModel, *KEPT)):
                yield detail, relation.field.name


def is_needed_elsewhere(row: models.Model, record: Record) -> bool:
    """Whether a detail of a record belongs to another record as well, or to its initiative.

    The agenda of a meeting keeps its lines, a vote its options, and the log of moderation is the
    initiative's own. A key that may be empty says what a row is about, not whose it is.
    """
    owners = (Record, StageModel, Initiative)
    needed = (field for field in row._meta.concrete_fields if not field.null)
    return any(
        isinstance(field.related_model, type)
        and issubclass(field.related_model, owners)
        and getattr(row, field.attname) != record.pk
        and not _is_part(field.related_model, getattr(row, field.attname), record)
        for field in needed
    )


def _is_part(model: type[models.Model], key: Any, record: Record) -> bool:
    """Whether another record is a part of this one, like a statement of its conversation."""
    stage = stage_models().get(record.kind)
    ways = [
        field.name
        for field in model._meta.concrete_fields
        if stage is not None and field.related_model is stage and not field.null
    ]
    return any(model._base_manager.filter(pk=key, **{way: record.pk}).exists() for way in ways)


@dataclass(frozen=True, slots=True)
class DetailText:
    """A column of free text in a table of details, like the reason of a stance."""

    model: type[models.Model]
    key: str
    column: Column

    @property
    def name(self) -> str:
        """What the text goes by among the texts of a record, like `factstance.reason`."""
        return f"{self.model._meta.model_name}.{self.column.name}"

    def rows(self, owner: UUID) -> "models.QuerySet[Any]":
        """The details of one record."""
        return self.model._base_manager.filter(**{self.key: owner})


def _below(
    owner: type[models.Model], before: str = "", seen: frozenset[type[models.Model]] = frozenset()
) -> Iterator[tuple[type[models.Model], str]]:
    """The tables of details below one, and those below them, each with the way up to it."""
    for detail, key in details_of(owner):
        if detail not in seen:
            way = f"{key}__{before}" if before else key
            yield detail, way
            yield from _below(detail, way, seen | {detail})


@cache
def detail_texts(kind: str) -> tuple[DetailText, ...]:
    """The texts that stand in the details of a kind of record, however far below it."""
    owners: list[type[models.Model]] = [Record]
    owners += [stage_models()[kind]] if kind in stage_models() else []
    return tuple(
        DetailText(detail, way, field)
        for owner in owners
        for detail, way in _below(owner)
        for field in detail._meta.concrete_fields
        if is_text(field) and field.name != DATE
    )


def shown_value(stage: StageModel, field: Column) -> str:
    """What a column holds, in words."""
    display = getattr(stage, f"get_{field.name}_display", None)
    value = display() if display else getattr(stage, field.name)
    return "" if value is None else str(value)


def content_of(stage: StageModel) -> dict[str, str]:
    """Every column of a row that holds something, by name."""
    shown = {field.name: shown_value(stage, field) for field in own_columns(type(stage))}
    return {name: value for name, value in shown.items() if value}


def _related(model: type[StageModel]) -> list[str]:
    return [field.name for field in own_columns(model) if field.is_relation]


def contents_of(records: Iterable[Record]) -> dict[UUID, dict[str, str]]:
    """The content of many records, with one question for each kind."""
    by_kind: dict[str, list[UUID]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record.pk)
    found: dict[UUID, dict[str, str]] = {}
    for kind, keys in by_kind.items():
        model = stage_models().get(kind)
        if model is not None:
            rows = model._default_manager.select_related(*_related(model)).filter(pk__in=keys)
            found |= {row.pk: content_of(row) for row in rows}
    return found
