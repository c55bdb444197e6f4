"""What always holds of the diagnosis, whatever the evidence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from headway_analysis.diagnosis import (
    Act,
    Evidence,
    Holding,
    Item,
    Link,
    Pledge,
    Recommendation,
    at,
    diagnose,
)
from tests.analysis.diagnosis_making import (
    TODAY,
    ago,
    item,
)

KINDS = [
    *("meeting", "partner", "forum", "conversation", "vote", "fact", "outcome", "objection"),
    *("framing", "affected_group", "baseline", "barrier", "need", "offer", "decision"),
    *("happening", "reading", "own_reading", "measure", "own_measure"),
]
STATES = [
    *("held", "planned", "open", "closed", "agreed", "disputed", "adopted", "proposed"),
    *("taking_part", "invited"),
]
DAYS = st.dates(ago(500), TODAY + timedelta(200))
NAMES = st.sampled_from(["county", "city", "church", ""])
TOLD = st.lists(st.tuples(DAYS, st.sampled_from(STATES)), max_size=3).map(tuple)
ITEMS = st.builds(
    Item, id=st.uuids().map(str), kind=st.sampled_from(KINDS), on=DAYS, states=TOLD, holder=NAMES
)
PLANS = st.builds(
    Recommendation,
    id=st.uuids().map(str),
    kind=st.just("recommendation"),
    on=DAYS,
    states=st.lists(st.tuples(DAYS, st.sampled_from(["idea", "draft", "adopted"])), max_size=3).map(
        tuple
    ),
    owner=NAMES,
    owner_on=DAYS,
)
PLEDGES = st.builds(
    Pledge,
    id=st.uuids().map(str),
    kind=st.just("promise"),
    on=DAYS,
    holder=NAMES,
    due=DAYS,
    confirmed_on=st.none() | DAYS,
    kept_on=st.none() | DAYS,
    dropped_on=st.none() | DAYS,
)
RECORDS = st.lists(ITEMS | PLANS | PLEDGES, max_size=8, unique_by=lambda each: each.id)


@st.composite
def told(draw: Callable[..., Any]) -> Evidence:
    """Some evidence, linked at random."""
    items = draw(RECORDS)
    ids = [each.id for each in items]
    links = [
        Link(one, other, draw(st.sampled_from(["came_from", "tests", "moves"])), draw(DAYS))
        for one, other in combinations(ids, 2)
        if draw(st.booleans())
    ]
    led = [
        Act("catalysing", "idea", draw(NAMES), draw(DAYS), key)
        for key in ids
        if draw(st.booleans())
    ]
    held = [Holding("part", key, key, draw(NAMES), draw(DAYS)) for key in ids]
    return Evidence(items=tuple(items), links=tuple(links), acts=tuple(led), holdings=tuple(held))


@settings(max_examples=60, deadline=None)
@given(told(), st.randoms(use_true_random=False))
def test_the_order_of_evidence_changes_nothing(evidence: Evidence, chance: Any) -> None:
    def shuffled(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(rows, len(rows)))

    other = replace(
        evidence,
        items=shuffled(evidence.items),
        links=shuffled(evidence.links),
        acts=shuffled(evidence.acts),
        holdings=shuffled(evidence.holdings),
    )
    assert diagnose(other, TODAY) == diagnose(evidence, TODAY)


@settings(max_examples=60, deadline=None)
@given(told())
def test_a_record_of_no_kind_that_counts_changes_nothing(evidence: Evidence) -> None:
    other = replace(evidence, items=(*evidence.items, item("note", "note", 3, "open")))
    assert diagnose(other, TODAY) == diagnose(evidence, TODAY)


@settings(max_examples=60, deadline=None)
@given(told(), DAYS, ITEMS)
def test_what_lies_after_the_day_changes_nothing(evidence: Evidence, day: date, late: Item) -> None:
    before = diagnose(evidence, day)
    assert diagnose(at(evidence, day), day) == before
    added = replace(late, on=day + timedelta(1))
    assert diagnose(replace(evidence, items=(*evidence.items, added)), day) == before


@settings(max_examples=60, deadline=None)
@given(told())
def test_at_most_one_condition_is_waited_on_and_never_one_that_is_not_recorded(
    evidence: Evidence,
) -> None:
    found = diagnose(evidence, TODAY)
    waited = [each for each in found.conditions if each.state == "waiting_on"]
    assert len(waited) <= 1
    assert all(each.open and not each.overtaken for each in waited)
    assert all(
        not each.open and not each.through
        for each in found.conditions
        if each.state == "not_recorded"
    )
