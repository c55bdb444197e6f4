import csv
import io
from decimal import Decimal

import pytest

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.directory.actions.sources import record_source
from headway.initiatives.actions import withdraw_record
from headway.initiatives.models import RecordState
from headway.initiatives.provenance import reported
from headway.solutions import actions
from headway.solutions.actions import Money
from headway.solutions.models import CriterionScore, Funding, Interest, Solution
from headway.solutions.queries.criteria import Judged
from headway.solutions.queries.interests import recused
from headway.solutions.queries.money import Sums
from tests.solutions.making import (
    a_criterion,
    a_recommendation,
    cost,
    let_decide,
    some_money,
)
from tests.world import World

MILLION = 1_000_000


@pytest.fixture
def solution(world: World) -> Solution:
    return a_recommendation(world)


def page(world: World, solution: Solution, role: str = "") -> str:
    answer = world.client(role).get(world.address("solutions:solution", solution.pk))
    return str(answer.content.decode())


def test_the_plan_of_147_million_shows_its_gap_of_45(world: World, solution: Solution) -> None:
    plan = cost(world, solution, "147000000")
    some_money(world, plan, "102000000")
    some_money(world, plan, "20000000", Funding.Status.ASKED)
    assert "45,000,000 USD is not committed yet" in page(world, plan)
    shown = world.client().get(world.address("solutions:all_funding")).content.decode()
    assert "45,000,000 USD" in shown
    board = world.client().get(world.address("solutions:home")).content.decode()
    assert "of which 45,000,000 USD is missing" in board


def test_money_adds_up_to_the_cent(world: World, solution: Solution) -> None:
    plan = cost(world, solution, "1.00")
    for _time in range(10):
        some_money(world, plan, "0.10")
    assert "all of it is committed" in page(world, plan)


def test_what_is_asked_for_closes_no_gap() -> None:
    sums = Sums(Decimal(147), Decimal(102), Decimal(45))
    assert sums.gap == Decimal(45)
    assert Sums(Decimal(10), Decimal(12)).gap == Decimal(0)
    assert Sums(None, Decimal(12)).gap is None


@pytest.mark.parametrize(
    ("amount", "status", "giver", "field"),
    [
        ("0", "committed", "State", "amount"),
        ("-5", "committed", "State", "amount"),
        ("NaN", "committed", "State", "amount"),
        ("5", "hoped", "State", "status"),
        ("5", "asked", " ", "giver"),
    ],
)
def test_money_without_amount_status_or_source_is_refused(
    world: World, solution: Solution, amount: str, status: str, giver: str, field: str
) -> None:
    money = Money(Decimal(amount), status, giver_as_said=giver)
    with pytest.raises(RuleError) as refused:
        actions.add_funding(by=world.actor(), solution=solution, money=money)
    assert refused.value.field == field


def test_that_money_became_sure_keeps_its_date(world: World, solution: Solution) -> None:
    row = some_money(world, solution, "5", Funding.Status.ASKED)
    money = Money(Decimal(5), Funding.Status.COMMITTED, giver=world.office)
    assert actions.revise_funding(by=world.actor(), funding=row, money=money)
    states = RecordState.objects.filter(record=row.record).values_list("state", flat=True)
    assert list(states) == ["asked", "committed"]


def test_money_loaded_twice_from_its_source_stands_once(world: World, solution: Solution) -> None:
    by = world.actor()
    source = record_source(by=by, authority=world.authority, title="Plan of July 2006")
    money = Money(Decimal(102 * MILLION), Funding.Status.COMMITTED, giver_as_said="Existing")
    for _time in range(2):
        actions.add_funding(by=by, solution=solution, money=money, provenance=reported(source))
    assert Funding.objects.count() == 1


def test_money_is_added_on_the_page_and_nothing_typed_is_lost(
    world: World, solution: Solution
) -> None:
    address = world.address("solutions:add_funding", solution.pk)
    partner = world.client("partner")
    said = {"giver_as_said": "=State fund", "amount": "plenty", "status": "asked"}
    refused = partner.post(address, said)
    assert refused.status_code == 422
    assert "=State fund" in refused.content.decode()
    shown = partner.post(address, said | {"amount": "1250.50"}, follow=True).content.decode()
    assert "1,250.5" in shown
    export = world.client().get(world.address("solutions:all_funding_csv"))
    (row,) = csv.DictReader(io.StringIO(export.getvalue().decode("utf-8-sig")))
    assert row["source of money"] == "'=State fund"
    assert row["amount"] == "1250.50"


