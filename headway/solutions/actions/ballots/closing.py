"""A vote closes: votes are opened and counted, and what could name a voter is destroyed.

The order matters where the machine stops in the middle. Opened votes and the end of the sealed
ones are one transaction: before it everything is as it was, after it the result stands. Only then
is the key destroyed, and only then forgotten; whoever comes next finishes what was left.
"""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import Attempt, RuleError, without_words
from headway.core.keys import KeyGoneError, UnreadableError, destroy_key, key_bytes
from headway.initiatives.actions import append_state, locked, must_stand, note_event
from headway.initiatives.models import Member, Record
from headway.solutions.actions.ballots.counting import Result, count
from headway.solutions.actions.ballots.merging import count_merged_once
from headway.solutions.actions.ballots.sealing import Vote, unseal_vote
from headway.solutions.actions.objections import note_objection
from headway.solutions.models import (
    NO_KEY,
    Ballot,
    Elector,
    NamedVote,
    OpenedVote,
    SealedVote,
)
from headway.solutions.queries.ballots.turnout import (
    Turnout,
    is_over,
    may_close_by_hand,
    turnout_of,
)
from headway.solutions.queries.ballots.voices import is_recused, recused_organisations

log = logging.getLogger("headway.votes")
BESIDE = ("elector__organisation", "elector__member", "member__user")


class VoidVoteError(Exception):
    """The votes cannot be counted; `args[0]` is the code of why."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A vote as it is counted, and the voice that gave it where it was not secret."""

    vote: Vote
    elector: Elector | None = None
    member: Member | None = None

    def voter(self, at: datetime) -> Actor:
        """Who gave it, as the author of what was said; of a secret vote nobody."""
        if self.member is None:
            return Actor(kind="worker", at=at)
        return Actor(kind="member", at=at, user=self.member.user, member_id=self.member.pk)


def _check_hand(by: Actor, ballot: Ballot, turnout: Turnout, because: str) -> None:
    """Refuse to end a vote by hand before it is over."""
    if is_over(ballot, turnout, by.at):
        return
    if not may_close_by_hand(ballot, turnout, by.at):
        raise RuleError(
            _(
                "It stays open until its end, which was fixed before it opened. It can be closed "
                "earlier once everybody has voted."
            )
        )
    if not because.strip():
        raise RuleError(_("Say why it closes early, like “agreed in the meeting”."), "because")


def _recuse_declared(ballot: Ballot) -> None:
    """Take out the voices whose interest was declared while the vote was open."""
    recused = recused_organisations(ballot)
    silent = Elector.objects.filter(ballot=ballot, has_voted=False, recused=False)
    for elector in silent.select_related("organisation", "member__organisation"):
        if is_recused(elector, recused):
            elector.change(recused=True)


def _named(ballot: Ballot) -> list[Opened]:
    """The votes by name; their reasons leave the content for their own column."""
    found = []
    rows = NamedVote.objects.select_for_update(of=("self",)).filter(ballot=ballot)
    for row in rows.select_related(*BESIDE).order_by("pk"):
        because = row.content.pop("because", "")
        objects = row.content.get("voice") == "object"
        row.because = "" if objects else because
        row.save(update_fields=["content", "because"])
        found.append(Opened(Vote(row.content, because), row.elector, row.member))
    return found


def _secret(ballot: Ballot) -> list[Opened]:
    """Open the sealed votes in memory, shuffle them, and store them with nothing of the old order.

    Raises:
        VoidVoteError: where the key is gone, or the box does not hold what was put into it.

    """
    sealed = list(SealedVote.objects.filter(ballot=ballot).values_list("sealed", flat=True))
    SealedVote.objects.filter(ballot=ballot).delete()
    given = Elector.objects.filter(ballot=ballot, has_voted=True).count()
    try:
        key = key_bytes(ballot.key_id)
        votes = [unseal_vote(bytes(each), key=key, ballot_id=ballot.pk) for each in sealed]
    except KeyGoneError as gone:
        raise VoidVoteError("key_lost") from gone
    except UnreadableError as wrong:
        raise VoidVoteError("tampered") from wrong
    if len(votes) != given:
        raise VoidVoteError("tampered")
    # A shuffle that nobody can foresee or repeat.
    secrets.SystemRandom().shuffle(votes)
    OpenedVote.objects.bulk_create(
        OpenedVote(
            ballot=ballot,
            content=dict(vote.content),
            because="" if vote.content.get("voice") == "object" else vote.because,
        )
        for vote in votes
    )
    return [Opened(vote) for vote in votes]


