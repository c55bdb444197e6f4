"""Promises, steps and waiting times: known cases, a slow count, and what always holds."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway_analysis.followthrough import (
    Promise,
    Recommendation,
    Wait,
    by_organisation,
    conversions,
    median_wait,
    tally_promises,
    weeks_since,
)

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
DAYS = st.dates(date(2026, 4, 1), date(2026, 8, 1))
WAITS = st.lists(st.builds(Wait, st.integers(0, 12), st.booleans()), max_size=12)


@pytest.mark.parametrize(
    ("promise", "state"),
    [
        (Promise("1", "City"), "open"),
        (Promise("1", "City", due=JUNE), "open"),
        (Promise("1", "City", due=MAY), "late"),
        (Promise("1", "City", due=JUNE, confirmed=False), "intent"),
        (Promise("1", "City", due=MAY, confirmed=False), "late"),
        (Promise("1", "City", due=MAY, confirmed=False, reported=True), "intent"),
        (Promise("1", "City", due=MAY, reported=True), "late"),
        (Promise("1", "City", due=MAY, kept_on=MAY), "kept_on_time"),
        (Promise("1", "City", kept_on=MAY), "kept_on_time"),
        (Promise("1", "City", due=MAY, kept_on=JUNE), "kept_late"),
        (Promise("1", "City", due=MAY, kept_on=JULY), "late"),
        (Promise("1", "City", dropped_on=MAY, reason="no money"), "not_going_ahead"),
        (Promise("1", "City", dropped_on=JULY, reason="no money"), "open"),
    ],
)
def test_a_promise_stands_as_it_stood_at_the_end_of_that_day(promise: Promise, state: str) -> None:
    assert promise.state(JUNE) == state
    assert tally_promises([promise], JUNE).by_state[promise.state(JUNE)] == ("1",)


def test_only_what_was_due_counts_and_nothing_due_is_not_zero() -> None:
    given_ = [
        Promise("kept", "City", "director", due=MAY, kept_on=MAY),
        Promise("late", "City", "director", due=MAY, kept_on=MAY + timedelta(1)),
        Promise("early", "City", "director", due=JULY, kept_on=MAY),
        Promise("dropped before", "County", due=MAY, dropped_on=MAY, reason="merged"),
        Promise("dropped after", "County", due=MAY, dropped_on=JUNE, reason="no money"),
        Promise("intent", "County", due=MAY, confirmed=False),
    ]
    found = tally_promises(given_, JUNE)
    assert found.due == ("kept", "late", "dropped after")
    assert found.share_on_time == Fraction(1, 3)
    assert found.no_owner == ("dropped before", "dropped after", "intent")
    own = by_organisation(given_, JUNE)
    assert (own["City"].share_on_time, own["County"].share_on_time) == (Fraction(1, 2), 0)
    assert tally_promises([], JUNE).share_on_time is None


@given(st.lists(st.builds(Promise, st.just("1"), st.just("City"), due=DAYS, kept_on=DAYS)), DAYS)
def test_every_promise_is_in_one_state_and_on_time_is_part_of_due(promises, as_of) -> None:
    found = tally_promises(promises, as_of)
    assert sum(map(len, found.by_state.values())) == len(promises)
    assert len(found.on_time) <= len(found.due) <= len(promises)


def slow_median(waits: list[Wait]) -> int | None:
    """The first day on which the product of all that stayed is at most one half."""
    for day in range(13):
        left = Fraction(1)
        for earlier in range(day + 1):
            waiting = [wait for wait in waits if wait.days >= earlier]
            stayed = [wait for wait in waiting if wait.days > earlier or not wait.over]
            left *= Fraction(len(stayed), len(waiting)) if waiting else 1
        if left <= Fraction(1, 2):
            return day
    return None


@given(WAITS, st.randoms(use_true_random=False))
def test_the_median_wait_is_that_of_the_slow_count(waits: list[Wait], chance) -> None:
    found = median_wait(waits)
    mixed = list(waits)
    chance.shuffle(mixed)
    assert found == median_wait(mixed)
    assert found.days == slow_median(waits)
    assert (found.reached, found.open) == (
        sum(wait.over for wait in waits),
        sum(not wait.over for wait in waits),
    )
    ends = [each for each in (found.low, found.days, found.high) if each is not None]
    assert ends == sorted(ends)


def test_the_published_remission_times_of_leukemia_patients() -> None:
    # Freireich and others (1963), treated group, as in every textbook: median 23, seen to 35.
    over = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    waiting = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    found = median_wait(
        [*(Wait(day, True) for day in over), *(Wait(day, False) for day in waiting)]
    )
    assert (found.days, found.low, found.high) == (23, 13, None)


def test_steps_count_up_to_the_day_and_never_take_less_than_no_days() -> None:
    items = [
        Recommendation("1", {"owner": MAY, "approved": JUNE}),
        Recommendation("2", {"owner": JUNE, "approved": MAY}),
        Recommendation("3", {"owner": MAY, "approved": JULY}),
        Recommendation("4", {"approved": MAY, "under_way": JUNE}),
    ]
    owner, approved, under_way = conversions(items, JUNE)
    assert (owner.there, owner.further) == (("1", "2", "3"), ("1", "2"))
    assert (owner.share, owner.wait.days) == (Fraction(2, 3), 31)
    assert (approved.there, approved.further) == (("1", "2", "4"), ("4",))
    assert (under_way.there, under_way.share) == (("4",), Fraction(0, 1))
    assert conversions([], JUNE)[0].share is None


def test_nonsense_is_refused_with_the_value() -> None:
    for wrong, said in (
        (lambda: Promise("1", "City", kept_on=MAY, dropped_on=MAY, reason="x"), "kept on 2026"),
        (lambda: Promise("1", "City", dropped_on=MAY, reason=" "), "without a reason"),
        (lambda: Wait(-1, over=True), "at least 0, got -1"),
        (lambda: Recommendation("1", {"done": MAY}), "got 'done'"),
        (lambda: weeks_since(JULY, JUNE), "2026-07-01 lies after 2026-06-01"),
    ):
        with pytest.raises(ValueError, match=said):
            wrong()
    assert weeks_since(None, JUNE) is None
