"""Mails to authors of statements of whom only an address is known."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from headway.accounts.actions import write_mail
from headway.accounts.models import OutboxMessage
from headway.accounts.models.authority import Visibility
from headway.accounts.replies import web_address
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Record
from headway.notices.actions.stopping import Stop, stop_address
from headway.notices.queries.audience import ToldByAddress
from headway.notices.queries.words import address_words


def write_to_addresses(
    initiative: Initiative, told: Sequence[ToldByAddress], now: datetime
) -> None:
    """Put one mail into the outbox for each stage that a statement reached."""
    records = Record.objects.in_bulk(
        {each.event.subject_id for each in told} | {each.contact.statement_id for each in told}
    )
    with translation.override(initiative.language):
        OutboxMessage.objects.insert_all(
            _letter(initiative, each, records[each.event.subject_id], records, now) for each in told
        )


def _letter(
    initiative: Initiative,
    told: ToldByAddress,
    record: Record,
    records: dict[object, Record],
    now: datetime,
) -> OutboxMessage:
    statement = records[told.contact.statement_id]
    stop = stop_address(initiative.authority, Stop("contact", told.contact.pk))
    where = _where(initiative, record)
    line = address_words(told.event, record, open_to_all=bool(where))
    return write_mail(
        at=now,
        authority=initiative.authority,
        kind="notice_statement",
        recipient=told.contact.address,
        subject=line,
        text="\n\n".join(
            [
                _("You gave us this statement: “%s”") % statement.title,
                f"{line}\n{where}".strip(),
                _("Hear no more of it: %s") % stop,
                initiative.title,
            ]
        )
        + "\n",
        unsubscribe=stop,
    )


def _where(initiative: Initiative, record: Record) -> str:
    """The page of a record, where anybody may open it."""
    if not initiative.is_public or record.visibility != Visibility.PUBLIC:
        return ""
    return web_address(initiative.authority, kinds.href(record, initiative.slug))
