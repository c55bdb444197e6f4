from datetime import timedelta

import pytest

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.initiatives.models import Link, Record, RecordState
from headway.initiatives.provenance import reported
from headway.pilots import actions
from headway.pilots.models import Review, SmallTest
from headway.solutions.actions import bring_idea
from headway_analysis.partial_date import parse
from tests.commitments.making import a_source
from tests.pilots.making import EXPECTS, SOON, TRIES, a_small_test
from tests.world import TODAY, World


def states(record: Record) -> list[str]:
    return list(
        RecordState.objects.filter(record=record)
        .order_by("recorded_at")
        .values_list("state", flat=True)
    )


def test_a_small_test_begins_when_it_is_written_down(world: World) -> None:
    test = a_small_test(world)
    assert (test.state, test.record.title, test.look_on) == ("running", TRIES, SOON)
    assert states(test.record) == ["running"]
    assert [event.verb for event in Event.objects.about(test.pk)] == ["started"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tries": " "}, "tries"),
        ({"expects": ""}, "expects"),
        ({"owner": None}, "owner"),
        ({"look_on": None}, "look_on"),
        ({"look_on": TODAY - timedelta(days=1)}, "look_on"),
        ({"authority_stated": "somebody"}, "authority_stated"),
        ({"fit": False}, "fit"),
    ],
)
def test_a_small_test_needs_little_but_that(
    world: World, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleError) as refused:
        a_small_test(world, **changes)
    assert refused.value.field == field
    assert not SmallTest.objects.exists()


def test_a_small_test_of_an_idea_is_linked_to_it(world: World) -> None:
    idea = bring_idea(by=world.actor(), initiative=world.hennepin, text="Remind people")
    test = a_small_test(world, solution=idea, came_from=idea.record)
    links = Link.objects.filter(origin=test.record)
    assert [(link.kind, link.target_id) for link in links] == [("tests", idea.pk)]


def test_what_came_out_opens_a_review_and_waits_for_a_decision(world: World) -> None:
    test = a_small_test(world)
    actions.end_small_test(by=world.actor(), test=test, result="inconclusive", saw="Too few")
    row = SmallTest.objects.get()
    assert (row.state, row.result, row.ended_on) == ("ended", "inconclusive", TODAY)
    assert Review.objects.get().about_id == test.pk
    decided = actions.decide_small_test(
        by=world.actor(), test=test, decision="adapt", because="Ask a week ahead"
    )
    assert (decided.state, decided.decision, decided.decided_on) == ("decided", "adapt", TODAY)
    assert states(test.record) == ["running", "ended", "decided"]


def test_not_finished_is_an_answer_and_an_unknown_word_is_none(world: World) -> None:
    test = a_small_test(world)
    with pytest.raises(RuleError) as refused:
        actions.end_small_test(by=world.actor(), test=test, result="fine", saw="x")
    assert refused.value.field == "result"
    actions.end_small_test(by=world.actor(), test=test, result="not_finished", saw="Staff ill")
    with pytest.raises(RuleError):
        actions.end_small_test(by=world.actor(), test=test, result="worked", saw="again")


def test_nothing_is_decided_before_it_is_known_what_came_out(world: World) -> None:
    test = a_small_test(world)
    with pytest.raises(RuleError):
        actions.decide_small_test(by=world.actor(), test=test, decision="adopt", because="x")
    actions.end_small_test(by=world.actor(), test=test, result="worked", saw="9 of 40")
    with pytest.raises(RuleError) as refused:
        actions.decide_small_test(by=world.actor(), test=test, decision="adopt", because=" ")
    assert refused.value.field == "because"


def test_a_reported_test_may_say_less_and_stands_once(world: World) -> None:
    told = reported(a_source(world))
    said = {"provenance": told, "owner": None, "expects": "", "look_on": None}
    first = a_small_test(world, **said, when=parse("2009"))
    again = a_small_test(world, **said, when=parse("2009"))
    assert first.pk == again.pk
    assert not Review.objects.exists()


def test_a_small_test_is_worded_anew_only_while_it_is_under_way(world: World) -> None:
    test = a_small_test(world)
    new = {"tries": "Two messages", "expects": EXPECTS, "look_on": SOON}
    actions.revise_small_test(by=world.actor(), test=test, **new)
    assert SmallTest.objects.get().record.title == "Two messages"
    actions.end_small_test(by=world.actor(), test=test, result="worked", saw="9 of 40")
    with pytest.raises(RuleError):
        actions.revise_small_test(by=world.actor(), test=test, **new)
