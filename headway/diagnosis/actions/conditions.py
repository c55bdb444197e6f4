from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.diagnosis.models import ConditionStatement
from headway.initiatives.actions import append_state, note_event, open_record, write_wording
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import HERE, Provenance
from headway_analysis.diagnosis import CONDITIONS
from headway_analysis.partial_date import PartialDate


@transaction.atomic
def state_condition(
    *,
    by: Actor,
    initiative: Initiative,
    condition: str,
    verdict: str,
    line: str,
    told_by: str,
    when: PartialDate | None = None,
    visibility: str = "",
    provenance: Provenance = HERE,
) -> ConditionStatement:
    """State in one line that a condition was met outside, or is not needed; the last one counts.

    Raises:
        RuleError: where the line or where it can be read is missing.
        ValueError: where there is no such condition.

    """
    if condition not in CONDITIONS:
        raise ValueError(f"there is no condition {condition!r}")
    if verdict not in ConditionStatement.Verdict.values:
        raise RuleError(_("Choose what is so."), "verdict")
    if not line.strip():
        raise RuleError(_("Say it in one line, like “A coalition has met since 2019”."), "line")
    if not told_by.strip():
        raise RuleError(_("Say where it can be read, like “charter, page 2”."), "told_by")
    record = open_record(
        by=by,
        initiative=initiative,
        kind=ConditionStatement.RECORD_KIND,
        title=line,
        visibility=visibility,
        provenance=provenance,
        when=when,
    )
    row = ConditionStatement(
        record=record,
        condition=condition,
        verdict=verdict,
        line=line.strip(),
        told_by=told_by.strip(),
    )
    row.save(force_insert=True)
    write_wording(by=by, record=record, field="line", text=row.line)
    append_state(record=record, state=verdict, by=by, when=when, provenance=provenance)
    changes = {"line": ("", row.line), "told_by": ("", row.told_by)}
    note_event(by=by, record=record, verb="stated", changes=changes)
    return row
