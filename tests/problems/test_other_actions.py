"""The statement, who is affected, starting points, parts, vision and efforts."""

from decimal import Decimal

import pytest

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.directory.models import Source
from headway.initiatives.actions import withdraw_record
from headway.initiatives.models import Wording
from headway.initiatives.provenance import Provenance
from headway.problems import actions
from headway.problems.models import Baseline, Citation, Effort, FacetHolder, Problem, VisionLine
from headway_analysis.partial_date import parse
from tests.problems.conftest import Told
from tests.world import World

TITLE = "Homelessness in Hennepin County"


def state(world: World, **more: object) -> Problem:
    return actions.state_problem(
        by=world.actor(),
        initiative=world.hennepin,
        title=TITLE,
        statement="People have no home.",
        **more,
    )


def test_every_wording_is_kept_with_its_author(world: World, plan: Source) -> None:
    letter = actions.named_sources(
        by=world.actor(), initiative=world.hennepin, named=[("A letter", "")]
    )
    problem = state(world, sources=[plan, *letter])
    for role, words in (("partner", "2,400 have no home."), ("convener", "2,800 have no home.")):
        actions.revise_problem(by=world.actor(role), problem=problem, title=TITLE, statement=words)
    wordings = Wording.objects.filter(record=problem.record, field="statement")
    assert [(each.number, str(each.member)) for each in wordings.order_by("number")] == [
        (1, "The convener"),
        (2, "The partner"),
        (3, "The convener"),
    ]
    assert Citation.objects.on(problem.record).count() == 2
    address = world.address("initiatives:wordings", problem.pk, "statement")
    page = world.client("observer").get(f"{address}?old=1&new=3").content.decode()
    assert "From version 1 to version 3" in page
    assert "<del>" in page
    assert "<ins>" in page


def test_the_problem_is_stated_once_and_again_after_a_withdrawal(world: World) -> None:
    problem = state(world)
    with pytest.raises(RuleError, match="stated already"):
        state(world)
    withdraw_record(by=world.actor(), record=problem.record, because="We begin anew")
    assert state(world).pk != problem.pk


def test_one_event_per_action(world: World) -> None:
    before = Event.objects.count()
    state(world)
    assert Event.objects.count() == before + 1


def test_somebody_who_wrote_meanwhile_is_noticed(world: World) -> None:
    problem = state(world)
    seen = problem.record.revision
    actions.revise_problem(by=world.actor(), problem=problem, title=TITLE, statement="First.")
    with pytest.raises(RuleError, match="Somebody changed this"):
        actions.revise_problem(
            by=world.actor("partner"), problem=problem, title=TITLE, statement="Mine.", seen=seen
        )


@pytest.mark.parametrize(
    ("missing", "field"),
    [({"measure": " "}, "measure"), ({"unit": ""}, "unit"), ({"when": None}, "when")],
)
def test_a_starting_point_names_measure_unit_and_day(
    world: World, missing: dict[str, object], field: str
) -> None:
    whole = {"measure": "People", "value": Decimal(1), "unit": "people", "when": parse("2006")}
    with pytest.raises(RuleError) as refusal:
        actions.add_baseline(by=world.actor(), initiative=world.hennepin, **(whole | missing))
    assert refusal.value.field == field


def test_a_reported_starting_point_may_lack_its_day(world: World, from_plan: Provenance) -> None:
    for _time in range(2):
        actions.add_baseline(
            by=world.actor(),
            initiative=world.hennepin,
            measure="People",
            value=Decimal(2400),
            unit="people",
            when=None,
            provenance=from_plan,
        )
    assert Baseline.objects.count() == 1


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), Decimal(10) ** 17])
def test_a_number_that_no_engine_keeps_is_refused(world: World, value: Decimal) -> None:
    with pytest.raises(RuleError):
        actions.add_baseline(
            by=world.actor(),
            initiative=world.hennepin,
            measure="People",
            value=value,
            unit="people",
            when=parse("2006"),
        )


