from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from headway.accounts.actions import post_mail
from headway.accounts.actor import Actor
from headway.accounts.models import Event, EventValue
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.forums.actions.statements import name_in_log, note_statement, visibility_in
from headway.forums.models import (
    Comment,
    Forum,
    Moderation,
    Report,
    Statement,
    StatementContact,
)
from headway.forums.queries.rights import forum_of
from headway.initiatives.actions import append_state, locked, note_event
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Link, Record, Wording

Decision = Moderation.Decision
AFTER: dict[str, str] = {
    Decision.PUBLISHED: Statement.State.PUBLISHED,
    Decision.RESTORED: Statement.State.PUBLISHED,
    Decision.REFUSED: Statement.State.REFUSED,
    Decision.HIDDEN: Statement.State.HIDDEN,
}
# From which states a decision leads on; anything else was decided by somebody else meanwhile.
FROM: dict[str, tuple[str, ...]] = {
    Decision.PUBLISHED: (Statement.State.WAITING, Statement.State.REFUSED),
    Decision.REFUSED: (Statement.State.WAITING,),
    Decision.HIDDEN: (
        Statement.State.PUBLISHED,
        Statement.State.REPLACED,
        Statement.State.MERGED,
    ),
    Decision.RESTORED: (Statement.State.HIDDEN,),
}

# What becomes of a statement that is kept or removed, while it waits and once it is published.
DECISIONS: dict[tuple[str, bool], str] = {
    ("keep", True): Decision.PUBLISHED,
    ("keep", False): Decision.LEFT,
    ("remove", True): Decision.REFUSED,
    ("remove", False): Decision.HIDDEN,
}


@transaction.atomic
def report_comment(*, by: Actor, comment: Comment, because: str) -> Report:
    """Ask a moderator to look at a comment; nobody else learns who asked.

    Raises:
        RuleError: where nothing is said to be wrong.

    """
    return _report(by, because, comment=comment)


@transaction.atomic
def report_statement(*, by: Actor, statement: Statement, because: str) -> Report:
    """Ask a moderator to look at a statement; nobody else learns who asked.

    Raises:
        RuleError: where nothing is said to be wrong.

    """
    return _report(by, because, statement=statement)


def _report(
    by: Actor, because: str, comment: Comment | None = None, statement: Statement | None = None
) -> Report:
    if not because.strip():
        raise RuleError(_("Say what is wrong, like “It names a guest of the shelter”."), "because")
    open_ones = Report.objects.waiting().filter(
        comment=comment, statement=statement, member=by.member_id
    )
    known = open_ones.first() if by.member_id else None
    if known is not None:
        return known
    report = Report(
        comment=comment,
        statement=statement,
        member_id=by.member_id,
        because=because.strip(),
        reported_at=by.at,
    )
    report.save(force_insert=True)
    return report


def _check_rule(decision: str, rule: str, because: str) -> None:
    takes_away = decision in {Decision.REFUSED, Decision.HIDDEN}
    if takes_away and rule not in Moderation.Rule.values:
        raise RuleError(_("Choose which rule of the policy it breaks."), "rule")
    if takes_away and rule == Moderation.Rule.OTHER and not because.strip():
        raise RuleError(_("Say the reason in a sentence; its author reads it."), "because")


@transaction.atomic
def hide_comment(*, by: Actor, comment: Comment, rule: str, because: str = "") -> Moderation | None:
    """Hide a comment under a rule of the policy; its author is told. None where it was hidden.

    Raises:
        RuleError: where no rule is named, or its author took it back.

    """
    _check_rule(Decision.HIDDEN, rule, because)
    current = _locked_comment(comment)
    if current.withdrawn_at is not None:
        raise RuleError(_("Its author has taken it back already."))
    if current.hidden_at is not None:
        return None
    current.change(hidden_at=by.at)
    row = write_decision(by, current.record, Decision.HIDDEN, rule, because, comment=current)
    note_event(by=by, record=current.record, verb="comment_hidden", because=because.strip())
    _tell(current, row, by.at)
    return row


