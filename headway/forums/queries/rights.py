"""Which rights are open now, by the phases of a group and the law on open meetings."""

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import cache, reduce
from operator import or_
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from headway.forums.models import Forum, Meeting, Phase
from headway.initiatives.models import Record, StageModel

EVERY_RIGHT: frozenset[str] = frozenset(Phase.Right.values)
# What members of a public body do among themselves only while they meet.
ONLY_WHILE_MEETING: frozenset[str] = frozenset(
    {Phase.Right.DISCUSS, Phase.Right.STATE, Phase.Right.CHOOSE, Phase.Right.DECIDE}
)
WAYS = 2


def open_rights(forum: Forum | None, now: datetime) -> frozenset[str]:
    """The rights that are open in a group at an instant; outside a group all are.

    Without any phase every right is open. A public body neither discusses, nor adds statements,
    nor votes between its meetings, whatever its phases say.
    """
    if forum is None:
        return EVERY_RIGHT
    return rights_in(list(Phase.objects.filter(forum=forum).live()), forum, now)


def rights_in(phases: Collection[Phase], forum: Forum, now: datetime) -> frozenset[str]:
    """The rights that these phases, all that a group has, leave open at an instant."""
    opened = EVERY_RIGHT
    if phases:
        opened = frozenset(right for each in phases if each.is_open(now) for right in each.rights)
    if forum.meets_in_the_open and not _sits(forum, now):
        opened -= ONLY_WHILE_MEETING
    return opened


def _sits(forum: Forum, now: datetime) -> bool:
    return Meeting.objects.filter(forum=forum).live().running(now).exists()


def may_discuss(record: Record, now: datetime) -> bool:
    """Whether the law and the phases of its group let people talk about a record now."""
    return Phase.Right.DISCUSS in open_rights(forum_of(record), now)


def forum_of(record: Record) -> Forum | None:
    """The group that a record of any stage belongs to, or None."""
    found = forums_of(record.pk, record.kind).select_related("record__initiative")
    # Where a record belongs to two groups, the stricter law counts.
    return min(found, key=lambda forum: not forum.meets_in_the_open, default=None)


def forums_of(record_id: UUID, kind: str) -> QuerySet[Forum]:
    """Every group that a record belongs to; a group belongs to itself."""
    if kind == Forum.RECORD_KIND:
        return Forum.objects.filter(pk=record_id)
    model, ways = _ways_to_forum(kind)
    if model is None or not ways:
        return Forum.objects.none()
    rows = model._default_manager.filter(pk=record_id)
    return Forum.objects.filter(reduce(or_, (Q(pk__in=rows.values(way)) for way in ways)))


@cache
def _ways_to_forum(kind: str) -> tuple[type[StageModel] | None, tuple[str, ...]]:
    """The table of a kind and all the keys that lead from it to a group, at most two steps away."""
    for model in apps.get_models():
        if getattr(model, "RECORD_KIND", "") == kind and issubclass(model, StageModel):
            return model, tuple(_keys_to_forum(model, WAYS))
    return None, ()


def _keys_to_forum(model: type[models.Model], steps: int) -> Iterator[str]:
    keys = {
        field.name: field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.name != "record"
    }
    for name, target in keys.items():
        if target is Forum:
            yield name
        elif steps > 1 and issubclass(target, StageModel):
            yield from (f"{name}__{way}" for way in _keys_to_forum(target, steps - 1))
