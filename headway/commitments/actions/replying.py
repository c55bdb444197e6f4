"""What somebody answers to a mail about a promise acts as the form on its page would."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.replies import read_reply_token, reply_address
from headway.commitments.actions.answers import (
    confirm_promise,
    drop_promise,
    keep_promise,
    move_promise,
)
from headway.commitments.actions.letters import (
    PURPOSE,
    how_to_answer,
    in_language_of,
    promise_lines,
    remember,
    write_plain,
)
from headway.commitments.formats.reply import Reply
from headway.commitments.models import Commitment, Reminder
from headway.commitments.queries.answerers import Answerer, answerers
from headway.core.errors import RuleError

Fate = Literal["done", "asked_back", "automatic", "unknown", "refused"]
Authority = Commitment.Authority


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """What became of a mail, about which promise, and in a few words."""

    fate: Fate
    record_id: UUID | None = None
    finding: str = ""


@transaction.atomic
def answer_by_mail(*, at: datetime, reply: Reply) -> MailAnswer:
    """Carry out what a mail says about a promise, or ask back once; forged ones do nothing.

    The caller keeps the Message-ID in the same transaction, so that one mail acts once.
    """
    if reply.answer == "automatic":
        return MailAnswer("automatic")
    token = read_reply_token(reply.token)
    if token is None or token.purpose != PURPOSE:
        return MailAnswer("unknown", finding="no genuine reply address")
    if not token.is_for(reply.sender):
        return MailAnswer("refused", token.subject_id, "sent by somebody else")
    commitment = _promise(token.subject_id)
    if commitment is None:
        return MailAnswer("unknown", token.subject_id, "no such promise stands")
    to = _sender(commitment, reply.sender, at)
    if to is None:
        return MailAnswer("refused", commitment.pk, "answers for it no longer")
    return _carry_out(commitment, to, reply, at)


def _promise(commitment_id: UUID) -> Commitment | None:
    rows = Commitment.objects.live().select_related(
        "record__initiative__authority", "record__initiative__stream", "organisation__merged_into"
    )
    return rows.filter(pk=commitment_id).first()


def _sender(commitment: Commitment, address: str, at: datetime) -> Answerer | None:
    today = commitment.record.initiative.today(at)
    own = (each for each in answerers(commitment, today) if each.address == address.lower())
    return next(own, None)


def _carry_out(commitment: Commitment, to: Answerer, reply: Reply, at: datetime) -> MailAnswer:
    by = Actor(
        kind="mail",
        at=at,
        user=to.user,
        member_id=to.member_id,
        organisation_id=commitment.organisation.canonical_pk if commitment.organisation else None,
        credential="reply",
    )
    if reply.answer == "unclear":
        return _ask_back(commitment, to, _question(reply), at, reply.token)
    try:
        # Its own savepoint: what is refused leaves nothing behind, and the question is written.
        with transaction.atomic():
            _act(by, commitment, to, reply)
    except RuleError as refusal:
        return _ask_back(commitment, to, str(refusal), at, reply.token)
    return MailAnswer("done", commitment.pk, reply.answer)


def _act(by: Actor, commitment: Commitment, to: Answerer, reply: Reply) -> None:
    if reply.answer == "done":
        keep_promise(by=by, commitment=commitment, evidence=reply.reason[:1_000])
    elif reply.answer == "late" and reply.until is not None:
        move_promise(by=by, commitment=commitment, until=reply.until, because=reply.reason)
    elif reply.answer == "not_going_ahead":
        drop_promise(by=by, commitment=commitment, because=reply.reason)
    elif reply.answer == "confirm":
        _confirm(by, commitment, to, reply)
    else:
        who = commitment.who or _("the organization")
        drop_promise(
            by=by,
            commitment=commitment,
            because=reply.reason or _("%(who)s says that this is not its promise") % {"who": who},
        )


def _confirm(by: Actor, commitment: Commitment, to: Answerer, reply: Reply) -> None:
    """Yes means within our authority; whoever mentions a board names the day it decides."""
    said = reply.said.lower()
    stated, board_by = Authority.OWN, None
    if "board" in said:
        stated, board_by = Authority.BOARD, reply.until.end if reply.until else None
    elif "intent" in said:
        stated = Authority.INTENT
    confirm_promise(
        by=by, commitment=commitment, authority_stated=stated, board_by=board_by, speaker=to
    )


def _question(reply: Reply) -> str:
    return {
        "nothing_said": _("The mail held no words of its own."),
        "not_understood": _("We could not read an answer in it."),
        "two_answers": _("It says two things at once. Which one is meant?"),
        "date_missing": _("Until when? Name a day, like 5/12."),
        "reason_missing": _("Why is it not going ahead? One sentence is enough."),
        "date_unsure": _("Which day do you mean? Write it like 5/12/2027."),
    }.get(reply.question, _("We could not read an answer in it."))


def _ask_back(
    commitment: Commitment, to: Answerer, question: str, at: datetime, token: str
) -> MailAnswer:
    """One question a day and person, so that two machines never write to each other."""
    initiative = commitment.record.initiative
    today = initiative.today(at)
    if not remember([commitment], Reminder.Kind.QUESTION, today, to.address, at):
        return MailAnswer("asked_back", commitment.pk, "asked once today already")
    with in_language_of(to, initiative):
        text = "\n\n".join(
            [
                _("thank you for your answer about this promise. Nothing was changed yet."),
                promise_lines(commitment),
                question,
                how_to_answer(commitment, to),
            ]
        )
        write_plain(
            initiative=initiative,
            to=to,
            at=at,
            kind="promise_question",
            subject=_("One question about: %s") % commitment.record.title,
            text=text,
            reply_to=reply_address(token),
        )
    return MailAnswer("asked_back", commitment.pk, reply_words(question))


def reply_words(question: str) -> str:
    """A question as the register of mail keeps it."""
    return " ".join(question.split())[:250]
