"""Loads *Heading Home Hennepin* through the same actions that a person triggers.

Every row is reported by a source. Loading it again changes nothing.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models import Authority
from headway.accounts.models.authority import Visibility
from headway.directory.actions import (
    AreaDetails,
    OrganisationDetails,
    find_or_add_area,
    find_or_add_organisation,
    record_source,
)
from headway.directory.models import Organisation, Source
from headway.initiatives.actions import open_initiative, record_happening
from headway.initiatives.models import Happening, Initiative
from headway.initiatives.provenance import Provenance, reported
from headway.partners.actions import add_partner
from headway.problems import actions as problems
from headway.problems.actions.problem import standing_problem
from headway.problems.models import VisionLine
from headway.site.example.known import opened_before
from headway.site.example.measured import Measured
from headway.site.example.stages import Stages
from headway.site.example.tried import Tried
from headway.site.formats import example_csv
from headway.site.formats.example_csv import Cited, EventRow, PartnerRow, ProblemRow
from headway_analysis.partial_date import PartialDate, parse

Report = Callable[[int, int], None]
Step = Callable[[], None]
TITLE = "Heading Home Hennepin"
OWNER = "Minneapolis/Hennepin County Office to End Homelessness"
SECTORS = {"cross-sector": "cross_sector", "education and research": "education_research"}
CATEGORIES = {
    "forum": Happening.Category.MEETING,
    "consultation": Happening.Category.CONSULTATION,
    "solution": Happening.Category.PROPOSAL,
    "arena ask": Happening.Category.REQUEST,
    "arena decision": Happening.Category.DECISION,
    "decision": Happening.Category.DECISION,
    "decision rule": Happening.Category.RULE,
    "action": Happening.Category.ACTION,
    "adaptation": Happening.Category.ACTION,
    "pilot": Happening.Category.TEST,
    "measurement": Happening.Category.MEASUREMENT,
    "data quality": Happening.Category.MEASUREMENT,
    "finding": Happening.Category.REVIEW,
    "evaluation": Happening.Category.REVIEW,
    "review": Happening.Category.REVIEW,
    "external review": Happening.Category.REVIEW,
    "milestone": Happening.Category.MILESTONE,
    "recognition": Happening.Category.MILESTONE,
    "leadership change": Happening.Category.CHANGE,
    "institutional change": Happening.Category.CHANGE,
}


class Loader:
    """Carries the rows of one folder into one initiative."""

    def __init__(self, by: Actor, authority: Authority, folder: Path) -> None:
        self.by = by
        self.authority = authority
        self.folder = folder
        self.sources: dict[Cited, Source] = {}
        self.organisations: dict[str, Organisation] = {}

    def text(self, name: str) -> str:
        """One file of the folder."""
        return (self.folder / name).read_text(encoding="utf-8")

    def provenance(self, cited: Cited) -> Provenance:
        """Reported by this source, which is recorded once."""
        if cited not in self.sources:
            self.sources[cited] = record_source(
                by=self.by, authority=self.authority, title=cited.title, url=cited.url
            )
        return reported(self.sources[cited])

    def organisation(self, row: PartnerRow) -> Organisation:
        """The organisation of a row, in the directory."""
        found = find_or_add_organisation(
            by=self.by,
            authority=self.authority,
            details=OrganisationDetails(
                name=row.name,
                classification=row.kind,
                sector=SECTORS.get(row.sector, row.sector),
            ),
            source=self.provenance(row.source).source,
        )
        self.organisations[row.name] = found
        return found

    def initiative(self, rows: list[PartnerRow]) -> Initiative:
        """The initiative, opened on the first loading."""
        known = opened_before(self.authority, TITLE)
        if known is not None:
            return known
        owner = next(row for row in rows if row.name == OWNER)
        county = find_or_add_area(
            by=self.by, authority=self.authority, details=AreaDetails(name="Hennepin County")
        )
        return open_initiative(
            by=self.by,
            authority=self.authority,
            owner=self.organisation(owner),
            title=TITLE,
            summary=_(
                "Minneapolis and Hennepin County against homelessness, from a 70-member commission"
                " that wrote a plan in 100 days in 2006 to today."
            ),
            label=_("Example: a real initiative, loaded from public reports with their sources."),
            visibility=Visibility.PUBLIC,
            zone="America/Chicago",
            area=county,
        )

    def partner(self, initiative: Initiative, row: PartnerRow) -> None:
        """One partner."""
        add_partner(
            by=self.by,
            initiative=initiative,
            organisation=self.organisation(row),
            role_as_said=row.role,
            when=row.since,
            visibility=Visibility.PUBLIC,
            provenance=self.provenance(row.source),
        )

    def event(self, initiative: Initiative, row: EventRow, names: list[str]) -> None:
        """One thing that happened."""
        record_happening(
            by=self.by,
            initiative=initiative,
            category=CATEGORIES[row.kind],
            text=row.event,
            when=None if row.date == "standing" else parse(row.date),
            organisations=[self.organisations[name] for name in names],
            kind_as_said=row.kind,
            visibility=Visibility.PUBLIC,
            provenance=self.provenance(row.source),
        )

    def fact_of_the_problem(self, initiative: Initiative, row: ProblemRow) -> None:
        """One thing known about the problem."""
        WRITERS[row.kind](self, initiative, row, row.when)


Writer = Callable[[Loader, Initiative, ProblemRow, PartialDate | None], object]


def _problem(
    loader: Loader, initiative: Initiative, row: ProblemRow, when: PartialDate | None
) -> object:
    if standing_problem(initiative) is not None:
        return None
    return problems.state_problem(
        by=loader.by,
        initiative=initiative,
        title=row.title,
        statement=row.text,
        place=initiative.area,
        provenance=loader.provenance(row.source),
        when=when,
    )


def _affected(
    loader: Loader, initiative: Initiative, row: ProblemRow, when: PartialDate | None
) -> object:
    return problems.add_affected_group(
        by=loader.by,
        initiative=initiative,
        name=row.title,
        how_many_as_said=row.text,
        provenance=loader.provenance(row.source),
        when=when,
    )


def _baseline(
    loader: Loader, initiative: Initiative, row: ProblemRow, when: PartialDate | None
) -> object:
    return problems.add_baseline(
        by=loader.by,
        initiative=initiative,
        measure=row.title,
        value=Decimal(row.value),
        unit=row.unit,
        when=when,
        note=row.text,
        provenance=loader.provenance(row.source),
    )


def _vision(
    loader: Loader, initiative: Initiative, row: ProblemRow, when: PartialDate | None
) -> object:
    if VisionLine.objects.in_initiative(initiative).live().filter(text=row.text).exists():
        return None
    return problems.add_vision_line(
        by=loader.by,
        initiative=initiative,
        text=row.text,
        provenance=loader.provenance(row.source),
        when=when,
    )


def _facet(
    loader: Loader, initiative: Initiative, row: ProblemRow, when: PartialDate | None
) -> object:
    return problems.add_facet(
        by=loader.by,
        initiative=initiative,
        name=row.title,
        description=row.text,
        provenance=loader.provenance(row.source),
        when=when,
    )


def _fact(
    loader: Loader, initiative: Initiative, row: ProblemRow, when: PartialDate | None
) -> object:
    return problems.add_fact(
        by=loader.by,
        initiative=initiative,
        claim=row.text,
        provenance=loader.provenance(row.source),
        when=when,
    )


def _effort(
    loader: Loader, initiative: Initiative, row: ProblemRow, when: PartialDate | None
) -> object:
    return problems.record_effort(
        by=loader.by,
        initiative=initiative,
        title=row.title,
        what=row.text,
        since=when,
        provenance=loader.provenance(row.source),
    )


WRITERS: dict[str, Writer] = {
    "problem": _problem,
    "affected_group": _affected,
    "baseline": _baseline,
    "vision": _vision,
    "facet": _facet,
    "fact": _fact,
    "effort": _effort,
}


def load_heading_home_hennepin(
    *, by: Actor, authority: Authority, folder: Path, report: Report
) -> Initiative:
    """Load partners, events, the problem, and what became of it in each stage; tell how far it is.

    Each row is a transaction of its own, so that progress shows and a stop loses nothing.
    """
    loader = Loader(by, authority, folder)
    partner_rows = example_csv.partners(loader.text("partners.csv"))
    with transaction.atomic():
        initiative = loader.initiative(partner_rows)
    steps = [
        *_first_steps(loader, initiative, partner_rows),
        *_steps_of_stages(loader, initiative),
    ]
    for done, step in enumerate(steps, start=1):
        with transaction.atomic():
            step()
        report(done, len(steps))
    return initiative


def _first_steps(
    loader: Loader, initiative: Initiative, partner_rows: list[PartnerRow]
) -> Iterator[Step]:
    """The problem, who takes part, and what happened."""
    took_part = example_csv.took_part(loader.text("took-part.csv"))
    for row in example_csv.problem(loader.text("problem.csv")):
        yield partial(loader.fact_of_the_problem, initiative, row)
    for partner in partner_rows:
        yield partial(loader.partner, initiative, partner)
    for event in example_csv.events(loader.text("timeline.csv")):
        yield partial(loader.event, initiative, event, took_part.get(event.event, []))


def _steps_of_stages(loader: Loader, initiative: Initiative) -> Iterator[Step]:
    """Meetings, the plan, requests and promises; then what was counted, and what was tried."""
    about = example_csv.measures(loader.text("measures-about.csv"))
    readings = example_csv.readings(
        loader.text("measures.csv"), loader.text("measures-notes.csv"), about
    )
    stages = Stages(loader.by, initiative, loader.organisations, loader.provenance)
    measured = Measured(
        by=loader.by,
        initiative=initiative,
        provenance=loader.provenance,
        about=about,
        readings=readings,
        targets=example_csv.targets(loader.text("targets.csv")),
        problem=example_csv.problem(loader.text("problem.csv")),
    )
    tried = Tried(
        by=loader.by,
        initiative=initiative,
        organisations=loader.organisations,
        provenance=loader.provenance,
        actions=stages.actions,
        readings=readings,
    )
    for event in example_csv.events(loader.text("timeline.csv")):
        yield partial(stages.take, event)
    yield from measured.steps()
    yield partial(stages.move, measured.measures)
    for action in example_csv.actions(loader.text("actions.csv"), loader.text("actions-about.csv")):
        yield partial(stages.action, action, measured.measures)
    for rows in example_csv.pilots(loader.text("pilots.csv")).values():
        yield partial(tried.pilot, rows)
