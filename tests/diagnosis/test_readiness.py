"""What carrying something out needs: seven things, as somebody found them, and what follows."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from headway.core.errors import RuleError
from headway.diagnosis import actions
from headway.diagnosis.models import Readiness
from headway.diagnosis.queries.evidence.building import Fared
from headway.diagnosis.queries.keeping import kept
from headway.diagnosis.queries.standing import standing
from headway.diagnosis.queries.words import state_words
from headway.initiatives.models import RecordState
from tests.diagnosis.making import (
    MEMBERS,
    VISITOR,
    a_check,
    a_forum,
    a_promise,
    an_adopted,
    an_idea,
    by,
    reader,
)
from tests.world import TODAY, World

ANSWERS = dict.fromkeys(Readiness.NEEDS, "in_place")


def test_what_a_check_found_missing_is_a_next_move_until_it_is_found(world: World) -> None:
    adopted = an_adopted(world, days=30)
    a_promise(world, days=20, came_from=adopted.record)
    a_check(world, adopted, 5, aims="in_place", authority="missing", rivals="missing")
    triggers = {each.lever: each for each in kept(world.hennepin, MEMBERS, TODAY).diagnosis.levers}
    assert triggers["implementer"].reason == "condition_unmet"
    assert triggers["implementer"].names == ("authority", "rivals")
    before_it = kept(world.hennepin, MEMBERS, TODAY - timedelta(6)).diagnosis.levers
    assert "implementer" not in {each.lever for each in before_it}
    page = standing(world.hennepin, reader(world), TODAY)
    move = next(each for each in page.moves if each.key == "implementer")
    assert "the authority to do it and freedom from rival priorities" in move.reason
    assert str(move.start_label) == "Check again what it needs"
    assert move.start_href == world.address("diagnosis:check", adopted.pk)
    a_check(world, adopted, 1, **ANSWERS)
    after = kept(world.hennepin, MEMBERS, TODAY).diagnosis.levers
    assert "implementer" not in {each.lever for each in after}


def test_a_check_is_for_those_who_take_part(world: World) -> None:
    adopted = an_adopted(world)
    row = a_check(world, adopted)
    assert row.record.visibility == "members"
    assert not kept(world.hennepin, VISITOR, TODAY).diagnosis.condition("promised").line
    address = world.address("diagnosis:readiness", row.pk)
    assert world.client("observer").get(address).status_code == 200
    assert world.client().get(address).status_code in {302, 404}
    assert world.client("stranger").get(address).status_code == 404
    check = world.address("diagnosis:check", adopted.pk)
    assert world.client("observer").get(check).status_code == 403
    for role, offered in (("observer", False), ("partner", True)):
        listed = world.client(role).get(listed_at(world)).content.decode()
        assert (check in listed) == offered, role


def listed_at(world: World) -> str:
    return world.address("diagnosis:readiness_list")


def test_a_partner_checks_a_recommendation_and_the_list_tells_what_is_missing(
    world: World,
) -> None:
    adopted = an_adopted(world)
    browser = world.client("partner")
    assert "Not checked yet" in browser.get(listed_at(world)).content.decode()
    check = world.address("diagnosis:check", adopted.pk)
    said = {"rules": "missing", "aims": "in_place", "note": "A variance"}
    rest = dict.fromkeys(Readiness.NEEDS, "unknown")
    answer = browser.post(check, rest | said)
    assert answer.status_code == 302
    shown = unescape(browser.get(answer.url).content.decode())
    for words in ("A variance", "still missing", "in place", "nobody knows yet"):
        assert words in shown
    listed = browser.get(listed_at(world)).content.decode()
    assert "rules that support it" in listed
    assert 'value="missing"' in browser.get(check).content.decode()
    table = b"".join(browser.get(world.address("diagnosis:readiness_csv"))).decode()
    assert "A variance" in table


def test_a_check_that_says_nothing_or_is_about_something_else_is_refused(world: World) -> None:
    adopted = an_adopted(world)
    check = world.address("diagnosis:check", adopted.pk)
    answer = world.client("partner").post(check, dict.fromkeys(Readiness.NEEDS, "unknown"))
    assert answer.status_code == 422
    assert "Say of at least one" in answer.content.decode()
    idea = world.address("diagnosis:check", an_idea(world, title="Vans").pk)
    assert world.client("partner").get(idea).status_code == 404
    for about, answers in ((a_forum(world).record, ANSWERS),):
        with pytest.raises(RuleError, match="Choose a recommendation"):
            actions.check_readiness(
                by=by(world), initiative=world.hennepin, about=about, answers=answers
            )
    with pytest.raises(ValueError, match="answers must be"):
        actions.check_readiness(
            by=by(world), initiative=world.hennepin, about=adopted.record, answers={"luck": "met"}
        )


def test_what_nobody_knows_yet_is_open_and_not_in_place(world: World) -> None:
    adopted = an_adopted(world)
    row = a_check(world, adopted, aims="in_place")
    assert RecordState.objects.get(record=row.record).state == "unknown"
    listed = world.client("partner").get(listed_at(world)).content.decode()
    assert "6 of seven are not known yet" in listed
    page = world.client("partner").get(world.address("diagnosis:readiness", row.pk))
    assert "Something is not known yet" in page.content.decode()
    whole = a_check(world, adopted, 1, **ANSWERS)
    page = world.client("partner").get(world.address("diagnosis:readiness", whole.pk))
    assert "Nothing is missing" in page.content.decode()


def test_a_check_is_for_no_more_people_than_what_it_is_about(world: World) -> None:
    adopted = an_adopted(world)
    adopted.record.change(visibility="office")
    assert a_check(world, adopted).record.visibility == "office"


@pytest.mark.parametrize(
    ("fared", "words"),
    [
        (Fared(worse=1, same=9), "Met, but partly worse"),
        (Fared(worse=1, better=1), "Met, but partly worse"),
        (Fared(worse=1), "Met, but worse than at the start"),
    ],
)
def test_a_result_is_worse_as_a_whole_only_where_nothing_is_better_or_the_same(
    world: World, fared: Fared, words: str
) -> None:
    reading = kept(world.hennepin, MEMBERS, TODAY).diagnosis.condition("result")
    assert state_words(replace(reading, state="met"), fared) == words
