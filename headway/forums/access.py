"""The gate of pages that belong to a group: its moderators may more there, and nowhere else."""

from collections.abc import Callable, Mapping
from typing import Concatenate, cast
from uuid import UUID

from django.db import models
from django.http import HttpRequest, HttpResponseBase

from headway.accounts.access import Cell, P, View
from headway.forums.models import Comment, ForumModerator, Report
from headway.forums.queries.rights import forum_of
from headway.initiatives import access
from headway.initiatives.access import MemberRequest
from headway.initiatives.models import Record

__all__ = ["MODERATOR", "MemberRequest", "requires"]

MODERATOR: Cell = "moderator@forum"
MODERATE = "forums.moderate"
# Which record an address is about, by the name of its part.
RECORD_BY: dict[str, tuple[type[models.Model], str]] = {
    "comment_id": (Comment, "record"),
    "report_id": (Report, "comment__record"),
}
ITSELF = ("forum_id", "record_id", "meeting_id", "conversation_id", "statement_id")


def requires(
    permission: str,
) -> Callable[[View[MemberRequest, P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Open a view under /i/<slug>/ to those who hold a permission there, or moderate its group."""
    return access.requires(permission, moderator_cells)


def moderator_cells(request: MemberRequest, at: Mapping[str, object]) -> frozenset[Cell]:
    """What somebody may in addition, because they moderate the group of what the address names."""
    if request.membership is None or request.may(MODERATE):
        return frozenset()
    forum = next(filter(None, (_forum_id(request, part, key) for part, key in at.items())), None)
    terms = ForumModerator.objects.filter(member=request.membership, forum=forum)
    held = forum is not None and terms.holding(request.today).exists()
    return frozenset({MODERATOR}) if held else frozenset()


def _forum_id(request: MemberRequest, part: str, key: object) -> UUID | None:
    """The group of what one part of an address names, in this initiative."""
    record_id = key if part in ITSELF else None
    if part in RECORD_BY:
        model, way = RECORD_BY[part]
        record_id = model._default_manager.filter(pk=key).values_list(way, flat=True).first()
    if record_id is None:
        return None
    records = Record.objects.in_initiative(request.initiative).filter(pk=cast("UUID", record_id))
    record = records.first()
    forum = forum_of(record) if record else None
    return forum.pk if forum else None
