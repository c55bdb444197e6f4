import pytest

from headway.core.errors import RuleError
from headway.initiatives.models import Link, RecordState
from headway.solutions.actions import (
    bring_idea,
    move_barrier,
    move_solution,
    name_owner,
    note_barrier,
    start_recommendation,
)
from headway.solutions.models import Barrier, Solution
from tests.world import World


@pytest.fixture
def idea(world: World) -> Solution:
    return bring_idea(
        by=world.actor("partner"),
        initiative=world.hennepin,
        text="Open the church halls on cold nights",
        organisations=[world.shelter, world.office, world.shelter],
    )


def test_an_idea_takes_its_title_from_its_first_words(idea: Solution) -> None:
    assert idea.record.title == "Open the church halls on cold nights"
    assert idea.state == Solution.State.IDEA


def test_two_organisations_stand_as_authors_each_once(world: World, idea: Solution) -> None:
    names = {author.organisation.name for author in idea.authors.all()}

    assert names == {"St. Stephen's", "Office to End Homelessness"}
    assert idea.authors.count() == 2


def test_an_idea_becomes_a_recommendation_and_every_state_keeps_its_date(
    world: World, idea: Solution
) -> None:
    assert start_recommendation(by=world.actor(), solution=idea)
    assert not start_recommendation(by=world.actor(), solution=idea)

    states = RecordState.objects.filter(record=idea.record).values_list("state", flat=True)
    assert list(states) == ["idea", "draft"]


def test_what_is_given_up_says_why(world: World, idea: Solution) -> None:
    with pytest.raises(RuleError, match="Say why"):
        move_solution(by=world.actor(), solution=idea, state=Solution.State.SET_ASIDE)


def test_an_idea_is_not_adopted_before_it_is_a_recommendation(world: World, idea: Solution) -> None:
    with pytest.raises(RuleError, match="cannot become"):
        move_solution(by=world.actor(), solution=idea, state=Solution.State.ADOPTED)


def test_an_empty_idea_is_refused(world: World) -> None:
    with pytest.raises(RuleError, match="Say what could be done"):
        bring_idea(by=world.actor(), initiative=world.hennepin, text=" ")


def test_an_organisation_is_named_that_answers_for_it(world: World, idea: Solution) -> None:
    assert name_owner(by=world.actor(), solution=idea, owner=world.office)
    assert Solution.objects.get(pk=idea.pk).owner == world.office


def test_a_barrier_names_what_it_blocks_and_keeps_its_answer(world: World, idea: Solution) -> None:
    barrier = note_barrier(
        by=world.actor(),
        initiative=world.hennepin,
        text="Halls may not sleep guests without sprinklers",
        blocks=idea,
        waiver=world.office,
    )
    link = Link.objects.get(origin=barrier.record)
    assert (link.target, link.kind) == (idea.record, Link.Kind.BLOCKS)

    with pytest.raises(RuleError, match="Say what they answered"):
        move_barrier(by=world.actor(), barrier=barrier, state=Barrier.State.WAIVED)
    move_barrier(
        by=world.actor(), barrier=barrier, state=Barrier.State.WAIVED, answer="until May 2026"
    )
    assert list(Barrier.objects.standing()) == []


def test_a_barrier_stays_as_closed_as_the_most_closed_that_it_came_from(
    world: World, idea: Solution
) -> None:
    closed = bring_idea(
        by=world.actor(), initiative=world.hennepin, text="Buy the motel.", visibility="members"
    )
    barrier = note_barrier(
        by=world.actor(),
        initiative=world.hennepin,
        text="The motel is not for sale",
        blocks=idea,
        came_from=closed.record,
    )
    assert (idea.record.visibility, barrier.record.visibility) == ("public", "members")


def test_nobody_can_be_asked_before_they_are_named(world: World) -> None:
    barrier = note_barrier(by=world.actor(), initiative=world.hennepin, text="We always did it so")

    with pytest.raises(RuleError, match="First say who can waive"):
        move_barrier(by=world.actor(), barrier=barrier, state=Barrier.State.ASKED)


def test_the_panel_beside_it_says_its_state_in_plain_words(world: World, idea: Solution) -> None:
    start_recommendation(by=world.actor(), solution=idea)
    page = world.client("convener").get(world.address("solutions:solution", idea.pk))

    assert "recommendation being drafted" in page.content.decode()
