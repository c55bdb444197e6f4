from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from headway.core.numbers import number_words
from headway.core.tables import TextLink
from headway.initiatives.models import Initiative, Record
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader
from headway.problems.models import (
    AffectedGroup,
    Baseline,
    Effort,
    Facet,
    Fact,
    FactState,
    Framing,
    FramingState,
    Problem,
    VisionLine,
)
from headway.problems.queries.parts import baseline_words, who_said

LONGEST_LIST = 500


@dataclass(frozen=True)
class GroupLine:
    """Who is affected and how many they are, as the sentence says it."""

    name: str
    how_many: str
    href: str


@dataclass(frozen=True)
class BaselineLine:
    """Where a measure starts."""

    measure: str
    amount: str
    href: str


@dataclass(frozen=True)
class AdoptedView:
    """The way to see the problem that the initiative works with."""

    title: str
    text: str
    who: str
    href: str
    without_start: bool


@dataclass(frozen=True)
class FactCounts:
    """How many facts are agreed, disputed and open."""

    agreed: int
    disputed: int
    open: int

    @property
    def all(self) -> int:
        """How many there are."""
        return self.agreed + self.disputed + self.open


@dataclass(frozen=True)
class Ways:
    """What can be opened or done from the problem's page; empty where one may not."""

    statement: str
    state: str
    add_group: str
    add_baseline: str
    framings: str
    add_framing: str
    facets: str
    add_facet: str
    facts: str
    add_fact: str
    vision: str
    add_line: str
    efforts: str
    add_effort: str


@dataclass(frozen=True)
class HomePage:
    """The problem on one page."""

    title: str
    statement: str
    where: str
    groups: tuple[GroupLine, ...]
    baselines: tuple[BaselineLine, ...]
    adopted: AdoptedView | None
    other_views: int
    facets: tuple[str, ...]
    facts: FactCounts
    vision: tuple[str, ...]
    efforts: tuple[TextLink, ...]
    ways: Ways

    @property
    def started(self) -> bool:
        """Whether all that a problem needs is there."""
        return bool(self.groups and self.baselines)


def people_words(group: AffectedGroup) -> str:
    """How many people a group has, in the source's words where there are some."""
    if group.how_many_as_said:
        return group.how_many_as_said
    return "" if group.how_many is None else number_words(group.how_many)


def fact_counts(initiative: Initiative, reader: Reader) -> FactCounts:
    """How the ledger stands."""
    found = Fact.objects.in_initiative(initiative).live().visible_to(reader.readers)
    counts = dict(found.values_list("state").annotate(Count("pk")))
    return FactCounts(
        agreed=counts.get(FactState.AGREED, 0),
        disputed=counts.get(FactState.DISPUTED, 0),
        open=counts.get(FactState.OPEN, 0),
    )


def _groups(initiative: Initiative, reader: Reader) -> tuple[GroupLine, ...]:
    found = AffectedGroup.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return tuple(
        GroupLine(group.name, people_words(group), address(reader, "problems:group", group.pk))
        for group in found.select_related("record").oldest_first()[:LONGEST_LIST]
    )


def _baselines(initiative: Initiative, reader: Reader) -> tuple[BaselineLine, ...]:
    found = Baseline.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return tuple(
        BaselineLine(
            each.measure_name, baseline_words(each), address(reader, "problems:baseline", each.pk)
        )
        for each in found.select_related("record").oldest_first()[:LONGEST_LIST]
    )


def _framings(initiative: Initiative, reader: Reader) -> list[Framing]:
    found = Framing.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return list(
        found.select_related("record__organisation__merged_into", "record__author")[:LONGEST_LIST]
    )


def _adopted(framings: list[Framing], reader: Reader, *, started: bool) -> AdoptedView | None:
    found = next((each for each in framings if each.state == FramingState.ADOPTED), None)
    if found is None:
        return None
    return AdoptedView(
        title=found.record.title,
        text=found.text,
        who=who_said(found.record, reader),
        href=address(reader, "problems:framing", found.pk),
        without_start=not started,
    )


def _titles(initiative: Initiative, reader: Reader) -> dict[str, list[tuple[UUID, str]]]:
    """Ids and names of parts and efforts, which need nothing but their records."""
    found = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
    wanted = found.filter(kind__in=[Facet.RECORD_KIND, Effort.RECORD_KIND])
    named: dict[str, list[tuple[UUID, str]]] = {Facet.RECORD_KIND: [], Effort.RECORD_KIND: []}
    rows = wanted.order_by("recorded_at", "title").values_list("kind", "pk", "title")
    for kind, key, title in rows[:LONGEST_LIST]:
        named[kind].append((key, title))
    return named


def _vision(initiative: Initiative, reader: Reader) -> tuple[str, ...]:
    found = VisionLine.objects.in_initiative(initiative).live().visible_to(reader.readers)
    wanted = found.filter(scope=VisionLine.Scope.IN).in_order()
    return tuple(wanted.values_list("text", flat=True)[:LONGEST_LIST])


def _ways(problem: Problem | None, reader: Reader) -> Ways:
    write, speak = "problems.write", "problems.speak"
    return Ways(
        statement=address(reader, "problems:statement", problem.pk) if problem else "",
        state="" if problem else if_may(reader, write, "problems:state_problem"),
        add_group=if_may(reader, write, "problems:add_group"),
        add_baseline=if_may(reader, write, "problems:add_baseline"),
        framings=address(reader, "problems:framings"),
        add_framing=if_may(reader, speak, "problems:add_framing"),
        facets=address(reader, "problems:facets"),
        add_facet=if_may(reader, write, "problems:add_facet"),
        facts=address(reader, "problems:facts"),
        add_fact=if_may(reader, speak, "problems:add_fact"),
        vision=address(reader, "problems:vision"),
        add_line=if_may(reader, write, "problems:add_vision_line"),
        efforts=address(reader, "problems:efforts"),
        add_effort=if_may(reader, write, "problems:add_effort"),
    )


def home_page(initiative: Initiative, reader: Reader) -> HomePage:
    """The problem as the reader may see it: first who is affected and where we start."""
    problems = Problem.objects.in_initiative(initiative).live().visible_to(reader.readers)
    problem = problems.select_related("record", "place").first()
    groups, baselines = _groups(initiative, reader), _baselines(initiative, reader)
    framings = _framings(initiative, reader)
    adopted = _adopted(framings, reader, started=bool(groups and baselines))
    named = _titles(initiative, reader)
    return HomePage(
        title=problem.record.title if problem else "",
        statement=problem.statement if problem else "",
        where=problem.where if problem else "",
        groups=groups,
        baselines=baselines,
        adopted=adopted,
        other_views=len(framings) - (1 if adopted else 0),
        facets=tuple(title for _key, title in named[Facet.RECORD_KIND]),
        facts=fact_counts(initiative, reader),
        vision=_vision(initiative, reader),
        efforts=tuple(
            TextLink(title, address(reader, "problems:effort", key))
            for key, title in named[Effort.RECORD_KIND]
        ),
        ways=_ways(problem, reader),
    )
