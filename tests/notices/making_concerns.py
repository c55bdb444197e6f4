"""What is tried, learned and counted, and two people whom all of it concerns alike."""

from collections.abc import Callable
from datetime import datetime
from itertools import cycle, islice

from headway.initiatives.models import Member, Record
from headway.pilots.models import Lesson, Review, ReviewParticipant
from tests.measures.making import a_measure, a_series
from tests.notices.making import news
from tests.pilots.making import a_card, a_small_test
from tests.pilots.making_reviews import a_closed_review, a_follow_up, a_lesson
from tests.world import World

CONCERNS = (
    *(("small_test", verb) for verb in ("started", "ended", "decided")),
    *(("pilot", verb) for verb in ("started", "ended", "stopped", "decided", "end_moved")),
    ("pilot", "result_recorded"),
    *(("learning_review", verb) for verb in ("opened", "named", "answers_drafted", "closed")),
    ("learning_review", "agreed"),
    *(("follow_up", verb) for verb in ("noted", "revised", "done", "dropped")),
    *(("lesson", verb) for verb in ("noted", "revised", "published", "unpublished")),
    *(("measure", verb) for verb in ("target_set", "floor_set", "put_first", "values_hidden")),
    *(("series", verb) for verb in ("counted", "corrected", "reading_withdrawn")),
    *(("series", verb) for verb in ("shared", "values_hidden")),
)


def tried_and_learned(world: World, *roles: str, first: int = 0) -> Callable[[datetime], None]:
    """One of everything; answers what lets the next thing happen, beginning with any of them."""
    members = [world.members[role] for role in roles]
    Member.objects.filter(pk__in=[each.pk for each in members]).update(organisation=world.shelter)
    records = _records(world, members)
    begin = first % len(CONCERNS)
    happening = islice(cycle(CONCERNS), begin, None)

    def happens(now: datetime) -> None:
        kind, verb = next(happening)
        if verb == "agreed":
            own = ReviewParticipant.objects.filter(member__in=members)
            own.update(noted_at=now)
        news(world, records[kind], at=now, verb=verb)

    return happens


def _records(world: World, members: list[Member]) -> dict[str, Record]:
    lesson = a_review_with_a_lesson(world, members)
    assert lesson.review is not None
    measure = a_measure(world, organisations=[world.shelter])
    return {
        "small_test": a_small_test(world).record,
        "pilot": a_card(world, owner=world.office).record,
        "learning_review": lesson.review.record,
        "follow_up": a_follow_up(world, lesson.review).record,
        "lesson": lesson.record,
        "measure": measure.record,
        "series": a_series(world, measure).record,
    }


def a_review_with_a_lesson(world: World, members: list[Member]) -> Lesson:
    """A closed review in which exactly these took part, and what came of it."""
    review = a_closed_review(world)
    ReviewParticipant.objects.filter(review=review).delete()
    for member in members:
        row = ReviewParticipant(review=review, member=member, joined_on=review.due_on)
        row.save(force_insert=True)
    return a_lesson(world, Review.objects.get(pk=review.pk))
