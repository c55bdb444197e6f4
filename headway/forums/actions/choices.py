"""Votes on statements. Nothing here writes who: no event, no account, no time but the day.

A vote's transaction touches the participant and the vote only, so that the database's own marks
of a transaction join them to no other row. Adding a statement touches neither, see `saying`.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.directory.models.organisation import Sector
from headway.forums.actions.statements import note_statement
from headway.forums.models import (
    Choice,
    Conversation,
    OrganisationChoice,
    Participant,
    Phase,
    Statement,
)
from headway.forums.queries.rights import open_rights
from headway.initiatives.actions import locked, must_stand, note_event, on_behalf_of
from headway.initiatives.actions.records import last_number
from headway.initiatives.models import Mandate

# How often somebody may change their mind about each statement.
TIMES_EACH = 3
Channel = Participant.Channel


@transaction.atomic
def choose(
    *,
    by: Actor,
    conversation: Conversation,
    resume: str,
    statement: Statement,
    choice: str,
    channel: str = Channel.WEB,
    wording: int | None = None,
) -> Choice:
    """Vote on one statement, or change one's vote; of `by` only the instant counts.

    Args:
        by: when.
        conversation: what people vote in.
        resume: who goes on, without a name.
        statement: what is voted on.
        choice: what one chose.
        channel: the way in which the vote came.
        wording: the number of the wording that was read; None where no page showed it.

    Raises:
        RuleError: where the vote is closed, the statement not published, worded anew since it
            was read, or a limit is reached.

    """
    _check_choice(choice)
    current = _open(by, conversation)
    _must_be_as_read(_asked(current, statement), wording)
    participant = _participant(current, resume, channel)
    known = Choice.objects.filter(participant=participant, statement=statement).first()
    if known is not None and known.choice == choice:
        return known
    _count(participant, current)
    day = current.record.initiative.today(by.at)
    if known is not None:
        known.change(choice=choice, day=day)
        return known
    made = Choice(participant=participant, statement=statement, choice=choice, day=day)
    made.save(force_insert=True)
    return made


def _check_choice(choice: str) -> None:
    if choice not in Choice.Value.values:
        raise RuleError(_("Choose agree, disagree or pass."), "choice")


def _asked(conversation: Conversation, statement: Statement) -> Statement:
    """The statement as it stands, held against a new wording until the vote is in."""
    rows = Statement.objects.filter(conversation=conversation).published().live()
    current = rows.select_for_update(of=("self",), no_key=True).filter(pk=statement.pk).first()
    if current is None:
        raise RuleError(_("This statement is no longer up for a vote. Go on with the next one."))
    return current


def _must_be_as_read(statement: Statement, wording: int | None) -> None:
    """Refuse a vote on words that were changed since they were read."""
    if wording is not None and wording != last_number(statement.record, "text"):
        raise RuleError(
            _(
                "The words of this statement were changed while you read them, so your vote was "
                "not counted. Read them as they are now, then vote."
            )
        )


def _open(by: Actor, conversation: Conversation) -> Conversation:
    """The conversation, held against a close until the vote is in."""
    rows = Conversation.objects.select_related("record__initiative", "forum__record")
    current = rows.select_for_update(of=("self",), no_key=True).get(pk=conversation.pk)
    must_stand(current.record)
    if not current.takes_votes(by.at):
        raise RuleError(_("This conversation takes no votes now."))
    if Phase.Right.CHOOSE not in open_rights(current.forum, by.at):
        raise RuleError(_("Voting is closed in this phase of the group."))
    return current


def _participant(conversation: Conversation, resume: str, channel: str) -> Participant:
    """Whoever this is, locked; made at the first vote.

    Without the conversation's key all would be one and overwrite each other's votes.
    """
    if not resume:
        raise RuleError(
            _("Your vote cannot be kept now. Tell whoever invited you, and come back later.")
        )
    found, _made = Participant.objects.select_for_update().get_or_create(
        conversation=conversation, resume=resume, defaults={"channel": channel}
    )
    return found


def _count(participant: Participant, conversation: Conversation) -> None:
    """Count one more vote against the limit."""
    statements = Statement.objects.filter(conversation=conversation).count()
    if participant.choices_made >= TIMES_EACH * statements:
        raise RuleError(_("You changed your votes as often as one may; they stay as they are."))
    participant.change(choices_made=participant.choices_made + 1)


@transaction.atomic
def tell_sector(
    *, by: Actor, conversation: Conversation, resume: str, sector: str, channel: str = Channel.WEB
) -> Participant:
    """Say from which part of society one comes; nothing takes it back to nobody's.

    Raises:
        RuleError: where there is no such sector or the vote is closed.

    """
    if sector not in {"", *Sector.values}:
        raise RuleError(_("Choose one of the sectors, or leave it open."), "sector")
    participant = _participant(_open(by, conversation), resume, channel)
    participant.change(sector=sector)
    return participant


@transaction.atomic
def type_in_paper(
    *,
    by: Actor,
    conversation: Conversation,
    choices: Mapping[Statement, str],
    sector: str = "",
    channel: str = Channel.PAPER,
) -> Participant:
    """Count one paper ballot with the others; it stays marked as paper.

    The log says that one was typed in and by whom, not what it says. Paper may be typed in after
    the last day, as long as nobody closed the conversation.

    Raises:
        RuleError: where it is empty or the conversation is closed.

    """
    record = locked(conversation.record)
    must_stand(record)
    current = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if current.state != Conversation.State.OPEN:
        raise RuleError(_("Open the conversation first. A closed one counts no more ballots."))
    marked = {statement: said for statement, said in choices.items() if said}
    if not marked:
        raise RuleError(_("Mark at least one statement as it stands on the paper."))
    for statement, said in marked.items():
        _check_choice(said)
        if statement.conversation_id != current.pk:
            raise RuleError(_("Choose statements of this conversation."))
    participant = Participant(
        conversation=current, channel=channel, sector=sector, choices_made=len(marked)
    )
    participant.save(force_insert=True)
    day = record.initiative.today(by.at)
    Choice.objects.bulk_create(
        [
            Choice(participant=participant, statement=statement, choice=said, day=day)
            for statement, said in marked.items()
        ]
    )
    note_event(by=by, record=record, verb="paper_counted")
    return participant


@transaction.atomic
def choose_for_organisation(
    *,
    by: Actor,
    statement: Statement,
    organisation: Organisation,
    choice: str,
    wording: int | None = None,
) -> OrganisationChoice:
    """Say in the name of an organisation what it thinks; public, and counted with nobody's vote.

    Raises:
        RuleError: where no mandate lets one speak for it, the conversation is closed, or the
            statement was worded anew since it was read.

    """
    _check_choice(choice)
    record = locked(statement.record)
    must_stand(record)
    if by.member_id is None:
        raise RuleError(_("Sign in as a member of this initiative to speak for an organization."))
    speaker = on_behalf_of(
        by=by,
        initiative=record.initiative,
        organisation=organisation,
        scope=Mandate.Scope.DECISIONS,
    )
    _must_be_as_read(_asked(_open(by, statement.conversation), statement), wording)
    known = OrganisationChoice.objects.filter(statement=statement, organisation=organisation)
    row = known.first() or OrganisationChoice(statement=statement, organisation=organisation)
    before = row.choice
    row.member_id, row.choice, row.said_at = by.member_id, choice, by.at
    row.save()
    if before != choice:
        note_statement(
            by=speaker,
            statement=statement,
            verb="organisation_chose",
            changes={"choice": (before, choice)},
        )
    return row
