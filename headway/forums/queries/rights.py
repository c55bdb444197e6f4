"""Which rights are open now, by the phases of a group and the law on open meetings."""

from datetime import datetime
from functools import cache

from django.apps import apps
from django.db import models

from headway.forums.models import Forum, Meeting, Phase
from headway.initiatives.models import Record, StageModel

EVERY_RIGHT: frozenset[str] = frozenset(Phase.Right.values)
# What members of a public body do among themselves only while they meet.
ONLY_WHILE_MEETING: frozenset[str] = frozenset(
    {Phase.Right.DISCUSS, Phase.Right.CHOOSE, Phase.Right.DECIDE}
)
WAYS = 2


def open_rights(forum: Forum | None, now: datetime) -> frozenset[str]:
    """The rights that are open in a group at an instant; outside a group all are.

    Without any phase every right is open. A public body neither discusses nor votes between its
    meetings, whatever its phases say.
    """
    if forum is None:
        return EVERY_RIGHT
    phases = list(Phase.objects.filter(forum=forum).live())
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
    if record.kind == Forum.RECORD_KIND:
        return Forum.objects.select_related("record__initiative").filter(pk=record.pk).first()
    model, way = _way_to_forum(record.kind)
    if model is None:
        return None
    row = model._default_manager.filter(pk=record.pk)
    found = row.values_list(way, flat=True).first()
    return Forum.objects.select_related("record__initiative").filter(pk=found).first()


@cache
def _way_to_forum(kind: str) -> tuple[type[StageModel] | None, str]:
    """The table of a kind and the keys that lead from it to a group, at most two steps away."""
    for model in apps.get_models():
        if getattr(model, "RECORD_KIND", "") == kind and issubclass(model, StageModel):
            way = _keys_to_forum(model, WAYS)
            return (model, way) if way else (None, "")
    return None, ""


def _keys_to_forum(model: type[models.Model], steps: int) -> str:
    keys = {
        field.name: field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.name != "record"
    }
    for name, target in keys.items():
        if target is Forum:
            return name
    for name, target in keys.items():
        further = _keys_to_forum(target, steps - 1) if steps > 1 else ""
        if further and issubclass(target, StageModel):
            return f"{name}__{further}"
    return ""
