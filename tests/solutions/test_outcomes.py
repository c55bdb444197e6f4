"""Decisions we took: out of a vote or by hand, and looked at again on their day."""

from datetime import timedelta

import pytest

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.directory.actions.sources import record_source
from headway.initiatives.models import Link
from headway.initiatives.provenance import reported
from headway.solutions.actions.ballots import cast_vote, close_ballot
from headway.solutions.actions.objections import answer_objection
from headway.solutions.actions.outcomes import (
    note_reviews_due,
    record_outcome,
    review_outcome,
    revise_outcome,
)
from headway.solutions.models import Elector, Objection, Outcome, Solution
from headway.solutions.queries.ballots.detail import options_of
from headway.solutions.queries.ballots.results import recount_rows
from headway.solutions.queries.ballots.standing import standing_of
from headway_analysis.ballots import ballot_csv
from headway_analysis.ballots.ranking import Ranking
from headway_analysis.ballots.schulze import schulze
from headway_analysis.partial_date import parse
from tests.solutions.voting import (
    AFTER,
    CONSENT,
    HARM,
    OBJECT,
    a_recommendation,
    an_open_ballot,
    as_member,
    partners,
    vote,
)
from tests.world import NOON, TODAY, World

IN_A_MONTH = TODAY + timedelta(days=30)


def decide(world: World, **about: object) -> Outcome:
    """A decision of today."""
    return record_outcome(
        by=world.actor(),
        initiative=world.hennepin,
        text="We open the church hall.",
        **about,
    )


def test_a_decision_by_hand_adopts_the_recommendation_that_it_names(world: World) -> None:
    solution = a_recommendation(world)
    outcome = decide(world, solution=solution, review_on=IN_A_MONTH)
    assert Solution.objects.get().state == "adopted"
    link = Link.objects.get(origin=outcome.pk)
    assert (link.target_id, link.kind) == (solution.pk, "came_from")
    assert Event.objects.about(outcome.pk).filter(verb="decided").exists()


def test_a_vote_that_is_open_or_objected_to_adopts_nothing(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    solution = a_recommendation(world)
    ballot = an_open_ballot(world, solution=solution)
    vote(ballot, voters["Ash"], CONSENT)
    vote(ballot, voters["Birch"], OBJECT, HARM)
    with pytest.raises(RuleError, match="not closed yet"):
        decide(world, ballot=ballot, solution=solution)
    ballot = close_ballot(ballot=ballot, now=AFTER)
    with pytest.raises(RuleError, match="objection is still open"):
        decide(world, ballot=ballot, solution=solution)
    assert Solution.objects.get().state == "draft"
    objection = Objection.objects.select_related("record").get()
    answer_objection(by=as_member(voters["Birch"]), objection=objection, state="taken_back")
    assert standing_of(ballot).code == "adopted"
    decide(world, ballot=ballot, solution=solution)
    assert Solution.objects.get().state == "adopted"


def test_an_objection_is_settled_by_who_leads_or_taken_back_by_whose_it_is(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world)
    vote(ballot, voters["Ash"], OBJECT, HARM)
    close_ballot(ballot=ballot, now=AFTER)
    objection = Objection.objects.select_related("record").get()
    with pytest.raises(RuleError, match="Only who objected"):
        answer_objection(by=as_member(voters["Birch"]), objection=objection, state="taken_back")
    with pytest.raises(RuleError) as refused:
        answer_objection(by=world.actor(), objection=objection, state="met", leads=True)
    assert refused.value.field == "answer"
    with pytest.raises(RuleError, match="when it was taken back"):
        answer_objection(by=world.actor(), objection=objection, state="taken_back", leads=True)
    answer_objection(
        by=world.actor(), objection=objection, state="stands", answer="It does harm", leads=True
    )
    assert Objection.objects.get().state == "stands"
    states = objection.record.states.values_list("state", flat=True)
    assert list(states) == ["open", "stands"]


def test_what_a_source_reports_skips_the_order_and_is_loaded_once(world: World) -> None:
    source = record_source(by=world.actor(), authority=world.authority, title="The plan")
    solution = a_recommendation(world)
    about = {"solution": solution, "provenance": reported(source), "when": parse("2006-11")}
    first = decide(world, **about, review_on=TODAY - timedelta(days=900))
    assert decide(world, **about) == first
    assert first.record.date_as_said == "2006-11"


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)])
def test_a_review_lies_ahead(world: World, day: object) -> None:
    with pytest.raises(RuleError) as refused:
        decide(world, review_on=day)
    assert refused.value.field == "review_on"


