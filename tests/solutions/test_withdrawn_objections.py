"""An objection that is withdrawn still stops the vote, unless whoever objected took it back."""

from headway.initiatives.actions import withdraw_record
from headway.solutions.actions.ballots import close_ballot
from headway.solutions.actions.objections import answer_objection
from headway.solutions.models import Objection
from headway.solutions.queries.ballots.standing import standing_of
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
from tests.world import World


def test_an_objection_that_others_withdraw_stands_until_it_is_answered(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world, solution=a_recommendation(world))
    vote(ballot, voters["Ash"], CONSENT)
    vote(ballot, voters["Birch"], OBJECT, HARM)
    ballot = close_ballot(ballot=ballot, now=AFTER)
    objection = Objection.objects.select_related("record").get()
    withdraw_record(by=world.actor(), record=objection.record, because="Entered twice")
    assert standing_of(ballot).code == "objected"
    page = world.client("convener").get(world.address("solutions:ballot", ballot.pk))
    assert HARM in page.content.decode()
    answer_objection(
        by=world.actor(), objection=objection, state="met", answer="Own entrance", leads=True
    )
    assert standing_of(ballot).code == "adopted"


def test_an_objection_that_its_own_organisation_withdraws_is_settled(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world, solution=a_recommendation(world))
    vote(ballot, voters["Ash"], CONSENT)
    vote(ballot, voters["Birch"], OBJECT, HARM)
    ballot = close_ballot(ballot=ballot, now=AFTER)
    objection = Objection.objects.select_related("record").get()
    own = as_member(voters["Birch"])
    withdraw_record(by=own, record=objection.record, because="It was met")
    assert standing_of(ballot).code == "adopted"


def test_in_a_vote_of_persons_the_author_takes_an_objection_back(world: World) -> None:
    own, other = world.members["partner"], world.members["liaison"]
    ballot = an_open_ballot(world, voices="persons", quorum_percent=0)
    vote(ballot, own, OBJECT, HARM)
    vote(ballot, other, CONSENT)
    ballot = close_ballot(ballot=ballot, now=AFTER)
    objection = Objection.objects.select_related("record").get()
    address = world.address("solutions:answer_objection", objection.pk)
    page = world.address("solutions:objection", objection.pk)
    assert address not in world.client("liaison").get(page).content.decode()
    assert world.client("liaison").post(address, {"state": "taken_back"}).status_code == 422
    assert address in world.client("partner").get(page).content.decode()
    assert world.client("partner").post(address, {"state": "taken_back"}).status_code == 302
    assert standing_of(ballot).code == "adopted"
    assert address not in world.client("partner").get(page).content.decode()


def test_nobody_takes_back_the_objection_of_a_secret_vote(world: World) -> None:
    own = world.members["partner"]
    ballot = an_open_ballot(world, voices="persons", secret=True, quorum_percent=0)
    vote(ballot, own, OBJECT, HARM)
    close_ballot(ballot=ballot, now=AFTER)
    address = world.address("solutions:answer_objection", Objection.objects.get().pk)
    assert world.client("partner").post(address, {"state": "taken_back"}).status_code == 422
