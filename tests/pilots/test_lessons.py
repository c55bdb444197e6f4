"""Lessons: cases for and against, across initiatives, agreed on, and what they changed."""

import pytest

from headway.accounts.models import Event, EventValue
from headway.core.errors import RuleError
from headway.initiatives.models import Link, Member, Record, Wording
from headway.pilots import actions
from headway.pilots.actions.publishing import lock_with_lessons
from headway.pilots.models import Lesson, LessonCase, Review, ReviewParticipant
from headway.solutions.actions import bring_idea
from headway.solutions.models import Solution
from tests.pilots.making import a_small_test
from tests.pilots.making_reviews import LEARNED, a_closed_review, a_lesson, a_review, answer
from tests.site.test_lock_order import watched
from tests.world import NOON, World


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


@pytest.mark.parametrize("leaves", ["review", "initiative"])
def test_a_lesson_does_not_go_to_everybody_past_somebody_who_left(
    world: World, leaves: str
) -> None:
    review = a_review(world, "partner", "evaluator", "liaison")
    answer(world, review)
    if leaves == "review":
        actions.leave_review(by=world.actor("liaison"), review=review)
    for role in ("partner", "evaluator"):
        actions.agree(by=world.actor(role), review=review, reach="everybody")
    if leaves == "initiative":
        Member.objects.filter(pk=world.members["liaison"].pk).update(left_at=NOON)
    lesson = a_lesson(world, actions.close_review(by=world.actor(), review=review))

    with pytest.raises(RuleError, match="those who left the review are asked, too"):
        actions.publish_lesson(by=world.actor(), lesson=lesson)

    left = ReviewParticipant.objects.get(review=review, member=world.members["liaison"])
    actions.agree(by=world.actor(), review=review, reach="everybody", participant=left)
    assert actions.publish_lesson(by=world.actor(), lesson=lesson)


def test_who_left_a_review_reads_the_lesson_and_agrees_on_its_page(world: World) -> None:
    review = a_review(world, "partner", "evaluator", "liaison")
    answer(world, review)
    actions.leave_review(by=world.actor("liaison"), review=review)
    asked = world.address("pilots:agree", review.pk)
    assert world.client("liaison").get(asked).status_code == 403
    for role in ("partner", "evaluator"):
        actions.agree(by=world.actor(role), review=review, reach="everybody")
    a_lesson(world, actions.close_review(by=world.actor(), review=review), "Text, do not write")
    page = world.client("liaison").get(world.address("pilots:review", review.pk))
    assert asked in page.content.decode()
    assert "Text, do not write" in world.client("liaison").get(asked).content.decode()
    assert world.client("liaison").post(asked, {"reach": "everybody"}).status_code == 302
    # The others agreed before there was a lesson: they are asked again, too.
    for role in ("partner", "evaluator"):
        assert world.client(role).post(asked, {"reach": "everybody"}).status_code == 302
    assert not ReviewParticipant.objects.exclude(agreed_to="everybody").exists()
    assert world.client("observer").get(asked).status_code == 403


def test_a_published_lesson_worded_anew_waits_until_all_agree_to_the_new_words(
    world: World,
) -> None:
    lesson = a_lesson(world, a_closed_review(world, "everybody"))
    actions.publish_lesson(by=world.actor(), lesson=lesson)
    assert not actions.revise_lesson(by=world.actor(), lesson=lesson, text=LEARNED)
    assert Record.objects.get(pk=lesson.pk).visibility == "public"

    seen = Record.objects.get(pk=lesson.pk).revision
    assert actions.revise_lesson(by=world.actor(), lesson=lesson, text="Say who it was", seen=seen)

    assert Record.objects.get(pk=lesson.pk).visibility == "members"
    assert not EventValue.objects.filter(visibility="public", new="Say who it was").exists()
    again = Lesson.objects.get(pk=lesson.pk)
    with pytest.raises(RuleError, match="Not everybody who took part agreed"):
        actions.publish_lesson(by=world.actor(), lesson=again)
    assert again.review is not None
    for role in ("partner", "evaluator"):
        actions.agree(by=world.actor(role), review=again.review, reach="everybody")
    assert actions.publish_lesson(by=world.actor(), lesson=again)


def agree_all(world: World, lesson: Lesson) -> None:
    """Both who took part agree that everybody is told."""
    assert lesson.review is not None
    for role in ("partner", "evaluator"):
        actions.agree(by=world.actor(role), review=lesson.review, reach="everybody")


def test_a_lesson_in_other_words_than_the_answer_waits_until_all_agree_to_them(
    world: World,
) -> None:
    lesson = a_lesson(world, a_closed_review(world, "everybody"), "Write no letters")
    with pytest.raises(RuleError, match="Not everybody who took part agreed"):
        actions.publish_lesson(by=world.actor(), lesson=lesson)
    agree_all(world, lesson)
    assert actions.publish_lesson(by=world.actor(), lesson=lesson)