def test_a_review_that_falls_due_is_told_once_and_kept_with_what_was_found(world: World) -> None:
    outcome = decide(world, review_on=IN_A_MONTH)
    due = NOON + timedelta(days=30)
    assert note_reviews_due(NOON) == 0
    assert note_reviews_due(due) == 1
    assert note_reviews_due(due) == 0
    assert Event.objects.about(outcome.pk).filter(verb="review_due").count() == 1
    assert list(Outcome.objects.review_due(IN_A_MONTH)) == [outcome]
    with pytest.raises(RuleError):
        review_outcome(by=world.actor(at=due), outcome=outcome, review=" ")
    later = IN_A_MONTH + timedelta(days=60)
    review_outcome(
        by=world.actor(at=due), outcome=outcome, review="12 families", next_review_on=later
    )
    assert not Outcome.objects.review_due(IN_A_MONTH).exists()
    assert note_reviews_due(due + timedelta(days=60)) == 1
    review_outcome(by=world.actor(at=due), outcome=outcome, review="20 families")
    assert not Outcome.objects.review_due(later).exists()
    kept = outcome.record.wordings.filter(field="review").order_by("number")
    assert [each.text for each in kept] == ["12 families", "20 families"]


def test_whoever_closes_a_vote_by_hand_is_not_who_objects(world: World) -> None:
    voters = partners(world, ["Ash"])
    ballot = an_open_ballot(world)
    vote(ballot, voters["Ash"], OBJECT, HARM)
    close_ballot(ballot=ballot, now=NOON, by=world.actor())
    objection = Objection.objects.select_related("record").get()
    ash = voters["Ash"]
    assert (objection.record.author, objection.organisation) == (ash, ash.organisation)
    event = Event.objects.about(objection.pk).get(verb="objected")
    assert (event.actor_kind, event.member_id) == ("member", ash.pk)


def test_the_objection_of_a_secret_vote_has_no_author(world: World) -> None:
    voters = partners(world, ["Ash"])
    ballot = an_open_ballot(world, secret=True)
    vote(ballot, voters["Ash"], OBJECT, HARM)
    close_ballot(ballot=ballot, now=NOON, by=world.actor())
    objection = Objection.objects.select_related("record").get()
    assert (objection.record.author, objection.organisation) == (None, None)
    event = Event.objects.about(objection.pk).get(verb="objected")
    assert (event.actor_kind, event.user, event.member_id) == ("worker", None, None)


def test_an_objection_by_name_is_a_members_and_no_secret(world: World) -> None:
    ballot = an_open_ballot(world, voices="persons")
    voice = Elector.objects.select_related("ballot__record").get(member=world.members["partner"])
    cast_vote(by=world.actor("partner"), elector=voice, said=OBJECT, because=HARM)
    close_ballot(ballot=ballot, now=AFTER)
    objection = Objection.objects.get()
    for name, pk in (("ballot", ballot.pk), ("objection", objection.pk)):
        page = world.client().get(world.address(f"solutions:{name}", pk)).content.decode()
        assert "a member" in page
        assert "secret vote" not in page


def test_another_day_of_review_asks_again(world: World) -> None:
    outcome = decide(world, review_on=IN_A_MONTH)
    note_reviews_due(NOON + timedelta(days=30))
    later = IN_A_MONTH + timedelta(days=60)
    revise_outcome(
        by=world.actor(), outcome=outcome, title="Church hall", text="We open it.", review_on=later
    )
    assert Outcome.objects.get().reminded_at is None


@pytest.mark.parametrize("secret", [False, True])
def test_the_saved_votes_count_again_to_the_same_result(
    world: World, keys: object, *, secret: bool
) -> None:
    voters = partners(world, ["Ash", "Birch", "Cedar"])
    ballot = an_open_ballot(world, rule="ranking", options=("Beds", "Jobs"), secret=secret)
    for member, ranks in zip(voters.values(), ({2: 1, 1: 2}, {2: 1}, {1: 1}), strict=True):
        vote(ballot, member, {"ranks": ranks})
    ballot = close_ballot(ballot=ballot, now=AFTER)
    file = "".join(recount_rows(ballot, options_of(ballot)))
    cast = ballot_csv.read(file, "ranked")
    assert cast.problems == ()
    again = schulze([Ranking.from_ranks(each) for each in cast.ballots], cast.options)
    assert again.winner == "2 Jobs"
    assert ballot.result is not None
    assert ballot.result["winners"] == [2]