@transaction.atomic
def restore_comment(*, by: Actor, comment: Comment, because: str = "") -> Moderation | None:
    """Show a hidden comment again; its author is told. None where it is shown."""
    current = _locked_comment(comment)
    if current.hidden_at is None:
        return None
    current.change(hidden_at=None)
    row = write_decision(by, current.record, Decision.RESTORED, "", because, comment=current)
    note_event(by=by, record=current.record, verb="comment_restored", because=because.strip())
    _tell(current, row, by.at)
    return row


@transaction.atomic
def leave_comment(*, by: Actor, comment: Comment, because: str = "") -> Moderation:
    """Leave a reported comment as it is, which answers every report about it."""
    current = _locked_comment(comment)
    row = write_decision(by, current.record, Decision.LEFT, "", because, comment=current)
    note_event(by=by, record=current.record, verb="comment_left", because=because.strip())
    return row


def _locked_comment(comment: Comment) -> Comment:
    record = locked(comment.record)
    current = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    current.record = record
    return current


def write_decision(
    by: Actor,
    record: Record,
    decision: str,
    rule: str,
    because: str,
    comment: Comment | None = None,
    statement: Statement | None = None,
) -> Moderation:
    """Write a decision into the public log and answer what was reported."""
    row = Moderation(
        forum=_group(record, statement),
        initiative=record.initiative,
        comment=comment,
        statement=statement,
        decision=decision,
        rule=rule,
        because=because.strip(),
        member_id=by.member_id,
        decided_at=by.at,
    )
    row.save(force_insert=True)
    reports = Report.objects.waiting().filter(comment=comment, statement=statement)
    reports.update(settled_at=by.at)
    return row


def _group(record: Record, statement: Statement | None) -> Forum | None:
    return statement.conversation.forum if statement else forum_of(record)


@transaction.atomic
def decide_statement(
    *, by: Actor, statement: Statement, decision: str, rule: str = "", because: str = ""
) -> Moderation | None:
    """Publish, refuse, hide or restore a statement; None where that was decided before.

    Raises:
        RuleError: where no rule is named for what takes away, or it stands otherwise by now.

    """
    if decision not in Decision.values:
        raise RuleError(_("Choose what becomes of it, like “publish”."), "decision")
    _check_rule(decision, rule, because)
    record = locked(statement.record)
    rows = Statement.objects.select_related("conversation__forum", "conversation__record")
    current = rows.select_for_update(of=("self",)).get(pk=statement.pk)
    after = _state_after(current, decision)
    if current.state == after:
        return None
    if decision != Decision.LEFT:
        _move(by, current, record, decision, after, because)
    kept_rule = rule if decision in {Decision.REFUSED, Decision.HIDDEN} else ""
    row = write_decision(by, record, decision, kept_rule, because, statement=current)
    event = note_statement(
        by=by, statement=current, verb=f"statement_{decision}", because=because.strip()
    )
    if kept_rule:
        _empty_log(current, event)
    _tell_contact(current, row, by.at)
    return row


def _empty_log(statement: Statement, event: Event) -> None:
    """Take the words of what was taken away out of the log; its wordings keep every one.

    They came in by what happens to any record, like a link or a translation.
    """
    record = statement.record
    told = EventValue.objects.filter(erased_by__isnull=True).exclude(visibility=Visibility.OFFICE)
    own = told.filter(event__subject_id=record.pk).exclude(new=name_in_log(statement))
    own.exclude(field__in=("because", "choice")).update(old="", new="", erased_by=event)
    texts = Wording.objects.filter(record=record, field="text").values_list("text", flat=True)
    titles = {record.title, *map(title_of, texts)}
    links = Link.objects.filter(Q(origin=record) | Q(target=record)).values_list("origin", "target")
    others = {key for pair in links for key in pair} - {record.pk}
    quoting = told.filter(event__subject_id__in=others).exclude(field="title")
    quoting = quoting.filter(Q(old__in=titles) | Q(new__in=titles))
    quoting.update(old="", new="", erased_by=event)


