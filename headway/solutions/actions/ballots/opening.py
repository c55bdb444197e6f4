"""A vote opens: whose voices count is fixed, and nothing of it changes any more."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.core.keys import make_key
from headway.forums.queries.rights import open_rights
from headway.initiatives.actions import append_state, locked, must_stand, note_event
from headway.initiatives.actions.records import last_number
from headway.initiatives.models import Member
from headway.solutions.actions.ballots.preparing import check_secret
from headway.solutions.models import NO_KEY, Ballot, Elector
from headway.solutions.queries.ballots.voices import (
    is_recused,
    may_vote_for,
    member_who_votes,
    members_with_a_voice,
    organisations_with_a_voice,
    recused_organisations,
)


def _electors(by: Actor, ballot: Ballot) -> list[Elector]:
    """Whose voices count, from this moment on."""
    initiative = ballot.record.initiative
    if ballot.voices == Ballot.Voices.ORGANISATIONS:
        rows = [
            Elector(ballot=ballot, organisation=each)
            for each in organisations_with_a_voice(initiative)
        ]
    else:
        members = members_with_a_voice(initiative, initiative.today(by.at))
        rows = [
            Elector(ballot=ballot, member=each) for each in members.select_related("organisation")
        ]
    recused = recused_organisations(ballot)
    for row in rows:
        row.recused = is_recused(row, recused)
    return rows


def _check_forum(by: Actor, ballot: Ballot) -> None:
    forum = ballot.forum
    check_secret(forum, secret=ballot.secret)
    if forum is None or not forum.meets_in_the_open:
        return
    if "decide" not in open_rights(forum, by.at):
        raise RuleError(
            _(
                "%(name)s meets in the open and votes in its meetings only. Record the decision "
                "there, with how each voted."
            )
            % {"name": forum.name}
        )


def _check_ready(by: Actor, ballot: Ballot) -> None:
    if ballot.state != Ballot.State.DRAFT:
        raise RuleError(_("This vote has opened already."))
    if ballot.closes_at is None or ballot.closes_at <= by.at:
        raise RuleError(_("Say until when one can vote, and choose a time to come."), "closes_at")
    for option in ballot.options.select_related("solution__record"):
        if option.solution is None:
            continue
        must_stand(option.solution.record)
        if last_number(option.solution.record, "text") != option.wording_number:
            raise RuleError(
                _("“%(title)s” was reworded since. Edit the vote and save it anew.")
                % {"title": option.solution.record.title}
            )
    _check_forum(by, ballot)


@transaction.atomic
def open_ballot(*, by: Actor, ballot: Ballot) -> Ballot:
    """Open a vote: whose voices count is written down, and its rule stays as it is.

    Raises:
        RuleError: where it opened before, has no end to come, or nobody would have a voice.

    """
    record = locked(ballot.record)
    must_stand(record)
    current = Ballot.objects.select_for_update(of=("self",)).get(pk=record.pk)
    _check_ready(by, current)
    electors = _electors(by, current)
    voices = [each for each in electors if not each.recused]
    if not voices:
        raise RuleError(_("Nobody would have a voice. Record first which partners take part."))
    Elector.objects.bulk_create(electors)
    current.change(
        state=Ballot.State.OPEN.value,
        opened_at=by.at,
        opens_at=max(current.opens_at or by.at, by.at),
        key_id=make_key() if current.secret else NO_KEY,
    )
    append_state(record=record, state=Ballot.State.OPEN, by=by)
    changes = {"voices": ("", len(voices)), "closes_at": ("", current.closes_at)}
    note_event(by=by, record=record, verb="opened", changes=changes)
    return current


def _locked_voice(elector: Elector) -> Elector:
    """A voice as it stands now, locked after its vote's record."""
    must_stand(locked(elector.ballot.record))
    related = ("ballot__record__initiative__stream", "organisation", "member__organisation")
    rows = Elector.objects.select_for_update(of=("self",)).select_related(*related)
    return rows.get(pk=elector.pk)


def _must_be_open(elector: Elector) -> None:
    if elector.ballot.state != Ballot.State.OPEN:
        raise RuleError(_("This vote is not open."))


@transaction.atomic
def name_stand_in(*, by: Actor, elector: Elector, member: Member, may_name_any: bool) -> Elector:
    """Let another member give a voice; the log keeps who named whom.

    Args:
        by: who names the stand-in.
        elector: the voice.
        member: who stands in.
        may_name_any: whether the actor leads the initiative; else the voice must be theirs.

    Raises:
        RuleError: where the vote is not open, the voice was given, or is not theirs to lend.

    """
    current = _locked_voice(elector)
    _must_be_open(current)
    if current.has_voted:
        raise RuleError(_("This voice was given already."))
    initiative = current.ballot.record.initiative
    if member.initiative_id != initiative.pk or member.left_at is not None:
        raise RuleError(_("Choose a member of this initiative."), "member")
    if not may_name_any and not _holds(by.member_id, current, by):
        raise RuleError(_("Only who may give this voice may name a stand-in."))
    changes = current.change(stand_in=member)
    if changes:
        note_event(
            by=by,
            record=current.ballot.record,
            verb="stand_in_named",
            changes={"stand_in": ("", f"{member.name} – {current}")},
        )
    return current


def _holds(member_id: UUID | None, elector: Elector, by: Actor) -> bool:
    """Whether a member may give a voice without standing in."""
    if elector.organisation is None:
        return elector.member_id == member_id
    member = member_who_votes(member_id)
    today = elector.ballot.record.initiative.today(by.at)
    return member is not None and elector.organisation.canonical_pk in may_vote_for(member, today)


@transaction.atomic
def recuse_voice(*, by: Actor, elector: Elector, because: str) -> Elector:
    """Take a voice out of an open vote because of an interest; what is needed is counted anew.

    Nobody else takes out a silent voice that declared no interest: the vote would end without it.

    Raises:
        RuleError: where no reason is given, the vote is not open, the voice was given, or is not
            theirs and declared no interest.

    """
    if not because.strip():
        raise RuleError(_("Say which interest, like “would run the new shelter”."), "because")
    current = _locked_voice(elector)
    _must_be_open(current)
    if current.has_voted:
        raise RuleError(_("This voice was given already, and what was voted stays hidden."))
    declared = is_recused(current, recused_organisations(current.ballot))
    if not (declared or _holds(by.member_id, current, by)):
        raise RuleError(
            _("%(name)s declared no interest. Ask who may give this voice to take it out.")
            % {"name": current},
            "elector",
        )
    if current.change(recused=True):
        note_event(
            by=by,
            record=current.ballot.record,
            verb="voice_recused",
            changes={"voice": ("", str(current))},
            because=because.strip(),
        )
    return current
