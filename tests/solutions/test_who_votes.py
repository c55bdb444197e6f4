"""Who has a voice: partners or persons, without those with an interest, and not in the dark."""

from datetime import timedelta
from decimal import Decimal

import pytest

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.directory.actions import merge_organisation
from headway.forums.models import Forum
from headway.initiatives.actions import open_record
from headway.initiatives.models import Member
from headway.solutions.actions.ballots import (
    OptionLine,
    VoteRule,
    cast_vote,
    close_ballot,
    open_ballot,
    prepare_ballot,
    recuse_voice,
    revise_ballot,
)
from headway.solutions.actions.solutions import revise_solution
from headway.solutions.models import Ballot, Elector, Interest, Solution
from headway.solutions.queries.ballots.turnout import turnout_of
from headway.solutions.queries.ballots.words import rule_sentences
from tests.solutions.voting import (
    AFTER,
    CONSENT,
    END,
    a_ballot,
    a_group,
    a_recommendation,
    an_open_ballot,
    as_member,
    partners,
    vote,
)
from tests.world import NOON, World


def declare(world: World, solution: Solution, member: Member) -> Interest:
    """An interest of a member's organisation in a recommendation."""
    record = open_record(
        by=world.actor(), initiative=world.hennepin, kind="interest", title="Runs a shelter"
    )
    interest = Interest(
        record=record, solution=solution, organisation=member.organisation, text="Runs a shelter"
    )
    interest.save(force_insert=True)
    return interest


def test_whose_voice_counts_is_fixed_at_the_opening(world: World) -> None:
    partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world)
    partners(world, ["Cedar"])
    assert {str(each) for each in ballot.electors.all()} == {"Ash", "Birch"}


def test_persons_have_a_voice_each_but_observers_have_none(world: World) -> None:
    ballot = an_open_ballot(world, voices="persons")
    named = {str(each) for each in ballot.electors.select_related("member")}
    assert "The convener" in named
    assert "The observer" not in named


def test_nobody_opens_a_vote_without_voices(world: World) -> None:
    with pytest.raises(RuleError, match="Nobody would have a voice"):
        an_open_ballot(world)


def test_a_declared_interest_leaves_the_count_and_what_is_needed_is_counted_anew(
    world: World,
) -> None:
    voters = partners(world, ["Ash", "Birch", "Cedar"])
    solution = a_recommendation(world)
    declare(world, solution, voters["Ash"])
    ballot = an_open_ballot(world, solution=solution)
    turnout = turnout_of(ballot)
    assert (turnout.entitled, turnout.recused, turnout.needed) == (3, 1, 1)
    with pytest.raises(RuleError, match="declared an interest"):
        vote(ballot, voters["Ash"], CONSENT)
    page = world.client().get(world.address("solutions:ballot", ballot.pk)).content.decode()
    assert "1 voice declared an interest and does not count: Ash." in page
    assert "Of the 2 voices left at least 1 must vote." in page


def test_a_visitor_does_not_read_which_member_has_an_interest(world: World) -> None:
    ballot = an_open_ballot(world, voices="persons")
    voice = Elector.objects.select_related("ballot__record").get(member=world.members["partner"])
    recuse_voice(by=world.actor("partner"), elector=voice, because="Would run it")
    address, name = world.address("solutions:ballot", ballot.pk), world.members["partner"].name
    said = "1 voice declared an interest and does not count: {}."
    assert said.format(name) in world.client("convener").get(address).content.decode()
    shown = world.client().get(address).content.decode()
    assert said.format("a member") in shown
    assert name not in shown


def test_an_interest_declared_while_the_vote_is_open_counts_too(world: World) -> None:
    voters = partners(world, ["Ash", "Birch", "Cedar"])
    solution = a_recommendation(world)
    ballot = an_open_ballot(world, solution=solution)
    vote(ballot, voters["Birch"], CONSENT)
    declare(world, solution, voters["Ash"])
    recuse_voice(
        by=as_member(voters["Cedar"]),
        elector=Elector.objects.select_related("ballot__record").get(
            organisation=voters["Cedar"].organisation
        ),
        because="Would run it",
    )
    result = close_ballot(ballot=ballot, now=AFTER).result
    assert result is not None
    assert (result["recused"], result["needed"], result["result"]) == (2, 1, "adopted")


