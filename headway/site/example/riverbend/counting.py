"""What Riverbend counts: a year of months, and a measure that nobody brought up to date."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from headway.initiatives.models import Initiative
from headway.measures.actions import (
    ReadingLine,
    add_measure,
    choose_headline,
    note_readings,
    open_series,
    set_target,
)
from headway.measures.models import Measure
from headway.problems.models import Baseline
from headway.site.example.riverbend.clock import Clock
from headway.site.example.riverbend.ground import FALLS
from headway.site.example.riverbend.place import CITY, FIRE, Place
from headway_analysis.partial_date import PartialDate, parse

MONTHS: Final = (48, 46, 49, 47, 44, 45, 43, 44, 41, 42, 40, 39)
CHECKED: Final = (18, 25)


def count(clock: Clock, initiative: Initiative, place: Place, baseline: Baseline) -> Measure:
    """The headline with twelve months, and homes checked, which is stale; answer the headline."""
    falls = add_measure(
        by=clock.convener(-350),
        initiative=initiative,
        title=FALLS,
        unit="people",
        direction="lower",
        every_months=1,
        baseline=baseline,
        organisations=[place.organisations[FIRE]],
        counts="People over 75 who fell at home and for whom an ambulance was called.",
        story="Made up: it falls slowly since home visits are tried.",
        when=clock.on(-350),
    )
    set_target(by=clock.convener(-350), measure=falls, value=Decimal(31), due=clock.on(365))
    _note(clock, falls, place, dict(zip(_months(clock, 12), MONTHS, strict=True)))
    checked = add_measure(
        by=clock.convener(-340),
        initiative=initiative,
        title="Homes checked for hazards in a quarter",
        unit="homes",
        kind="performance",
        direction="higher",
        subject="other",
        every_months=3,
        organisations=[place.organisations[CITY]],
        when=clock.on(-340),
    )
    quarters = (_months(clock, 11)[0], _months(clock, 8)[0])
    _note(clock, checked, place, dict(zip(quarters, CHECKED, strict=True)))
    choose_headline(
        by=clock.convener(-340), measure=falls, because="It is what everybody wants to see fall."
    )
    return falls


def _months(clock: Clock, many: int) -> tuple[PartialDate, ...]:
    """The last whole months, the oldest first."""
    last = clock.day(0).replace(day=1) - timedelta(days=1)
    found = []
    for back in range(many):
        year, month = divmod(last.year * 12 + last.month - 1 - back, 12)
        found.append(parse(f"{date(year, month + 1, 1):%Y-%m}"))
    return tuple(reversed(found))


def _note(clock: Clock, measure: Measure, place: Place, values: dict[PartialDate, int]) -> None:
    by = clock.member("evaluator", -1)
    series = open_series(
        by=by,
        measure=measure,
        title="Counted by the fire department",
        organisation=place.organisations[FIRE],
    )
    lines = [ReadingLine(when=when, value=Decimal(value)) for when, value in values.items()]
    note_readings(by=by, series=series, lines=lines)
