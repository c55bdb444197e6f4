"""The diagnosis: conditions, levers, readings and risks on known cases, and what always holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from math import exp, log
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway_analysis.diagnosis import (
    BY_KEY,
    CONDITIONS,
    LEVERS,
    Act,
    Answered,
    Evidence,
    Holding,
    Item,
    Leading,
    Link,
    Phase,
    Pledge,
    Recommendation,
    Request,
    Role,
    Statement,
    Step,
    Thresholds,
    Tie,
    Trial,
    Turn,
    at,
    diagnose,
    drill,
    effective_number,
)

TODAY = date(2026, 6, 1)


def ago(days: int) -> date:
    """A day before today."""
    return TODAY - timedelta(days)


def item(key: str, kind: str, days: int = 30, *states: str, **more: Any) -> Item:
    """A record of so many days ago, in states it came into that day."""
    day = ago(days)
    return Item(id=key, kind=kind, on=day, states=tuple((day, each) for each in states), **more)


def drafted(key: str, days: int = 30, *states: str, **more: Any) -> Recommendation:
    """A recommendation of so many days ago."""
    day = ago(days)
    told = tuple((day, each) for each in states or ("draft",))
    given_: dict[str, Any] = {"owner": "county", "owner_on": day}
    more = given_ | more
    return Recommendation(id=key, kind="recommendation", on=day, states=told, **more)


def promised(key: str, days: int = 30, **more: Any) -> Pledge:
    """A promise of so many days ago."""
    day = ago(days)
    return Pledge(id=key, kind="promise", on=day, states=((day, "intent"),), **more)


def asked(key: str, days: int = 30, **more: Any) -> Request:
    """A request to a body of so many days ago, in order unless told otherwise."""
    day = ago(days)
    given_: dict[str, Any] = {
        "vote_on": TODAY + timedelta(40),
        "may_ask": frozenset({"business"}),
        "backed": (day,),
        "steps": (Step(title="Committee", due=TODAY + timedelta(9), owner="county"),),
    }
    more = given_ | more
    return Request(id=key, kind="ask", on=day, states=((day, "submitted"),), **more)


# An initiative in which no lever would help: it met, told the public, kept a promise last month.
WELL = Evidence(
    items=(
        item("m", "meeting", 300, "held", parties=frozenset({"county", "business"})),
        promised("p", 90, confirmed_on=ago(80), kept_on=ago(20), holder="county", owner="post"),
        item("h", "happening", 30, public=True),
    ),
    convener="county",
)


def with_(*items: Item, links: tuple[Link, ...] = (), **more: Any) -> Evidence:
    """The initiative where all is well, and what is given."""
    return replace(WELL, items=(*WELL.items, *items), links=links, **more)


def less(kind: str, *items: Item) -> Evidence:
    """The initiative where all is well, without a kind of record."""
    kept = (each for each in WELL.items if each.kind != kind)
    return replace(WELL, items=(*kept, *items))


def link(later: str, earlier: str, kind: str = "came_from") -> Link:
    """That one record followed another."""
    return Link(later, earlier, kind, ago(10))


TRIAL = Trial(id="t", kind="small_test", on=ago(9), states=((ago(9), "running"),))
DONE = link("p", "s")
TESTED = link("t", "s", "tests")
SPONSOR = Role("r", "sponsor", "Sponsor", "county", ((None, TODAY + timedelta(10)),))

FIXTURES: dict[str, dict[str, Evidence]] = {
    "deadline": {
        "no_end": with_(Phase(id="f", kind="phase", on=ago(5))),
        "no_draft": with_(
            Phase(id="f", kind="phase", on=ago(101), forum="g", ends=TODAY + timedelta(30))
        ),
    },
    "shared_facts": {
        "disputed": with_(item("f", "fact", 9, "disputed"), item("w", "framing", 40, "adopted")),
    },
    "small_win": {
        "no_result": less("promise", promised("p", 90, confirmed_on=ago(80), owner="post")),
    },
    "sponsor": {
        "no_supporter": with_(asked("q", backed=())),
        "role_vacant": with_(roles=(Role("r", "champion", "Champion", "county"),)),
    },
    "owner": {
        "no_owner": with_(drafted("s", owner="", owner_on=None)),
        "no_recommendation": with_(item("c", "conversation", 50, "open", "closed")),
    },
    "implementer": {
        "no_promise": with_(drafted("s", 30, "draft", "adopted"), TRIAL, links=(TESTED,)),
        "condition_unmet": with_(
            drafted("s", 30, "draft", "adopted", unmet=("authority",)),
            TRIAL,
            links=(TESTED, DONE),
        ),
    },
    "path": {
        "step_late": with_(asked("q", steps=(Step(title="Committee", due=ago(2), owner="a"),))),
        "step_unowned": with_(asked("q", steps=(Step(title="Committee", due=TODAY),))),
        "nobody_may_ask": with_(asked("q", may_ask=frozenset())),
    },
    "resources": {
        "need_unanswered": with_(
            drafted("s", 30, "draft", "adopted"),
            item("n", "need", 20),
            TRIAL,
            links=(TESTED, DONE),
        ),
    },
    "small_test": {
        "untested": with_(drafted("s", 30, "draft", "adopted"), links=(DONE,)),
        "effect_disputed": with_(
            drafted("s"), item("o", "objection", 5, "open"), links=(link("o", "s", "about"),)
        ),
    },
    "report_back": {
        "no_public_word": less("happening", item("h", "happening", 181, public=True)),
    },
    "act_before": {
        "term_ends": with_(asked("q"), roles=(SPONSOR,)),
        "election": with_(
            asked("q"), turns=(Turn("e", "election", "November", TODAY + timedelta(3)),)
        ),
    },
}


@pytest.mark.parametrize(
    ("lever", "reason", "evidence"),
    [(lever, reason, told) for lever, of in FIXTURES.items() for reason, told in of.items()],
)
def test_a_fixture_per_lever_triggers_it_and_no_other(
    lever: str, reason: str, evidence: Evidence
) -> None:
    found = diagnose(evidence, TODAY)
    assert [(each.lever, each.reason) for each in found.levers] == [(lever, reason)]
    assert [each.lever for each in found.moves] == [lever]
    assert found.levers[0].records


def test_every_lever_has_a_fixture_a_condition_and_a_source_and_none_helps_where_all_is_well() -> (
    None
):
    assert list(FIXTURES) == [lever.key for lever in LEVERS]
    assert all(lever.condition in CONDITIONS and lever.source for lever in LEVERS)
    assert diagnose(WELL, TODAY).levers == ()
    assert diagnose(Evidence(), TODAY).levers == ()


def test_thirty_meetings_without_a_promise_wait_on_promises() -> None:
    partners = tuple(
        item(name, "partner", 400, "taking_part", parties=frozenset({name})) for name in "ab"
    )
    meetings = tuple(item(f"m{n}", "meeting", 390 - 10 * n, "held") for n in range(30))
    found = diagnose(Evidence(items=(*partners, *meetings)), TODAY)
    states = {each.condition: each.state for each in found.conditions}
    assert states == dict.fromkeys(CONDITIONS, "not_recorded") | {
        "convened": "met",
        "promised": "waiting_on",
    }
    waited = found.condition("promised")
    assert (len(waited.open), waited.share, waited.days) == (30, 0, 390)


def test_who_tested_first_and_convened_later_is_called_stuck_at_nothing_that_was_overtaken() -> (
    None
):
    idea = drafted("s", 800, "idea", owner="", owner_on=None)
    trial = Trial(
        id="t",
        kind="small_test",
        on=ago(700),
        states=((ago(700), "running"), (ago(500), "decided")),
        decision="adopt",
    )
    asked_ = item("a", "partner", 20, "invited", parties=frozenset({"a"}), holder="a")
    came = item("b", "partner", 20, "taking_part", parties=frozenset({"b"}))
    given_ = Evidence(items=(idea, trial, asked_, came), links=(link("t", "s", "tests"),))
    found = diagnose(given_, TODAY)
    states = {each.condition: each.state for each in found.conditions}
    assert states["tested"] == "met"
    assert states["proposed"] == "under_way"
    assert found.condition("proposed").overtaken
    assert states["convened"] == "under_way"
    assert states["understood"] == states["promised"] == "not_recorded"
    assert found.waited_on is None
    later = diagnose(given_, TODAY + timedelta(200))
    assert later.waited_on is None, "half of those asked came"
    alone = replace(given_, items=(idea, trial, asked_))
    assert diagnose(alone, TODAY + timedelta(200)).waited_on == "convened"
    assert diagnose(alone, TODAY + timedelta(200)).condition("convened").whom == ("a",)


@pytest.mark.parametrize(("days", "waited"), [(60, None), (61, "promised")])
def test_a_condition_is_waited_on_only_beyond_its_days(days: int, waited: str | None) -> None:
    given_ = Evidence(items=(item("m", "meeting", days, "held"),))
    assert diagnose(given_, TODAY).waited_on == waited


@pytest.mark.parametrize(("kept", "waited"), [(1, "promised"), (2, None)])
def test_a_condition_is_waited_on_only_below_its_share(kept: int, waited: str | None) -> None:
    given_ = [promised(f"p{n}", 100, holder="county") for n in range(4)]
    for n in range(kept):
        given_[n] = replace(given_[n], confirmed_on=ago(90))
    found = diagnose(Evidence(items=tuple(given_)), TODAY)
    assert found.waited_on == waited
    assert found.condition("promised").share == Fraction(kept, 4)


def test_what_was_stated_of_a_condition_is_one_line_with_day_and_source() -> None:
    said = Statement("supported", "not_needed", "No body decides.", ago(9), "Charter", "c1")
    outside = Statement("convened", "met", "A coalition met since 2019.", ago(9), "Report", "c2")
    found = diagnose(Evidence(statements=(said, outside)), TODAY)
    assert found.condition("supported").state == "not_needed"
    assert found.condition("supported").line == "No body decides."
    met = found.condition("convened")
    assert (met.state, met.source, met.stated) == ("met", "Report", "c2")
    assert diagnose(Evidence(statements=(said,)), ago(10)).condition("supported").line == ""


def test_only_recommendations_convert_and_a_path_leads_to_the_next_step() -> None:
    owned = drafted("s", 100, "draft")
    request, told = asked("q", 80), item("d", "decision", 60, "adopted")
    pledge = promised("p2", 40, confirmed_on=ago(40), owner="post")
    links = (link("q", "s", "about"), link("d", "q", "about"), link("p2", "d"))
    found = diagnose(Evidence(items=(owned, request, told, pledge), links=links), TODAY)
    steps = [(each.end, each.share, each.wait.days) for each in found.conversions]
    assert steps == [("approved", 1, 40), ("under_way", 1, 20), ("result", 0, None)]
    assert found.conversions[0].further == ("s",)
    undecided = diagnose(Evidence(items=(owned, request, pledge), links=links), TODAY)
    assert undecided.conversions[0].share == 0, "the body that was asked has not decided"


def test_promises_are_counted_and_a_reported_one_is_kept_but_never_confirmed() -> None:
    given_ = (
        promised("a", 90, holder="city", confirmed_on=ago(80), due=ago(30), kept_on=ago(40)),
        promised("b", 90, holder="city", confirmed_on=ago(80), due=ago(30), owner="post"),
        promised("c", 90, holder="county", reported=True),
    )
    found = diagnose(Evidence(items=given_), TODAY)
    assert found.promises.share_on_time == Fraction(1, 2)
    assert found.promises.no_owner == ("a", "c")
    assert found.promises.by_state["intent"] == ("c",)
    assert set(found.by_organisation) == {"city", "county"}
    assert found.weeks_since_result == 5


def acts(*names: str, leading: Leading = "distributive") -> tuple[Act, ...]:
    """One act for each name."""
    return tuple(Act(leading, "forum_led", name, ago(9), f"r{n}") for n, name in enumerate(names))


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("counts", [[1], [2, 2], [5, 1, 1], [1, 2, 3, 4]])
def test_the_effective_number_is_the_one_of_the_definition(counts: list[int], order: int) -> None:
    shares = [count / sum(counts) for count in counts]
    slow = (
        exp(-sum(share * log(share) for share in shares))
        if order == 1
        else 1 / sum(share**2 for share in shares)
    )
    assert effective_number(counts, order) == pytest.approx(slow, abs=1e-8)
    assert effective_number([], order) is None
    with pytest.raises(ValueError, match="at least 0"):
        effective_number([-1], order)


def test_removing_the_top_holder_changes_the_reading_as_computed_by_hand() -> None:
    day = ago(300)
    held = (
        Holding("part", "jobs", "Jobs", "county", day),
        Holding("part", "beds", "Beds", "county", day),
        Holding("part", "beds", "Beds", "city", day),
        Holding("promise", "p", "Open a shelter", "county", day),
        Holding("seat", "s", "Ward 3", "city", day),
    )
    ties = tuple(Tie("county", other, day, "m") for other in ("city", "church", "clinic"))
    given_ = Evidence(
        acts=acts("county", "county", "county", "county", "county", "county", "city", "church"),
        holdings=held,
        ties=ties,
    )
    before = diagnose(given_, TODAY)
    assert before.spread.top == "county"
    assert (before.spread.largest, before.spread.alarm) == (Fraction(3, 4), True)
    # 1 / (36/64 + 1/64 + 1/64) = 64/38
    assert before.spread.effective_2 == pytest.approx(64 / 38)
    found = drill(given_, "county", TODAY, Thresholds(fewest_acts=2))
    assert [each.thing for each in found.only] == ["jobs", "p"]
    assert (found.parts_before, found.parts_after) == (1, 3)
    after = found.after["distributive"]
    assert (after.acts, after.largest, after.alarm) == (2, Fraction(1, 2), False)
    assert after.effective_2 == 2
    assert {each.thing for each in before.only} == {"jobs", "p", "s"}


def test_too_few_acts_say_nothing_of_shares() -> None:
    found = diagnose(Evidence(acts=acts("county", "county", "city", "")), TODAY).spread
    assert (found.acts, found.unknown, found.holders) == (3, 1, 2)
    assert (found.effective, found.largest, found.top, found.alarm) == (None, None, "", False)


def test_the_three_readings_move_each_with_its_own_evidence() -> None:
    def figures(given_: Evidence) -> dict[str, tuple[Any, Any]]:
        return {
            each.leading: (each.spread.acts, [(one.value, one.of) for one in each.figures])
            for each in diagnose(given_, TODAY).readings
        }

    base = figures(WELL)
    moved = {
        "distributive": with_(roles=(replace(SPONSOR, deputy=True),)),
        "integrative": with_(item("f", "fact", 5, "agreed")),
        "catalysing": with_(item("b", "barrier", 5, "open")),
    }
    for leading, given_ in moved.items():
        changed = {name for name, found in figures(given_).items() if found != base[name]}
        assert changed == {leading}


def test_many_tests_of_which_none_was_changed_are_worth_a_question() -> None:
    def trials(*decisions: str) -> Evidence:
        return Evidence(
            items=tuple(
                Trial(
                    id=f"t{n}",
                    kind="small_test",
                    on=ago(90),
                    states=((ago(90), "running"), (ago(9), "decided")),
                    decision=decision,
                )
                for n, decision in enumerate(decisions)
            )
        )

    def prompt(given_: Evidence) -> bool:
        reading = diagnose(given_, TODAY).readings[2]
        return reading.figure("changed_after_test").prompt

    assert prompt(trials(*["adopt"] * 5))
    assert not prompt(trials(*["adopt"] * 4))
    assert not prompt(trials(*["adopt"] * 5, "adapt"))


def test_cross_sector_ties_are_told_beside_what_every_relabelling_gives_on_average() -> None:
    sectors = {"a": "health", "b": "health", "c": "faith", "d": "business"}
    pairs = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]
    ties = tuple(Tie(one, other, ago(9), "m") for one, other in pairs)
    given_ = Evidence(ties=ties, sectors=tuple(sectors.items()))
    figure = diagnose(given_, TODAY).readings[1].figure("cross_sector_ties")
    assert figure.value == 0.75
    every = list(combinations(sectors, 2))
    slow = sum(sectors[one] != sectors[other] for one, other in every) / len(every)
    assert figure.expected == pytest.approx(slow)


def test_a_term_that_ends_before_a_vote_is_told_with_its_days_and_a_deputy_settles_it() -> None:
    vote = asked("q", seats=frozenset({"ward"}))
    ward = Role("ward", "seat", "Ward 3", "council", ((None, TODAY + timedelta(30)),))
    other = Role("else", "seat", "Another body's", "board", ((None, TODAY + timedelta(30)),))
    found = diagnose(with_(vote, roles=(ward, other)), TODAY)
    (gap,) = found.gaps
    assert (gap.cause, gap.days, gap.milestone.record) == ("ward", 10, "q")
    assert [(each.lever, each.by) for each in found.moves] == [
        ("act_before", TODAY + timedelta(30))
    ]
    steady = diagnose(with_(vote, roles=(replace(ward, deputy=True),)), TODAY)
    assert steady.gaps[0].deputy
    assert steady.moves == ()


def test_at_most_two_moves_in_an_order_that_is_told() -> None:
    every = [told for of in FIXTURES.values() for told in of.values()]
    items = {each.id + each.kind: each for told in every for each in told.items}
    whole = Evidence(
        items=tuple(items.values()),
        links=tuple({each for told in every for each in told.links}),
        roles=tuple({each for told in every for each in told.roles}),
        turns=tuple({each for told in every for each in told.turns}),
    )
    found = diagnose(whole, TODAY)
    assert len(found.levers) > 4
    assert len(found.moves) == 2
    first = found.moves[0]
    assert first.by == min(each.by for each in found.levers if each.by is not None)
    said = tuple(Answered(each.lever, ago(1), taken=True, record="v") for each in found.moves)
    after = diagnose(replace(whole, answers=said), TODAY)
    assert {each.lever for each in after.moves}.isdisjoint({each.lever for each in found.moves})
    assert after.levers == found.levers
    rested = tuple(replace(each, on=ago(90)) for each in said)
    assert diagnose(replace(whole, answers=rested), TODAY).moves == found.moves


def test_what_serves_the_condition_that_is_waited_on_comes_first() -> None:
    ideas = tuple(drafted(f"s{n}", 200, owner="", owner_on=None) for n in range(2))
    phase = Phase(id="f", kind="phase", on=ago(5))
    given_ = Evidence(items=(*ideas, phase, asked("q", backed=())))
    assert [each.lever for each in diagnose(given_, TODAY).moves] == ["deadline", "owner"]
    assert BY_KEY["deadline"].condition == diagnose(given_, TODAY).waited_on == "proposed"


@pytest.mark.parametrize("name", ["largest_percent", "promised_percent", "win_days", "rest_days"])
def test_a_threshold_out_of_its_bounds_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        Thresholds(**{name: 4_000})


KINDS = [
    *("meeting", "partner", "forum", "conversation", "vote", "fact", "outcome", "objection"),
    *("framing", "affected_group", "baseline", "barrier", "need", "offer", "decision"),
    *("happening", "reading", "measure"),
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