@pytest.mark.parametrize("public_body", [Forum.PublicBody.YES, Forum.PublicBody.ASK])
def test_a_public_body_votes_neither_in_secret_nor_between_its_meetings(
    world: World, public_body: str
) -> None:
    partners(world, ["Ash"])
    group = a_group(world, public_body)
    with pytest.raises(RuleError) as refused:
        a_ballot(world, forum=group, secret=True)
    assert refused.value.field == "secret"
    with pytest.raises(RuleError, match="votes in its meetings only"):
        an_open_ballot(world, forum=group)
    an_open_ballot(world, forum=a_group(world, Forum.PublicBody.NO, "Helpers"), secret=True)


def test_nothing_changes_once_it_is_open(world: World) -> None:
    partners(world, ["Ash"])
    ballot = a_ballot(world)
    revised = {"title": "Another question", "options": [OptionLine(title="Yes")]}
    revise_ballot(by=world.actor(), ballot=ballot, rule=VoteRule(closes_at=END), **revised)
    open_ballot(by=world.actor(), ballot=ballot)
    with pytest.raises(RuleError, match="nothing of it can change"):
        revise_ballot(by=world.actor(), ballot=ballot, rule=VoteRule(closes_at=END), **revised)


def test_a_recommendation_reworded_since_does_not_come_to_the_vote_unseen(world: World) -> None:
    partners(world, ["Ash"])
    solution = a_recommendation(world)
    ballot = a_ballot(world, solution=solution)
    revise_solution(
        by=world.actor(), solution=solution, title=solution.record.title, text="Another wording"
    )
    with pytest.raises(RuleError, match="was reworded since"):
        open_ballot(by=world.actor(), ballot=ballot)


def test_merged_organizations_have_one_voice(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ash = voters["Ash"].organisation
    assert ash is not None
    merge_organisation(by=world.actor(), organisation=ash, into=voters["Birch"].organisation)
    ballot = an_open_ballot(world)
    assert [str(each) for each in ballot.electors.all()] == ["Birch"]
    assert vote_by_any(ballot, voters["Ash"]).has_voted


def vote_by_any(ballot: Ballot, member: Member) -> Elector:
    """A member of a merged organisation gives the one voice."""
    elector = Elector.objects.select_related("ballot__record__initiative").get(ballot=ballot)
    return cast_vote(by=as_member(member), elector=elector, said=CONSENT)


@pytest.mark.parametrize(
    ("rule", "options", "field"),
    [
        (VoteRule(rule="consent"), ["a", "b"], "solutions"),
        (VoteRule(rule="ranking"), ["a"], "solutions"),
        (VoteRule(rule="ranking"), ["a", "a"], "others"),
        (VoteRule(rule="ranking", method="mes"), ["a", "b"], "method"),
        (VoteRule(quorum_percent=101), ["a"], "quorum_percent"),
        (VoteRule(opens_at=END, closes_at=NOON), ["a"], "closes_at"),
        (VoteRule(rule="score"), ["a", "b"], "rule"),
        (VoteRule(voices="friends"), ["a"], "voices"),
    ],
)
def test_what_does_not_fit_together_is_refused_at_its_field(
    world: World, rule: VoteRule, options: list[str], field: str
) -> None:
    with pytest.raises(RuleError) as refused:
        prepare_ballot(
            by=world.actor(),
            initiative=world.hennepin,
            title="A question",
            options=[OptionLine(title=each, cost=Decimal(1)) for each in options],
            rule=rule,
        )
    assert refused.value.field == field


def test_the_rule_is_said_in_a_plain_sentence(world: World) -> None:
    ballot = a_ballot(world, secret=True, quorum_percent=40, needed_percent=60)
    said = rule_sentences(ballot)
    assert "Each organization that takes part as a partner has one voice." in said
    assert "At least 40 percent of the voices must be given." in said
    assert "at most 40 percent of those who vote stand aside" in said
    assert "The vote is secret, and final once it is given." in said
    assert "Friday, April 3, 2026" in said


def test_the_log_says_that_somebody_voted_nowhere_how(world: World) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    ballot = an_open_ballot(world)
    before = Event.objects.count()
    vote(ballot, ash, CONSENT, at=NOON + timedelta(hours=1))
    assert Event.objects.count() == before
