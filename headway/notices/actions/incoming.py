"""What comes in by mail: each message acts once, as the form that it answers would."""

from datetime import datetime, timedelta
from email.errors import MessageError
from email.parser import BytesHeaderParser
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from headway.accounts.models import Authority, OutboxMessage
from headway.accounts.replies import recipient_digest
from headway.commitments.actions import answer_by_mail
from headway.commitments.formats.reply import Reply, read
from headway.core.text import text_refusal
from headway.notices.models import IncomingMail

Fate = IncomingMail.Fate
LONGEST: Final = 10 * 1024 * 1024
LONGEST_ID: Final = 250
# A person answers some promises at a time; a machine that answers every mail never stops.
MOST_FROM_A_SENDER, WINDOW = 30, timedelta(hours=1)


@transaction.atomic
def take_mail(*, raw: bytes, now: datetime) -> IncomingMail:
    """Carry out what one mail says, and keep its Message-ID in the same transaction.

    The same mail again does nothing: neither twice from the server nor after a sudden end. What
    another machine wrote is left alone, so that two never answer each other for ever.
    """
    reply = _read(raw, now)
    row, fresh = IncomingMail.objects.get_or_create(
        message_id=_name(reply, raw),
        defaults={
            "received_at": now,
            "fate": Fate.UNKNOWN,
            "sender_digest": recipient_digest(reply.sender).hex() if reply.sender else "",
        },
    )
    if fresh:
        fate, record_id, finding = _fate(row, reply, raw, now)
        row.change(fate=fate, record_id=record_id, finding=finding[:250])
    return row


def _read(raw: bytes, now: datetime) -> Reply:
    """The answer in a mail; a day without a year is meant where the authority is."""
    authority = Authority.objects.for_host("")
    zone = ZoneInfo(authority.zone if authority else settings.TIME_ZONE)
    return read(raw[:LONGEST], today=now.astimezone(zone).date(), domain=settings.REPLY_DOMAIN)


def _name(reply: Reply, raw: bytes) -> str:
    """By what a mail is known again; one without a usable Message-ID by its bytes."""
    name = reply.message_id
    if name and len(name) <= LONGEST_ID and text_refusal(name, LONGEST_ID) is None:
        return name
    return f"sha256:{sha256(raw).hexdigest()}"


def _fate(row: IncomingMail, reply: Reply, raw: bytes, now: datetime) -> tuple[str, object, str]:
    if len(raw) > LONGEST:
        return Fate.UNKNOWN, None, "too large"
    if reply.answer == "automatic" or is_ours(raw, row.message_id):
        return Fate.AUTOMATIC, None, ""
    if _too_many(row, now):
        return Fate.REFUSED, None, "too many mails from this sender within an hour"
    answered = answer_by_mail(at=now, reply=reply)
    return answered.fate, answered.record_id, answered.finding


def is_ours(raw: bytes, message_id: str) -> bool:
    """Whether a mail is one that we sent, come back."""
    if OutboxMessage.objects.filter(message_id=message_id).exists():
        return True
    try:
        headers = BytesHeaderParser().parsebytes(raw[:65_536])
    except (MessageError, ValueError, LookupError):
        return False
    said = str(headers.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    return said not in {"", "no"}


def _too_many(row: IncomingMail, now: datetime) -> bool:
    if not row.sender_digest:
        return False
    recent = IncomingMail.objects.filter(
        sender_digest=row.sender_digest, received_at__gt=now - WINDOW
    )
    return recent.count() > MOST_FROM_A_SENDER
