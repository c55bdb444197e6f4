import pytest

from headway.initiatives.models import Wording
from headway.solutions import actions
from headway.solutions.models import Amendment, Solution
from tests.solutions.making import HALLS, a_change, a_recommendation, an_idea, fill
from tests.world import World

PAGES = (
    "home",
    "solutions",
    "solutions_csv",
    "amendments",
    "amendments_csv",
    "barriers",
    "barriers_csv",
    "all_funding",
    "all_funding_csv",
    "interests",
    "interests_csv",
    "criteria",
    "scores_csv",
)


def text_of(world: World, name: str, *ids: object, role: str = "", query: str = "") -> str:
    answer = world.client(role).get(world.address(f"solutions:{name}", *ids) + query)
    assert answer.status_code == 200, answer
    return answer.getvalue().decode()


@pytest.mark.parametrize("name", PAGES)
def test_every_list_opens_empty_and_full(world: World, name: str) -> None:
    text_of(world, name)
    fill(world)
    for role in ("", "observer", "convener"):
        text_of(world, name, role=role)


def test_the_page_of_every_recommendation_opens_for_all(world: World) -> None:
    fill(world)
    for solution in Solution.objects.all():
        for role in ("", "observer", "partner", "convener"):
            assert solution.record.title in text_of(world, "solution", solution.pk, role=role)


def test_the_same_idea_in_other_words_is_asked_about_first(world: World) -> None:
    an_idea(world)
    address = world.address("solutions:bring_idea")
    said = {"title": "Open church halls on very cold nights", "text": "Because it is cold."}
    partner = world.client("partner")
    asked = partner.post(address, said)
    assert asked.status_code == 422
    assert HALLS in asked.content.decode()
    assert "Because it is cold." in asked.content.decode()
    partner.post(address, said | {"another": "1"})
    assert Solution.objects.count() == 2


def test_an_idea_is_brought_drafted_and_answered_for_on_the_page(world: World) -> None:
    partner = world.client("partner")
    said = {"title": HALLS, "text": "From November.", "organisations": ["stephen's"]}
    unclear = partner.post(world.address("solutions:bring_idea"), said)
    assert unclear.status_code == 422
    said["organisations"] = ["St. Stephen's", "Office to End Homelessness"]
    shown = partner.post(world.address("solutions:bring_idea"), said, follow=True)
    assert "St. Stephen&#x27;s" in shown.content.decode()
    idea = Solution.objects.get()
    page = partner.post(world.address("solutions:start_recommendation", idea.pk), follow=True)
    assert "recommendation being drafted" in page.content.decode().lower()
    owner = {"owner": "Office to End Homelessness", "post": ""}
    page = partner.post(world.address("solutions:name_owner", idea.pk), owner, follow=True)
    assert Solution.objects.get().owner == world.office


def test_a_change_is_suggested_on_the_page_and_shows_the_difference(world: World) -> None:
    solution = a_recommendation(world)
    address = world.address("solutions:suggest_change", solution.pk, "text")
    evaluator = world.client("evaluator")
    form = evaluator.get(address).content.decode()
    assert solution.text in form
    said = {"text": "Open two halls on cold nights", "reason": "beds", "base_number": "1"}
    shown = evaluator.post(address, said, follow=True).content.decode()
    assert "<ins>" in shown
    assert "<del>" in shown
    change = Amendment.objects.get()
    accept = world.address("solutions:accept_change", change.pk)
    convener = world.client("convener")
    assert "Open two halls on cold nights" in convener.get(accept).content.decode()
    convener.post(accept, {"merged": "Open two halls on cold nights", "seen_number": "1"})
    assert Solution.objects.get().text == "Open two halls on cold nights"
    assert Amendment.objects.get().state == Amendment.State.ACCEPTED


def test_whoever_accepts_late_sees_both_texts_and_loses_nothing(world: World) -> None:
    solution = a_recommendation(world)
    change = a_change(world, solution)
    accept = world.address("solutions:accept_change", change.pk)
    convener = world.client("convener")
    sent = {"merged": "Open two halls, with beds.", "seen_number": "1"}
    actions.revise_solution(
        by=world.actor(), solution=solution, title=HALLS, text="Open every hall in winter."
    )
    refused = convener.post(accept, sent)
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Open two halls, with beds." in shown
    assert "every" in shown
    assert "worded anew" in shown
    assert 'name="seen_number" value="2"' in shown
    convener.post(accept, sent | {"seen_number": "2"})
    assert Solution.objects.get().text == "Open two halls, with beds."
    assert Amendment.objects.get().state == Amendment.State.EDITED
    numbers = Wording.objects.filter(record=solution.pk, field="text").values_list("number")
    assert [number for (number,) in numbers.order_by("number")] == [1, 2, 3]
