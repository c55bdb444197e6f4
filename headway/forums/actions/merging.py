from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.forums.actions.moderation import decision_words, mail_author, write_decision
from headway.forums.actions.statements import name_in_log, note_statement, visibility_in
from headway.forums.models import Conversation, Moderation, Statement, StatementContact
from headway.initiatives.actions import append_state, locked, must_stand

State = Statement.State


@transaction.atomic
def merge_statements(
    *, by: Actor, statement: Statement, into: Statement, because: str = ""
) -> Moderation:
    """Say that a statement says what another one says; votes are never moved.

    Those on the merged one stay with its words and are shown with them. Who voted on it alone is
    asked the kept one next, and told why.

    Raises:
        RuleError: where the two are one, are not both published in the same conversation, or it
            is closed.

    """
    record = locked(statement.conversation.record)
    must_stand(record)
    merged, kept = _both(statement, into)
    if merged.conversation.state == Conversation.State.CLOSED:
        raise RuleError(_("This conversation is closed and stays as it is."))
    merged.change(state=State.MERGED, merged_into=kept)
    merged.record.change(visibility=visibility_in(State.MERGED, record))
    append_state(record=merged.record, state=State.MERGED, by=by, because=because.strip())
    row = write_decision(
        by,
        merged.record,
        Moderation.Decision.MERGED,
        Moderation.Rule.DUPLICATE,
        because,
        statement=merged,
    )
    note_statement(
        by=by,
        statement=merged,
        verb="statement_merged",
        changes={"merged_into": ("", name_in_log(kept))},
        because=because.strip(),
    )
    _tell_author(merged, kept, row)
    return row


def _both(statement: Statement, into: Statement) -> tuple[Statement, Statement]:
    """The two as they stand, locked, the merged one first."""
    if statement.pk == into.pk:
        raise RuleError(_("Choose another statement: one cannot be merged with itself."), "into")
    rows = Statement.objects.select_related("conversation__forum__record", "record__initiative")
    for record in sorted((statement.record, into.record), key=lambda each: each.pk):
        must_stand(locked(record))
    pair = rows.select_for_update(of=("self",)).filter(pk__in=[statement.pk, into.pk])
    found = {row.pk: row for row in pair.order_by("pk")}
    merged, kept = found[statement.pk], found[into.pk]
    if merged.conversation_id != kept.conversation_id:
        raise RuleError(_("Choose a statement of the same conversation."), "into")
    if {merged.state, kept.state} != {State.PUBLISHED}:
        raise RuleError(_("Only statements that are published can be merged."), "into")
    return merged, kept


def _tell_author(merged: Statement, kept: Statement, row: Moderation) -> None:
    """Mail who left an address with the merged statement which one is kept."""
    contact = StatementContact.objects.filter(statement=merged).first()
    if contact is not None:
        words = f"{decision_words(row)} (“{kept.text}”)"
        mail_author(merged.record, contact.address, words, merged.text, row.decided_at)
