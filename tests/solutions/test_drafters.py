"""Who works on the words of a recommendation: who leads, who brought it, and who speaks for one
of its authors; the offer and the form say the same.
"""

from html import unescape

import pytest

from headway.initiatives.actions import give_mandate
from headway.initiatives.models import Mandate
from headway.solutions.actions import bring_idea, start_recommendation
from headway.solutions.models import Amendment, CoAuthor, Solution
from tests.solutions.making import HALLS, a_change
from tests.world import TODAY, World

OFFERS = ("edit_solution", "name_owner", "credit_authors")
SETTLES = ("accept_change", "refuse_change", "promote_change")


@pytest.fixture
def solution(world: World) -> Solution:
    """A draft of the county's office, brought by the convener."""
    idea = bring_idea(
        by=world.actor(),
        initiative=world.hennepin,
        text=f"{HALLS}, from November.",
        title=HALLS,
        organisations=[world.office],
    )
    start_recommendation(by=world.actor(), solution=idea)
    return Solution.objects.get()


def let_speak(world: World, scope: str = Mandate.Scope.DECISIONS) -> None:
    give_mandate(
        by=world.actor(),
        member=world.members["partner"],
        organisation=world.office,
        scope=scope,
        given_by="Board",
        starts_on=TODAY,
    )


def steps(world: World, solution: Solution) -> list[str]:
    """What the partner is offered and may open of the ways to work on it."""
    client = world.client("partner")
    page = client.get(world.address("solutions:solution", solution.pk)).content.decode()
    addresses = [world.address(f"solutions:{name}", solution.pk) for name in OFFERS]
    offered = [address for address in addresses if f'"{address}"' in page]
    opened = [address for address in addresses if client.get(address).status_code == 200]
    assert offered == opened
    return offered


def test_a_partner_is_offered_no_words_that_others_draft(world: World, solution: Solution) -> None:
    assert steps(world, solution) == []
    let_speak(world, Mandate.Scope.FACTS)
    assert steps(world, solution) == []


def test_whoever_speaks_for_an_author_works_on_it(world: World, solution: Solution) -> None:
    let_speak(world)
    assert len(steps(world, solution)) == len(OFFERS)


def test_a_draft_without_an_author_is_open_to_whoever_drafts(
    world: World, solution: Solution
) -> None:
    CoAuthor.objects.update(ended_at=world.actor().at)
    assert len(steps(world, solution)) == len(OFFERS)


def test_nobody_settles_a_change_to_what_others_draft(world: World, solution: Solution) -> None:
    change = a_change(world, solution)
    partner = world.client("partner")
    page = unescape(partner.get(world.address("solutions:amendment", change.pk)).content.decode())
    for name in SETTLES:
        address = world.address(f"solutions:{name}", change.pk)
        assert address not in page
        said = {"merged": "Ours.", "seen_number": "1", "because": "No", "title": "Ours"}
        refused = partner.post(address, said)
        assert refused.status_code == 403
        assert "Suggest a change to it" in unescape(refused.content.decode())
    assert Amendment.objects.get().state == Amendment.State.OPEN
    let_speak(world)
    for name in SETTLES:
        address = world.address(f"solutions:{name}", change.pk)
        assert partner.get(address).status_code == 200


def test_nobody_strikes_an_author_of_what_others_draft(world: World, solution: Solution) -> None:
    address = world.address("solutions:end_authorship", solution.authors.get().pk)
    assert world.client("partner").post(address).status_code == 403
    assert solution.authors.get().ended_at is None
