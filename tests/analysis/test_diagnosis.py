"""The diagnosis on known cases: conditions, levers, readings and risks."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import combinations
from math import exp, log
from typing import Any

import pytest

from headway_analysis.diagnosis import (
    BY_KEY,
    CONDITIONS,
    LEVERS,
    Answered,
    Evidence,
    Holding,
    Item,
    Link,
    Phase,
    Request,
    Role,
    Statement,
    Thresholds,
    Tie,
    Trial,
    diagnose,
    drill,
    effective_number,
)
from tests.analysis.diagnosis_making import (
    FIXTURES,
    SPONSOR,
    TODAY,
    WELL,
    acts,
    ago,
    asked,
    drafted,
    item,
    link,
    promised,
    with_,
)


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


def counted(*days: int, kind: str = "reading", measure: str = "m") -> list[Item]:
    """Counts of one measure, so many days ago."""
    return [item(f"{measure}:{day}", kind, day) for day in days]


def counts_of(items: list[Item], measure: str = "m") -> tuple[Link, ...]:
    return tuple(link(one.id, measure, "about") for one in items)


def test_only_a_count_of_the_population_after_its_start_is_a_result() -> None:
    acted, people = promised("p", 100, confirmed_on=ago(100)), item("m", "measure", 300)
    pages = item("m", "own_measure", 300)
    own = counted(50, 20, kind="own_reading")
    links = counts_of(own)
    found = diagnose(Evidence(items=(acted, pages, *own), links=links), TODAY)
    assert found.condition("result").state == "not_recorded", "pages of a plan are no result"
    assert found.weeks_since_result is None

    first = counted(50)
    given_ = Evidence(items=(acted, people, *first), links=counts_of(first))
    start = diagnose(given_, TODAY).condition("result")
    assert (start.state, start.open) == ("under_way", ("m",)), "it is where the measure starts"

    begun = replace(given_, items=(*given_.items, item("b", "baseline", 200)))
    begun = replace(begun, links=(*begun.links, link("m", "b", "about")))
    assert diagnose(begun, TODAY).condition("result").through == ("m:50",)
    later = counted(50, 20)
    given_ = Evidence(items=(acted, people, *later), links=counts_of(later))
    known = diagnose(given_, TODAY).condition("result")
    assert (known.state, known.through) == ("met", ("m:20",))


def test_a_measure_more_takes_no_result_away_without_saying_what_is_waited_for() -> None:
    acted, known = promised("p", 100, confirmed_on=ago(100)), counted(150, 20)
    measures = [item(key, "measure", 300) for key in ("m", "n", "o")]
    given_ = (acted, *known, measures[0])
    one = diagnose(Evidence(items=given_, links=counts_of(known)), TODAY).condition("result")
    assert (one.state, one.short) == ("met", False)
    more = Evidence(items=(*given_, *measures[1:]), links=counts_of(known))
    found = diagnose(more, TODAY).condition("result")
    assert (found.state, found.short, found.open) == ("under_way", True, ("n", "o"))


def test_what_only_a_report_tells_is_late_on_no_page_and_what_was_noted_here_is() -> None:
    given_ = (
        promised("a", 90, due=ago(30), reported=True),
        promised("b", 90, due=ago(30)),
        promised("c", 90, due=ago(30), reported=True, confirmed_on=ago(50)),
    )
    found = diagnose(Evidence(items=given_), TODAY).promises
    assert found.by_state["late"] == ("b", "c")
    assert (found.by_state["intent"], found.unconfirmed) == (("a",), ("a", "b"))


@pytest.mark.parametrize(
    ("request_", "advised"),
    [
        (asked("q", backed=(), vote_on=TODAY), True),
        (asked("q", backed=(), vote_on=TODAY - timedelta(1), steps=()), False),
        (asked("q", backed=(), vote_on=None, reported=True), True),
        (asked("q", 2_000, backed=(), vote_on=None, reported=True), False),
        (asked("q", 2_000, backed=(), vote_on=None), True),
    ],
)
def test_nobody_is_asked_to_win_a_sponsor_for_a_vote_that_has_passed(
    request_: Request, advised: bool
) -> None:
    found = diagnose(with_(request_), TODAY).levers
    assert any(each.reason == "no_supporter" for each in found) == advised
