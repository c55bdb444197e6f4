"""What the holder of a link in a mail says about a promise, without signing in."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.links import LinkError, open_link, use_link
from headway.accounts.models import LinkToken
from headway.accounts.replies import read_reply_token
from headway.commitments.actions.answers import (
    confirm_promise,
    drop_promise,
    keep_promise,
    move_promise,
)
from headway.commitments.actions.letters import PURPOSE, link_purpose
from headway.commitments.models import Commitment
from headway.commitments.queries.answerers import Answerer, answerers
from headway.core.errors import RuleError
from headway_analysis.partial_date import PartialDate


@dataclass(frozen=True)
class OpenedLink:
    """The promise behind a link, and for whom the link was made."""

    commitment: Commitment
    answerer: Answerer


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answers: one of own, board, intent, done, late, dropped."""

    answer: str
    board_by: date | None = None
    until: PartialDate | None = None
    because: str = ""
    evidence: str = ""


def open_answer_link(*, token: str, secret: str, now: datetime) -> OpenedLink:
    """What a link would answer; changes nothing, however often a scanner opens it.

    Raises:
        LinkError: where it is unknown, used, run out, or its holder answers for it no longer.

    """
    return _behind(open_link(secret, link_purpose(token), now), token, now)


def _behind(link: LinkToken, token: str, now: datetime) -> OpenedLink:
    read = read_reply_token(token)
    rows = Commitment.objects.live().select_related(
        "record__initiative__authority", "record__initiative__stream", "organisation__merged_into"
    )
    row = rows.filter(pk=link.subject_id, record__initiative__authority=link.authority_id).first()
    if read is None or read.purpose != PURPOSE or row is None:
        raise LinkError(_("This promise was withdrawn. There is nothing left to answer."), 410)
    today = row.record.initiative.today(now)
    own = (each for each in answerers(row, today) if read.is_for(each.address))
    answerer = next(own, None)
    if answerer is None:
        raise LinkError(_("Somebody else answers for this promise now."), 410)
    return OpenedLink(row, answerer)


@transaction.atomic
def answer_by_link(*, token: str, secret: str, now: datetime, said: Said) -> Commitment:
    """Carry out what the holder of a link answers; the link is used up by it.

    Raises:
        LinkError: where the link opens nothing.
        RuleError: where the answer lacks its day or its reason.

    """
    link = use_link(secret, link_purpose(token), now)
    opened = _behind(link, token, now)
    row, speaker = opened.commitment, opened.answerer
    by = Actor(
        kind="link",
        at=now,
        user=speaker.user,
        member_id=speaker.member_id,
        organisation_id=row.organisation.canonical_pk if row.organisation else None,
        credential=f"link:{link.pk}",
    )
    return give_answer(by=by, commitment=row, said=said, speaker=speaker)


@transaction.atomic
def give_answer(
    *, by: Actor, commitment: Commitment, said: Said, speaker: Answerer | None = None
) -> Commitment:
    """Carry out one of the answers that a promise can be given.

    Raises:
        RuleError: where the answer lacks its day or its reason, or is none.

    """
    if said.answer in Commitment.Authority.values:
        return confirm_promise(
            by=by,
            commitment=commitment,
            authority_stated=said.answer,
            board_by=said.board_by,
            speaker=speaker,
        )
    if said.answer == "done":
        return keep_promise(by=by, commitment=commitment, evidence=said.evidence)
    if said.answer == "dropped":
        return drop_promise(by=by, commitment=commitment, because=said.because)
    if said.answer == "late" and said.until is not None:
        return move_promise(by=by, commitment=commitment, until=said.until, because=said.because)
    field, words = (
        ("until", _("Enter the new day, like 2026-05-12."))
        if said.answer == "late"
        else ("answer", _("Choose one of the answers."))
    )
    raise RuleError(words, field)