def _state_after(statement: Statement, decision: str) -> str:
    """The state to which a decision leads; what was merged or replaced before is so again."""
    if decision == Decision.RESTORED and statement.merged_into_id is not None:
        return Statement.State.MERGED
    if decision == Decision.RESTORED and Statement.objects.filter(replaces=statement).exists():
        return Statement.State.REPLACED
    return AFTER.get(decision, "")


def _move(
    by: Actor, statement: Statement, record: Record, decision: str, after: str, because: str
) -> None:
    if statement.state not in FROM.get(decision, ()):
        raise RuleError(
            _("Statement %(number)s is “%(state)s” by now. Look at it again first.")
            % {"number": statement.number, "state": statement.get_state_display()}
        )
    statement.change(state=after)
    record.change(visibility=visibility_in(statement.state, statement.conversation.record))
    append_state(record=record, state=after, by=by, because=because.strip())


@transaction.atomic
def decide_statements(
    *,
    by: Actor,
    statements: Sequence[Statement],
    decision: str,
    rule: str = "",
    because: str = "",
) -> int:
    """Decide alike about several statements; answers about how many.

    Raises:
        RuleError: where none is chosen, or a rule is missing.

    """
    if not statements:
        raise RuleError(_("Choose at least one statement."), "statements")
    rows = [
        decide_statement(by=by, statement=statement, decision=decision, rule=rule, because=because)
        for statement in sorted(statements, key=lambda each: each.pk)
    ]
    return len([row for row in rows if row is not None])


@transaction.atomic
def decide_queue(
    *, by: Actor, items: Sequence[str], outcome: str, rule: str = "", because: str = ""
) -> int:
    """Decide alike about everything ticked in the queue: `s-` a statement, `c-` a comment.

    To keep publishes what waits and leaves what was reported; to remove refuses or hides it.

    Raises:
        RuleError: where a rule is missing, or one stands otherwise by now.

    """
    keys = {each[2:] for each in items if each.startswith("s-")}
    comments = Comment.objects.filter(pk__in=[each[2:] for each in items if each[:2] == "c-"])
    statements = Statement.objects.filter(pk__in=keys).select_related("record")
    for statement in statements.order_by("pk"):
        waits = statement.state == Statement.State.WAITING
        decide_statement(
            by=by,
            statement=statement,
            decision=DECISIONS[outcome, waits],
            rule=rule,
            because=because,
        )
    for comment in comments.select_related("record", "member__user").order_by("pk"):
        if outcome == "remove":
            hide_comment(by=by, comment=comment, rule=rule, because=because)
        else:
            leave_comment(by=by, comment=comment, because=because)
    return len(items)


def decision_words(row: Moderation) -> str:
    """A decision with its rule and reason, as its author reads it."""
    words = str(row.get_decision_display())
    rule = str(row.get_rule_display()) if row.rule else ""
    return ": ".join(part for part in (words, rule, row.because) if part)


def _tell(comment: Comment, row: Moderation, at: datetime) -> None:
    """Mail the author of a comment what became of it."""
    user = comment.member.user
    if user is None:
        return
    mail_author(comment.record, user.email, decision_words(row), comment.text, at)


def _tell_contact(statement: Statement, row: Moderation, at: datetime) -> None:
    """Mail who left an address with a statement what became of it."""
    contact = StatementContact.objects.filter(statement=statement).first()
    if contact is not None and row.decision != Decision.LEFT:
        mail_author(statement.record, contact.address, decision_words(row), statement.text, at)


def mail_author(record: Record, address: str, words: str, text: str, at: datetime) -> None:
    """Mail an author what a moderator decided, in words, about a text."""
    initiative = record.initiative
    post_mail(
        at=at,
        authority=initiative.authority,
        kind="moderation",
        recipient=address,
        subject=_("What became of what you wrote in %s") % initiative.title,
        text=_("You wrote:\n\n%(text)s\n\nA moderator decided: %(words)s.\n\n%(title)s\n")
        % {"text": text, "words": words, "title": initiative.title},
    )
