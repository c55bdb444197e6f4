from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Changes, Subject, append_event
from headway.accounts.models import Event
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.forums.models import (
    Choice,
    Conversation,
    OrganisationChoice,
    Phase,
    Statement,
    StatementContact,
)
from headway.forums.queries.rights import open_rights
from headway.initiatives.actions import (
    append_state,
    locked,
    must_stand,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Record

State = Statement.State
LONGEST = 280


def checked_text(text: str) -> str:
    """A statement without needless spaces.

    Raises:
        RuleError: where it says nothing or is too long to read at a glance.

    """
    text = " ".join(text.split())
    if not text:
        raise RuleError(_("Write one short sentence, like “Shelters open at noon.”"), "text")
    if len(text) > LONGEST:
        raise RuleError(
            _("Say it in at most %(most)s characters; this has %(now)s. Say one thing at a time.")
            % {"most": LONGEST, "now": len(text)},
            "text",
        )
    return text


def must_take_statements(conversation: Conversation, by: Actor) -> None:
    """Refuse a new statement where the conversation or the phase of its group is closed.

    Raises:
        RuleError: saying so.

    """
    if not conversation.takes_votes(by.at):
        raise RuleError(_("This conversation takes no statements now."))
    if Phase.Right.STATE not in open_rights(conversation.forum, by.at):
        raise RuleError(_("Adding statements is closed in this phase. Voting may still be open."))


def must_obey_the_law(conversation: Conversation, by: Actor) -> None:
    """Refuse to publish words in an open conversation of a public body between its meetings.

    Raises:
        RuleError: saying so.

    """
    forum = conversation.forum
    is_open = conversation.state == Conversation.State.OPEN
    if is_open and forum.meets_in_the_open and not open_rights(forum, by.at) & {Phase.Right.STATE}:
        raise RuleError(
            _(
                "This group counts as a public body: statements are added only while it meets. "
                "Add them at its next meeting."
            )
        )


@transaction.atomic
def add_seeds(*, by: Actor, conversation: Conversation, texts: Iterable[str]) -> list[Statement]:
    """Add the statements with which people begin; they are published at once.

    Raises:
        RuleError: where one says nothing or is too long, or the conversation is closed.

    """
    wanted = [checked_text(text) for text in texts if text.strip()]
    record = locked(conversation.record)
    must_stand(record)
    if conversation.state == Conversation.State.CLOSED:
        raise RuleError(_("This conversation is closed. Start a new one to ask more."))
    must_obey_the_law(conversation, by)
    known = Statement.objects.filter(conversation=conversation).live()
    before = set(known.values_list("text", flat=True))
    fresh = [text for text in dict.fromkeys(wanted) if text not in before]
    return [
        _add(by, conversation, record, text, state=State.PUBLISHED, seed=True) for text in fresh
    ]


@transaction.atomic
def add_statement(
    *, by: Actor, conversation: Conversation, text: str, address: str = ""
) -> Statement:
    """Store what a participant said; it names nobody, and an address only where one was left.

    Whether one may say it is asked where it is said, see `saying`; this runs later.

    Raises:
        RuleError: where it says nothing, is too long or stands there.

    """
    text = checked_text(text)
    record = locked(conversation.record)
    must_stand(record)
    current = Conversation.objects.select_related("forum__record").get(pk=conversation.pk)
    must_be_new(current, text)
    state = State.WAITING if current.checked_first else State.PUBLISHED
    nobody = Actor(kind="participant", at=by.at)
    statement = _add(nobody, current, record, text, state=state, seed=False)
    if address:
        StatementContact(statement=statement, address=address).save(force_insert=True)
    return statement


def must_be_new(conversation: Conversation, text: str) -> None:
    """Refuse a statement that stands there word for word.

    Raises:
        RuleError: saying so.

    """
    if Statement.objects.filter(conversation=conversation, text__iexact=text).live().exists():
        raise RuleError(_("This statement is there already. Vote on it."), "text")


def visibility_in(state: str, about: Record) -> str:
    """Who may read a statement: what is not published stays with those who decide about it."""
    shown = state in {State.PUBLISHED, State.REPLACED, State.MERGED}
    return about.visibility if shown else Visibility.OFFICE.value


def _add(
    by: Actor,
    conversation: Conversation,
    about: Record,
    text: str,
    *,
    state: str,
    seed: bool,
    replaces: Statement | None = None,
) -> Statement:
    last = Statement.objects.filter(conversation=conversation).aggregate(last=Max("number"))
    record = open_record(
        by=by,
        initiative=about.initiative,
        kind=Statement.RECORD_KIND,
        title=title_of(text),
        visibility=visibility_in(state, about),
        language=about.language,
    )
    statement = Statement(
        record=record,
        conversation=conversation,
        number=(last["last"] or 0) + 1,
        text=text,
        seed=seed,
        state=state,
        replaces=replaces,
    )
    statement.save(force_insert=True)
    write_wording(by=by, record=record, field="text", text=text)
    append_state(record=record, state=state, by=by)
    note_statement(by=by, statement=statement, verb="stated")
    return statement


def name_in_log(statement: Statement) -> str:
    """What the log calls a statement: its number, as its words may have to be hidden."""
    return _("Statement %(number)s") % {"number": statement.number}


def note_statement(
    *,
    by: Actor,
    statement: Statement,
    verb: str,
    changes: Changes | None = None,
    because: str = "",
) -> Event:
    """Append an event about a statement; none of its words stand in the log, only its number."""
    record = statement.record
    return append_event(
        stream=record.initiative.stream,
        by=by,
        verb=verb,
        subject=Subject(record.kind, record.pk, name_in_log(statement)),
        changes=changes,
        visibility=record.visibility,
        because=because,
    )


def _locked_statement(statement: Statement) -> Statement:
    """The statement, locked so that no vote on it can arrive until the transaction ends."""
    record = locked(statement.record)
    rows = Statement.objects.select_related("conversation__record").select_for_update(of=("self",))
    current = rows.get(pk=statement.pk)
    current.record = record
    return current


@transaction.atomic
def revise_statement(
    *, by: Actor, statement: Statement, text: str, seen: int | None = None
) -> bool:
    """Word a statement anew as long as nobody voted on it.

    Raises:
        RuleError: where the conversation is closed, or somebody voted on it; then only a new
            version may say it differently.

    """
    text = checked_text(text)
    current = _locked_statement(statement)
    if current.conversation.state == Conversation.State.CLOSED:
        raise RuleError(_("This conversation is closed and stays as it is."))
    voted = Choice.objects.filter(statement=current).exists()
    said = OrganisationChoice.objects.filter(statement=current).exists()
    if (voted or said) and text != current.text:
        raise RuleError(
            _(
                "Somebody has voted on these words, so they stay. Write a new version; its "
                "votes begin at zero."
            ),
            "text",
        )
    # Refuses what was withdrawn or changed meanwhile; the words themselves go past the log.
    revise_record(by=by, stage=current, seen=seen)
    if text == current.text:
        return False
    current.change(text=text)
    current.record.change(title=title_of(text), revision=current.record.revision + 1)
    write_wording(by=by, record=current.record, field="text", text=text)
    note_statement(by=by, statement=current, verb="revised")
    return True


@transaction.atomic
def replace_statement(*, by: Actor, statement: Statement, text: str) -> Statement:
    """Publish another wording as a new statement; the votes on the old one stay with the old one.

    Raises:
        RuleError: where it says the same, or the old one is not published.

    """
    text = checked_text(text)
    locked(statement.conversation.record)
    current = _locked_statement(statement)
    if current.state != State.PUBLISHED:
        raise RuleError(_("Only a published statement can get a new version."))
    if text == current.text:
        raise RuleError(_("These are the same words. Change them, or leave it as it is."), "text")
    must_obey_the_law(current.conversation, by)
    if current.conversation.state == Conversation.State.CLOSED:
        raise RuleError(_("This conversation is closed and stays as it is."))
    new = _add(
        by,
        current.conversation,
        current.record,
        text,
        state=State.PUBLISHED,
        seed=current.seed,
        replaces=current,
    )
    current.change(state=State.REPLACED)
    append_state(record=current.record, state=State.REPLACED, by=by)
    note_statement(by=by, statement=current, verb="replaced")
    return new
