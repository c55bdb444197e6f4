import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.core.keys import destroy_key, make_key
from headway.forums.actions.saying import store_batch
from headway.forums.actions.statements import add_seeds
from headway.forums.models import (
    Conversation,
    Forum,
    InvitationCode,
    Participant,
    Phase,
    SealedStatement,
    Statement,
    StatementTurn,
)
from headway.forums.queries.resuming import CODE_LENGTH, SIGNS, code_digest
from headway.forums.queries.rights import open_rights
from headway.initiatives.actions import (
    append_state,
    locked,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.models import Record

State = Conversation.State
KEY_KEPT = timedelta(days=30)
MOST_CODES = 2_000
MOST_STATEMENTS_EACH = 50


@transaction.atomic
def start_conversation(
    *,
    by: Actor,
    forum: Forum,
    title: str,
    introduction: str = "",
    open_to: str = Conversation.OpenTo.MEMBERS,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    checked_first: bool = True,
    asks_sector: bool = True,
    statements_each: int = 5,
    statements: Sequence[str] = (),
) -> Conversation:
    """Prepare a question on which many people vote short statements.

    Until it is opened only who leads reads it, in the log as well.

    Raises:
        RuleError: where the question is missing, or a date or number makes no sense.

    """
    group = locked(forum.record)
    must_stand(group)
    _check(open_to, opens_at, closes_at, statements_each)
    record = open_record(
        by=by,
        initiative=group.initiative,
        kind=Conversation.RECORD_KIND,
        title=title,
        visibility=Visibility.OFFICE,
    )
    conversation = Conversation(
        record=record,
        forum=forum,
        introduction=introduction.strip(),
        open_to=open_to,
        opens_at=opens_at,
        closes_at=closes_at,
        checked_first=checked_first,
        asks_sector=asks_sector,
        statements_each=statements_each,
    )
    conversation.save(force_insert=True)
    if conversation.introduction:
        write_wording(by=by, record=record, field="introduction", text=conversation.introduction)
    append_state(record=record, state=State.DRAFT, by=by)
    note_event(by=by, record=record, verb="prepared", changes={"open_to": ("", open_to)})
    add_seeds(by=by, conversation=conversation, texts=statements)
    return conversation


def _check(
    open_to: str, opens_at: datetime | None, closes_at: datetime | None, statements_each: int
) -> None:
    if open_to not in Conversation.OpenTo.values:
        raise RuleError(_("Choose who may take part, like “members”."), "open_to")
    if opens_at and closes_at and closes_at <= opens_at:
        raise RuleError(_("Enter a last day that is not before the first one."), "closes_at")
    if not 0 <= statements_each <= MOST_STATEMENTS_EACH:
        raise RuleError(_("Enter a number from 0 to 50, like 5."), "statements_each")


@transaction.atomic
def revise_conversation(
    *,
    by: Actor,
    conversation: Conversation,
    title: str,
    introduction: str = "",
    open_to: str = Conversation.OpenTo.MEMBERS,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    checked_first: bool = True,
    asks_sector: bool = True,
    statements_each: int = 5,
    seen: int | None = None,
) -> bool:
    """Change a conversation; who may take part stays as it is once it is open.

    Raises:
        RuleError: where it is closed, or a date or number makes no sense.

    """
    _check(open_to, opens_at, closes_at, statements_each)
    locked(conversation.record)
    current = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if current.state == State.CLOSED:
        raise RuleError(_("This conversation is closed and stays as it is. Start a new one."))
    if current.state == State.OPEN and open_to != current.open_to:
        raise RuleError(
            _("People take part already. Close it and start a new one for others."), "open_to"
        )
    values: dict[str, object] = {
        "introduction": introduction.strip(),
        "open_to": open_to,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "checked_first": checked_first,
        "asks_sector": asks_sector,
        "statements_each": statements_each,
    }
    return revise_record(by=by, stage=current, title=title.strip(), values=values, seen=seen)


@transaction.atomic
def open_conversation(*, by: Actor, conversation: Conversation) -> Conversation:
    """Let people vote, from its first day on; its key is made now, outside the database.

    Raises:
        RuleError: where no statement is published, its end has passed, or it was open before.

    """
    record = locked(conversation.record)
    must_stand(record)
    current = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    current.record = record
    if current.state == State.OPEN:
        return current
    if current.state == State.CLOSED:
        raise RuleError(_("This conversation is closed. Start a new one to ask again."))
    if not Statement.objects.filter(conversation=current).published().exists():
        raise RuleError(_("Add at least one statement, so that people can begin to vote."))
    if current.closes_at is not None and current.closes_at <= by.at:
        raise RuleError(_("Its last day has passed. Choose a later one first."))
    _must_let_choose(current, by.at)
    current.change(state=State.OPEN, key_id=make_key(), opens_at=current.opens_at or by.at)
    _show(current)
    append_state(record=record, state=State.OPEN, by=by)
    note_event(by=by, record=record, verb="opened")
    return current


def _show(conversation: Conversation) -> None:
    """Let everybody read it who reads its group, with the statements it begins with."""
    shown = conversation.forum.record.visibility
    conversation.record.change(visibility=shown)
    begins = Statement.objects.filter(conversation=conversation).published()
    Record.objects.filter(pk__in=begins.values("pk")).update(visibility=shown)


def _must_let_choose(conversation: Conversation, now: datetime) -> None:
    """Refuse where the law never lets this group vote between its meetings."""
    forum = conversation.forum
    if forum.meets_in_the_open and Phase.Right.CHOOSE not in open_rights(forum, now):
        raise RuleError(
            _(
                "This group counts as a public body, which votes only while it meets. Choose "
                "another group, or ask counsel and change what its page says."
            )
        )


@transaction.atomic
def close_conversation(*, by: Actor, conversation: Conversation) -> Conversation:
    """End the vote for good; the results show to all who may read them.

    What still waits to be stored is stored first, so that moderators can answer it.
    """
    store_batch(conversation=conversation)
    record = locked(conversation.record)
    current = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    current.record = record
    if current.state == State.DRAFT:
        raise RuleError(_("It was never open. Withdraw it if it is not needed."))
    if current.state == State.OPEN:
        current.change(state=State.CLOSED, closed_at=by.at)
        append_state(record=record, state=State.CLOSED, by=by)
        note_event(by=by, record=record, verb="closed")
    return current


def close_what_is_over(*, now: datetime) -> int:
    """Close every conversation whose last day has passed; answers how many there were."""
    over = list(Conversation.objects.past_their_end(now).select_related("record"))
    for conversation in over:
        close_conversation(by=Actor(kind="worker", at=now), conversation=conversation)
    return len(over)


def destroy_old_keys(*, now: datetime) -> int:
    """Destroy the keys of what closed 30 days ago: nobody can be known again after that."""
    due = list(Conversation.objects.with_keys_due(now - KEY_KEPT).select_related("record"))
    for conversation in due:
        _forget(conversation, now)
    return len(due)


def _forget(conversation: Conversation, now: datetime) -> None:
    """First the key, then what was digested under it: a crash between leaves digests of nothing."""
    if conversation.key_id is not None:
        destroy_key(conversation.key_id)
    with transaction.atomic():
        record = locked(conversation.record)
        current = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
        Participant.objects.filter(conversation=current).update(resume=None)
        StatementTurn.objects.filter(conversation=current).delete()
        SealedStatement.objects.filter(conversation=current).delete()
        if current.change(key_destroyed_at=current.key_destroyed_at or now):
            note_event(by=Actor(kind="worker", at=now), record=record, verb="key_destroyed")


@transaction.atomic
def make_codes(*, by: Actor, conversation: Conversation, count: int) -> list[str]:
    """Make invitation codes; they are shown once, and only their digests are kept.

    Raises:
        RuleError: where the number is out of bounds, or codes open nothing here.

    """
    if not 1 <= count <= MOST_CODES:
        raise RuleError(
            _("Enter a number from 1 to %(most)s, like 40.") % {"most": f"{MOST_CODES:,}"}, "count"
        )
    record = locked(conversation.record)
    must_stand(record)
    if conversation.state == State.CLOSED:
        raise RuleError(_("This conversation is closed; a code would open nothing."))
    codes = [_code() for _each in range(count)]
    InvitationCode.objects.bulk_create(
        [
            InvitationCode(conversation=conversation, digest=code_digest(conversation, code))
            for code in sorted(codes)
        ]
    )
    note_event(by=by, record=record, verb="codes_made", changes={"codes": ("", str(count))})
    return codes


def _code() -> str:
    """Twelve signs in three groups, like `7KQ2-M9XD-HF4T`."""
    signs = "".join(secrets.choice(SIGNS) for _each in range(CODE_LENGTH))
    return "-".join(signs[start : start + 4] for start in range(0, CODE_LENGTH, 4))
