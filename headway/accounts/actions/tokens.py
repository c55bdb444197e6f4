from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from secrets import token_urlsafe

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, accounts_stream, append_event
from headway.accounts.models import ApiToken, Authority, User
from headway.accounts.models.token import LONGEST_TERM
from headway.core.errors import RuleError

PREFIX = "hw_"  # lets secret scanners know a leaked one
MOST_TOKENS = 20


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token with its secret, which is shown once and never kept."""

    token: ApiToken
    secret: str


def digest(secret: str) -> str:
    """What is kept of a secret of 256 random bits, which needs no salt."""
    return sha256(secret.encode(errors="replace")).hexdigest()


@transaction.atomic
def make_token(
    *,
    by: Actor,
    authority: Authority,
    name: str,
    scopes: Collection[str],
    offered: Collection[str],
    expires_at: datetime,
) -> NewToken:
    """Make a token by which a program acts for the person, within scopes they could use.

    Raises:
        RuleError: for scopes not on offer, a term over a year or too many tokens.

    """
    if by.user is None:
        raise ValueError("make_token needs an actor who is signed in")
    _check_wishes(by, scopes, offered, expires_at)
    User.objects.select_for_update().get(pk=by.user.pk)
    usable = ApiToken.objects.in_authority(authority).filter(user=by.user).usable(by.at)
    if usable.count() >= MOST_TOKENS:
        raise RuleError(_("Revoke a token you no longer use; 20 at a time are enough."))
    secret = PREFIX + token_urlsafe(32)
    token = ApiToken(
        authority=authority,
        user=by.user,
        name=name,
        prefix=secret[:9],
        digest=digest(secret),
        scopes=sorted(scopes),
        made_at=by.at,
        expires_at=expires_at,
    )
    token.save(force_insert=True)
    append_event(
        stream=accounts_stream(authority),
        by=by,
        verb="token_made",
        subject=_subject(token),
        changes={
            "scopes": ("", ", ".join(token.scopes)),
            "expires_at": ("", expires_at.isoformat()),
        },
    )
    return NewToken(token, secret)


def _subject(token: ApiToken) -> Subject:
    return Subject("api_token", token.pk, token.name)


def _check_wishes(
    by: Actor, scopes: Collection[str], offered: Collection[str], expires_at: datetime
) -> None:
    if not scopes:
        raise RuleError(_("Choose at least one thing that the token may do."), "scopes")
    if not set(scopes) <= set(offered):
        raise RuleError(_("Choose only from what you may do yourself."), "scopes")
    if not by.at < expires_at <= by.at + LONGEST_TERM:
        raise RuleError(_("Choose a last day within the next year."), "expires_on")


@transaction.atomic
def revoke_token(*, by: Actor, token: ApiToken) -> ApiToken:
    """End a token now; doing it twice changes nothing."""
    held = ApiToken.objects.select_for_update().get(pk=token.pk)
    if held.revoked_at is None:
        held.change(revoked_at=by.at)
        append_event(
            stream=accounts_stream(held.authority),
            by=by,
            verb="token_revoked",
            subject=_subject(held),
        )
    return held


def note_token_use(*, token: ApiToken, today: date) -> None:
    """Note the day of a token's last use: at most one write a day, and no event."""
    unnoted = Q(last_used_on__isnull=True) | Q(last_used_on__lt=today)
    if token.last_used_on is None or token.last_used_on < today:
        ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_on=today)
