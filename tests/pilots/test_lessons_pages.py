"""The pages of lessons: both kinds of cases, across initiatives, and what they changed."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from headway.accounts.actions import make_token
from headway.accounts.actor import Actor
from headway.initiatives.models import Wording
from headway.pilots import actions
from headway.pilots.models import Lesson, LessonCase
from headway.solutions.actions import bring_idea
from tests.pilots.making import a_running_pilot, a_small_test
from tests.pilots.making_reviews import (
    LEARNED,
    a_closed_review,
    a_lesson,
    an_ended_test,
    fill_reviews,
)
from tests.pilots.test_reviews_pages import at, shown
from tests.world import World


def test_a_lesson_lists_what_speaks_for_and_against_it(world: World) -> None:
    lesson = a_lesson(world)
    one, other = a_small_test(world, "Messages in May"), a_small_test(world, "Messages in June")
    browser = world.client("partner")
    address = at(world, "add_case", lesson.pk)
    for test, supports in ((one, "1"), (other, "0")):
        sent = {"case": test.pk, "supports": supports, "note": "counted"}
        assert browser.post(address, sent).status_code == 302
    page = shown(world, "observer", at(world, "lesson", lesson.pk))
    marks = ("speak for it", "Messages in May", "speak against it", "Messages in June")
    places = [page.index(words) for words in marks]
    assert places == sorted(places)
    case = LessonCase.objects.get(case=other.record)
    assert browser.post(at(world, "withdraw_case", case.pk)).status_code == 302
    assert "Messages in June" not in shown(world, "observer", at(world, "lesson", lesson.pk))


def test_a_case_elsewhere_shows_only_while_everybody_may_read_it(world: World) -> None:
    public = a_lesson(world, text="Letters are not read")
    there = actions.draw_lesson(by=world.actor(), initiative=world.closed, text="Also here")
    actions.add_case(by=world.actor(), lesson=there, case=public.record, supports=True)
    page = reverse("pilots:lesson", args=[world.closed.slug, there.pk])
    assert "Letters are not read" in shown(world, "convener", page)
    public.record.change(visibility="members")
    assert "Letters are not read" not in shown(world, "convener", page)


def test_lessons_of_other_initiatives_show_where_everybody_may_read_them(world: World) -> None:
    a_lesson(world, text="Letters are not read")
    actions.draw_lesson(by=world.actor(), initiative=world.closed, text="Sealed words")
    page = reverse("pilots:learning", args=[world.closed.slug]) + "?part=elsewhere"
    assert "Letters are not read" in shown(world, "convener", page)
    assert "Sealed words" not in shown(world, "convener", at(world, "learning") + "?part=elsewhere")


def test_an_adapted_recommendation_names_the_lesson_and_the_lesson_names_it(world: World) -> None:
    lesson = a_lesson(world, a_closed_review(world))
    idea = bring_idea(
        by=world.actor(), initiative=world.hennepin, title="Send letters", text="Send a letter"
    )
    browser = world.client("convener")
    assert "Send letters" in shown(world, "convener", at(world, "changes", lesson.pk))
    address = at(world, "change", lesson.pk, idea.pk)
    same = {"title": "Send letters", "text": "Send a letter"}
    assert browser.post(address, same).status_code == 422
    sent = {"title": "Send messages", "text": "Send a text message"}
    assert browser.post(address, sent).status_code == 302
    place = [world.hennepin.slug, idea.pk]
    assert LEARNED in shown(world, "convener", reverse("solutions:solution", args=place))
    assert "Send messages" in shown(world, "observer", at(world, "lesson", lesson.pk))
    assert Wording.objects.filter(record=idea.record, field="text").count() == 2
    versions = reverse("initiatives:wordings", args=[*place, "text"])
    assert LEARNED in shown(world, "convener", versions)


def test_a_visitor_reads_a_published_lesson_and_nothing_of_its_review(world: World) -> None:
    fill_reviews(world)
    lesson = Lesson.objects.get(review__isnull=False)
    page = world.client().get(at(world, "lesson", lesson.pk)).content.decode()
    assert LEARNED in page
    assert "What we learned: Large print" not in page


def test_the_page_of_a_lesson_asks_little(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lesson = a_lesson(world)
    for number in range(12):
        test = a_small_test(world, f"Try {number}")
        actions.add_case(by=world.actor(), lesson=lesson, case=test.record, supports=number > 3)
    browser = world.client("partner")
    with django_assert_max_num_queries(15):
        assert browser.get(at(world, "lesson", lesson.pk)).status_code == 200


def test_programs_read_lessons_follow_ups_and_reviews_but_no_raw_notes(world: World) -> None:
    fill_reviews(world)
    root = f"/api/v1/initiatives/{world.hennepin.slug}"

    def read(path: str, role: str = "partner") -> Any:
        return world.client().get(f"{root}/{path}", headers=token_of(world, role)).json()

    found = read("lessons")["items"]
    one = next(item for item in found if item["text"] == LEARNED)
    assert (one["supporting"], one["contradicting"], one["visibility"]) == (1, 1, "public")
    whole = read(f"lessons/{one['id']}")
    assert (len(whole["supporting"]), len(whole["contradicting"])) == (1, 1)
    follow_ups = read("follow-ups")["items"]
    assert {item["state"] for item in follow_ups} == {"open", "done", "not_doing"}
    reviews = str(read("reviews"))
    assert "It fell off twice" not in reviews
    assert LEARNED in reviews


def token_of(world: World, role: str) -> dict[str, str]:
    """A token by which a program reads for somebody."""
    made = make_token(
        by=Actor(kind="user", at=timezone.now(), user=world.people[role]),
        authority=world.authority,
        name="nightly copy",
        scopes=["pilots.view"],
        offered=["pilots.view"],
        expires_at=timezone.now() + timedelta(days=1),
    )
    return {"Authorization": f"Bearer {made.secret}"}


def test_what_may_be_named_as_a_case_is_sorted_by_kind_and_title(world: World) -> None:
    lesson = a_lesson(world)
    a_small_test(world, "Write in large print")
    a_small_test(world, "Ask at the desk")
    a_running_pilot(world, "Stable Families")
    page = world.client("convener").get(world.address("pilots:add_case", lesson.pk))
    shown = page.content.decode()
    places = [
        shown.index(words)
        for words in (
            "Pilot: Stable Families",
            "Small test: Ask at the desk",
            "Small test: Write in large print",
        )
    ]
    assert places == sorted(places)
    assert "Only the newest are listed" not in shown


def test_what_we_learned_opens_on_the_first_tab_that_holds_something(world: World) -> None:
    an_ended_test(world)
    page = world.client("convener").get(world.address("pilots:learning"))
    assert page.context["page"].part == "reviews"
    a_lesson(world)
    page = world.client("convener").get(world.address("pilots:learning"))
    assert page.context["page"].part == "lessons"
