"""Carries the example's figures into measures: each source its series, each figure its source."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from headway.accounts.actor import Actor
from headway.accounts.models.authority import Visibility
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import Provenance
from headway.measures.actions import (
    ReadingLine,
    add_measure,
    choose_headline,
    note_readings,
    open_series,
    set_target,
)
from headway.measures.models import Headline, Measure, Reading
from headway.problems.models import Baseline
from headway.site.formats.example_csv import (
    Cited,
    MeasureRow,
    ProblemRow,
    ReadingRow,
    TargetRow,
)

PUBLISHED = "Published already, in the reports named beside each value"
HEADLINE = "pit_overall"
HEADLINE_BECAUSE = (
    "The plan was to end homelessness; this count tells how many people still have no home."
)


@dataclass
class Measured:
    """The measures of one initiative, out of the example's tables."""

    by: Actor
    initiative: Initiative
    provenance: Callable[[Cited], Provenance]
    about: dict[str, MeasureRow]
    readings: Sequence[ReadingRow]
    targets: Sequence[TargetRow]
    problem: Sequence[ProblemRow]
    measures: dict[str, Measure] = field(default_factory=dict)

    def steps(self) -> Iterator[Callable[[], None]]:
        """One step for each measure, and the choice of the one that stands first."""
        rows: dict[str, list[MeasureRow]] = {}
        for row in self.about.values():
            rows.setdefault(row.measure, []).append(row)
        for series in rows.values():
            yield partial(self.measure, series)
        yield self.headline

    def measure(self, rows: Sequence[MeasureRow]) -> None:
        """One measure with the series of each who counted it; what stands already stays so."""
        first = rows[0]
        known = Measure.objects.in_initiative(self.initiative).filter(record__title=first.measure)
        measure = known.select_related("record__initiative__stream").first() or self._add(first)
        self.measures.update({row.key: measure for row in rows})
        if measure.record.withdrawn:
            return
        for row in rows:
            self._series(measure, row)
        for target in self.targets:
            if target.key in {row.key for row in rows} and not measure.targets.exists():
                self._target(measure, target)

    def _of(self, key: str) -> list[ReadingRow]:
        return [row for row in self.readings if row.key == key]

    def _add(self, row: MeasureRow) -> Measure:
        begins = min(self._of(row.key), key=lambda each: each.when.end)
        return add_measure(
            by=self.by,
            initiative=self.initiative,
            title=row.measure,
            unit=row.unit,
            kind=row.kind,
            direction=row.direction,
            subject=row.subject,
            counts=row.counts,
            story=row.story,
            every_months=12 if row.month else None,
            baseline=self._baseline(row),
            floor=1,
            agreement=PUBLISHED,
            visibility=Visibility.PUBLIC,
            provenance=self.provenance(begins.source),
            when=begins.when,
        )

    def _baseline(self, row: MeasureRow) -> Baseline | None:
        names = [each.title for each in self.problem if each.measure == row.key]
        found = Baseline.objects.in_initiative(self.initiative).live()
        return found.filter(record__title__in=names).first() if names else None

    def _series(self, measure: Measure, row: MeasureRow) -> None:
        told = self._of(row.key)
        series = open_series(
            by=self.by,
            measure=measure,
            title=row.series,
            provenance=self.provenance(told[0].source),
        )
        # What a person corrected or took back since the first loading stays as it is.
        if Reading.objects.filter(series=series).exists():
            return
        for cited, rows in groupby(told, key=lambda each: each.source):
            provenance = self.provenance(cited)
            lines = [
                ReadingLine(
                    when=each.when,
                    value=each.value,
                    not_counted=each.not_counted,
                    note=each.note,
                    source=provenance.source,
                )
                for each in rows
            ]
            note_readings(by=self.by, series=series, lines=lines, provenance=provenance)

    def _target(self, measure: Measure, row: TargetRow) -> None:
        set_target(
            by=self.by,
            measure=measure,
            value=row.value,
            due=row.due,
            because=row.because,
            when=row.set_on,
            provenance=self.provenance(row.source),
        )

    def headline(self) -> None:
        """Put the count of everybody first, unless somebody chose another since."""
        measure = self.measures[HEADLINE]
        chosen = Headline.objects.filter(initiative=self.initiative).exists()
        if not chosen and not measure.record.withdrawn:
            choose_headline(by=self.by, measure=measure, because=HEADLINE_BECAUSE)
