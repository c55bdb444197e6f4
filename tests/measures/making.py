"""Makers of measures and their data points for tests."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from headway.accounts.actor import Actor
from headway.commitments.actions import promise
from headway.directory.actions.sources import record_source
from headway.directory.models import Organisation, Source
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import reported
from headway.measures import actions
from headway.measures.actions import CellLine
from headway.measures.models import Measure, Reading, Series
from headway.problems.actions import add_baseline
from headway.problems.models import Baseline
from headway_analysis.partial_date import PartialDate, parse
from tests.world import NOON, TODAY, World

NIGHT = "People without a home on one night"
HUD = "HUD count"
COUNTED = {2007: 2984, 2008: 3369, 2009: 3053, 2010: 3203, 2011: 3111, 2012: 3443}


def a_baseline(world: World, unit: str = "people") -> Baseline:
    """Where the night count starts."""
    return add_baseline(
        by=world.actor(),
        initiative=world.hennepin,
        measure=NIGHT,
        value=Decimal(2800),
        unit=unit,
        when=parse("2006"),
    )


def a_measure(world: World, title: str = NIGHT, **said: object) -> Measure:
    """How many people have no home on one night in January."""
    about: dict[str, object] = {"unit": "people", "direction": "lower", "every_months": 12}
    return actions.add_measure(
        by=world.actor(),
        initiative=world.hennepin,
        title=title,
        **(about | said),
    )


def a_series(world: World, measure: Measure, title: str = HUD, **said: object) -> Series:
    """The values of one source."""
    return actions.open_series(
        by=world.actor(),
        measure=measure,
        title=title,
        **said,
    )


def a_reading(
    world: World, series: Series, value: float | None, when: str = "2012", **said: object
) -> Reading:
    """What was counted for a year."""
    return actions.add_reading(
        by=world.actor(),
        series=series,
        value=None if value is None else Decimal(str(value)),
        when=parse(when),
        **said,
    )


def split(dimension: str, **groups: int) -> Sequence[CellLine]:
    """The groups of one split."""
    return [CellLine(dimension, name, Decimal(count)) for name, count in groups.items()]


def a_source(world: World) -> Source:
    """Where a count can be read."""
    worker = Actor(kind="worker", at=NOON)
    return record_source(by=worker, authority=world.authority, title="HUD count, MN-500")


def counted(world: World, measure: Measure | None = None) -> Series:
    """A series with a value for each of six years."""
    series = a_series(world, measure or a_measure(world))
    for year, value in COUNTED.items():
        a_reading(world, series, value, str(year))
    return series


def fill_with(by: Actor, initiative: Initiative, organisation: Organisation, word: str) -> None:
    """A measure of a word with two sources, a split, a correction, a gap, a target, a mover."""
    known = Baseline.objects.in_initiative(initiative).filter(unit=word)
    baseline = known.first() or add_baseline(
        by=by,
        initiative=initiative,
        measure=f"{word} to begin with",
        value=Decimal(100),
        unit=word,
        when=PartialDate.on(TODAY),
    )
    measure = actions.add_measure(
        by=by,
        initiative=initiative,
        title=word,
        unit=word,
        counts=word,
        story=word,
        gains=word,
        costs=word,
        direction="lower",
        every_months=12,
        organisations=[organisation],
        baseline=baseline,
    )
    first = actions.open_series(
        by=by, measure=measure, title=word, organisation=organisation, note=word
    )
    year = PartialDate(date(2020, 1, 1), date(2020, 12, 31), "2020")
    parts = split(word, young=4, old=60, other=36)
    actions.add_reading(by=by, series=first, value=Decimal(90), when=year, note=word)
    actions.add_reading(
        by=by, series=first, value=Decimal(100), when=year, cells=parts, because=word
    )
    source = record_source(by=by, authority=initiative.authority, title=f"{word} report")
    second = actions.open_series(
        by=by, measure=measure, title=f"{word} of others", provenance=reported(source)
    )
    actions.add_reading(
        by=by,
        series=second,
        value=None,
        not_counted=word,
        when=year,
        source=source,
        provenance=reported(source),
    )
    actions.set_target(by=by, measure=measure, value=Decimal(50), because=word)
    moved = promise(by=by, initiative=initiative, text=f"{word} by", organisation=organisation)
    actions.say_what_moves(by=by, record=moved.record, measure=measure)
    actions.choose_headline(by=by, measure=measure, because=word)


def fill(world: World) -> None:
    """One measure with everything that can hang on it."""
    fill_with(world.actor(), world.hennepin, world.shelter, "Beds")
