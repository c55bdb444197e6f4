from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from headway.accounts.models import Authority, User
from headway.notices.actions.telling import count_unread
from headway.notices.models import Notice


@transaction.atomic
def mark_read(*, user: User, notices: Collection[UUID], now: datetime) -> int:
    """Note that somebody has read notices of theirs; others' stay as they are."""
    mine = Notice.objects.for_members_of(user).unread().filter(pk__in=notices)
    changed = mine.update(read_at=now)
    count_unread({user.pk})
    return changed


@transaction.atomic
def mark_all_read(*, user: User, authority: Authority, slug: str, now: datetime) -> int:
    """Note that somebody has read everything, or everything of one initiative."""
    mine = Notice.objects.for_members_of(user).in_authority(authority).unread()
    changed = (mine.filter(initiative__slug=slug) if slug else mine).update(read_at=now)
    count_unread({user.pk})
    return changed
