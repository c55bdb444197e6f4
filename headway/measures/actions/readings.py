"""What happens to data points: added, corrected, taken back; each earlier one stays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Source
from headway.initiatives.actions import locked, must_be_of, note_event
from headway.initiatives.actions.records import count_revision
from headway.initiatives.provenance import HERE, Provenance
from headway.measures.actions.hiding import OLDEST_FIRST, Group, hidden_before, hide
from headway.measures.actions.series import held
from headway.measures.models import Measure, Reading, ReadingCell, Series
from headway_analysis.partial_date import PartialDate

MOST_CELLS = 200


@dataclass(frozen=True, slots=True)
class CellLine:
    """One group's part of a data point; `people` where the value is a share or an average."""

    dimension: str
    group: str
    value: Decimal
    people: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One data point to be noted: a value, or why nothing was counted."""

    when: PartialDate
    value: Decimal | None = None
    not_counted: str = ""
    note: str = ""
    source: Source | None = None
    organisation: Organisation | None = None
    people: int | None = None
    cells: tuple[CellLine, ...] = ()
    because: str = ""


@transaction.atomic
def add_reading(
    *,
    by: Actor,
    series: Series,
    value: Decimal | None,
    when: PartialDate,
    not_counted: str = "",
    note: str = "",
    source: Source | None = None,
    organisation: Organisation | None = None,
    people: int | None = None,
    cells: Sequence[CellLine] = (),
    because: str = "",
    provenance: Provenance = HERE,
) -> Reading:
    """Note what was counted for when; other numbers for the same time are a correction.

    The same numbers again are the same data point. The log names the time and never a number, so
    that nothing hidden is told there.

    Raises:
        RuleError: where there is neither value nor reason, the time lies ahead, or a correction
            does not say why.

    """
    current = _held_with_measure(series)
    line = ReadingLine(
        when, value, not_counted, note, source, organisation, people, tuple(cells), because
    )
    made, new = _put(by, current, line, provenance)
    if new:
        verb = "corrected" if because.strip() else "counted"
        changes = {"when": ("", when)}
        note_event(
            by=by, record=current.record, verb=verb, changes=changes, because=because.strip()
        )
        count_revision(current.record)
    return made


@transaction.atomic
def note_readings(
    *, by: Actor, series: Series, lines: Sequence[ReadingLine], provenance: Provenance = HERE
) -> int:
    """Note many data points of one series with one event; answer how many are new.

    Raises:
        RuleError: where one of them cannot be noted.

    """
    current = _held_with_measure(series)
    made = sum(new for _reading, new in _put_all(by, current, lines, provenance))
    if made:
        changes = {"readings": ("", made)}
        note_event(by=by, record=current.record, verb="readings_brought_in", changes=changes)
        count_revision(current.record)
    return made


def _held_with_measure(series: Series) -> Series:
    """The series, held; its measure is held before, so that no floor changes meanwhile."""
    locked(series.measure.record)
    return held(series)


def _put_all(
    by: Actor, series: Series, lines: Sequence[ReadingLine], provenance: Provenance
) -> Iterable[tuple[Reading, bool]]:
    times = {line.when.end for line in lines}
    standing = {
        (row.happened_from, row.happened_to): row
        for row in Reading.objects.standing()
        .filter(series=series, happened_to__in=times)
        .prefetch_related("cells")
    }
    readings, cells, answers = list[Reading](), list[ReadingCell](), list[tuple[Reading, bool]]()
    for line in lines:
        key = (line.when.start, line.when.end)
        before = standing.get(key)
        if before is not None and _same(before, line):
            answers.append((before, False))
            continue
        made, groups = _build(by, series, line, provenance, before)
        if before is not None:
            _supersede(by, before)
        standing[key] = made
        readings.append(made)
        cells += groups
        answers.append((made, True))
    Reading.objects.insert_all(readings)
    ReadingCell.objects.insert_all(cells)
    return answers


def _put(
    by: Actor, series: Series, line: ReadingLine, provenance: Provenance
) -> tuple[Reading, bool]:
    ((made, new),) = _put_all(by, series, [line], provenance)
    return made, new


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
    cells = [
        ReadingCell(
            reading=reading,
            dimension=cell.dimension.strip(),
            group=cell.group.strip(),
            number=number,
            kept=cell.value,
            kept_people=cell.people,
        )
        for number, cell in enumerate(line.cells)
    ]
    hide(series.measure, reading, cells, _held(series.measure, before) if cells else ())
    return reading, cells


def _held(measure: Measure, before: Reading | None) -> set[Group]:
    """The groups that earlier versions hide, also those before it was taken back or told whole."""
    if before is None:
        return set()
    cells = list(before.cells.all())
    if cells:
        return {(cell.dimension, cell.group) for cell in cells if cell.hidden}
    versions = Reading.objects.filter(
        series=before.series_id,
        happened_from=before.happened_from,
        happened_to=before.happened_to,
    )
    return hidden_before(measure, versions.order_by(*OLDEST_FIRST).prefetch_related("cells"))


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
    values = [line.value or 0, *(cell.value for cell in line.cells)]
    if people and min(values) < 0:
        raise RuleError(_("Nobody counts fewer than no people. Enter 0 or more."), "value")


def _check_cells(measure: Measure, line: ReadingLine) -> None:
    named = [(cell.dimension.strip(), cell.group.strip()) for cell in line.cells]
    if len(named) > MOST_CELLS:
        raise RuleError(_("Enter at most 200 groups for one data point."), "groups")
    if any(not dimension or not group for dimension, group in named):
        raise RuleError(_("Name each group and by what it splits, like “age: under 18”."), "groups")
    if len(set(named)) < len(named):
        raise RuleError(_("Name each group once."), "groups")
    share = measure.subject == Measure.Subject.SHARE
    if share and any(cell.people is None for cell in line.cells):
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
    groups = {
        (cell.dimension, cell.group): (cell.kept, cell.kept_people) for cell in before.cells.all()
    }
    told = {
        (cell.dimension.strip(), cell.group.strip()): (cell.value, cell.people)
        for cell in line.cells
    }
    return said == (line.value, line.people, note) and groups == told


def _supersede(by: Actor, reading: Reading) -> None:
    """Let a data point give way; of its groups nothing is shown any more."""
    reading.superseded_at = by.at
    reading.save(update_fields=["superseded_at"])
    if reading.series.measure.hides_small:
        reading.cells.update(value=None)


@transaction.atomic
def withdraw_reading(*, by: Actor, reading: Reading, because: str) -> Reading:
    """Take a data point back; that there was one, and why it went, stays.

    Raises:
        RuleError: where no reason is given or it does not stand any more.

    """
    if not because.strip():
        raise RuleError(_("Say why, like “Entered for the wrong year”."), "because")
    current = _held_with_measure(reading.series)
    row = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    if row.superseded_at is not None or row.gap == Reading.Gap.WITHDRAWN:
        raise RuleError(_("It was corrected or taken back meanwhile. Look at the list again."))
    row.series = current
    _supersede(by, row)
    taken = Reading(
        series=current,
        gap=Reading.Gap.WITHDRAWN,
        because=because.strip(),
        provenance="here",
        member_id=by.member_id,
        recorded_at=by.at,
    ).set_when(row.when)
    taken.save(force_insert=True)
    changes = {"when": (row.when, "")}
    note_event(
        by=by, record=current.record, verb="reading_withdrawn", changes=changes, because=because
    )
    count_revision(current.record)
    return taken
