"""What happens to data points: added, corrected, taken back; each earlier one stays."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Source
from headway.initiatives.actions import locked, note_event
from headway.initiatives.actions.records import count_revision
from headway.initiatives.provenance import HERE, Provenance
from headway.measures.actions.noting import Batch, CellLine, ReadingLine, supersede
from headway.measures.actions.series import held
from headway.measures.models import Reading, Series
from headway_analysis.partial_date import PartialDate

MOST_NAMED = 20


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
    cells: Sequence[CellLine] | None = None,
    because: str = "",
    provenance: Provenance = HERE,
) -> Reading:
    """Note what was counted for when; other numbers for the same time are a correction.

    The same numbers again are the same data point, and so they are without its groups: these stay
    where `cells` is None. The log names the time and never a number, so that nothing hidden is
    told there.

    Raises:
        RuleError: where there is neither value nor reason, the time lies ahead, or a correction
            does not say why.

    """
    current = _held_with_measure(series)
    groups = None if cells is None else tuple(cells)
    line = ReadingLine(
        when, value, not_counted, note, source, organisation, people, groups, because
    )
    batch = Batch(by, current, provenance)
    ((made, new),) = batch.put_all([line])
    if new:
        verb = "corrected" if because.strip() else "counted"
        changes = {"when": ("", when)}
        note_event(
            by=by, record=current.record, verb=verb, changes=changes, because=because.strip()
        )
        _note_hidden(by, current, batch)
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
    batch = Batch(by, current, provenance)
    made = sum(new for _reading, new in batch.put_all(lines))
    if made:
        changes = {"readings": ("", made)}
        note_event(by=by, record=current.record, verb="readings_brought_in", changes=changes)
        _note_hidden(by, current, batch)
        count_revision(current.record)
    return made


def _note_hidden(by: Actor, series: Series, batch: Batch) -> None:
    """Say in the log for which times something shown before is hidden now."""
    if batch.newly_hidden:
        when = ", ".join(str(each) for each in batch.newly_hidden[:MOST_NAMED])
        note_event(by=by, record=series.record, verb="values_hidden", changes={"when": ("", when)})


def _held_with_measure(series: Series) -> Series:
    """The series, held; its measure is held before, so that no floor changes meanwhile."""
    locked(series.measure.record)
    return held(series)


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
    supersede(by, row)
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
