"""Links that let their holder do one thing, once, for a while.

A GET shows what would happen, only a POST does it: scanners of mail follow every link.
"""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from headway.accounts.actions.tokens import digest
from headway.accounts.models import Authority, LinkToken, User
from headway.core.errors import Message, RuleError


class LinkError(RuleError):
    """A link that opens nothing (any more); `status` is what the page answers with."""

    def __init__(self, message: Message, status: int) -> None:
        super().__init__(message)
        self.status = status


def _unknown() -> LinkError:
    return LinkError(
        _("Copy the whole address from the mail: this link is cut short or was never made."), 404
    )


def _used() -> LinkError:
    return LinkError(
        _("This link has done its work; each works once. Ask for a new one to do it again."), 410
    )


def _expired() -> LinkError:
    return LinkError(_("This link has run out. Ask for a new one where you got it."), 410)


@transaction.atomic
def make_link(
    *,
    authority: Authority,
    purpose: str,
    subject_id: UUID,
    at: datetime,
    lasts: timedelta,
    user: User | None = None,
    organisation_id: UUID | None = None,
) -> str:
    """The secret part of a new link's address; only its digest is kept."""
    secret = token_urlsafe(32)
    LinkToken(
        authority=authority,
        purpose=purpose,
        subject_id=subject_id,
        user=user,
        organisation_id=organisation_id,
        digest=digest(secret),
        made_at=at,
        expires_at=at + lasts,
    ).save(force_insert=True)
    return secret


def _checked(link: LinkToken | None, now: datetime) -> LinkToken:
    if link is None:
        raise _unknown()
    if link.used_at is not None:
        raise _used()
    if link.expires_at <= now:
        raise _expired()
    return link


def open_link(secret: str, purpose: str, now: datetime) -> LinkToken:
    """The link behind a secret, to show what it would do; changes nothing.

    Raises:
        LinkError: where it is unknown for this purpose, used or run out.

    """
    found = LinkToken.objects.select_related("authority", "user")
    return _checked(found.of(digest(secret), purpose).first(), now)


@transaction.atomic
def use_link(secret: str, purpose: str, now: datetime) -> LinkToken:
    """Use a link up, in the transaction of what it does; of two at once one is refused.

    Raises:
        LinkError: where it is unknown for this purpose, used or run out.

    """
    rows = LinkToken.objects.select_for_update()
    link = _checked(rows.of(digest(secret), purpose).first(), now)
    link.change(used_at=now)
    return link
