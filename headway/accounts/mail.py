"""Mail goes into the outbox with the change that caused it, and from there to its address.

Every message has one Message-ID from the moment it is written. In a folder none appears twice,
whenever the process dies; over SMTP at most the one in flight goes out again, under the same
Message-ID.
"""

import errno
import logging
import os
import re
import smtplib
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from headway.accounts.actions.mail import post_mail
from headway.accounts.models import OutboxMessage
from headway.core.errors import Attempt, without_words

log = logging.getLogger("headway.mail")
LEASE = timedelta(minutes=10)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=6)
MOST_ATTEMPTS = 12
BATCH = 100
# How long the outbox knows to whom a mail went that is sent or finally refused.
KEPT = timedelta(days=30)
EXTENDED_CODE = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


class OutboxBackend(BaseEmailBackend):
    """Writes what Django and its apps send (sign-in codes, for example) into the outbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write one row for each address; a folder gets them as soon as the change is kept."""
        now = timezone.now()
        for message in email_messages:
            for recipient in message.recipients():
                self._post(message, recipient, now)
        if settings.MAIL_DELIVERY == "folder":
            transaction.on_commit(lambda: deliver(now), robust=True)
        return len(email_messages)

    def _post(self, message: EmailMessage, recipient: str, now: datetime) -> None:
        alternatives = getattr(message, "alternatives", ())
        html = next((str(part[0]) for part in alternatives if part[1] == "text/html"), "")
        post_mail(
            at=now,
            recipient=recipient,
            subject=str(message.subject),
            text=str(message.body),
            html=html,
            reply_to=", ".join(message.reply_to),
            confidential=True,
            kind="sign-in",
        )


class Carrier(Protocol):
    """Takes messages to where they go."""

    def carry(self, message: OutboxMessage) -> None:
        """Hand one message over, or raise OSError or SMTPException."""


def _headers(message: OutboxMessage) -> dict[str, str]:
    """What mail programs read; those with a way out offer it as one press of a button."""
    headers = {
        "Message-ID": message.message_id,
        "Date": format_datetime(message.written_at),
        "Auto-Submitted": "auto-generated",
    }
    if message.unsubscribe:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _as_email(message: OutboxMessage, connection: Any = None) -> EmailMessage:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.recipient],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=_headers(message),
        connection=connection,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


class Folder:
    """Keeps each message as one .eml file, named after its Message-ID."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def path_of(self, message: OutboxMessage) -> Path:
        """Where a message lies once it is handed over."""
        name = quote(message.message_id.strip("<>"), safe="@.-_")
        return self.place / f"{name}.eml"

    def carry(self, message: OutboxMessage) -> None:
        """Write the file whole or not at all; one that lies there already is left alone."""
        target = self.path_of(message)
        if target.exists():
            return
        self.place.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(f".{os.getpid()}.part")
        with unfinished.open("wb") as file:
            file.write(_as_email(message).message().as_bytes())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)


class Smtp:
    """Sends over one connection to the mail server."""

    def __init__(self) -> None:
        self.connection = SmtpBackend()

    def carry(self, message: OutboxMessage) -> None:
        """Send one message."""
        _as_email(message, self.connection).send()


def carrier() -> Carrier:
    """How this installation hands mail over."""
    return Folder(Path(settings.MAIL_FOLDER)) if settings.MAIL_DELIVERY == "folder" else Smtp()


def deliver(now: datetime, by: Carrier | None = None) -> int:
    """Hand over what is due; answer how many went out. Safe with several workers at once."""
    by = by or carrier()
    due = list(OutboxMessage.objects.due(now)[:BATCH])
    return sum(_deliver_one(message, now, by) for message in due)


def _claim(message: OutboxMessage, now: datetime) -> bool:
    """Take a message out of the others' sight; a worker that dies gives it back by itself."""
    unclaimed = OutboxMessage.objects.filter(
        pk=message.pk, state=OutboxMessage.State.WAITING, due_at=message.due_at
    )
    return bool(unclaimed.update(due_at=now + LEASE, attempts=F("attempts") + 1))


def _deliver_one(message: OutboxMessage, now: datetime, by: Carrier) -> bool:
    if not _claim(message, now):
        return False
    with Attempt() as attempt:
        by.carry(message)
    if attempt.trouble:
        _note_trouble(message, now, attempt.trouble)
        return False
    _note_sent(message, now)
    return True


def _note_sent(message: OutboxMessage, now: datetime) -> None:
    message.state = OutboxMessage.State.SENT
    message.sent_at, message.trouble = now, ""
    message.text = message.html = ""
    message.save(update_fields=["state", "sent_at", "trouble", "text", "html"])


def _is_final(message: OutboxMessage, trouble: Exception) -> bool:
    """Whether trying again cannot help: the server knows no such address, or we tried enough."""
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        codes = [answer[0] for answer in trouble.recipients.values()]
        return all(code >= 500 for code in codes)
    return message.attempts + 1 >= MOST_ATTEMPTS


def _answers(trouble: Exception) -> list[tuple[int, str]]:
    """What the mail server answered: codes, and words that may name the recipient."""
    if isinstance(trouble, smtplib.SMTPRecipientsRefused):
        return [(code, str(words)) for code, words in trouble.recipients.values()]
    if isinstance(trouble, smtplib.SMTPResponseException):
        return [(trouble.smtp_code, str(trouble.smtp_error))]
    return []


def _trouble_words(trouble: Exception) -> str:
    """What went wrong, in codes only: the words of a mail server name the recipient."""
    codes = [
        " ".join([str(code), *EXTENDED_CODE.findall(words)[:1]])
        for code, words in _answers(trouble)
    ]
    if isinstance(trouble, smtplib.SMTPException):
        return ": ".join([type(trouble).__name__, *codes])
    if isinstance(trouble, OSError):
        return f"{type(trouble).__name__}: {errno.errorcode.get(trouble.errno or 0, 'no number')}"
    return without_words(trouble)


def _note_trouble(message: OutboxMessage, now: datetime, trouble: Exception) -> None:
    words = _trouble_words(trouble)[:250]
    log.warning("mail %s was not handed over: %s", message.message_id, words)
    message.due_at = now + min(LONGEST_WAIT, FIRST_WAIT * 2**message.attempts)
    message.trouble = words
    if _is_final(message, trouble):
        message.state = OutboxMessage.State.REFUSED
        if message.confidential:
            message.text = message.html = ""
    message.save(update_fields=["due_at", "trouble", "state", "text", "html"])


def forget(now: datetime) -> int:
    """Empty what the outbox says about people in mails long over; answer how many there were.

    Message-ID, kind, times and fate stay.
    """
    over = OutboxMessage.objects.over().naming_somebody().filter(written_at__lt=now - KEPT)
    return over.update(recipient="", reply_to="", subject="", text="", html="", unsubscribe="")