def _result(by: Actor, ballot: Ballot) -> tuple[Result, Sequence[Opened]]:
    """The count, and what was counted."""
    if ballot.record.withdrawn:
        SealedVote.objects.filter(ballot=ballot).delete()
        return {"result": "void", "why": "withdrawn"}, ()
    count_merged_once(by, ballot)
    _recuse_declared(ballot)
    turnout = turnout_of(ballot)
    try:
        opened = _secret(ballot) if ballot.secret else _named(ballot)
    except VoidVoteError as void:
        return {"result": "void", "why": void.args[0], "cast": turnout.cast}, ()
    votes = [each.vote for each in opened]
    # Two secret votes that were given before their organisations were merged are two voices still.
    entitled = turnout.entitled + len(votes) - turnout.cast
    return count(ballot, votes, entitled=entitled, recused=turnout.recused), opened


def _note_objections(at: datetime, ballot: Ballot, opened: Sequence[Opened]) -> None:
    """Write down who objected and why; whoever closes the vote does not object."""
    for each in opened:
        if each.vote.content.get("voice") == "object":
            organisation = each.elector.organisation if each.elector else None
            text = each.vote.because
            note_objection(by=each.voter(at), ballot=ballot, text=text, organisation=organisation)


def _end(by: Actor, ballot: Ballot, record: Record, because: str) -> None:
    result, opened = _result(by, ballot)
    ballot.change(state=Ballot.State.CLOSED.value, closed_at=by.at, result=result)
    if record.withdrawn:
        return
    append_state(record=record, state=Ballot.State.CLOSED, by=by, because=because)
    changes = {"result": ("", result["result"])}
    note_event(by=by, record=record, verb="closed", changes=changes, because=because)
    _note_objections(by.at, ballot, opened)


@transaction.atomic
def close_ballot(
    *, ballot: Ballot, now: datetime, by: Actor | None = None, because: str = ""
) -> Ballot:
    """Close a vote, count it and publish the result; a second call finds it done.

    Args:
        ballot: the vote.
        now: the instant.
        by: who closes it; without one it is the worker, when the time is up.
        because: why it closes early, where its rule allows that.

    Raises:
        RuleError: where it never opened, or it is too early.

    """
    by = by or Actor(kind="worker", at=now)
    record = locked(ballot.record)
    current = Ballot.objects.select_for_update(of=("self",)).get(pk=record.pk)
    current.record = record
    if current.state == Ballot.State.DRAFT:
        must_stand(record)
        raise RuleError(_("This vote has not opened."))
    if current.state == Ballot.State.OPEN:
        if not record.withdrawn:
            _check_hand(by, current, turnout_of(current), because)
        _end(by, current, record, because.strip())
    transaction.on_commit(lambda: let_key_go(current.pk))
    return current


def let_key_go(ballot_id: UUID) -> bool:
    """Destroy the key of a vote that is over; says whether there was one left.

    Safe to repeat: the key is forgotten only after it was destroyed.
    """
    ballot = Ballot.objects.with_a_key_left().filter(pk=ballot_id).first()
    if ballot is None:
        return False
    destroy_key(ballot.key_id)
    ballot.change(key_id=NO_KEY)
    return True


def let_keys_go() -> int:
    """Destroy every key that outlived its vote, where a machine stopped in the middle."""
    left = Ballot.objects.with_a_key_left().values_list("pk", flat=True)
    return sum(let_key_go(ballot_id) for ballot_id in list(left))


def close_what_is_over(now: datetime) -> int:
    """Close every vote whose time is up, one transaction each; answer how many."""
    over = list(Ballot.objects.over(now).select_related("record"))
    closed = sum(_close_in_its_turn(ballot, now) for ballot in over)
    let_keys_go()
    return closed


def _close_in_its_turn(ballot: Ballot, now: datetime) -> bool:
    """Close one vote; one that makes trouble stays open for the next time and stops no other."""
    with Attempt() as attempt:
        close_ballot(ballot=ballot, now=now)
    if attempt.trouble:
        words = without_words(attempt.trouble)
        log.warning("The vote %s could not be closed: %s", ballot.pk, words)
    return attempt.trouble is None
