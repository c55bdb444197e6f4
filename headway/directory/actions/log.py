"""How the directory's events are written: one a deed, values as people read them."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from headway.accounts.actor import Actor
from headway.accounts.events import Changes, Deed, Subject, append_events, directory_stream
from headway.accounts.models import Authority, Stream
from headway.accounts.models.authority import Visibility
from headway.core.errors import Message, RuleError
from headway.directory.models.base import DirectoryRow

RowT = TypeVar("RowT", bound=DirectoryRow)
# Columns that only repeat others.
SILENT = {"id", "authority", "recorded_at", "name_key", "search_text", "key"}
STRETCHES = ("founded", "dissolved", "starts", "ends", "published")


def lock_directory(authority: Authority) -> Stream:
    """Hold the authority's directory until the transaction ends, so that checks stay true."""
    return Stream.objects.select_for_update().get(pk=directory_stream(authority).pk)


def locked(row: RowT) -> RowT:
    """The row as it is now, locked together with its directory."""
    lock_directory(row.authority)
    manager: Any = type(row)._default_manager
    found: RowT = manager.select_for_update().get(pk=row.pk)
    return found


def locked_live(row: RowT, withdrawn: Message) -> RowT:
    """The locked row, refusing one that was withdrawn.

    Raises:
        RuleError: with the given words.

    """
    found = locked(row)
    if not found.live:
        raise RuleError(withdrawn)
    return found


def deed(row: DirectoryRow, verb: str, changes: Changes | None = None, because: str = "") -> Deed:
    """An event about a row, for `append_events`."""
    kind = row._meta.model_name or ""
    return Deed(verb, Subject(kind, row.pk, str(row)[:250]), changes, because)


def note(
    *,
    by: Actor,
    row: DirectoryRow,
    verb: str,
    changes: Changes | None = None,
    because: str = "",
    visibility: str = Visibility.MEMBERS,
) -> None:
    """Append one event about a row of the directory."""
    append_events(
        stream=directory_stream(row.authority),
        by=by,
        deeds=[deed(row, verb, changes, because)],
        visibility=visibility,
    )


def first_values(row: DirectoryRow) -> dict[str, tuple[object, object]]:
    """Everything that a new row says, as changes from nothing."""
    names = [field.attname for field in row._meta.concrete_fields if field.name not in SILENT]
    return shown(row, {name: ("", getattr(row, name)) for name in names})


def shown(row: DirectoryRow, changes: Changes) -> dict[str, tuple[object, object]]:
    """Changes of columns as people read them: names for keys, one date for three columns."""
    found: dict[str, tuple[object, object]] = {}
    for column, (old, new) in changes.items():
        stretch = _stretch(column)
        repeats = column in SILENT or (stretch and column != f"{stretch}_as_said")
        if not repeats and (old or "") != (new or ""):
            name = stretch or column.removesuffix("_id")
            found[name] = (_named(row, column, old), _named(row, column, new))
    return found


def _stretch(column: str) -> str:
    """Which date a column is a part of, or nothing."""
    return next((name for name in STRETCHES if column.startswith(f"{name}_")), "")


def _named(row: DirectoryRow, column: str, value: object) -> object:
    """A key as the name of what it points to; another value as it is."""
    target = _target(row, column) if isinstance(value, UUID) else None
    found = target._default_manager.filter(pk=value).first() if target else None
    return value if found is None else str(found)


def _target(row: DirectoryRow, column: str) -> type[models.Model] | None:
    try:
        related = row._meta.get_field(column.removesuffix("_id")).related_model
    except FieldDoesNotExist:
        return None
    return related if isinstance(related, type) else None
