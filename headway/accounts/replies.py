"""Addresses to which one person can answer by mail: reply+TOKEN@domain, signed.

A token says what it is for and for whom it was made; whoever forges one, or sends another
person's, is told apart. 58 signs of base 32 keep the part before the @ within 64 characters.
"""

import hmac
from base64 import b32decode, b32encode
from binascii import Error
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from headway.accounts.models import Authority

PURPOSES: Final = {"promise": 1}
ID_BYTES, RECIPIENT_BYTES, SIGNATURE_BYTES = 16, 7, 12
SIGNS = 58
PADDING = "=" * 6


@dataclass(frozen=True, slots=True)
class ReplyToken:
    """What a genuine token says: for what, about what, and a digest of whose address."""

    purpose: str
    subject_id: UUID
    recipient_digest: bytes

    def is_for(self, recipient: str) -> bool:
        """Whether the token was made for this address."""
        return hmac.compare_digest(self.recipient_digest, recipient_digest(recipient))


def _keyed(salt: str, value: bytes, length: int) -> bytes:
    return salted_hmac(f"headway.replies.{salt}", value, algorithm="sha256").digest()[:length]


def recipient_digest(recipient: str) -> bytes:
    """What a token holds of an address, whatever its capitals."""
    return _keyed("recipient", recipient.strip().lower().encode(errors="replace"), RECIPIENT_BYTES)


def reply_token(*, purpose: str, subject_id: UUID, recipient: str) -> str:
    """The token by which one recipient answers about one thing.

    Raises:
        ValueError: where no such purpose is known.

    """
    if purpose not in PURPOSES:
        raise ValueError(f"purpose must be one of {sorted(PURPOSES)}, got {purpose!r}")
    said = bytes([PURPOSES[purpose]]) + subject_id.bytes + recipient_digest(recipient)
    whole = said + _keyed("token", said, SIGNATURE_BYTES)
    return b32encode(whole).decode().rstrip("=").lower()


def read_reply_token(token: str) -> ReplyToken | None:
    """What a token says, or None where it is cut short, forged or of another installation."""
    if len(token) != SIGNS or not token.isascii():
        return None
    try:
        whole = b32decode(token.upper() + PADDING)
    except Error:
        return None
    said, signature = whole[:-SIGNATURE_BYTES], whole[-SIGNATURE_BYTES:]
    purpose = next((name for name, code in PURPOSES.items() if code == said[0]), "")
    genuine = hmac.compare_digest(signature, _keyed("token", said, SIGNATURE_BYTES))
    if not genuine or not purpose:
        return None
    end = 1 + ID_BYTES
    return ReplyToken(purpose, UUID(bytes=said[1:end]), said[end:])


def reply_address(token: str) -> str:
    """The address that a token is answered at."""
    return f"reply+{token}@{settings.REPLY_DOMAIN}"


def web_address(authority: Authority, path: str) -> str:
    """A page's whole address for a mail, which is written where no request says the host."""
    base: str = settings.WEB_ADDRESS
    if authority.host_name:
        base = f"{urlsplit(base).scheme}://{authority.host_name}"
    return f"{base}{path}"
