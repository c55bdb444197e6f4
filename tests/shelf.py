"""Databases that hold a world already, beside the empty one.

A test works in a transaction that is taken back at its end. Where it wants a world, it is given a
connection to a database in which that world was written before; nobody writes it anew.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Shelf:
    """Filled copies of the test database, each made when the first test asks for it."""

    def __init__(self) -> None:
        self._filled: dict[str, BaseDatabaseWrapper] = {}

    @contextmanager
    def connected(self, name: str, fill: Callable[[], object]) -> Iterator[None]:
        """Let `connection` lead to the copy of this name."""
        empty = connections[DEFAULT_DB_ALIAS]
        known = name in self._filled
        if not known:
            self._filled[name] = _copy_of(empty, name)
        connections[DEFAULT_DB_ALIAS] = self._filled[name]
        try:
            if not known:
                fill()
            yield
        finally:
            connections[DEFAULT_DB_ALIAS] = empty

    def clear(self) -> None:
        """Remove every copy."""
        creation = connections[DEFAULT_DB_ALIAS].creation
        for name, filled in self._filled.items():
            filled.close()
            creation.destroy_test_db(suffix=name, verbosity=0)
        self._filled = {}


def _copy_of(empty: BaseDatabaseWrapper, name: str) -> BaseDatabaseWrapper:
    """A connection to a copy of the database, which nobody may use while it is copied."""
    empty.close()
    empty.creation.clone_test_db(suffix=name, verbosity=0)
    copy = connections.create_connection(DEFAULT_DB_ALIAS)
    copy.settings_dict = empty.creation.get_test_db_clone_settings(name)
    return copy
