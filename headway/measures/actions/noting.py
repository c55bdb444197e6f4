"""How data points are noted: checked, compared with what stands, what is small in them hidden."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
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


@dataclass(frozen=True, slots=True)
class Past:
    """What the versions of a data point hid and showed, and of how many people the last told."""

    seen: Seen = NOTHING_SEEN
    people: int | None = None


@dataclass
class Pasts:
    """What the versions of the data points of a batch told; they are read once, when asked for."""

    series: Series
    days: frozenset[date]
    _told: dict[Span, Past] = field(default_factory=dict)

    def of(self, before: Reading | None) -> Past:
        """What the versions up to the one that stands told, also those told whole or taken back."""
        if before is None:
            return Past()
        time = _time(before)
        if time not in self._told:
            self._told[time] = self._read(before, self._versions.get(time, ()))
        return self._told[time]

    def keep(self, made: Reading, past: Past) -> None:
        """Remember what is told together with a version just made."""
        self._told[_time(made)] = past

    def _read(self, before: Reading, versions: Sequence[Reading]) -> Past:
        said = [each.kept_people for each in versions if each.kept_people is not None]
        now = seen_now(before, list(before.cells.all()))
        return Past(seen_before(self.series.measure, versions) | now, said[-1] if said else None)

    @cached_property
    def _versions(self) -> Mapping[Span, Sequence[Reading]]:
        rows = Reading.objects.filter(series=self.series, happened_to__in=self.days)
        found: dict[Span, list[Reading]] = defaultdict(list)
        for row in rows.order_by(*OLDEST_FIRST).prefetch_related("cells"):
            found[_time(row)].append(row)
        return found


def _time(reading: Reading) -> Span:
    return reading.happened_from, reading.happened_to


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
        days = frozenset(line.when.end for line in lines)
        standing, pasts = _standing(self.series, days), Pasts(self.series, days)
        answers = []
        for line in lines:
            key = (line.when.start, line.when.end)
            made, new = self._put(line, standing.get(key), pasts)
            standing[key] = made
            answers.append((made, new))
        self._store()
        return answers

    def _put(self, line: ReadingLine, before: Reading | None, pasts: Pasts) -> tuple[Reading, bool]:
        if before is not None and before.pk in self._readings:
            self._store()
        if before is not None and self._same(before, line):
            return before, False
        past = pasts.of(before)
        line = _with_people(line, past)
        made, cells = _build(self.by, self.series, line, self.provenance, before)
        seen = hide(self.series.measure, made, cells, past.seen)
        pasts.keep(made, Past(seen, past.people if line.people is None else line.people))
        if before is not None:
            if _hides_more(before, made, cells):
                self.newly_hidden.append(line.when)
            supersede(self.by, before)
        self._readings[made.pk] = made
        self._cells += cells
        return made, True

    def _same(self, before: Reading, line: ReadingLine) -> bool:
        """Whether a data point says what it is about to say again.

        Where it comes from is asked of what is entered here; a table brought in again changes none.
        """
        if not _same_words(before, line):
            return False
        if self.provenance.reported:
            return True
        source = line.source.pk if line.source is not None else None
        organisation = line.organisation or self.series.organisation
        given_by = organisation.pk if organisation is not None else None
        return (before.source_id, before.organisation_id) == (source, given_by)

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
    """A data point with its groups, checked; nothing of it is hidden yet."""
    _check(series, line, series.record.initiative.today(by.at))
    if before is not None and not line.because.strip() and not provenance.reported:
        raise RuleError(
            _("That time has an entry already. Say why it changes, like “Counted again”."),
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
    return reading, _cells(reading, _groups(series.measure, line, before, provenance))


def _with_people(line: ReadingLine, past: Past) -> ReadingLine:
    """A correction that does not say of how many people keeps the number; nobody is shown it."""
    if line.value is None or line.people is not None:
        return line
    return replace(line, people=past.people)


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


def _same_words(before: Reading, line: ReadingLine) -> bool:
    if before.gap == Reading.Gap.WITHDRAWN:
        return False
    note = line.not_counted.strip() or line.note.strip()
    people = before.kept_people if line.people is None else line.people
    said = (before.kept, before.kept_people, before.note)
    return said == (line.value, people, note) and _same_groups(before, line)


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