def test_an_interest_is_declared_for_ones_own_organisation(
    world: World, solution: Solution
) -> None:
    said = {"organisation": world.shelter, "text": "We would run two of the halls"}
    with pytest.raises(RuleError, match="No mandate"):
        actions.declare_interest(by=world.actor("partner"), solution=solution, **said)
    let_decide(world)
    interest = actions.declare_interest(by=world.actor("partner"), solution=solution, **said)
    assert recused(solution) == {world.shelter.pk}
    assert "We would run two of the halls" in page(world, solution)
    actions.revise_interest(
        by=world.actor("partner"), interest=interest, text=interest.text, recused=False
    )
    assert recused(solution) == set()


def test_a_withdrawn_interest_recuses_nobody(world: World, solution: Solution) -> None:
    let_decide(world)
    interest = actions.declare_interest(
        by=world.actor("partner"), solution=solution, organisation=world.shelter, text="We run it"
    )
    withdraw_record(by=world.actor(), record=interest.record, because="entered twice")
    assert recused(solution) == set()
    assert Interest.objects.count() == 1


def test_an_interest_is_declared_on_the_page(world: World, solution: Solution) -> None:
    let_decide(world)
    address = world.address("solutions:declare_interest", solution.pk)
    said = {"organisation": str(world.shelter.pk), "text": "We run it", "recused": "on"}
    shown = world.client("partner").post(address, said, follow=True).content.decode()
    assert "We run it (Does not vote)" in shown


def test_whoever_drafts_is_warned_where_something_is_bought(
    world: World, solution: Solution
) -> None:
    edit = world.address("solutions:edit_solution", solution.pk)
    assert "may not be allowed to bid" in world.client("partner").get(edit).content.decode()
    assert "may not be allowed to bid" not in page(world, solution)
    assert "may not be allowed to bid" in page(world, cost(world, solution, "5", bought=True))


def test_a_named_evaluator_judges_with_reasons_and_later_replaces(
    world: World, solution: Solution
) -> None:
    soon, fair = a_criterion(world), a_criterion(world, "Who is left out", 1)
    evaluator = world.client("evaluator")
    address = world.address("solutions:score", solution.pk)
    said = {f"points-{soon.pk}": "4", f"because-{soon.pk}": "", f"points-{fair.pk}": "1"}
    refused = evaluator.post(address, said)
    assert refused.status_code == 422
    said |= {f"because-{soon.pk}": "within a year", f"because-{fair.pk}": "no families"}
    evaluator.post(address, said)
    evaluator.post(address, said | {f"points-{soon.pk}": "5"})
    assert CriterionScore.objects.count() == 2
    shown = page(world, solution, "convener")
    assert "5 (5 to 5, 1 score)" in shown
    assert "Weighted mean: 3.7" in shown
    assert "The evaluator" in shown
    assert "The evaluator" not in page(world, solution)
    assert "within a year" in page(world, solution)
    assert Event.objects.about(solution.pk).filter(verb="scored").count() == 4


@pytest.mark.parametrize("points", [0, 6])
def test_points_beyond_one_to_five_are_refused(
    world: World, solution: Solution, points: int
) -> None:
    criterion = a_criterion(world)
    with pytest.raises(RuleError, match="Choose 1, 2, 3, 4 or 5"):
        actions.score(
            by=world.actor("evaluator"),
            solution=solution,
            criterion=criterion,
            points=points,
            because="so",
        )


def test_scores_and_votes_stand_in_their_own_columns(world: World, solution: Solution) -> None:
    criterion = a_criterion(world)
    actions.score(
        by=world.actor("evaluator"),
        solution=solution,
        criterion=criterion,
        points=4,
        because="within a year",
    )
    shown = world.client().get(world.address("solutions:criteria")).content.decode()
    assert "Weighted mean" in shown
    assert "Votes" in shown
    assert "4 (4 to 4, 1 score)" in shown


def test_a_mean_stands_with_its_range_and_count() -> None:
    assert Judged.of([1, 4, 5]).words == "3.3 (1 to 5, 3 scores)"


@pytest.mark.parametrize("weight", [0, 11])
def test_a_weight_beyond_one_to_ten_is_refused(world: World, weight: int) -> None:
    with pytest.raises(RuleError, match="from 1 to 10"):
        a_criterion(world, weight=weight)
