"""Rows that repeat what another record says.

A model says which of its columns do, by the key to the other: `QUOTES = {"about": ("says_now",)}`.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from headway.exchange.queries.content import stage_models
from headway.initiatives.models import Hold, Record, RecordHold, StageModel

Declared = dict[str, tuple[str, ...]]


def quotes_of(model: type[StageModel]) -> Declared:
    """Which columns of a model repeat another record, by the key to it."""
    declared: Declared = getattr(model, "QUOTES", {})
    return declared


def quoting(record: Record) -> list[tuple[Record, tuple[str, ...]]]:
    """The records that repeat this one, each with the columns that do."""
    found: list[tuple[Record, tuple[str, ...]]] = []
    for model in stage_models().values():
        for key, columns in quotes_of(model).items():
            rows = model._default_manager.filter(**{key: record.pk}, record__expunged_at=None)
            full = rows.select_related("record__initiative__stream")
            found += [(row.record, columns) for row in full]
    return found


def names_of_quote_holds(record: Record) -> list[str]:
    """The names of the holds on what repeats a record: they keep what is repeated as well."""
    keys = [each.pk for each, _columns in quoting(record)]
    return _names(keys)


def _names(records: Collection[UUID]) -> list[str]:
    single = RecordHold.objects.filter(record__in=records).values("hold")
    return list(Hold.objects.active().filter(pk__in=single).values_list("name", flat=True))


def in_quote_hold() -> Q:
    """The condition that a single hold keeps something that repeats the record."""
    found = Q(pk__in=[])
    for model in stage_models().values():
        for key in quotes_of(model):
            rows = model._default_manager.filter(**{key: OuterRef("pk")})
            held = RecordHold.objects.filter(hold__released_at__isnull=True).values("record")
            found |= Q(Exists(rows.filter(pk__in=held)))
    return found
