"""Who is affected, and where a measure starts: all that a problem needs."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Source
from headway.initiatives.actions import note_event, open_record, revise_record, write_wording
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported, cite_all
from headway.problems.models import AffectedGroup, Baseline
from headway_analysis.partial_date import PartialDate


def _check_group(name: str) -> None:
    if not name.strip():
        raise RuleError(_("Say who is affected, like “people who sleep outside”."), "name")


@transaction.atomic
def add_affected_group(
    *,
    by: Actor,
    initiative: Initiative,
    name: str,
    how_many: int | None = None,
    how_many_as_said: str = "",
    description: str = "",
    sources: Iterable[Source] = (),
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> AffectedGroup:
    """Say who lives with the problem, and how many they are where somebody counted.

    Raises:
        RuleError: where nobody is named.

    """
    known = as_reported(AffectedGroup, initiative, provenance, record__title=name.strip())
    if known is not None:
        return known
    _check_group(name)
    record = open_record(
        by=by,
        initiative=initiative,
        kind=AffectedGroup.RECORD_KIND,
        title=name,
        visibility=visibility,
        provenance=provenance,
        when=when,
    )
    group = AffectedGroup(
        record=record,
        how_many=how_many,
        how_many_as_said=how_many_as_said.strip(),
        description=description.strip(),
    )
    group.save(force_insert=True)
    write_wording(by=by, record=record, field="description", text=group.description)
    changes = {
        "how_many": ("", how_many_as_said or how_many),
        "sources": ("", cite_all(by, record, sources)),
    }
    note_event(by=by, record=record, verb="added", changes=changes)
    return group


@transaction.atomic
def revise_affected_group(
    *,
    by: Actor,
    group: AffectedGroup,
    name: str,
    how_many: int | None = None,
    how_many_as_said: str = "",
    description: str = "",
    sources: Iterable[Source] = (),
    when: PartialDate | None = None,
    seen: int | None = None,
) -> bool:
    """Correct who is affected and how many.

    Raises:
        RuleError: where nobody is named or somebody else wrote in between.

    """
    _check_group(name)
    cited = cite_all(by, group.record, sources)
    return revise_record(
        by=by,
        stage=group,
        title=name,
        when=when,
        values={
            "how_many": how_many,
            "how_many_as_said": how_many_as_said.strip(),
            "description": description.strip(),
        },
        seen=seen,
        also={"sources": ("", cited)} if cited else None,
    )


def _check_baseline(
    measure: str, value: Decimal, unit: str, when: PartialDate | None, *, needs_day: bool
) -> None:
    if not measure.strip():
        raise RuleError(
            _("Name what is measured, like “people without a home on one night”."), "measure"
        )
    if not value.is_finite():
        raise RuleError(_("Enter a number, like 2800."), "value")
    if not unit.strip():
        raise RuleError(_("Enter the unit, like people or days."), "unit")
    if when is None and needs_day:
        raise RuleError(_("Enter the day of this number, like 2006-01-25 or January 2006."), "when")


@transaction.atomic
def add_baseline(
    *,
    by: Actor,
    initiative: Initiative,
    measure: str,
    value: Decimal,
    unit: str,
    when: PartialDate | None,
    note: str = "",
    sources: Iterable[Source] = (),
    visibility: str = "",
    provenance: Provenance = HERE,
) -> Baseline:
    """Fix where a measure starts, so that later one can see whether it moved.

    Raises:
        RuleError: where the measure, its unit or, unless reported, its day is missing.

    """
    same = {"record__title": measure.strip(), "value": value}
    known = as_reported(Baseline, initiative, provenance, **same)
    if known is not None:
        return known
    _check_baseline(measure, value, unit, when, needs_day=not provenance.reported)
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Baseline.RECORD_KIND,
        title=measure,
        visibility=visibility,
        provenance=provenance,
        when=when,
    )
    baseline = Baseline(record=record, value=value, unit=unit.strip(), note=note.strip())
    baseline.save(force_insert=True)
    write_wording(by=by, record=record, field="note", text=baseline.note)
    cited = cite_all(by, record, sources)
    changes = {"value": ("", value), "unit": ("", unit), "sources": ("", cited)}
    note_event(by=by, record=record, verb="added", changes=changes)
    return baseline


@transaction.atomic
def revise_baseline(
    *,
    by: Actor,
    baseline: Baseline,
    measure: str,
    value: Decimal,
    unit: str,
    when: PartialDate | None,
    note: str = "",
    sources: Iterable[Source] = (),
    seen: int | None = None,
) -> bool:
    """Correct a starting point; the log keeps the number before.

    Raises:
        RuleError: where the measure, its unit or its day is missing, or somebody wrote in between.

    """
    needs_day = baseline.record.provenance == "here"
    _check_baseline(measure, value, unit, when, needs_day=needs_day)
    cited = cite_all(by, baseline.record, sources)
    return revise_record(
        by=by,
        stage=baseline,
        title=measure,
        when=when,
        values={"value": value, "unit": unit.strip(), "note": note.strip()},
        seen=seen,
        also={"sources": ("", cited)} if cited else None,
    )
