from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.forums.models import Follow
from headway.initiatives.models import Record


@transaction.atomic
def follow(*, by: Actor, record: Record) -> Follow:
    """Hear what happens to a record; twice is the same.

    It is nobody else's business, so the log says nothing of it.

    Raises:
        RuleError: where somebody takes no part in the initiative.

    """
    if by.member_id is None:
        raise RuleError(_("Sign in as a member of this initiative to follow a record."))
    row, _made = Follow.objects.get_or_create(
        record=record, member_id=by.member_id, defaults={"since": by.at}
    )
    return row


@transaction.atomic
def unfollow(*, by: Actor, record: Record) -> None:
    """Hear no more of a record."""
    Follow.objects.filter(record=record, member=by.member_id).delete()


def keep_following(*, by: Actor, record: Record) -> None:
    """Follow what one takes part in."""
    if by.member_id is not None:
        follow(by=by, record=record)
