"""A vote is given: one for each voice, the later of a named one in place of the earlier."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.core.keys import KeyGoneError, key_bytes
from headway.forums.queries.rights import open_rights
from headway.initiatives.actions import locked, must_stand, note_event
from headway.solutions.actions.ballots.sealing import Vote, room_for, seal_vote
from headway.solutions.models import Ballot, Elector, NamedVote, SealedVote
from headway.solutions.queries.ballots.voices import (
    is_recused,
    one_each,
    recused_organisations,
    same_voice,
    voices_of,
)
from headway_analysis.ballots.consent import VOICES

HIGHEST_SCORE = 5
EMPTY_SHEET = {
    "chosen": gettext_lazy("Choose at least one option, or say that you abstain."),
    "ranks": gettext_lazy("Rank at least one option, like 1, or say that you abstain."),
    "scores": gettext_lazy("Score at least one option, or say that you abstain."),
}


def _consent(said: Mapping[str, Any], because: str) -> dict[str, Any]:
    voice = said.get("voice")
    if voice not in VOICES:
        raise RuleError(_("Choose one: consent, stand aside or object."), "voice")
    if voice == "object" and not because:
        raise RuleError(
            _(
                "Say what harm you see, so that others can answer it, like “it closes the only "
                "shelter for families”."
            ),
            "because",
        )
    return {"voice": voice}


def _must_say_something(content: dict[str, Any], *, abstains: bool) -> None:
    """A sheet left empty is no vote, unless whoever gives it says that they abstain."""
    name, filled = next(iter(content.items()))
    field = name if name == "chosen" else ""
    if filled and abstains:
        raise RuleError(
            _("Choose options, or say that you abstain: not both. Empty one of the two."), field
        )
    if not filled and not abstains:
        raise RuleError(EMPTY_SHEET[name], field)


def _chosen(said: Mapping[str, Any], numbers: set[int]) -> dict[str, Any]:
    chosen = set(said.get("chosen", ()))
    if not chosen <= numbers:
        raise RuleError(_("Choose only from the options listed."), "chosen")
    return {"chosen": sorted(chosen)}


def _numbered(
    said: Mapping[str, Any], name: str, numbers: set[int], low: int, high: int
) -> dict[str, Any]:
    """A whole number for some options, none left out of its bounds."""
    given: dict[int, int] = {int(key): value for key, value in said.get(name, {}).items()}
    for number, value in given.items():
        if number not in numbers or not isinstance(value, int) or not low <= value <= high:
            raise RuleError(
                _("Enter a whole number from %(low)s to %(high)s, or leave it empty.")
                % {"low": low, "high": high},
                f"option_{number}",
            )
    return {name: {str(number): given[number] for number in sorted(given)}}


def _content(ballot: Ballot, said: Mapping[str, Any], because: str) -> dict[str, Any]:
    """What is voted, in the one form in which votes of this rule are kept."""
    numbers = set(ballot.options.values_list("number", flat=True))
    if ballot.rule == Ballot.Rule.CONSENT:
        return _consent(said, because)
    content = _marked(ballot.rule, said, numbers)
    _must_say_something(content, abstains=bool(said.get("abstains")))
    return content


def _marked(rule: str, said: Mapping[str, Any], numbers: set[int]) -> dict[str, Any]:
    """The options that are marked on the sheet."""
    if rule == Ballot.Rule.RANKING:
        return _numbered(said, "ranks", numbers, 1, len(numbers))
    if rule == Ballot.Rule.SCORE:
        return _numbered(said, "scores", numbers, 0, HIGHEST_SCORE)
    return _chosen(said, numbers)


def _check_time(by: Actor, ballot: Ballot) -> None:
    if not ballot.takes_votes(by.at):
        raise RuleError(_("This vote is not open now. Its page says from when until when it is."))
    if "decide" not in open_rights(ballot.forum, by.at):
        raise RuleError(
            _("%(name)s takes no votes now. Its page says when it does.")
            % {"name": ballot.forum.name if ballot.forum else ""}
        )


def _check_voice(by: Actor, elector: Elector) -> None:
    ballot = elector.ballot
    today = ballot.record.initiative.today(by.at)
    if elector.voice not in {each.voice for each in voices_of(ballot, by.member_id, today)}:
        raise RuleError(
            _("You may not vote for %(name)s. Ask the convener to record who speaks for it.")
            % {"name": elector}
        )
    if elector.recused or is_recused(elector, recused_organisations(ballot)):
        raise RuleError(
            _("%(name)s declared an interest and does not take part in this vote.")
            % {"name": elector}
        )


def _locked_voice(elector: Elector) -> Elector:
    """The row that counts for a voice, where others were merged with it while the vote is open."""
    related = ("ballot__forum__record", "organisation__merged_into", "member__organisation")
    rows = Elector.objects.select_for_update(of=("self",)).select_related(*related)
    named = Elector.objects.select_related("organisation").get(pk=elector.pk)
    return one_each(rows.filter(same_voice(named), ballot=named.ballot_id).order_by("pk"))[0]


@transaction.atomic
def cast_vote(
    *, by: Actor, elector: Elector, said: Mapping[str, Any], because: str = ""
) -> Elector:
    """Give a voice; what was voted is written to no log.

    Args:
        by: the member who votes.
        elector: for whom.
        said: for consent `{"voice": …}`; else `{"chosen": [1]}`, `{"ranks": {1: 2}}` or
            `{"scores": {1: 5}}` by the numbers of the options; an empty sheet needs
            `"abstains": True`.
        because: the reason; an objection needs one.

    Raises:
        RuleError: where the vote is not open, the voice not theirs, a secret one was given, or
            the sheet is empty and nobody says that it is an abstention.

    """
    record = locked(elector.ballot.record)
    must_stand(record)
    current = _locked_voice(elector)
    current.ballot.record = record
    _check_time(by, current.ballot)
    _check_voice(by, current)
    vote = Vote(_content(current.ballot, said, because.strip()), because.strip())
    if current.ballot.secret:
        _drop_in_the_box(current, vote)
    else:
        _write_by_name(by, current, vote)
    return current


def _drop_in_the_box(elector: Elector, vote: Vote) -> None:
    """Seal a secret vote; beside it only stands that this voice was given."""
    ballot = elector.ballot
    if elector.has_voted:
        raise RuleError(
            _("The voice of %(name)s was given already. A secret vote is final.")
            % {"name": elector}
        )
    try:
        key = key_bytes(ballot.key_id)
    except KeyGoneError as gone:
        raise RuleError(
            _("The key of this vote is lost. Ask the convener to withdraw it and begin anew.")
        ) from gone
    room = room_for(ballot.options.count())
    sealed = seal_vote(vote, key=key, ballot_id=ballot.pk, room=room)
    SealedVote(ballot=ballot, sealed=sealed).save(force_insert=True)
    elector.change(has_voted=True)


def _write_by_name(by: Actor, elector: Elector, vote: Vote) -> None:
    """Write a named vote, in place of one that the same voice gave before."""
    content = {**vote.content, "because": vote.because}
    if by.member_id is None:
        raise ValueError(f"a named vote needs a member, got {by}")
    before = NamedVote.objects.filter(elector=elector).first()
    if before is None:
        NamedVote(
            ballot=elector.ballot,
            elector=elector,
            member_id=by.member_id,
            content=content,
            cast_at=by.at,
        ).save(force_insert=True)
        elector.change(has_voted=True)
        return
    if before.change(content=content):
        before.change(member_id=by.member_id, cast_at=by.at)
        note_event(
            by=by,
            record=elector.ballot.record,
            verb="vote_replaced",
            changes={"voice": ("", str(elector))},
        )
