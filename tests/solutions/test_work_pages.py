from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from headway.accounts.actions import make_token
from headway.accounts.actor import Actor
from headway.initiatives.models import Wording
from headway.solutions import actions
from headway.solutions.actions import ballots
from headway.solutions.models import Amendment, Barrier, Solution
from tests.solutions.making import (
    HALLS,
    a_barrier,
    a_change,
    a_recommendation,
    an_idea,
    fill,
    some_money,
)
from tests.solutions.voting import END
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


LISTS = ("home", "solutions", "amendments", "barriers", "all_funding", "interests", "criteria")
AT_MOST = 12
ON_ONE_PAGE = 22


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_much_for_many_rows_as_for_few(
    world: World, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill(world)
    for number in range(6):
        solution = a_recommendation(world, f"Build house {number}")
        a_change(world, solution)
        a_barrier(world, solution)
        some_money(world, solution)
    convener = world.client("convener")
    with django_assert_max_num_queries(AT_MOST):
        convener.get(world.address(f"solutions:{name}"))


def test_one_recommendation_asks_as_much_with_much_beside_it(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill(world)
    solution = Solution.objects.get(cost__isnull=False)
    for number in range(5):
        a_change(world, solution, f"Open {number} halls.")
        a_barrier(world, solution)
        some_money(world, solution)
    convener = world.client("convener")
    with django_assert_max_num_queries(ON_ONE_PAGE):
        convener.get(world.address("solutions:solution", solution.pk))


def test_what_is_in_the_way_is_asked_about_and_answered_on_the_page(world: World) -> None:
    solution = a_recommendation(world)
    partner = world.client("partner")
    address = world.address("solutions:add_barrier_to", solution.pk)
    said = {"title": "No sprinklers", "kind": "rule", "waiver": "Office to End Homelessness"}
    assert "No sprinklers" in partner.post(address, said, follow=True).content.decode()
    barrier = Barrier.objects.get()
    answer = world.address("solutions:move_barrier", barrier.pk)
    waived = {"state": "waived", "answer": "", "when": "March 2026"}
    assert partner.post(answer, waived).status_code == 422
    waived |= {"answer": "until May", "sources": "Letter of March 3 https://example.org/letter"}
    shown = partner.post(answer, waived, follow=True).content.decode()
    assert "until May" in shown
    assert "Letter of March 3" in shown
    assert "March 2026" in shown
    assert solution.record.title in shown


def test_what_is_held_back_from_visitors_stays_so_beside_a_recommendation(world: World) -> None:
    solution = a_recommendation(world)
    hidden = an_idea(world, "Sealed idea", visibility="members")
    barrier = actions.note_barrier(
        by=world.actor(), initiative=world.hennepin, text="Sealed rule", blocks=hidden
    )
    assert barrier.record.visibility == "members"
    for name in ("home", "solutions", "solutions_csv", "barriers", "barriers_csv"):
        assert "Sealed" not in text_of(world, name)
    assert world.client().get(world.address("solutions:solution", hidden.pk)).status_code == 404
    assert "Sealed" not in text_of(world, "solution", solution.pk)


def test_an_author_who_left_keeps_the_credit(world: World) -> None:
    solution = a_recommendation(world)
    author = solution.authors.get(organisation=world.shelter)
    address = world.address("solutions:end_authorship", author.pk)
    shown = world.client("partner").post(address, follow=True).content.decode()
    assert "St. Stephen&#x27;s" in shown
    assert "until" in shown


def test_while_a_vote_runs_the_page_says_which_version_it_is_about(world: World) -> None:
    solution = a_recommendation(world)
    ballot = ballots.prepare_ballot(
        by=world.actor(),
        initiative=world.hennepin,
        title="Do we open the halls?",
        options=[ballots.OptionLine(solution=solution)],
        rule=ballots.VoteRule(voices="persons", closes_at=END),
    )
    ballots.open_ballot(by=world.actor(), ballot=ballot)
    shown = text_of(world, "solution", solution.pk, role="partner")
    assert "A vote on version 1 is open" in shown
    assert "Go to the open vote" in shown
    actions.revise_solution(by=world.actor(), solution=solution, title=HALLS, text="Another.")
    assert ballot.options.get().wording_number == 1


def test_the_board_shows_the_newest_of_each_state_and_leads_to_the_rest(world: World) -> None:
    for number in range(14):
        an_idea(world, f"Build house number {number}")
    shown = text_of(world, "home")
    assert shown.count("Build house number") == 12
    assert "(14)" in shown
    assert f"{world.address('solutions:solutions')}?state=idea" in shown


def test_a_program_reads_recommendations_what_is_in_the_way_and_money(world: World) -> None:
    fill(world)
    now = timezone.now()
    secret = make_token(
        by=Actor(kind="user", at=now, user=world.people["evaluator"]),
        authority=world.authority,
        name="nightly copy",
        scopes=["solutions.view"],
        offered=["solutions.view"],
        expires_at=now + timedelta(days=1),
    ).secret

    def items(name: str) -> list[dict[str, object]]:
        address = f"/api/v1/initiatives/{world.hennepin.slug}/{name}"
        answer = world.client().get(address, headers={"Authorization": f"Bearer {secret}"})
        found: list[dict[str, object]] = answer.json()["items"]
        return found

    (plan,) = [each for each in items("recommendations") if each["cost"]]
    assert (plan["cost"], plan["gap"]) == ("147000000.00", "45000000.00")
    assert plan["owner"] == world.office.name
    assert {each["state"] for each in items("barriers")} == {"open", "waived"}
    assert {each["amount"] for each in items("funding")} == {"102000000.00", "20000000.00"}
