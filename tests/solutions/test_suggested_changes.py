import pytest

from headway.core.errors import RuleError
from headway.initiatives.models import Link, RecordState, Wording
from headway.solutions import actions
from headway.solutions.actions import MovedMeanwhileError
from headway.solutions.models import Amendment, Solution
from tests.solutions.making import HALLS, a_change, a_recommendation, let_decide
from tests.world import World

NEWER = "Open every hall in winter."


@pytest.fixture
def solution(world: World) -> Solution:
    return a_recommendation(world)


def worded_anew(world: World, solution: Solution) -> None:
    actions.revise_solution(by=world.actor(), solution=solution, title=HALLS, text=NEWER)


def test_a_change_keeps_the_version_that_its_author_read(world: World, solution: Solution) -> None:
    worded_anew(world, solution)
    change = a_change(world, solution, base_number=1)
    assert (change.base_number, change.state) == (1, Amendment.State.OPEN)
    assert Link.objects.get(origin=change.record).target == solution.record


def test_a_change_is_called_by_its_own_first_words(world: World, solution: Solution) -> None:
    change = a_change(world, solution, "Open two halls first. Then the others.")
    assert change.record.title.startswith("Open two halls first.")


def test_a_change_that_changes_nothing_is_refused(world: World, solution: Solution) -> None:
    with pytest.raises(RuleError, match="Change some words"):
        a_change(world, solution, f" {solution.text} ")


def test_a_change_in_an_organisations_name_needs_its_mandate(
    world: World, solution: Solution
) -> None:
    said = {"text": "Open two halls.", "organisation": world.shelter}
    with pytest.raises(RuleError, match="No mandate"):
        actions.suggest_change(by=world.actor("partner"), solution=solution, **said)
    let_decide(world)
    change = actions.suggest_change(by=world.actor("partner"), solution=solution, **said)
    actions.accept_change(by=world.actor(), amendment=change)
    newest = Wording.objects.filter(record=solution.pk, field="text").latest("number")
    assert newest.organisation == world.shelter


def test_an_accepted_change_is_the_next_version_and_leads_back_to_it(
    world: World, solution: Solution
) -> None:
    change = a_change(world, solution)
    actions.accept_change(by=world.actor(), amendment=change, answer="Thank you")
    assert Solution.objects.get().text == change.text
    assert Link.objects.filter(origin=solution.record, target=change.record).exists()
    states = RecordState.objects.filter(record=change.record).values_list("state", "because")
    assert list(states) == [("open", ""), ("accepted", "Thank you")]


def test_a_change_accepted_in_other_words_says_so(world: World, solution: Solution) -> None:
    change = a_change(world, solution)
    actions.accept_change(
        by=world.actor(), amendment=change, merged="Open two warm halls.", seen_number=1
    )
    assert Amendment.objects.get().state == Amendment.State.EDITED
    assert Solution.objects.get().text == "Open two warm halls."


def test_a_change_whose_base_moved_is_put_together_by_whoever_read_both(
    world: World, solution: Solution
) -> None:
    change = a_change(world, solution)
    worded_anew(world, solution)
    with pytest.raises(MovedMeanwhileError, match="worded anew"):
        actions.accept_change(by=world.actor(), amendment=change)
    with pytest.raises(MovedMeanwhileError):
        actions.accept_change(
            by=world.actor(), amendment=change, merged="Both of it.", seen_number=1
        )
    assert Solution.objects.get().text == NEWER
    actions.accept_change(by=world.actor(), amendment=change, merged="Both of it.", seen_number=2)
    assert Solution.objects.get().text == "Both of it."


def test_the_form_begins_with_what_was_written_meanwhile(world: World, solution: Solution) -> None:
    change, curator = a_change(world, solution), world.client("convener")
    address = world.address("solutions:accept_change", change.pk)

    def box() -> str:
        shown = curator.get(address).content.decode()
        return shown.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>", 1)[0].strip()

    assert box() == change.text
    worded_anew(world, solution)
    assert box() == NEWER
    refused = curator.post(address, {"merged": NEWER, "seen_number": 2})
    assert refused.status_code == 422
    assert "This is the text as it stands." in refused.content.decode()
    assert Amendment.objects.get().state == Amendment.State.OPEN
    taken = curator.post(address, {"merged": f"{NEWER} Both.", "seen_number": 2})
    assert taken.status_code == 302
    assert Solution.objects.get().text == f"{NEWER} Both."


def test_a_change_that_is_not_accepted_says_why(world: World, solution: Solution) -> None:
    change = a_change(world, solution)
    with pytest.raises(RuleError, match="Say why"):
        actions.refuse_change(by=world.actor(), amendment=change, because=" ")
    actions.refuse_change(by=world.actor(), amendment=change, because="The law forbids it")
    assert Amendment.objects.get().answer == "The law forbids it"
    with pytest.raises(RuleError, match="already"):
        actions.accept_change(by=world.actor(), amendment=change)


def test_a_change_becomes_an_idea_of_its_own(world: World, solution: Solution) -> None:
    change = a_change(world, solution, "Open the schools instead.")
    idea = actions.promote_change(by=world.actor(), amendment=change, title="Open schools")
    assert (idea.state, idea.text) == (Solution.State.IDEA, "Open the schools instead.")
    assert Link.objects.get(origin=idea.record).target == change.record
    assert Amendment.objects.get().state == Amendment.State.PROMOTED
    assert Solution.objects.get(pk=solution.pk).text == solution.text


def test_closed_suggestions_stay_on_the_page_and_the_form_goes(
    world: World, solution: Solution
) -> None:
    change = a_change(world, solution)
    page, form = (
        world.address(f"solutions:{name}", solution.pk, *more)
        for name, more in (("solution", ()), ("suggest_change", ("text",)))
    )
    assert form in world.client("partner").get(page).content.decode()
    assert actions.close_suggestions(by=world.actor(), solution=solution)
    assert not actions.close_suggestions(by=world.actor(), solution=solution)
    shown = world.client("partner").get(page).content.decode()
    assert change.record.title in shown
    assert form not in shown
    refused = world.client("partner").post(form, {"text": "Open none.", "reason": "cold"})
    assert refused.status_code == 422
    assert "Open none." in refused.content.decode()
    assert actions.reopen_suggestions(by=world.actor(), solution=solution)
    assert form in world.client("partner").get(page).content.decode()


def test_a_partner_without_the_word_cannot_decide_for_others(
    world: World, solution: Solution
) -> None:
    change = a_change(world, solution)
    for name in ("accept_change", "refuse_change", "promote_change"):
        address = world.address(f"solutions:{name}", change.pk)
        assert world.client("observer").get(address).status_code == 403
        assert world.client("partner").get(address).status_code == 200
