"""Organisations that are merged while a vote is open speak with one voice."""

from datetime import timedelta

import pytest

from headway.accounts.models import EventValue
from headway.core.errors import RuleError
from headway.directory.actions import merge_organisation
from headway.initiatives.models import Member
from headway.solutions.actions.ballots import cast_vote, close_ballot, name_stand_in
from headway.solutions.models import Ballot, Elector, NamedVote
from headway.solutions.queries.ballots.turnout import turnout_of
from tests.solutions.voting import (
    AFTER,
    CONSENT,
    HARM,
    OBJECT,
    an_open_ballot,
    as_member,
    partners,
    vote,
)
from tests.world import NOON, World

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def voters(world: World) -> dict[str, Member]:
    return partners(world, ["Ash", "Birch", "Cedar"])


def merge(world: World, member: Member, into: Member) -> None:
    """From now on one organisation counts as another."""
    assert member.organisation
    assert into.organisation
    merge_organisation(
        by=world.actor("registrar"), organisation=member.organisation, into=into.organisation
    )


def told_merged() -> list[tuple[str, str]]:
    """What the log says of voices that became one."""
    found = EventValue.objects.filter(event__verb="voices_merged", field="voice")
    return list(found.values_list("old", "new"))


def voice_of(ballot: Ballot, member: Member) -> Elector:
    """A voice as it was written down at the opening."""
    rows = Elector.objects.select_related("ballot__record__initiative")
    return rows.get(ballot=ballot, organisation=member.organisation)


def test_two_that_were_merged_are_one_voice_at_once(
    world: World, voters: dict[str, Member]
) -> None:
    ballot = an_open_ballot(world)
    vote(ballot, voters["Ash"], CONSENT)
    vote(ballot, voters["Birch"], CONSENT)
    assert turnout_of(ballot).entitled == 3
    merge(world, voters["Birch"], voters["Ash"])
    turnout = turnout_of(ballot)
    assert (turnout.entitled, turnout.cast, turnout.needed) == (2, 1, 1)
    listed = world.client().get(world.address("solutions:ballots")).content.decode()
    assert "1 of 2 have voted" in listed


def test_of_two_votes_by_name_the_later_counts_and_the_log_says_so(
    world: World, voters: dict[str, Member]
) -> None:
    ballot = an_open_ballot(world)
    vote(ballot, voters["Ash"], OBJECT, HARM)
    vote(ballot, voters["Birch"], CONSENT, at=LATER)
    merge(world, voters["Birch"], voters["Ash"])
    assert not told_merged()
    result = close_ballot(ballot=ballot, now=AFTER).result
    assert result is not None
    assert (result["entitled"], result["cast"], result["consent"]) == (2, 1, 1)
    assert result["objections"] == 0
    assert told_merged() == [("Ash, Birch", "Ash")]
    page = world.client("convener").get(world.address("solutions:ballot", ballot.pk))
    assert NamedVote.objects.filter(ballot=ballot).count() == 1
    assert page.status_code == 200


def test_the_voice_of_one_that_was_merged_goes_on(world: World, voters: dict[str, Member]) -> None:
    ballot = an_open_ballot(world)
    elm = partners(world, ["Elm"])["Elm"]
    merge(world, voters["Birch"], elm)
    cast_vote(by=as_member(elm), elector=voice_of(ballot, voters["Birch"]), said=CONSENT)
    page = world.client("convener").get(world.address("solutions:ballot", ballot.pk))
    assert "1 of 3 have voted" in page.content.decode()


@pytest.mark.parametrize("secret", [False, True])
def test_a_stand_in_for_one_that_was_merged_gives_no_second_voice(
    world: World, voters: dict[str, Member], *, secret: bool
) -> None:
    ballot = an_open_ballot(world, secret=secret)
    birch, cedar = voice_of(ballot, voters["Birch"]), voters["Cedar"]
    name_stand_in(by=world.actor(), elector=birch, member=cedar, may_name_any=True)
    vote(ballot, voters["Ash"], CONSENT)
    merge(world, voters["Birch"], voters["Ash"])
    if secret:
        with pytest.raises(RuleError, match="was given already"):
            cast_vote(by=as_member(cedar, LATER), elector=birch, said=CONSENT)
        return
    cast_vote(by=as_member(cedar, LATER), elector=birch, said=OBJECT, because=HARM)
    assert NamedVote.objects.get(ballot=ballot).content["voice"] == "object"


def test_two_secret_votes_given_before_the_merge_stay_two(
    world: World, voters: dict[str, Member]
) -> None:
    ballot = an_open_ballot(world, secret=True)
    for name in ("Ash", "Birch", "Cedar"):
        vote(ballot, voters[name], CONSENT)
    merge(world, voters["Birch"], voters["Ash"])
    result = close_ballot(ballot=ballot, now=AFTER).result
    assert result is not None
    assert (result["result"], result["entitled"], result["cast"]) == ("adopted", 3, 3)


def test_a_silent_voice_that_was_merged_is_not_missed(
    world: World, voters: dict[str, Member]
) -> None:
    ballot = an_open_ballot(world, secret=True, quorum_percent=100)
    vote(ballot, voters["Ash"], CONSENT)
    vote(ballot, voters["Cedar"], CONSENT)
    merge(world, voters["Birch"], voters["Ash"])
    result = close_ballot(ballot=ballot, now=NOON).result
    assert result is not None
    assert (result["result"], result["entitled"], result["cast"]) == ("adopted", 2, 2)
    assert told_merged() == [("Ash, Birch", "Ash")]
