"""A review opens by itself, once, about what was missed here, and never about what was reported."""

from datetime import date, datetime, timedelta

import pytest

from headway.commitments import actions as commitments
from headway.commitments.models import Commitment
from headway.initiatives.actions import withdraw_record
from headway.initiatives.models import Record
from headway.initiatives.provenance import reported
from headway.pilots import actions
from headway.pilots.models import Review
from headway_analysis.partial_date import PartialDate
from tests.commitments.making import DUE, a_promise
from tests.measures.making import a_source
from tests.world import NOON, TODAY, World


def on(day: date) -> datetime:
    """Noon of a day."""
    return NOON + (day - TODAY)


AFTER = DUE + timedelta(days=1)


def test_a_missed_promise_opens_a_review_once(world: World) -> None:
    made = a_promise(world)
    assert actions.open_missed_reviews(now=on(DUE)) == 0
    assert actions.open_missed_reviews(now=on(AFTER)) == 1
    review = Review.objects.get(about=made.record)
    assert (review.occasion, review.record.author_id) == ("missed", None)
    assert review.due_on == AFTER + timedelta(days=14)
    assert actions.open_missed_reviews(now=on(AFTER)) == 0
    withdraw_record(by=world.actor(), record=review.record, because="it was kept in time")
    assert actions.open_missed_reviews(now=on(AFTER + timedelta(days=2))) == 0


def test_a_promise_that_is_missed_again_on_its_new_day_is_looked_at_again(world: World) -> None:
    made = a_promise(world)
    actions.open_missed_reviews(now=on(AFTER))
    first = Review.objects.get(about=made.record)
    withdraw_record(by=world.actor(), record=first.record, because="told in the meeting")
    later = AFTER + timedelta(days=10)
    Commitment.objects.filter(pk=made.pk).update(due_from=later, due_to=later)
    assert actions.open_missed_reviews(now=on(later)) == 0
    assert actions.open_missed_reviews(now=on(later + timedelta(days=1))) == 1


def test_a_missed_step_of_a_promise_opens_one_too(world: World) -> None:
    made = a_promise(world, due=None)
    step = commitments.add_milestone(
        by=world.actor(), commitment=made, title="Draft sent", due_on=DUE
    )
    assert actions.open_missed_reviews(now=on(AFTER)) == 1
    other = a_promise(world, "Open ten beds", due=None)
    done = commitments.add_milestone(by=world.actor(), commitment=other, title="Beds", due_on=DUE)
    commitments.reach_milestone(by=world.actor(), milestone=done)
    assert actions.open_missed_reviews(now=on(AFTER)) == 0
    assert step.done_on is None


@pytest.mark.parametrize("why", ["reported", "kept", "withdrawn", "long past", "under review"])
def test_no_review_opens_where_nothing_was_missed_here(world: World, why: str) -> None:
    made, now = a_promise(world), on(AFTER)
    if why == "reported":
        source = reported(a_source(world)).source
        Record.objects.filter(pk=made.pk).update(provenance="reported", source=source)
    elif why == "kept":
        commitments.keep_promise(by=world.actor(), commitment=made, evidence="A list")
    elif why == "withdrawn":
        withdraw_record(by=world.actor(), record=made.record, because="entered twice")
    elif why == "long past":
        now = on(DUE + timedelta(days=31))
    else:
        actions.open_review(by=world.actor(), about=made.record, occasion="asked")
    before = Review.objects.count()
    assert actions.open_missed_reviews(now=now) == 0
    assert Review.objects.count() == before


def test_a_promise_of_a_month_is_missed_when_the_month_is_over(world: World) -> None:
    due = PartialDate(date(2026, 4, 1), date(2026, 4, 30), "April 2026")
    a_promise(world, due=due)
    assert actions.open_missed_reviews(now=on(date(2026, 4, 30))) == 0
    assert actions.open_missed_reviews(now=on(date(2026, 5, 1))) == 1
