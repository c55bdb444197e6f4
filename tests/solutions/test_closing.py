"""Closing a vote: counted by its stated rule, published at once, and safe to repeat."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from headway.core.errors import RuleError
from headway.core.keys import destroy_key
from headway.initiatives.actions import withdraw_record
from headway.solutions.actions.ballots import (
    close_ballot,
    close_what_is_over,
    let_keys_go,
    open_ballot,
    recuse_voice,
)
from headway.solutions.models import (
    NO_KEY,
    Ballot,
    Elector,
    NamedVote,
    Objection,
    OpenedVote,
    SealedVote,
)
from headway.solutions.queries.ballots.standing import standing_of
from tests.solutions.voting import (
    AFTER,
    ASIDE,
    CONSENT,
    HARM,
    OBJECT,
    a_ballot,
    an_open_ballot,
    as_member,
    keys_in,
    partners,
    vote,
)
from tests.world import NOON, World

THREE = ("Beds", "Jobs", "Rents")
Callbacks = Callable[..., object]


def closed(ballot: Ballot) -> Ballot:
    """The vote after its end."""
    close_ballot(ballot=ballot, now=AFTER)
    ballot.refresh_from_db()
    assert ballot.result is not None
    return ballot


def test_consent_without_an_objection_is_adopted(world: World) -> None:
    voters = partners(world, ["Ash", "Birch", "Cedar"])
    ballot = an_open_ballot(world)
    vote(ballot, voters["Ash"], CONSENT)
    vote(ballot, voters["Birch"], ASIDE, "We have no room")
    assert closed(ballot).result == {
        "entitled": 3,
        "recused": 0,
        "needed": 2,
        "cast": 2,
        "result": "adopted",
        "consent": 1,
        "stand_aside": 1,
        "objections": 0,
    }
    assert NamedVote.objects.get(elector__organisation__name="Birch").because == "We have no room"


def test_an_objection_becomes_a_record_and_stops_the_proposal(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world)
    vote(ballot, voters["Ash"], CONSENT)
    vote(ballot, voters["Birch"], OBJECT, HARM)
    assert Objection.objects.count() == 0
    assert standing_of(closed(ballot)).code == "objected"
    objection = Objection.objects.get()
    assert (objection.text, str(objection.organisation)) == (HARM, "Birch")
    assert HARM not in str(list(NamedVote.objects.values()))


@pytest.mark.parametrize(
    ("rule", "method", "votes", "winners"),
    [
        ("ranking", "schulze", [{"ranks": {2: 1, 1: 2}}, {"ranks": {2: 1}}], [2]),
        ("ranking", "irv", [{"ranks": {3: 1, 1: 2}}, {"ranks": {3: 1}}], [3]),
        ("approval", "", [{"chosen": [1, 2]}, {"chosen": [2]}], [2]),
        ("score", "", [{"scores": {1: 5, 2: 3}}, {"scores": {1: 0, 2: 3}}], [2]),
        ("budget", "mes", [{"chosen": [1, 2]}, {"chosen": [1]}], [1, 2]),
        ("budget", "greedy", [{"chosen": [3]}, {"chosen": [3, 1]}], [3, 1]),
    ],
)
def test_each_rule_counts_as_it_says(
    world: World, rule: str, method: str, votes: list[dict[str, object]], winners: list[int]
) -> None:
    voters = partners(world, ["Ash", "Birch"])
    budget = 200 if rule == "budget" else None
    ballot = an_open_ballot(world, rule=rule, method=method, options=THREE, budget=budget)
    for member, said in zip(voters.values(), votes, strict=True):
        vote(ballot, member, said)
    result = closed(ballot).result
    assert result is not None
    assert (result["result"], result["winners"]) == ("chosen", winners)


def test_equal_options_are_told(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world, rule="approval", options=THREE)
    vote(ballot, voters["Ash"], {"chosen": [1]})
    vote(ballot, voters["Birch"], {"chosen": [2]})
    result = closed(ballot).result
    assert result is not None
    assert result["tied"] == [1, 2]


def test_too_few_votes_decide_nothing(world: World) -> None:
    ash = partners(world, ["Ash", "Birch", "Cedar"])["Ash"]
    ballot = an_open_ballot(world)
    vote(ballot, ash, CONSENT)
    assert standing_of(closed(ballot)).code == "no_quorum"


def test_nobody_voting_decides_nothing(world: World) -> None:
    partners(world, ["Ash"])
    assert standing_of(closed(an_open_ballot(world))).code == "no_quorum"


def test_before_its_end_it_closes_only_when_all_have_voted(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world)
    vote(ballot, voters["Ash"], CONSENT)
    with pytest.raises(RuleError, match="fixed before it opened"):
        close_ballot(ballot=ballot, now=NOON, by=world.actor())
    vote(ballot, voters["Birch"], CONSENT)
    assert close_ballot(ballot=ballot, now=NOON, by=world.actor()).state == "closed"


def test_no_vote_ends_early_because_silent_voices_are_taken_out_by_others(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world)
    vote(ballot, voters["Ash"], CONSENT)
    silent = Elector.objects.select_related("ballot__record").get(has_voted=False)
    with pytest.raises(RuleError, match="declared no interest"):
        recuse_voice(by=world.actor(), elector=silent, because="Would run it")
    with pytest.raises(RuleError, match="fixed before it opened"):
        close_ballot(ballot=ballot, now=NOON, by=world.actor())
    recuse_voice(by=as_member(voters["Birch"]), elector=silent, because="Would run it")
    assert close_ballot(ballot=ballot, now=NOON, by=world.actor()).state == "closed"


def test_it_closes_early_where_its_rule_says_so_and_with_a_reason(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world, closes_early=True)
    vote(ballot, voters["Ash"], CONSENT)
    with pytest.raises(RuleError) as refused:
        close_ballot(ballot=ballot, now=NOON, by=world.actor())
    assert refused.value.field == "because"
    done = close_ballot(ballot=ballot, now=NOON, by=world.actor(), because="Agreed in the meeting")
    assert done.state == "closed"


def test_the_worker_closes_what_is_over_and_nothing_else(world: World) -> None:
    partners(world, ["Ash"])
    over = an_open_ballot(world)
    later = an_open_ballot(world, closes_at=AFTER + timedelta(days=1))
    a_ballot(world)
    assert close_what_is_over(AFTER) == 1
    assert close_what_is_over(AFTER) == 0
    assert Ballot.objects.get(pk=over.pk).state == "closed"
    assert Ballot.objects.get(pk=later.pk).state == "open"


def test_the_key_goes_only_after_the_result_is_kept(
    world: World, keys: Path, django_capture_on_commit_callbacks: Callbacks
) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    ballot = an_open_ballot(world, secret=True)
    vote(ballot, ash, CONSENT)
    with django_capture_on_commit_callbacks(execute=False):
        closed(ballot)
    assert len(keys_in(keys)) == 1
    assert (SealedVote.objects.count(), OpenedVote.objects.count()) == (0, 1)
    assert let_keys_go() == 1
    assert keys_in(keys) == []
    assert Ballot.objects.get(pk=ballot.pk).key_id == NO_KEY
    assert let_keys_go() == 0


def test_a_second_closing_finds_it_done_and_still_destroys_the_key(
    world: World, keys: Path, django_capture_on_commit_callbacks: Callbacks
) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    ballot = an_open_ballot(world, secret=True)
    vote(ballot, ash, OBJECT, HARM)
    closed(ballot)
    with django_capture_on_commit_callbacks(execute=True):
        close_ballot(ballot=ballot, now=AFTER)
    assert keys_in(keys) == []
    assert Objection.objects.count() == 1
    assert Objection.objects.get().organisation is None


def test_a_lost_key_makes_the_vote_void_and_says_so(world: World, keys: Path) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world, secret=True)
    vote(ballot, voters["Ash"], CONSENT)
    destroy_key(ballot.key_id if ballot.key_id != NO_KEY else Ballot.objects.get().key_id)
    with pytest.raises(RuleError, match="key of this vote is lost"):
        vote(ballot, voters["Birch"], CONSENT)
    assert closed(ballot).result == {"result": "void", "why": "key_lost", "cast": 1}
    assert SealedVote.objects.count() == 0


def test_a_box_that_was_tampered_with_is_void(world: World, keys: Path) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world, secret=True)
    for member in voters.values():
        vote(ballot, member, CONSENT)
    SealedVote.objects.filter(pk=SealedVote.objects.first().pk).delete()
    result = closed(ballot).result
    assert result is not None
    assert result["why"] == "tampered"


def test_a_withdrawn_vote_is_void_and_its_box_is_emptied(world: World, keys: Path) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    ballot = an_open_ballot(world, secret=True)
    vote(ballot, ash, CONSENT)
    withdraw_record(by=world.actor(), record=ballot.record, because="The wording was wrong")
    assert close_what_is_over(NOON) == 1
    assert SealedVote.objects.count() == 0
    assert OpenedVote.objects.count() == 0
    assert Elector.objects.get().has_voted


def test_nothing_opens_twice(world: World) -> None:
    partners(world, ["Ash"])
    ballot = an_open_ballot(world)
    with pytest.raises(RuleError, match="opened already"):
        open_ballot(by=world.actor(), ballot=ballot)


def test_one_vote_that_makes_trouble_stops_no_other(world: World) -> None:
    voters = partners(world, ["Ash"])
    broken, sound = an_open_ballot(world), an_open_ballot(world)
    for ballot in (broken, sound):
        vote(ballot, voters["Ash"], CONSENT)
    NamedVote.objects.filter(ballot=broken).update(content={"voice": "unheard-of"})
    assert close_what_is_over(AFTER) == 1
    states = dict(Ballot.objects.values_list("pk", "state"))
    assert states == {broken.pk: "open", sound.pk: "closed"}
