"""Pages of leadership, conditions, evidence and next moves; and what programs read."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from headway.accounts.actions import make_token
from headway.accounts.actor import Actor
from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.diagnosis import actions
from headway.diagnosis.models import ConditionStatement, Move, Threshold
from headway.diagnosis.queries.leadership import figure_words
from headway.diagnosis.queries.lines import wait_words
from headway.initiatives.models import Record
from headway_analysis.diagnosis.readings import Figure
from headway_analysis.followthrough import MedianWait
from tests.diagnosis.making import (
    a_forum,
    a_held_meeting,
    a_promise,
    a_taken_move,
    an_adopted,
    before,
    fill,
    one_of_each,
)
from tests.world import TODAY, World

PAGES = ("leadership", "conditions", "moves", "thresholds")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_stands_empty_and_full_and_asks_few_questions(world: World, page: str) -> None:
    address = world.address(f"diagnosis:{page}")
    assert world.client("partner").get(address).status_code == 200
    fill(world)
    browser = world.client("observer")
    assert browser.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    assert len(asked) <= 15


def test_visitors_find_the_conditions_that_are_met_and_no_leadership(world: World) -> None:
    fill(world)
    visitor = world.client()
    shown = visitor.get(world.address("diagnosis:conditions")).content.decode()
    assert "Proposed" in shown
    assert "Waiting on" not in shown
    assert "c-promised" not in shown
    assert "condition-promised" not in shown
    assert visitor.get(world.address("diagnosis:leadership")).status_code == 302
    met = visitor.get(world.address("diagnosis:evidence", "condition-proposed"))
    assert met.status_code == 200
    for name in ("condition-promised", "lever-implementer", "promises-late", "acts-catalysing"):
        assert visitor.get(world.address("diagnosis:evidence", name)).status_code == 404


def test_visitors_see_all_eight_conditions_drawn_and_the_unmet_ones_without_evidence(
    world: World,
) -> None:
    fill(world)
    for name in ("diagnosis:conditions", "site:where_we_stand"):
        page = world.client().get(world.address(name))
        marks = page.context["page"].path
        assert len(marks) == 8
        unmet = [mark for mark in marks if mark.state == "not_met"]
        assert 0 < len(unmet) < 8
        assert not any(mark.href or mark.count or mark.state_label for mark in unmet)
        assert page.content.decode().count("Not met yet</span>") >= len(unmet)


def test_each_figure_of_the_leadership_page_opens_its_records(world: World) -> None:
    fill(world)
    browser = world.client("convener")
    shown = browser.get(world.address("diagnosis:leadership")).content.decode()
    begin = world.address("diagnosis:evidence", "x").removesuffix("x/")
    names = {piece.partition('/"')[0] for piece in shown.split(f'href="{begin}')[1:]}
    assert len(names) > 10
    for name in names:
        page = browser.get(world.address("diagnosis:evidence", name))
        assert page.status_code == 200, name
        assert browser.get(world.address("diagnosis:evidence_csv", name)).status_code == 200
    promises = browser.get(world.address("diagnosis:evidence", "promises-intent"))
    assert "Open forty beds" in promises.content.decode()


def test_every_record_behind_a_figure_has_a_day(world: World) -> None:
    an_adopted(world, days=90)
    browser = world.client("convener")
    place = world.address("diagnosis:evidence", "condition-proposed")
    rows = browser.get(place).context["page"].table.rows
    days = [str(cell.value) for row in rows for cell in row if cell.head.key == "when"]
    assert days
    assert all(re.search(r"\d{4}$", day) for day in days), days
    sheet = browser.get(world.address("diagnosis:evidence_csv", "condition-proposed"))
    assert b"recorded on" in b"".join(sheet)


def test_a_page_looks_at_another_day_and_at_what_was_known(world: World) -> None:
    an_adopted(world, days=90)
    browser = world.client("convener")
    address = world.address("diagnosis:conditions")
    then = browser.get(address, {"as_of": "2025-06-30"}).content.decode()
    assert "This is how it stood on June 30, 2025" in then
    assert "Nothing is recorded." in then
    odd = browser.get(address, {"as_of": "soon", "known_at": "yesterday"})
    assert odd.status_code == 422
    assert "Until then the page shows today." in odd.content.decode()


def test_a_partner_takes_a_move_and_goes_on_to_where_it_begins(world: World) -> None:
    adopted = an_adopted(world)
    browser = world.client("partner")
    shown = browser.get(world.address("diagnosis:leadership")).content.decode()
    take = world.address("diagnosis:take", "implementer")
    assert take in shown
    answer = browser.post(take, {"because": "We have the building"})
    assert answer.status_code == 302
    assert answer.url == world.address("commitments:promise_from", adopted.pk)
    assert browser.get(answer.url).status_code == 200
    move = Move.objects.select_related("record").get()
    assert (move.lever, move.answer, move.about_id) == ("implementer", "taken", adopted.pk)
    assert move.record.organisation == world.shelter
    assert move.record.visibility == "members"
    for address in ("diagnosis:leadership", "site:where_we_stand"):
        after = unescape(browser.get(world.address(address)).content.decode())
        assert take not in after
        assert "Taken by St. Stephen's on" in after
        assert "We have the building" in after
        assert "Nothing that is recorded followed yet." in after
    assert "We have the building" not in str(world.client().get(answer.url).content)


def test_declining_needs_a_reason_and_nothing_typed_is_lost(world: World) -> None:
    an_adopted(world)
    decline = world.address("diagnosis:decline", "implementer")
    browser = world.client("partner")
    refused = browser.post(decline, {"because": "  "})
    assert refused.status_code == 422
    answer = browser.post(decline, {"because": "The board decides in May"})
    assert answer.status_code == 302
    assert "The board decides in May" in browser.get(answer.url).content.decode()
    page = unescape(browser.get(world.address("site:where_we_stand")).content.decode())
    assert "Declined by St. Stephen's on" in page
    assert "The board decides in May" in page
    visitor = world.client().get(world.address("site:where_we_stand")).content.decode()
    assert "The board decides in May" not in visitor
    assert world.client("observer").get(decline).status_code == 403
    assert browser.get(world.address("diagnosis:decline", "sponsor")).status_code == 404
    assert browser.get(world.address("diagnosis:take", "nothing")).status_code == 404


def test_what_followed_a_move_is_shown_beside_it(world: World) -> None:
    adopted = an_adopted(world)
    move = a_taken_move(world, adopted)
    a_promise(world, days=5, confirmed=False, came_from=adopted.record)
    browser = world.client("convener")
    for address in (
        world.address("diagnosis:moves"),
        world.address("diagnosis:move", move.pk),
    ):
        assert "Open forty beds" in browser.get(address).content.decode()
    table = b"".join(browser.get(world.address("diagnosis:moves_csv"))).decode()
    assert "Open forty beds" in table
    stand = world.address("site:where_we_stand")
    page = browser.get(f"{stand}?as_of={TODAY}").content.decode()
    answered = page.partition("Next moves taken or declined")[2].partition("</section>")[0]
    assert "What followed:" in answered
    assert "Open forty beds" in answered
    then = browser.get(f"{stand}?as_of={before(15).date()}")
    assert "What followed:" not in then.content.decode()
    assert "Next moves taken or declined" in then.content.decode()


def test_arguing_with_a_threshold_keeps_every_argument(world: World) -> None:
    browser = world.client("partner")
    argue = world.address("diagnosis:argue", "win_days")
    assert browser.post(argue, {"value": "90", "argument": ""}).status_code == 422
    assert browser.post(argue, {"value": "9000", "argument": "why"}).status_code == 422
    assert browser.post(argue, {"value": "0", "argument": "why"}).status_code == 422
    for value in ("90", "45"):
        assert browser.post(argue, {"value": value, "argument": f"{value}: why"}).status_code == 302
    shown = browser.get(world.address("diagnosis:thresholds")).content.decode()
    assert "45: why" in shown
    assert Threshold.objects.count() == 2
    first = Threshold.objects.get(value=90)
    page = browser.get(world.address("diagnosis:threshold", first.pk)).content.decode()
    assert "90: why" in page
    assert browser.get(world.address("diagnosis:argue", "nothing")).status_code == 404
    table = b"".join(browser.get(world.address("diagnosis:thresholds_csv"))).decode()
    assert "45: why" in table


def test_a_condition_is_stated_in_one_line_with_its_source(world: World) -> None:
    browser = world.client("partner")
    address = world.address("diagnosis:state", "convened")
    said = {"verdict": "met", "line": "A coalition has met since 2019", "told_by": "Its charter"}
    assert browser.post(address, said | {"told_by": ""}).status_code == 422
    assert browser.post(address, said | {"when": "2019"}).status_code == 302
    row = ConditionStatement.objects.get()
    page = browser.get(world.address("diagnosis:stated", row.pk)).content.decode()
    assert "Its charter" in page
    shown = browser.get(world.address("diagnosis:conditions")).content.decode()
    assert "A coalition has met since 2019" in shown
    assert browser.get(world.address("diagnosis:state", "nothing")).status_code == 404


def test_what_if_they_left_says_what_would_lose_its_only_holder(world: World) -> None:
    an_adopted(world)
    a_held_meeting(world, a_forum(world), 50)
    browser = world.client("convener")
    address = world.address("diagnosis:leave", world.shelter.pk)
    shown = browser.get(world.address("diagnosis:leadership")).content.decode()
    assert address in shown
    page = browser.get(address).content.decode()
    assert "What if St. Stephen&#x27;s left?" in page
    assert "Open 40 beds" in page
    assert "Partners" in page
    assert browser.get(world.address("diagnosis:leave", world.hennepin.pk)).status_code == 404


def test_who_answered_may_take_it_back_and_others_may_not(world: World) -> None:
    an_adopted(world)
    partner = world.client("partner")
    partner.post(world.address("diagnosis:decline", "implementer"), {"because": "Not now"})
    record = Record.objects.get(kind="move")
    withdraw = world.address("diagnosis:withdraw", record.pk)
    assert partner.get(withdraw).status_code == 200
    assert partner.post(withdraw, {"because": "Changed our mind"}).status_code == 302
    record.refresh_from_db()
    assert record.withdrawn
    one_of_each(world.actor(), world.hennepin, "The board decides")
    other = Record.objects.filter(kind="threshold").get()
    assert partner.get(world.address("diagnosis:withdraw", other.pk)).status_code == 404


def test_each_answer_is_one_event_with_its_reason(world: World) -> None:
    one_of_each(world.actor(), world.hennepin, "The board decides in May")
    verbs = {
        event.subject_kind: event.verb
        for event in Event.objects.filter(subject_kind__in=["move", "threshold", "condition"])
    }
    assert verbs == {"move": "declined_move", "threshold": "set_threshold", "condition": "stated"}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("because", {"because": " "}), ("about", {"about": "closed"})],
)
def test_a_move_that_says_nothing_or_is_about_elsewhere_is_refused(
    world: World, field: str, wrong: dict[str, str]
) -> None:
    given: dict[str, object] = {"because": "Not now"}
    if field == "about":
        elsewhere = actions.state_condition(
            by=world.actor(),
            initiative=world.closed,
            condition="tested",
            verdict="met",
            line="Tested",
            told_by="Report",
        )
        given["about"] = elsewhere.record
    else:
        given |= wrong
    with pytest.raises(RuleError) as refused:
        actions.decline_move(
            by=world.actor(), initiative=world.hennepin, lever="small_win", title="Win", **given
        )
    assert refused.value.field == field
    assert not Move.objects.exists()


def token_of(world: World, *scopes: str) -> str:
    """The secret of a token by which a program reads."""
    now = timezone.now()
    made = make_token(
        by=Actor(kind="user", at=now, user=world.people["evaluator"]),
        authority=world.authority,
        name="nightly copy",
        scopes=list(scopes),
        offered=list(scopes),
        expires_at=now + timedelta(days=1),
    )
    return made.secret


def test_a_program_reads_where_it_stands_as_of_a_day(world: World) -> None:
    adopted = an_adopted(world)
    a_taken_move(world, adopted)
    address = f"/api/v1/initiatives/{world.hennepin.slug}/standing"
    secret = token_of(world, "diagnosis.stand", "diagnosis.view")
    headers = {"Authorization": f"Bearer {secret}"}
    told = world.client().get(address, headers=headers).json()
    assert [each["key"] for each in told["conditions"]][:2] == ["understood", "convened"]
    assert told["conditions"][3]["state"] == "met"
    after = world.client().get(address, {"as_of": str(TODAY)}, headers=headers).json()
    answered = [(each["taken"], each["because"]) for each in after["answered"]]
    assert answered == [(True, "We have the building")]
    then = world.client().get(address, {"as_of": "2020-06-30"}, headers=headers).json()
    assert then["answered"] == []
    assert then["as_of"] == "2020-06-30"
    assert {each["state"] for each in then["conditions"]} == {"not_recorded"}
    known = {"known_at": "2020-06-30T12:00"}
    unknown = world.client().get(address, known, headers=headers).json()
    assert unknown["known_at"] == "2020-06-30T12:00:00-05:00"
    assert {each["state"] for each in unknown["conditions"]} == {"not_recorded"}
    odd = world.client().get(address, {"as_of": "soon"}, headers=headers)
    assert odd.status_code == 422
    assert world.client().get(address).status_code == 401


def test_a_move_about_a_record_is_linked_to_it(world: World) -> None:
    adopted = an_adopted(world)
    move = a_taken_move(world, adopted)
    assert move.record.links_out.get().target_id == adopted.pk


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure("cross_sector_ties", 1.0, expected=1.0), "100 of 100, as many as chance alone"),
        (Figure("cross_sector_ties", 0.5, expected=0.4), "50 of 100; chance alone would give 40"),
        (Figure("tests_per_recommendation", 4.0, of=1), "4 tests for 1 recommendation"),
        (Figure("idea_to_test", 0), "half of the ideas on the same day"),
    ],
)
def test_figures_of_leadership_are_told_in_plain_words(figure: Figure, words: str) -> None:
    assert figure_words(figure).startswith(words)
    assert not figure_words(figure).endswith("recommendations")


def test_what_came_on_the_same_day_did_not_come_within_no_days() -> None:
    assert wait_words(MedianWait(0, None, None, 3, 0)) == "half of them on the same day"
