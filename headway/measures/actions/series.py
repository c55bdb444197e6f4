"""What happens to a series: opened for a source, shown first, shared with more or fewer."""

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives.actions import (
    as_closed_as,
    locked,
    must_stand,
    note_event,
    open_record,
    revise_record,
    withdraw_record,
    write_wording,
)
from headway.initiatives.provenance import HERE, Provenance
from headway.measures.models import Measure, Series

SHARED = (Visibility.PUBLIC.value, Visibility.MEMBERS.value)


@transaction.atomic
def open_series(
    *,
    by: Actor,
    measure: Measure,
    title: str,
    organisation: Organisation | None = None,
    note: str = "",
    visibility: str = "",
    provenance: Provenance = HERE,
) -> Series:
    """Make room for the values of one source; of the same name it is the same series.

    The first series of a measure is shown first, until somebody chooses another and says why.

    Raises:
        RuleError: where it is to be more open than its measure.

    """
    initiative = locked(measure.record).initiative
    rows = Series.objects.filter(measure=measure).live()
    known = rows.filter(record__title=title.strip(), organisation=organisation)
    found = known.select_related("record__initiative__stream").first()
    if found is not None:
        return found
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Series.RECORD_KIND,
        title=title,
        visibility=shared(measure, visibility),
        provenance=provenance,
        organisation=organisation,
    )
    first = not rows.filter(shown_first=True).exists()
    if first:
        _step_back(measure)
    series = Series(
        record=record,
        measure=measure,
        organisation=organisation,
        note=note.strip(),
        shown_first=first,
    )
    series.save(force_insert=True)
    if series.note:
        write_wording(by=by, record=record, field="note", text=series.note)
    note_event(by=by, record=record, verb="opened", changes={"measure": ("", measure.name)})
    return series


def shared(measure: Measure, visibility: str) -> str:
    """Who may see the values of a measure.

    Raises:
        RuleError: where they are to be more open than the measure.

    """
    wanted = visibility or measure.record.visibility
    if wanted not in SHARED:
        raise RuleError(_("Choose who may see the values."), "visibility")
    if as_closed_as([measure.record]) == Visibility.MEMBERS and wanted == Visibility.PUBLIC:
        raise RuleError(
            _("The measure itself is for members only. Choose “members of the initiative”."),
            "visibility",
        )
    return wanted


@transaction.atomic
def revise_series(
    *, by: Actor, series: Series, title: str, note: str = "", seen: int | None = None
) -> bool:
    """Name a series anew, or say better how it was counted.

    Raises:
        RuleError: where it was withdrawn, or somebody else wrote in between.

    """
    return revise_record(by=by, stage=series, title=title, values={"note": note.strip()}, seen=seen)


@transaction.atomic
def show_first(*, by: Actor, series: Series, because: str) -> Series:
    """Let a series stand first where sources differ, with the reason.

    Raises:
        RuleError: where no reason is given.

    """
    if not because.strip():
        raise RuleError(
            _("Say why, like “It counts the whole county, the other only shelters”."), "because"
        )
    locked(series.measure.record)
    current = held(series)
    _step_back(current.measure, but=current)
    changes = current.change(shown_first=True, first_because=because.strip())
    if changes:
        note_event(by=by, record=current.record, verb="put_first", because=because.strip())
    return current


def _step_back(measure: Measure, but: Series | None = None) -> None:
    """Let no series of a measure stand first, whether it was withdrawn or not."""
    for other in Series.objects.filter(measure=measure, shown_first=True):
        if but is None or other.pk != but.pk:
            other.change(shown_first=False, first_because="")


@transaction.atomic
def withdraw_series(*, by: Actor, series: Series, because: str) -> None:
    """Take a source back with all its values; what stood first is then the oldest of the others.

    Raises:
        RuleError: where no reason is given or it was withdrawn before.

    """
    locked(series.measure.record)
    current = held(series)
    withdraw_record(by=by, record=current.record, because=because)
    if current.shown_first:
        current.change(shown_first=False, first_because="")
        others = Series.objects.filter(measure=current.measure_id).live()
        oldest = others.order_by("record__recorded_at", "pk").first()
        if oldest is not None:
            oldest.change(shown_first=True)


@transaction.atomic
def share_series(*, by: Actor, series: Series, visibility: str) -> bool:
    """Let members only, or everybody, see the values of a series; its log names no number.

    Raises:
        RuleError: where it is to be more open than its measure.

    """
    current = held(series)
    changes = current.record.change(visibility=shared(current.measure, visibility))
    if changes:
        note_event(by=by, record=current.record, verb="shared", changes=changes)
    return bool(changes)


def held(series: Series) -> Series:
    """The series as it stands now, its record and row locked until the transaction ends.

    Raises:
        RuleError: where it was withdrawn.

    """
    record = locked(series.record)
    must_stand(record)
    rows = Series.objects.select_for_update(of=("self",)).select_related("measure__record")
    row = rows.get(pk=record.pk)
    row.record = record
    return row
