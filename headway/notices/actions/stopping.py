"""The address at which one press ends mails: signed, so that it needs no signing in."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core import signing
from django.urls import reverse

from headway.accounts.models import Authority
from headway.accounts.replies import web_address

SALT: Final = "headway.notices.stop"


@dataclass(frozen=True, slots=True)
class Stop:
    """Whose mails about what are to end: a member's, or those to the author of a statement."""

    what: str
    id: UUID


def stop_token(stop: Stop) -> str:
    """The signed part of the address."""
    return signing.dumps([stop.what, str(stop.id)], salt=SALT)


def read_stop_token(token: str) -> Stop | None:
    """What a token ends, or None where it is cut short or forged."""
    try:
        what, of = signing.loads(token, salt=SALT)
        return Stop(str(what), UUID(of))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def stop_address(authority: Authority, stop: Stop) -> str:
    """The whole address, as it stands in a mail and its headers."""
    return web_address(authority, reverse("notices:stop", args=[stop_token(stop)]))
