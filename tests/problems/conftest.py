"""What the tests about the problem begin with: one problem, told by the partners of Hennepin."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from headway.directory.actions.sources import record_source
from headway.directory.models import Source
from headway.initiatives.actions import give_mandate
from headway.initiatives.provenance import Provenance, reported
from headway.problems import actions
from headway.problems.models import (
    AffectedGroup,
    Baseline,
    Effort,
    Facet,
    Fact,
    Framing,
    Problem,
    VisionLine,
)
from headway_analysis.partial_date import parse
from tests.world import World

CLAIM = "About 400 people sleep outside on a given night."


@dataclass
class Told:
    """One row of everything that can be recorded about the problem."""

    problem: Problem
    group: AffectedGroup
    baseline: Baseline
    housing: Framing
    health: Framing
    facet: Facet
    fact: Fact
    line: VisionLine
    second_line: VisionLine
    effort: Effort


@pytest.fixture
def plan(world: World) -> Source:
    """A public report that facts come from."""
    return record_source(
        by=world.actor(),
        authority=world.authority,
        title="City, county join forces to end homelessness in 10 years",
        url="https://www.southwestjournal.com/news/2006/04/",
    )


@pytest.fixture
def from_plan(plan: Source) -> Provenance:
    """Reported by that source."""
    return reported(plan)


@pytest.fixture
def mandate(world: World) -> None:
    """The partner may speak for the shelter about facts."""
    give_mandate(
        by=world.actor(),
        member=world.members["partner"],
        organisation=world.shelter,
        scope="facts",
        given_by="Executive director, letter of March 3",
    )


def frame(world: World, title: str, role: str = "partner") -> Framing:
    """A way to see the problem, opened in one's own name."""
    return actions.propose_framing(
        by=world.actor(role),
        initiative=world.hennepin,
        title=title,
        text=f"{title}: what follows from it is different from what we do today.",
    )


def start(world: World) -> tuple[AffectedGroup, Baseline]:
    """All that a problem needs."""
    common = {"by": world.actor(), "initiative": world.hennepin}
    group = actions.add_affected_group(
        **common,
        name="People who sleep outside",
        how_many=400,
        how_many_as_said="about 400",
    )
    baseline = actions.add_baseline(
        **common,
        measure="People in shelters on one night",
        value=Decimal(2400),
        unit="people",
        when=parse("2006"),
    )
    return group, baseline


@pytest.fixture
def told(world: World, plan: Source) -> Told:
    """Everything recorded once."""
    common = {"by": world.actor(), "initiative": world.hennepin}
    problem = actions.state_problem(
        **common,
        title="Homelessness in Hennepin County",
        statement="More people lose their home each year than find one.",
        place_as_said="Minneapolis and Hennepin County",
        evidence="The county's own counts.",
        sources=[plan],
    )
    group, baseline = start(world)
    facet = actions.add_facet(**common, name="People leaving hospital", description="With no home.")
    actions.hold_facet(
        by=world.actor(), facet=facet, organisation=world.shelter, kind="knowledge", note="a ward"
    )
    return Told(
        problem=problem,
        group=group,
        baseline=baseline,
        housing=frame(world, "A housing problem first"),
        health=frame(world, "A question of health care", role="convener"),
        facet=facet,
        fact=actions.add_fact(**common, claim=CLAIM, sources=[plan]),
        line=actions.add_vision_line(**common, text="Nobody sleeps outside against their will."),
        second_line=actions.add_vision_line(**common, text="Nobody waits more than 30 days."),
        effort=actions.record_effort(
            **common,
            title="Street outreach by van",
            organisation=world.shelter,
            what="Two vans bring blankets and a way into shelter.",
            since=parse("autumn 2005"),
            website="https://example.org/vans",
        ),
    )
