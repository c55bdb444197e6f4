from datetime import datetime
from typing import NotRequired, TypedDict, Unpack
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


def _one_line(text: str, longest: int = 250) -> str:
    """A header's text: a line end in it would start another header."""
    return " ".join(text.split())[:longest]


class Mail(TypedDict):
    """What `write_mail` and `post_mail` are given."""

    at: datetime
    recipient: str
    subject: str
    text: str
    html: NotRequired[str]
    authority: NotRequired[Authority | None]
    reply_to: NotRequired[str]
    unsubscribe: NotRequired[str]
    due_at: NotRequired[datetime | None]
    confidential: NotRequired[bool]
    kind: NotRequired[str]


def write_mail(
    *,
    at: datetime,
    recipient: str,
    subject: str,
    text: str,
    html: str = "",
    authority: Authority | None = None,
    reply_to: str = "",
    unsubscribe: str = "",
    due_at: datetime | None = None,
    confidential: bool = False,
    kind: str = "",
) -> OutboxMessage:
    """One mail to one address, not stored yet; many are stored by `insert_all` at once.

    The text is emptied as soon as the mail is handed over; a confidential one (a sign-in code)
    also where nobody takes it. `kind` is what the outbox remembers of it for good, `unsubscribe`
    the address at which one press of a button ends such mail.

    Raises:
        RuleError: where the address cannot be one.

    """
    heads = {recipient, reply_to}
    one_line = heads == set(map(_one_line, heads)) and unsubscribe == _one_line(unsubscribe, 500)
    if "@" not in recipient or not one_line:
        raise RuleError(_("Enter one email address, like name@county.example."), "recipient")
    return OutboxMessage(
        authority=authority,
        kind=kind,
        message_id=_message_id(),
        recipient=recipient,
        subject=_one_line(subject),
        text=text,
        html=html,
        reply_to=reply_to,
        unsubscribe=unsubscribe,
        confidential=confidential,
        written_at=at,
        due_at=due_at or at,
    )


@transaction.atomic
def post_mail(**mail: Unpack[Mail]) -> OutboxMessage:
    """Put one mail into the outbox, in the transaction of what caused it; see `write_mail`.

    Raises:
        RuleError: where the address cannot be one.

    """
    message = write_mail(**mail)
    message.save(force_insert=True)
    return message
