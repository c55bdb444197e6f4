from datetime import timedelta
from decimal import Decimal

import pytest

from headway.accounts.models import EventValue
from headway.core.errors import RuleError
from headway.initiatives.models import RecordState
from headway.pilots import actions
from headway.pilots.actions import Numbers
from headway.pilots.forms import CardForm
from headway.pilots.models import Pilot, PilotFinding, Prediction, Review
from headway.pilots.queries.card import missing
from headway.pilots.queries.scores import scored
from headway_analysis.partial_date import PartialDate
from tests.pilots.making import LATER, a_card, a_running_pilot, expect
from tests.world import NOON, TODAY, World


def test_a_pilot_does_not_start_while_its_card_is_incomplete(world: World) -> None:
    pilot = actions.prepare_pilot(by=world.actor(), initiative=world.hennepin, title="Begun")
    with pytest.raises(RuleError) as refused:
        actions.start_pilot(by=world.actor(), pilot=pilot)
    said = str(refused.value)
    assert "stop for harm" in said
    assert "what it expects" in said
    assert Pilot.objects.get().state == "card"


@pytest.mark.parametrize(
    "field",
    [
        "hypothesis",
        "affected",
        "consent",
        "measure",
        "better",
        "baseline",
        "design",
        "comparison",
        "minimum_effect",
        "stop_for_harm",
        "stop_for_cost",
        "stop_for_futility",
        "ends_on",
        "decider",
    ],
)
def test_each_part_of_the_card_is_asked_for(world: World, field: str) -> None:
    empty = None if field in {"minimum_effect", "ends_on", "decider"} else ""
    pilot = a_card(world, **{field: empty})
    expect(world, pilot)
    assert [each.field for each in missing(pilot, predicted=True)] == [field]
    with pytest.raises(RuleError):
        actions.start_pilot(by=world.actor(), pilot=pilot)


def test_what_a_team_expects_is_locked_with_the_time_of_the_start(world: World) -> None:
    pilot = a_running_pilot(world)
    assert Prediction.objects.get().locked_at == NOON
    for act in (
        lambda: expect(world, pilot, "Finance"),
        lambda: actions.fill_card(by=world.actor(), pilot=pilot, unit="beds"),
        lambda: actions.start_pilot(by=world.actor(), pilot=pilot),
    ):
        with pytest.raises(RuleError):
            act()


@pytest.mark.parametrize("name", ["outreach", "OUTREACH ", " Outreach"])
def test_a_team_is_one_team_however_its_name_is_typed(world: World, name: str) -> None:
    pilot = a_card(world)
    expect(world, pilot, "Outreach")
    with pytest.raises(RuleError, match="has said what it expects"):
        expect(world, pilot, name)
    expect(world, pilot, name, replaces=True)
    assert Prediction.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_a_team_may_say_anew_until_the_start_and_the_newest_counts(world: World) -> None:
    pilot = a_card(world)
    expect(world, pilot, percent=60)
    with pytest.raises(RuleError, match="has said what it expects") as refused:
        expect(world, pilot, percent=90)
    assert refused.value.field == "team"
    expect(world, pilot, percent=90, replaces=True, reasons="Rents rose since")
    standing = Prediction.objects.filter(withdrawn_at__isnull=True)
    assert [said.percent for said in standing] == [90]
    assert Prediction.objects.count() == 2
    told = EventValue.objects.filter(event__subject_id=pilot.pk, field="reasons")
    assert told.latest("event__position").new == "Rents rose since"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"high": Decimal(-20)}, "high"), ({"percent": 100}, "percent"), ({"team": " "}, "team")],
)
def test_an_expectation_that_cannot_be_is_refused(
    world: World, changes: dict[str, object], field: str
) -> None:
    said = {"team": "All", "low": Decimal(-15), "high": Decimal(-3), "percent": 80} | changes
    with pytest.raises(RuleError) as refused:
        actions.predict(by=world.actor(), pilot=a_card(world), **said)
    assert refused.value.field == field


