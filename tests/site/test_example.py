import pytest

from headway.accounts.models import Event
from headway.arenas.models import BodyDecision
from headway.commitments.models import Commitment
from headway.forums.models import Meeting
from headway.initiatives.models import Happening, Link, Record
from headway.partners.models import Partner
from headway.problems.models import Baseline, Problem
from headway.site.example import load_heading_home_hennepin
from headway.site.example.stages import PLAN
from headway.solutions.models import Funding, Solution
from tests.world import EXAMPLE, World, load_example


def test_the_whole_record_loads_with_a_source_for_every_fact(world: World) -> None:
    told: list[tuple[int, int]] = []
    initiative = load_heading_home_hennepin(
        by=world.actor("administrator"),
        authority=world.authority,
        folder=EXAMPLE,
        report=lambda done, total: told.append((done, total)),
    )
    records = Record.objects.in_initiative(initiative)
    assert Partner.objects.in_initiative(initiative).count() == 67
    assert Happening.objects.in_initiative(initiative).count() == 44
    assert Baseline.objects.in_initiative(initiative).count() == 3
    assert not records.exclude(provenance="reported").exists()
    assert not records.filter(source__title="").exists()
    assert told[-1] == (279, 279)


@pytest.mark.usefixtures("example")
def test_dates_are_kept_as_they_were_said() -> None:
    outreach = Happening.objects.get(text__startswith="St. Stephen's street outreach")
    assert outreach.record.date_as_said == "2007-autumn"
    assert (outreach.record.happened_from.month, outreach.record.happened_to.month) == (9, 11)
    rule = Happening.objects.filter(category="rule").first()
    assert rule is not None
    assert rule.record.when is None


def test_loading_it_again_changes_nothing(example: World) -> None:
    def counts() -> tuple[int, int]:
        return Record.objects.count(), Event.objects.count()

    before = counts()
    load_example(example)
    assert counts() == before


def test_reports_have_their_place_in_the_stages_and_nothing_is_made_up(example: World) -> None:
    initiative = example.hennepin
    actions = Solution.objects.in_initiative(initiative).exclude(record__title=PLAN)
    promises = Commitment.objects.in_initiative(initiative)
    assert (actions.count(), promises.count()) == (30, 30)
    assert promises.filter(organisation__isnull=True, organisation_as_said="").count() == 9
    assert promises.filter(state="kept").count() == 10
    assert Meeting.objects.in_initiative(initiative).count() == 3
    plan = Solution.objects.get(record__title=PLAN)
    covered = Funding.objects.get(solution=plan).amount
    assert plan.state == "adopted"
    assert (plan.cost or 0) - covered == 45_000_000
    decisions = BodyDecision.objects.in_initiative(initiative)
    assert [each.vote_known for each in decisions] == [False] * 3
    assert not promises.filter(state="confirmed").exists()
    came_from = Link.objects.filter(origin__in=decisions.values("pk"), kind=Link.Kind.CAME_FROM)
    assert {link.target.kind for link in came_from} == {Happening.RECORD_KIND}


def test_the_record_leads_from_the_problem_to_the_measured_result(example: World) -> None:
    problem = Problem.objects.in_initiative(example.hennepin).get()
    page = example.client().get(example.address("site:trace", problem.pk)).content.decode()
    assert PLAN in page
    assert "People without a home on one night" in page
