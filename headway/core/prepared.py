"""Queries that every page asks: their SQL is built once in a process, not for every request."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Value = UUID | date | str


class Prepared(Generic[Row]):
    """The rows of a query of which only the values change.

    Django builds the query as it builds any other, but with values that stand nowhere else. Where
    these come out among the parameters, the values of each request are put in. What builds the
    query reads nothing but the values it is given, and none of them may be absent.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._plans: dict[tuple[object, ...], _Plan[Row]] = {}

    def __call__(self, *values: Value) -> list[Row]:
        """The rows for these values.

        Raises:
            ValueError: where a value does not reach the database as it is.

        """
        connection = connections[DEFAULT_DB_ALIAS]
        kinds = (connection.vendor, *map(type, values))
        plan = self._plans.get(kinds)
        if plan is None:
            plan = self._plans[kinds] = self._plan(connection, values)
        return plan.rows(connection, values)

    def _plan(self, connection: BaseDatabaseWrapper, values: tuple[Value, ...]) -> "_Plan[Row]":
        stand_ins = [_stand_in(value, number) for number, value in enumerate(values)]
        queryset = self._build(*stand_ins)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        written = [_written(each, connection) for each in stand_ins]
        lost = [values[place] for place, each in enumerate(written) if each not in parameters]
        if lost:
            raise ValueError(f"{lost!r} would not reach the database as they are: {sql}")
        places = tuple(written.index(each) if each in written else None for each in parameters)
        return _Plan(queryset, compiler, sql, tuple(parameters), places)


@dataclass(frozen=True, slots=True)
class _Plan(Generic[Row]):
    """SQL that was built, and where among its parameters each value stands."""

    queryset: QuerySet[Any, Row]
    compiler: SQLCompiler
    sql: str
    parameters: tuple[object, ...]
    places: tuple[int | None, ...]

    def rows(self, connection: BaseDatabaseWrapper, values: tuple[Value, ...]) -> list[Row]:
        """Ask the database, and read its answer as the queryset would."""
        written = [_written(value, connection) for value in values]
        parameters = tuple(
            constant if place is None else written[place]
            for constant, place in zip(self.parameters, self.places, strict=True)
        )
        compiler: Any = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_kwargs: (self.sql, parameters)
        queryset: Any = self.queryset.all()
        queryset.query.get_compiler = lambda *_args, **_kwargs: compiler
        return list(queryset)


def _stand_in(value: Value, number: int) -> Value:
    """Something of the same kind that stands nowhere else in the query."""
    if isinstance(value, UUID):
        return uuid4()
    return f"value-{uuid4().hex}" if isinstance(value, str) else date(1, 1, 1 + number)


def _written(value: Value, connection: BaseDatabaseWrapper) -> object:
    """A value as Django hands it to the engine."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, str):
        return value
    return connection.ops.adapt_datefield_value(value)