def test_a_lesson_not_yet_published_and_worded_anew_waits_until_all_agree_to_the_new_words(
    world: World,
) -> None:
    lesson = a_lesson(world, a_closed_review(world, "everybody"))
    actions.revise_lesson(by=world.actor(), lesson=lesson, text="Say who it was")
    with pytest.raises(RuleError, match="Not everybody who took part agreed"):
        actions.publish_lesson(by=world.actor(), lesson=lesson)
    agree_all(world, lesson)
    assert actions.publish_lesson(by=world.actor(), lesson=lesson)


def test_a_lesson_worded_anew_leaves_the_say_over_the_others(world: World) -> None:
    review = a_closed_review(world, "everybody")
    first, second = a_lesson(world, review), a_lesson(world, review, "Write no letters")
    agree_all(world, second)
    for lesson in (first, second):
        actions.publish_lesson(by=world.actor(), lesson=lesson)
    actions.revise_lesson(by=world.actor(), lesson=first, text="Say who it was")
    assert Record.objects.get(pk=second.pk).visibility == "public"

    actions.agree(by=world.actor("partner"), review=review, reach="partners")

    assert Record.objects.get(pk=second.pk).visibility == "members"


def test_who_read_other_lessons_agrees_to_none_but_may_take_the_agreement_back(
    world: World,
) -> None:
    review = a_closed_review(world, "everybody")
    lesson = a_lesson(world, review)
    asked = world.address("pilots:agree", review.pk)
    read = {"seen": world.client("partner").get(asked).context["form"]["seen"].value()}
    actions.revise_lesson(by=world.actor(), lesson=lesson, text="Say who it was")

    refused = world.client("partner").post(asked, {**read, "reach": "everybody"})
    assert refused.status_code == 422
    assert "The words changed meanwhile" in refused.content.decode()
    with pytest.raises(RuleError, match="The words changed meanwhile"):
        actions.agree(by=world.actor("partner"), review=review, reach="everybody", **read)

    assert world.client("partner").post(asked, {**read, "reach": "partners"}).status_code == 302


def test_a_lesson_published_while_somebody_takes_the_agreement_back_is_taken_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = a_closed_review(world, "everybody")
    lesson = a_lesson(world, review)

    def publish_meanwhile(row: Review) -> None:
        # What waited for this lock reads what was published until it got it.
        actions.publish_lesson(by=world.actor(), lesson=lesson)
        lock_with_lessons(row)

    monkeypatch.setattr("headway.pilots.actions.reviews.lock_with_lessons", publish_meanwhile)
    actions.agree(by=world.actor("partner"), review=review, reach="partners")
    assert Record.objects.get(pk=lesson.pk).visibility == "members"


def test_agreements_and_lessons_lock_their_rows_in_one_order(world: World) -> None:
    review = a_closed_review(world, "everybody")
    with watched() as locks:
        first, second = a_lesson(world, review), a_lesson(world, review, "Write no letters")
        agree_all(world, second)
        for lesson in (first, second):
            actions.publish_lesson(by=world.actor(), lesson=lesson)
        actions.agree(by=world.actor("partner"), review=review, reach="partners")
        actions.revise_lesson(by=world.actor(), lesson=first, text="Say who it was")
    assert locks.late == set()
    assert locks.seen > 10


def test_who_confirms_what_somebody_noted_is_told_of_it_no_longer(world: World) -> None:
    review = a_closed_review(world)
    mine = ReviewParticipant.objects.get(review=review, member=world.members["partner"])
    assert mine.noted_at is not None
    actions.agree(by=world.actor("partner"), review=review, reach="partners")
    mine.refresh_from_db()
    assert mine.noted_at is None


def test_a_lesson_that_came_from_no_review_is_worded_anew_where_it_stands(world: World) -> None:
    lesson = a_lesson(world)
    actions.publish_lesson(by=world.actor(), lesson=lesson)
    actions.revise_lesson(by=world.actor(), lesson=lesson, text="Begin with those who say no")
    assert Record.objects.get(pk=lesson.pk).visibility == "public"


def test_who_takes_an_agreement_back_takes_the_lesson_back(world: World) -> None:
    review = a_closed_review(world, "everybody")
    lesson = a_lesson(world, review)
    actions.publish_lesson(by=world.actor(), lesson=lesson)
    actions.agree(by=world.actor("partner"), review=review, reach="partners")
    assert Record.objects.get(pk=lesson.pk).visibility == "members"
    taken = Event.objects.about(lesson.pk).get(verb="unpublished")
    assert (taken.user, taken.member_id) == (None, None)


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
    actions.change_because_of(**said, text="Send a text message")
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