def test_an_expectation_is_scored_against_the_newest_finding_that_stands(world: World) -> None:
    pilot = a_running_pilot(world)
    said = Prediction.objects.get()
    assert scored(said, ()) is None
    hit = actions.record_finding(by=world.actor(), pilot=pilot, numbers=Numbers(estimate=-4.0))
    score = scored(said, [hit])
    assert score is not None
    assert (score.inside, round(score.brier, 4)) == (True, 0.04)
    miss = actions.record_finding(by=world.actor(), pilot=pilot, numbers=Numbers(estimate=2.0))
    later = scored(said, [hit, miss])
    assert later is not None
    assert (later.inside, round(later.brier, 4)) == (False, 0.64)
    actions.withdraw_finding(by=world.actor(), finding=miss, because="counted twice")
    assert scored(said, list(PilotFinding.objects.all())) == score


def test_stopping_says_why_and_opens_a_review(world: World) -> None:
    pilot = a_running_pilot(world)
    with pytest.raises(RuleError) as refused:
        actions.stop_pilot(by=world.actor(), pilot=pilot, because=" ")
    assert refused.value.field == "because"
    actions.stop_pilot(by=world.actor(), pilot=pilot, because="for harm")
    assert Review.objects.get().occasion == "stopped"
    states = RecordState.objects.filter(record=pilot.record).order_by("recorded_at", "state")
    assert {row.state for row in states} == {"card", "running", "stopped"}


def test_a_pilot_is_decided_after_its_end_with_a_reason(world: World) -> None:
    pilot = a_running_pilot(world)
    decision = {"result": "worked", "decision": "adopt", "because": "Half as many returned"}
    with pytest.raises(RuleError):
        actions.decide_pilot(by=world.actor(), pilot=pilot, **decision)
    actions.end_pilot(by=world.actor(), pilot=pilot)
    row = actions.decide_pilot(by=world.actor(), pilot=pilot, **decision)
    assert (row.state, row.result, row.decided_on) == ("decided", "worked", TODAY)


def test_an_end_is_moved_with_a_reason_and_not_into_the_past(world: World) -> None:
    pilot = a_running_pilot(world)
    for until, because in ((LATER, " "), (TODAY - timedelta(days=1), "late start")):
        with pytest.raises(RuleError):
            actions.move_end(by=world.actor(), pilot=pilot, until=until, because=because)
    later = LATER + timedelta(days=30)
    assert actions.move_end(by=world.actor(), pilot=pilot, until=later, because="late start")
    assert Pilot.objects.get().ends_on == later


def test_a_pilot_does_not_start_on_a_day_gone_by_or_after_its_end(world: World) -> None:
    pilot = a_card(world, ends_on=TODAY + timedelta(days=9), starts_on=TODAY - timedelta(days=9))
    expect(world, pilot)
    for days, field in ((-1, "starts_on"), (10, "ends_on")):
        when = PartialDate.on(TODAY + timedelta(days=days))
        with pytest.raises(RuleError) as refused:
            actions.start_pilot(by=world.actor(), pilot=pilot, when=when)
        assert refused.value.field == field
    actions.start_pilot(by=world.actor(), pilot=pilot)
    assert Pilot.objects.get().starts_on == TODAY


def test_a_finding_waits_for_the_start_and_its_interval_has_to_fit(world: World) -> None:
    card = a_card(world)
    with pytest.raises(RuleError):
        actions.record_finding(by=world.actor(), pilot=card, numbers=Numbers(estimate=1.0))
    pilot = a_running_pilot(world, "Another")
    for numbers, field in (
        (Numbers(estimate=None), "estimate"),
        (Numbers(estimate=1.0, low=2.0, high=1.0), "high"),
        (Numbers(estimate=9.0, low=1.0, high=2.0), "estimate"),
        (Numbers(estimate=0.5, low=1.0), "estimate"),
        (Numbers(estimate=2.5, high=2.0), "estimate"),
        (Numbers(estimate=1.0, p_value=1.5), "p_value"),
    ):
        with pytest.raises(RuleError) as refused:
            actions.record_finding(by=world.actor(), pilot=pilot, numbers=numbers)
        assert refused.value.field == field


def test_the_card_adds_to_its_help_what_the_start_needs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CardForm.base_fields["decider"], "help_text", "Like “the county”.")
    fields = CardForm(authority=world.authority).fields
    assert str(fields["affected"].help_text) == "Needed before it starts."
    assert str(fields["baseline"].help_text).startswith("Like “29 percent")
    needed = "Like “the county”. This or a seat is needed before it starts."
    assert str(fields["decider"].help_text) == needed
