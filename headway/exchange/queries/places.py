"""Every place where a text of a record is kept, so that what is blackened is also searched."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from headway.exchange.queries.content import detail_texts, stage_of, text_columns
from headway.exchange.queries.redactable import REASONS, TITLE
from headway.initiatives.models import Record, RecordState, Translation, Wording


@dataclass(frozen=True, slots=True)
class Place:
    """One text: the name it goes by, and the column of the row that holds it."""

    name: str
    row: Any
    column: str

    @property
    def text(self) -> str:
        """What stands there."""
        return str(getattr(self.row, self.column))

    @property
    def longest(self) -> int | None:
        """How many characters fit."""
        length: int | None = self.row._meta.get_field(self.column).max_length
        return length


def _record_places(record: Record) -> Iterator[Place]:
    yield Place(TITLE, record, "title")
    yield Place(REASONS, record, "withdrawn_because")
    for state in RecordState.objects.filter(record=record):
        yield Place(REASONS, state, "because")


def _stage_places(record: Record) -> Iterator[Place]:
    stage = stage_of(record)
    for column in () if stage is None else text_columns(type(stage)):
        yield Place(column.name, stage, column.name)


def _version_places(record: Record) -> Iterator[Place]:
    kept: tuple[type[models.Model], ...] = (Wording, Translation)
    for model in kept:
        rows: Any = model._default_manager.filter(record=record)
        for row in rows:
            yield Place(row.field, row, "text")


def _detail_places(record: Record) -> Iterator[Place]:
    for detail in detail_texts(record.kind):
        for row in detail.rows(record.pk):
            yield Place(detail.name, row, detail.column.name)


def places_of(record: Record, fields: Collection[str]) -> list[Place]:
    """Where these texts of a record stand, in every version and every language."""
    sources = (_record_places, _stage_places, _version_places, _detail_places)
    every = (place for source in sources for place in source(record))
    return [place for place in every if place.name in fields]