def test_an_organisation_holds_a_part_once_in_each_kind(world: World, told: Told) -> None:
    for kind in ("knowledge", "knowledge", "lived_experience"):
        actions.hold_facet(
            by=world.actor(), facet=told.facet, organisation=world.shelter, kind=kind
        )
    assert FacetHolder.objects.live().count() == 2
    with pytest.raises(RuleError, match="Choose what it brings"):
        actions.hold_facet(
            by=world.actor(), facet=told.facet, organisation=world.shelter, kind="luck"
        )


def test_without_its_only_holder_a_part_is_a_gap(world: World, told: Told) -> None:
    reader = world.client("observer")
    address = world.address("problems:facets")
    assert "Depends on one" in reader.get(address).content.decode()
    holder = FacetHolder.objects.get()
    with pytest.raises(RuleError, match="Say why"):
        actions.release_facet(by=world.actor(), holder=holder, because="")
    actions.release_facet(by=world.actor(), holder=holder, because="Left the partnership")
    assert "Nobody yet" in reader.get(address).content.decode()


def test_a_part_is_covered_by_two_organisations_of_two_sectors(world: World, told: Told) -> None:
    actions.hold_facet(
        by=world.actor(), facet=told.facet, organisation=world.office, kind="authority"
    )
    page = world.client("observer").get(world.address("problems:facets")).content.decode()
    assert "Covered" in page
    assert "Depends on one" not in page


def test_lines_change_places(world: World, told: Told) -> None:
    def order() -> list[str]:
        lines = VisionLine.objects.in_initiative(world.hennepin).in_order()
        return [line.text[:22] for line in lines]

    before = order()
    assert actions.move_vision_line(by=world.actor(), line=told.second_line, up=True)
    assert order() == before[::-1]
    assert not actions.move_vision_line(by=world.actor(), line=told.second_line, up=True)


def test_a_line_needs_words_and_a_known_scope(world: World) -> None:
    common = {"by": world.actor(), "initiative": world.hennepin}
    with pytest.raises(RuleError, match="Say what will be so"):
        actions.add_vision_line(**common, text="")
    with pytest.raises(RuleError, match="Choose whether"):
        actions.add_vision_line(**common, text="Homes", scope="elsewhere")


def test_an_effort_ends_once_and_can_go_on(world: World, told: Told) -> None:
    actions.end_effort(by=world.actor(), effort=told.effort, because="Funding ended")
    with pytest.raises(RuleError, match="recorded already"):
        actions.end_effort(by=world.actor(), effort=told.effort)
    actions.resume_effort(by=world.actor(), effort=told.effort)
    assert Effort.objects.get().state == "running"


@pytest.mark.parametrize("website", ["javascript:alert(1)", "www.example.org", "https://"])
def test_an_effort_has_a_whole_web_address_or_none(world: World, website: str) -> None:
    with pytest.raises(RuleError, match="whole address"):
        actions.record_effort(
            by=world.actor(), initiative=world.hennepin, title="Vans", website=website
        )


def test_nameless_things_are_refused(world: World) -> None:
    common = {"by": world.actor(), "initiative": world.hennepin}
    with pytest.raises(RuleError, match="who is affected"):
        actions.add_affected_group(**common, name=" ")
    with pytest.raises(RuleError, match="Name the part"):
        actions.add_facet(**common, name="")
    with pytest.raises(RuleError, match="Name what is done"):
        actions.record_effort(**common, title="")
    with pytest.raises(RuleError, match="Say what the problem is"):
        actions.state_problem(**common, title=TITLE, statement="")


def test_reported_rows_are_kept_once(world: World, from_plan: Provenance) -> None:
    common = {"by": world.actor(), "initiative": world.hennepin, "provenance": from_plan}
    for _time in range(2):
        actions.state_problem(**common, title=TITLE, statement="People have no home.")
        actions.add_affected_group(**common, name="Families", how_many=1500)
        actions.add_facet(**common, name="Rents")
        actions.add_fact(**common, claim="Rents rose.")
        actions.add_vision_line(**common, text="Homes for all.")
        actions.record_effort(**common, title="Project Homeless Connect")
    kinds = Event.objects.filter(member_id=world.members["convener"].pk)
    assert kinds.filter(subject_kind__in=["problem", "facet", "fact", "effort"]).count() == 4
