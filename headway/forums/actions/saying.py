"""How a participant adds a statement, so that nothing stored leads from the one to the other.

What is said waits sealed under the conversation's key and touches no participant: how often each
may speak is counted by digests under the same key. The worker stores what waits in one shuffled
batch, once several wait or the day is over, and of the time keeps the day.
"""

import hmac
import secrets
from datetime import date, datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count, Min
from django.utils.translation import gettext as _

from headway.accounts.actions import post_mail
from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.core.keys import KeyGoneError, key_bytes
from headway.core.text import LINE, text_refusal
from headway.forums.actions.sealing import Said, seal_said, unseal_said
from headway.forums.actions.statements import (
    LONGEST,
    add_statement,
    checked_text,
    must_be_new,
    must_take_statements,
)
from headway.forums.models import Conversation, SealedStatement, StatementTurn
from headway.initiatives.actions import locked, must_stand

# This many are stored together at once; fewer wait until their day is over.
TOGETHER = 5


@transaction.atomic
def say_something(
    *, by: Actor, conversation: Conversation, resume: str, text: str, address: str = ""
) -> None:
    """Add a statement as a participant; it shows once the worker stores it with others.

    Raises:
        RuleError: where it says nothing, adding is closed, or one has said enough.

    """
    said = Said(checked_text(text), address.strip())
    _check_storable(said)
    current = _held(conversation)
    must_stand(current.record)
    must_take_statements(current, by)
    must_be_new(current, said.text)
    key = _key(current)
    if not resume or key is None:
        raise RuleError(
            _("Your statement cannot be kept now. Tell whoever invited you, and come back later.")
        )
    _take_turn(current, resume, key)
    SealedStatement(
        conversation=current,
        day=current.record.initiative.today(by.at),
        sealed=seal_said(said, key=key, conversation_id=current.pk),
    ).save(force_insert=True)


def _check_storable(said: Said) -> None:
    """Refuse now what no table takes: later nobody is there to mend it."""
    for field, value, longest in (("text", said.text, LONGEST), ("address", said.address, LINE)):
        refusal = text_refusal(value, longest)
        if refusal is not None:
            raise RuleError(refusal, field)
    try:
        validate_email(said.address or "nobody@example.org")
    except ValidationError:
        raise RuleError(_("Enter an address like maria@example.org."), "address") from None


def _held(conversation: Conversation) -> Conversation:
    """The conversation, held against a close until the statement is in."""
    rows = Conversation.objects.select_related("record__initiative", "forum__record")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=conversation.pk)


def _key(conversation: Conversation) -> bytes | None:
    try:
        return key_bytes(conversation.key_id) if conversation.key_id else None
    except KeyGoneError:
        return None


def _take_turn(conversation: Conversation, resume: str, key: bytes) -> None:
    """Use up one of the times that somebody may add a statement; no participant is touched."""
    for number in range(1, conversation.statements_each + 1):
        turn = hmac.new(key, f"turn:{number}:{resume}".encode(), sha256).hexdigest()
        _row, free = StatementTurn.objects.get_or_create(conversation=conversation, digest=turn)
        if free:
            return
    raise RuleError(
        _("Each may add %(most)s statements here, and you have. Go on voting.")
        % {"most": conversation.statements_each},
        "text",
    )


def store_statements(*, now: datetime) -> int:
    """Store what waits wherever enough waits or its day is over; answers how many there were."""
    waiting = SealedStatement.objects.values("conversation").order_by("conversation")
    stored = 0
    for row in waiting.annotate(many=Count("pk"), oldest=Min("day")):
        rows = Conversation.objects.select_related("record__initiative")
        conversation = rows.get(pk=row["conversation"])
        today = conversation.record.initiative.today(now)
        if row["many"] >= TOGETHER or row["oldest"] < today:
            stored += store_batch(conversation=conversation)
    return stored


@transaction.atomic
def store_batch(*, conversation: Conversation) -> int:
    """Store everything that waits in one conversation, in an order that says nothing.

    Where the key is gone nothing can be read; what waits goes when the conversation forgets.
    """
    record = locked(conversation.record)
    rows = Conversation.objects.select_related("forum__record").select_for_update(of=("self",))
    current = rows.get(pk=conversation.pk)
    current.record = record
    key = _key(current)
    if key is None:
        return 0
    waiting = list(SealedStatement.objects.filter(conversation=current))
    said = [
        unseal_said(bytes(each.sealed), key=key, conversation_id=current.pk) for each in waiting
    ]
    # A shuffle that nobody can foresee or repeat.
    secrets.SystemRandom().shuffle(said)
    SealedStatement.objects.filter(pk__in=[each.pk for each in waiting]).delete()
    if record.withdrawn or not said:
        return 0
    nobody = Actor(kind="participant", at=_day_begins(current, max(row.day for row in waiting)))
    return sum(_stored(nobody, current, each) for each in said)


def _day_begins(conversation: Conversation, day: date) -> datetime:
    """The only time that is kept of a statement: the day, where the initiative is."""
    return datetime.combine(day, time.min, ZoneInfo(conversation.record.initiative.zone))


def _stored(by: Actor, conversation: Conversation, said: Said) -> bool:
    """Store one statement; who said what stands there by now is told so."""
    try:
        add_statement(by=by, conversation=conversation, text=said.text, address=said.address)
    except RuleError as refusal:
        _tell(conversation, said, str(refusal), by.at)
        return False
    return True


def _tell(conversation: Conversation, said: Said, words: str, at: datetime) -> None:
    if not said.address:
        return
    initiative = conversation.record.initiative
    post_mail(
        at=at,
        authority=initiative.authority,
        kind="moderation",
        recipient=said.address,
        subject=_("What became of what you wrote in %s") % initiative.title,
        text=_("You wrote:\n\n%(text)s\n\n%(words)s\n\n%(title)s\n")
        % {"text": said.text, "words": words, "title": initiative.title},
    )
