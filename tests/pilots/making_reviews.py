"""Makers of learning reviews and lessons, and of one in every interesting state."""

from datetime import timedelta

from headway.accounts.actor import Actor
from headway.initiatives.models import Initiative
from headway.pilots import actions
from headway.pilots.actions import Told
from headway.pilots.models import FollowUp, Lesson, Review, ReviewParticipant
from headway_analysis.partial_date import PartialDate, parse
from tests.pilots.making import a_small_test
from tests.world import TODAY, World

LEARNED = "Ask by text message, not by letter"
TWO = ("partner", "evaluator")
DUE = TODAY + timedelta(days=20)


def when(words: str) -> PartialDate:
    """A date as somebody says it."""
    return parse(words)


def an_ended_test(world: World, tries: str = "Forms in large print") -> Review:
    """The review that opened when a small test ended."""
    test = a_small_test(world, tries)
    actions.end_small_test(by=world.actor(), test=test, result="worked", saw="40 of 41 came back")
    return Review.objects.get(about=test.record)


def a_review(world: World, *roles: str, tries: str = "Forms in large print") -> Review:
    """A review in which the members of some roles take part."""
    review = an_ended_test(world, tries)
    for role in roles or TWO:
        actions.join_review(by=world.actor(role), review=review)
    return Review.objects.get(pk=review.pk)


def tells(world: World, role: str, review: Review, *texts: str, part: str = "event") -> None:
    """Let a member tell some things, each "date: text" or text alone."""
    told = []
    for text in texts:
        date, _colon, rest = text.partition(": ")
        told.append(Told(part, rest, when(date)) if rest else Told(part, text))
    actions.tell(by=world.actor(role), review=review, told=told)


def answer(world: World, review: Review, role: str = "partner", learned: str = LEARNED) -> None:
    """Put the answers together."""
    actions.draft_answers(
        by=world.actor(role),
        review=review,
        expected="That most forms come back",
        happened="40 of 41 came back complete",
        difference="People could read them without glasses",
        learned=learned,
    )


def all_agree(world: World, review: Review, reach: str = "partners") -> None:
    """Everybody who takes part agrees."""
    for participant in ReviewParticipant.objects.standing().filter(review=review):
        actions.agree(by=world.actor(), review=review, reach=reach, participant=participant)


def a_closed_review(
    world: World, reach: str = "partners", tries: str = "Forms in large print"
) -> Review:
    """A review that two people told, answered, agreed on and closed."""
    review = a_review(world, tries=tries)
    tells(world, "partner", review, "March 2026: the forms were printed", "Everybody was tired")
    tells(world, "evaluator", review, "2026-02-03: the old forms ran out")
    answer(world, review)
    all_agree(world, review, reach)
    return actions.close_review(by=world.actor(), review=review)


def a_lesson(world: World, review: Review | None = None, text: str = LEARNED) -> Lesson:
    """A lesson, out of a review or written down alone."""
    return actions.draw_lesson(
        by=world.actor(), initiative=world.hennepin, text=text, review=review
    )


def a_follow_up(
    world: World, review: Review, text: str = "Print the other forms too", **changes: object
) -> FollowUp:
    """A follow-up that the shelter looks after."""
    said: dict[str, object] = {"by": world.actor(), "owner": world.shelter, "due_on": DUE}
    return actions.add_follow_up(
        review=review,
        text=text,
        **(said | changes),
    )


def fill_reviews_with(by: Actor, initiative: Initiative, word: str) -> Lesson:
    """A follow-up of a review that is open, and a lesson, each with a word in it."""
    review = Review.objects.in_initiative(initiative).still_open()[0]
    actions.add_follow_up(by=by, review=review, text=word)
    return actions.draw_lesson(by=by, initiative=initiative, text=word, applies_to=word)


def fill_reviews(world: World) -> None:
    """Reviews, follow-ups and lessons in every state."""
    by = world.actor()
    review = a_review(world, "convener", "partner", "evaluator", tries="A list at the door")
    tells(world, "partner", review, "2026-03-02: the list was hung up", "It fell off twice")
    tells(world, "evaluator", review, "Nobody read it", part="difference")
    tells(world, "convener", review, "People ask in person", part="learned")
    answer(world, review, "convener", learned="A list alone is not read")
    actions.agree(by=world.actor("partner"), review=review, reach="everybody")
    actions.name_conductor(by=by, review=review, conductor=world.members["facilitator"])
    a_follow_up(world, review, "Ask people what they read", owner=None, due_on=None)
    refused = a_follow_up(world, review, "Hang up a bigger list")
    actions.refuse_follow_up(by=by, follow_up=refused, because="the door is glass")
    done = a_follow_up(world, review, "Tell the front desk")
    actions.finish_follow_up(by=by, follow_up=done, because="told on March 20")
    closed = a_closed_review(world, "everybody", tries="Large print on every form")
    lesson = a_lesson(world, closed)
    actions.publish_lesson(by=by, lesson=lesson)
    actions.add_case(by=by, lesson=lesson, case=closed.about, supports=True, note="40 of 41")
    actions.add_case(by=by, lesson=lesson, case=review.about, supports=False)
    a_lesson(world, text="Begin with those who say no")
