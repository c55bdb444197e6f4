from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.forums.actions.follows import keep_following
from headway.forums.models import Comment, CommentWording, Mention
from headway.forums.queries.mentions import members_to_name, named_in
from headway.forums.queries.rights import may_discuss
from headway.initiatives.actions import locked, must_stand, note_event, on_behalf_of
from headway.initiatives.models import Mandate, Member, Record


@transaction.atomic
def comment_on(
    *,
    by: Actor,
    record: Record,
    text: str,
    answers: Comment | None = None,
    organisation: Organisation | None = None,
) -> Comment:
    """Say something about a record, or answer a comment; who is named with an @ is told.

    An answer to an answer stands in the same thread, as there is but one level.

    Raises:
        RuleError: where nothing is said, discussion is closed, or a name could mean several.

    """
    text = _checked(text)
    current = locked(record)
    must_stand(current)
    writer = _must_be_open(by, current)
    speaker = _speaker(by, current, organisation)
    first = _thread_of(current, answers)
    named = _named(current, text)
    comment = Comment(
        record=current,
        answers=first,
        member_id=writer,
        organisation=organisation,
        text=text,
        language=current.language,
        written_at=by.at,
    )
    comment.thread_id = first.pk if first else comment.pk
    comment.thread_at = first.written_at if first else by.at
    comment.save(force_insert=True)
    _keep_wording(by, comment)
    _mention(comment, named)
    keep_following(by=by, record=current)
    note_event(by=speaker, record=current, verb="commented")
    return comment


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise RuleError(_("Write what you have to say, like “Who counts the beds?”."), "text")
    return text


def _must_be_open(by: Actor, record: Record) -> UUID:
    """The member who may discuss a record now."""
    if by.member_id is None:
        raise RuleError(_("Sign in as a member of this initiative to take part."))
    if not may_discuss(record, by.at):
        raise RuleError(
            _("Discussion is closed here now. The page of the group says when it opens again.")
        )
    return by.member_id


def _speaker(by: Actor, record: Record, organisation: Organisation | None) -> Actor:
    if organisation is None:
        return by
    return on_behalf_of(
        by=by,
        initiative=record.initiative,
        organisation=organisation,
        scope=Mandate.Scope.FACTS,
    )


def _thread_of(record: Record, answers: Comment | None) -> Comment | None:
    """The first comment of the thread that an answer belongs to."""
    if answers is None:
        return None
    if answers.record_id != record.pk:
        raise RuleError(_("Answer a comment about the same record."), "answers")
    return answers if answers.answers_id is None else answers.answers


def _named(record: Record, text: str) -> list[Member]:
    """The members that a text names, each once.

    Raises:
        RuleError: where a name could mean several; it lists them.

    """
    found = named_in(text, members_to_name(record.initiative))
    for named in found:
        if named.ambiguous:
            names = ", ".join(sorted(f"@{each.name}" for each in named.members))
            raise RuleError(
                _("“%(said)s” could mean several people. Write the whole name: %(names)s.")
                % {"said": text[named.start : named.end], "names": names},
                "text",
            )
    return list({named.members[0].pk: named.members[0] for named in found}.values())


def _mention(comment: Comment, members: Sequence[Member]) -> None:
    known = set(comment.mentions.values_list("member", flat=True))
    new = [each for each in members if each.pk not in known]
    Mention.objects.bulk_create([Mention(comment=comment, member=each) for each in new])
    gone = known - {each.pk for each in members}
    comment.mentions.filter(member__in=gone).delete()


def _keep_wording(by: Actor, comment: Comment) -> None:
    CommentWording(
        comment=comment, number=comment.wordings, text=comment.text, recorded_at=by.at
    ).save(force_insert=True)


def _own(by: Actor, comment: Comment) -> Comment:
    """The comment as it stands, locked after its record, where it is the actor's to change."""
    record = locked(comment.record)
    must_stand(record)
    current = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    current.record = record
    if by.member_id is None or current.member_id != by.member_id:
        raise RuleError(_("Only who wrote a comment may change it."))
    return current


@transaction.atomic
def edit_comment(*, by: Actor, comment: Comment, text: str) -> bool:
    """Word one's own comment anew; every wording stays readable. Says whether it changed.

    Raises:
        RuleError: where it is somebody else's, hidden or taken back, or discussion is closed.

    """
    text = _checked(text)
    current = _own(by, comment)
    if current.hidden_at is not None or current.withdrawn_at is not None:
        raise RuleError(_("This comment no longer stands, so it stays as it is."))
    _must_be_open(by, current.record)
    if text == current.text:
        return False
    named = _named(current.record, text)
    current.change(text=text, wordings=current.wordings + 1)
    _keep_wording(by, current)
    _mention(current, named)
    note_event(by=by, record=current.record, verb="comment_edited")
    return True


@transaction.atomic
def take_back_comment(*, by: Actor, comment: Comment) -> None:
    """Take back one's own comment; the thread shows that there was one.

    Raises:
        RuleError: where somebody else wrote it.

    """
    current = _own(by, comment)
    if current.withdrawn_at is None:
        current.change(withdrawn_at=by.at)
        note_event(by=by, record=current.record, verb="comment_taken_back")
