"""How data points are noted: checked, compared with what stands, what is small in them hidden."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Source
from headway.initiatives.actions import must_be_of
from headway.initiatives.provenance import Provenance
from headway.measures.actions.hiding import (
    NOTHING_SEEN,
    OLDEST_FIRST,
    Seen,
    hide,
    seen_before,
    seen_now,
)
from headway.measures.models import Measure, Reading, ReadingCell, Series
from headway_analysis.partial_date import PartialDate

MOST_CELLS = 200
Span = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class CellLine:
    """One group's part of a data point; `people` where the value is a share or an average."""

    dimension: str
    group: str
    value: Decimal
    people: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One data point to be noted: a value, or why nothing was counted.

    Where `cells` is None, the groups that stand for that time stay; with none, they go.
    """

    when: PartialDate
    value: Decimal | None = None
    not_counted: str = ""
    note: str = ""
    source: Source | None = None
    organisation: Organisation | None = None
    people: int | None = None
    cells: tuple[CellLine, ...] | None = None
    because: str = ""


@dataclass
class Batch:
    """Data points of one series being noted, stored together."""

    by: Actor
    series: Series
    provenance: Provenance
    newly_hidden: list[PartialDate] = field(default_factory=list)
    _readings: dict[UUID, Reading] = field(default_factory=dict)
    _cells: list[ReadingCell] = field(default_factory=list)

    def put_all(self, lines: Sequence[ReadingLine]) -> list[tuple[Reading, bool]]:
        """Note each line; answer each data point, and whether it is new."""
        standing = _standing(self.series, {line.when.end for line in lines})
        answers = []
        for line in lines:
            key = (line.when.start, line.when.end)
            made, new = self._put(line, standing.get(key))
            standing[key] = made
            answers.append((made, new))
        self._store()
        return answers

    def _put(self, line: ReadingLine, before: Reading | None) -> tuple[Reading, bool]:
        if before is not None and before.pk in self._readings:
            self._store()
        if before is not None and _same(before, line):
            return before, False
        made, cells = _build(self.by, self.series, line, self.provenance, before)
        if before is not None:
            if _hides_more(before, made, cells):
                self.newly_hidden.append(line.when)
            supersede(self.by, before)
        self._readings[made.pk] = made
        self._cells += cells
        return made, True

    def _store(self) -> None:
        Reading.objects.insert_all(self._readings.values())
        ReadingCell.objects.insert_all(self._cells)
        self._readings, self._cells = {}, []


def _standing(series: Series, days: Collection[date]) -> dict[Span, Reading]:
    """The data points of a series that stand and end on some days, by their time."""
    rows = Reading.objects.standing().filter(series=series, happened_to__in=days)
    return {(row.happened_from, row.happened_to): row for row in rows.prefetch_related("cells")}


def _hides_more(before: Reading, made: Reading, cells: Sequence[ReadingCell]) -> bool:
    """Whether something that the version before shows is hidden in this one."""
    shown = {(cell.dimension, cell.group) for cell in before.cells.all() if not cell.hidden}
    whole = before.value is not None and made.gap == Reading.Gap.HIDDEN
    return whole or any(cell.hidden and (cell.dimension, cell.group) in shown for cell in cells)


def _build(
    by: Actor, series: Series, line: ReadingLine, provenance: Provenance, before: Reading | None
) -> tuple[Reading, list[ReadingCell]]:
    """A data point with its groups, checked, and what of it may be shown worked out."""
    _check(series, line, series.record.initiative.today(by.at))
    if before is not None and not line.because.strip() and not provenance.reported:
        raise RuleError(
            _("There is another number for that time. Say why it changes, like “Counted again”."),
            "because",
        )
    reading = Reading(
        series=series,
        kept=line.value,
        kept_people=line.people,
        value=line.value,
        gap=Reading.Gap.NONE if line.value is not None else Reading.Gap.NOT_COUNTED,
        note=line.not_counted.strip() or line.note.strip(),
        source=line.source,
        provenance=provenance.kind,
        organisation=line.organisation or series.organisation,
        member_id=by.member_id,
        because=line.because.strip(),
        recorded_at=by.at,
    ).set_when(line.when)
    cells = _cells(reading, _groups(series.measure, line, before, provenance))
    hide(series.measure, reading, cells, _seen(series.measure, before))
    return reading, cells


def _cells(reading: Reading, groups: Sequence[CellLine]) -> list[ReadingCell]:
    return [
        ReadingCell(
            reading=reading,
            dimension=cell.dimension.strip(),
            group=cell.group.strip(),
            number=number,
            kept=cell.value,
            kept_people=cell.people,
        )
        for number, cell in enumerate(groups)
    ]


def _groups(
    measure: Measure, line: ReadingLine, before: Reading | None, provenance: Provenance
) -> Sequence[CellLine]:
    """The groups of a data point: as given, else those that stand, where they still fit.

    Raises:
        RuleError: where they do not; of what a source reported they go instead.

    """
    if line.cells is not None or before is None or line.value is None:
        return line.cells or ()
    if _fit(measure, before, line.value):
        return _standing_groups(before)
    if provenance.reported:
        return ()
    raise RuleError(
        _("The groups added up to the number before. Enter them anew, or take them out."),
        "groups",
    )


def _standing_groups(before: Reading) -> tuple[CellLine, ...]:
    return tuple(
        CellLine(cell.dimension, cell.group, cell.kept, cell.kept_people)
        for cell in before.cells.all()
    )


def _fit(measure: Measure, before: Reading, value: Decimal) -> bool:
    """Whether groups fit to another number: not where they added up to the one before."""
    if before.kept == value or measure.subject == Measure.Subject.SHARE:
        return True
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for cell in before.cells.all():
        totals[cell.dimension] += cell.kept
    return before.kept not in totals.values()


def _seen(measure: Measure, before: Reading | None) -> Seen:
    """What earlier versions hid and showed, also those before it was taken back or told whole."""
    if before is None:
        return NOTHING_SEEN
    versions = Reading.objects.filter(
        series=before.series_id,
        happened_from=before.happened_from,
        happened_to=before.happened_to,
    )
    told = seen_before(measure, versions.order_by(*OLDEST_FIRST).prefetch_related("cells"))
    return told | seen_now(before, list(before.cells.all()))


def _check(series: Series, line: ReadingLine, today: date) -> None:
    if line.when.start > today:
        raise RuleError(_("Choose a time that has begun: this one lies ahead."), "when")
    if line.value is None and not line.not_counted.strip():
        raise RuleError(
            _("Enter the number, or say why nothing was counted, like “No count that winter”."),
            "value",
        )
    if line.value is not None and line.not_counted.strip():
        raise RuleError(
            _("There is a number: leave the reason for none empty, or take the number out."),
            "not_counted",
        )
    if line.people is not None and line.people < 0:
        raise RuleError(_("Enter how many people it tells of, 0 or more."), "people")
    authority = series.record.initiative.authority_id
    must_be_of(authority, line.source, "source")
    must_be_of(authority, line.organisation, "organisation")
    _check_counted(series.measure, line)
    _check_cells(series.measure, line)


def _check_counted(measure: Measure, line: ReadingLine) -> None:
    people = measure.subject == Measure.Subject.PEOPLE
    values = [line.value or 0, *(cell.value for cell in line.cells or ())]
    if people and min(values) < 0:
        raise RuleError(_("Nobody counts fewer than no people. Enter 0 or more."), "value")


def _check_cells(measure: Measure, line: ReadingLine) -> None:
    groups = line.cells or ()
    named = [(cell.dimension.strip(), cell.group.strip()) for cell in groups]
    if len(named) > MOST_CELLS:
        raise RuleError(_("Enter at most 200 groups for one data point."), "groups")
    if any(not dimension or not group for dimension, group in named):
        raise RuleError(_("Name each group and by what it splits, like “age: under 18”."), "groups")
    if len(set(named)) < len(named):
        raise RuleError(_("Name each group once."), "groups")
    share = measure.subject == Measure.Subject.SHARE
    if share and any(cell.people is None for cell in groups):
        raise RuleError(
            _("Say for each group how many people it tells of, so that small ones are hidden."),
            "groups",
        )


def _same(before: Reading, line: ReadingLine) -> bool:
    """Whether a data point says what it is about to say again."""
    if before.gap == Reading.Gap.WITHDRAWN:
        return False
    note = line.not_counted.strip() or line.note.strip()
    said = (before.kept, before.kept_people, before.note)
    return said == (line.value, line.people, note) and _same_groups(before, line)


def _same_groups(before: Reading, line: ReadingLine) -> bool:
    if line.cells is None:
        return True
    groups = {
        (cell.dimension, cell.group): (cell.kept, cell.kept_people) for cell in before.cells.all()
    }
    return groups == {
        (cell.dimension.strip(), cell.group.strip()): (cell.value, cell.people)
        for cell in line.cells
    }


def supersede(by: Actor, reading: Reading) -> None:
    """Let a data point give way; of its groups nothing is shown any more."""
    reading.superseded_at = by.at
    reading.save(update_fields=["superseded_at"])
    if reading.series.measure.hides_small:
        reading.cells.update(value=None)
