"""Lessons: cases for and against, across initiatives, agreed on, and what they changed."""

import pytest

from headway.accounts.models import EventValue
from headway.core.errors import RuleError
from headway.initiatives.models import Link, Record, Wording
from headway.pilots import actions
from headway.pilots.models import Lesson, LessonCase
from headway.solutions.actions import bring_idea
from headway.solutions.models import Solution
from tests.pilots.making import a_small_test
from tests.pilots.making_reviews import LEARNED, a_closed_review, a_lesson, a_review, answer
from tests.world import World


def an_idea(world: World) -> Solution:
    """An idea that a lesson may change."""
    return bring_idea(
        by=world.actor(),
        initiative=world.hennepin,
        title="Send letters",
        text="Send a letter before each appointment",
    )


def test_a_lesson_of_a_review_waits_until_the_review_is_closed(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    with pytest.raises(RuleError, match="First close the review"):
        a_lesson(world, review)
    lesson = a_lesson(world, a_closed_review(world))
    assert lesson.record.visibility == "members"
    assert Link.objects.filter(origin=lesson.record, kind="came_from").count() == 1


def test_a_lesson_says_something(world: World) -> None:
    with pytest.raises(RuleError, match="Say what you learned"):
        a_lesson(world, text=" ")
    with pytest.raises(RuleError, match="Say what you learned"):
        actions.revise_lesson(by=world.actor(), lesson=a_lesson(world), text="")


def test_a_lesson_goes_to_everybody_only_when_all_who_took_part_agreed(world: World) -> None:
    kept = a_lesson(world, a_closed_review(world))
    with pytest.raises(RuleError, match="Not everybody who took part agreed"):
        actions.publish_lesson(by=world.actor(), lesson=kept)
    for role in ("partner", "evaluator"):
        assert kept.review is not None
        actions.agree(by=world.actor(role), review=kept.review, reach="everybody")
    assert actions.publish_lesson(by=world.actor(), lesson=kept)
    assert Record.objects.get(pk=kept.pk).visibility == "public"
    assert not actions.publish_lesson(by=world.actor(), lesson=kept)


def test_a_lesson_of_a_closed_initiative_goes_to_its_members_only(world: World) -> None:
    lesson = actions.draw_lesson(
        by=world.actor(), initiative=world.closed, text=LEARNED, visibility="members"
    )
    with pytest.raises(RuleError, match="for its members only"):
        actions.publish_lesson(by=world.actor(), lesson=lesson)


def test_a_lesson_has_cases_for_and_against_it(world: World) -> None:
    lesson, test = a_lesson(world), a_small_test(world)
    case = actions.add_case(
        by=world.actor(), lesson=lesson, case=test.record, supports=True, note="9 of 40"
    )
    with pytest.raises(RuleError, match="named already"):
        actions.add_case(by=world.actor(), lesson=lesson, case=test.record, supports=False)
    with pytest.raises(RuleError, match="no case of itself"):
        actions.add_case(by=world.actor(), lesson=lesson, case=lesson.record, supports=False)
    link = Link.objects.get(origin=lesson.record, kind="learned_from")
    assert link.target == test.record
    actions.withdraw_case(by=world.actor(), case=case)
    assert not Link.objects.filter(pk=link.pk, withdrawn_at__isnull=True).exists()
    actions.withdraw_case(by=world.actor(), case=case)
    actions.add_case(by=world.actor(), lesson=lesson, case=test.record, supports=False)
    assert LessonCase.objects.filter(lesson=lesson, withdrawn_at__isnull=True).count() == 1


def test_a_case_of_another_initiative_is_one_that_everybody_may_read(world: World) -> None:
    hidden = actions.draw_lesson(by=world.actor(), initiative=world.closed, text="Sealed words")
    here = a_lesson(world)
    with pytest.raises(RuleError, match="Choose a record of this initiative"):
        actions.add_case(by=world.actor(), lesson=here, case=hidden.record, supports=True)
    there = actions.draw_lesson(by=world.actor(), initiative=world.closed, text="Also here")
    actions.add_case(by=world.actor(), lesson=there, case=here.record, supports=True)
    assert Link.objects.get(origin=there.record).target == here.record
    assert not EventValue.objects.filter(event__subject_id=there.pk, new=LEARNED).exists()


def test_the_new_version_of_a_recommendation_names_the_lesson_that_changed_it(
    world: World,
) -> None:
    lesson, idea = a_lesson(world), an_idea(world)
    said = {"by": world.actor(), "lesson": lesson, "solution": idea, "title": "Send messages"}
    actions.change_because_of(**said, text="Send a text message")  # type: ignore[arg-type]  # as named
    link = Link.objects.get(origin=idea.record, kind="learned_from")
    newest = Wording.objects.filter(record=idea.record, field="text").latest("number")
    assert (link.target, newest.number) == (lesson.record, 2)
    assert link.made_at == newest.recorded_at
    assert Solution.objects.get(pk=idea.pk).text == "Send a text message"


def test_a_lesson_that_changes_nothing_is_told_so(world: World) -> None:
    lesson, idea = a_lesson(world), an_idea(world)
    with pytest.raises(RuleError, match="has changed nothing yet"):
        actions.change_because_of(
            by=world.actor(),
            lesson=lesson,
            solution=idea,
            title=idea.record.title,
            text=idea.text,
        )
    assert not Link.objects.filter(origin=idea.record).exists()


def test_a_reported_lesson_may_stand_alone_and_is_written_once(world: World) -> None:
    assert a_lesson(world) != a_lesson(world)
    assert Lesson.objects.count() == 2
