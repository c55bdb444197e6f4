"""Giving a vote: one for each voice, by whom it belongs to, while the vote is open."""

from datetime import timedelta

import pytest

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.solutions.actions.ballots import close_ballot
from headway.solutions.models import NamedVote
from tests.solutions.voting import (
    AFTER,
    CONSENT,
    END,
    HARM,
    OBJECT,
    a_member,
    an_open_ballot,
    as_member,
    partners,
    vote,
)
from tests.world import NOON, World

EMPTY_SHEETS = {"approval": "chosen", "budget": "chosen", "ranking": "ranks", "score": "scores"}
ABSTAIN = "or say that you abstain"


def test_an_objection_without_a_reason_is_refused(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world)
    with pytest.raises(RuleError) as refused:
        vote(ballot, voters["Ash"], OBJECT, "  ")
    assert refused.value.field == "because"
    assert vote(ballot, voters["Ash"], OBJECT, HARM).has_voted


def test_three_people_of_one_partner_have_one_voice_and_the_last_word_counts(
    world: World,
) -> None:
    ash = partners(world, ["Ash", "Birch"])["Ash"]
    ballot = an_open_ballot(world)
    vote(ballot, ash, OBJECT, HARM)
    vote(ballot, ash, CONSENT, at=NOON + timedelta(hours=1))
    assert NamedVote.objects.count() == 1
    assert NamedVote.objects.get().content["voice"] == "consent"
    replaced = Event.objects.about(ballot.pk).filter(verb="vote_replaced")
    assert replaced.count() == 1


def test_voting_the_same_again_changes_nothing(world: World) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    ballot = an_open_ballot(world)
    vote(ballot, ash, CONSENT)
    vote(ballot, ash, CONSENT)
    assert not Event.objects.filter(verb="vote_replaced").exists()


def test_where_somebody_has_a_mandate_the_others_of_the_organization_do_not_vote(
    world: World,
) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    colleague = a_member(world, ash.organisation, "Colleague")
    ballot = an_open_ballot(world)
    with pytest.raises(RuleError, match="may not vote for Ash"):
        vote(ballot, colleague, CONSENT)


@pytest.mark.parametrize("at", [NOON - timedelta(days=1), END, AFTER])
def test_nobody_votes_before_or_after(world: World, at: object) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    ballot = an_open_ballot(world)
    with pytest.raises(RuleError, match="not open now"):
        vote(ballot, ash, CONSENT, at=at)


def test_a_secret_vote_is_final(world: World, keys: object) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    ballot = an_open_ballot(world, secret=True)
    vote(ballot, ash, CONSENT)
    with pytest.raises(RuleError, match="final"):
        vote(ballot, ash, OBJECT, HARM)
    close_ballot(ballot=ballot, now=AFTER)
    ballot.refresh_from_db()
    assert ballot.result is not None
    assert ballot.result["result"] == "adopted"
    assert as_member(ash).member_id == ash.pk


@pytest.mark.parametrize(("rule", "name"), EMPTY_SHEETS.items())
def test_an_empty_sheet_is_no_vote_unless_somebody_abstains(
    world: World, rule: str, name: str
) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    ballot = an_open_ballot(world, rule=rule, options=("Beds", "Jobs"), budget=100)
    empty: dict[str, object] = {name: [] if name == "chosen" else {}}
    with pytest.raises(RuleError, match=ABSTAIN):
        vote(ballot, ash, empty)
    assert not NamedVote.objects.exists()
    full = {name: [1] if name == "chosen" else {1: 1}}
    with pytest.raises(RuleError, match="not both"):
        vote(ballot, ash, {**full, "abstains": True})
    assert vote(ballot, ash, {**empty, "abstains": True}).has_voted
    result = close_ballot(ballot=ballot, now=AFTER).result
    assert result is not None
    assert result["blank"] == 1
