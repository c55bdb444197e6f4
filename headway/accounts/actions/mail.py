from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.core.mail.utils import DNS_NAME
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from headway.accounts.models import Authority, OutboxMessage
from headway.core.errors import RuleError


def _message_id() -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
    return f"<{uuid4()}@{domain or DNS_NAME}>"


def _one_line(text: str) -> str:
    """A header's text: a line end in it would start another header."""
    return " ".join(text.split())[:250]


@transaction.atomic
def post_mail(
    *,
    at: datetime,
    recipient: str,
    subject: str,
    text: str,
    html: str = "",
    authority: Authority | None = None,
    reply_to: str = "",
    due_at: datetime | None = None,
    confidential: bool = False,
    kind: str = "",
) -> OutboxMessage:
    """Put one mail to one address into the outbox, in the transaction of what caused it.

    The text is emptied as soon as the mail is handed over; a confidential one (a sign-in code)
    also where nobody takes it. `kind` is what the outbox remembers of it for good.

    Raises:
        RuleError: where the address cannot be one.

    """
    if "@" not in recipient or {recipient, reply_to} != set(map(_one_line, (recipient, reply_to))):
        raise RuleError(_("Enter one email address, like name@county.example."), "recipient")
    message = OutboxMessage(
        authority=authority,
        kind=kind,
        message_id=_message_id(),
        recipient=recipient,
        subject=_one_line(subject),
        text=text,
        html=html,
        reply_to=reply_to,
        confidential=confidential,
        written_at=at,
        due_at=due_at or at,
    )
    message.save(force_insert=True)
    return message
