from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Source
from headway.initiatives.actions import must_be_of, note_event
from headway.initiatives.actions.records import count_revision
from headway.pilots.actions.turning import held
from headway.pilots.models import Design, Pilot, PilotFinding


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a comparison says: the difference with its interval, in the unit of the measure.

    A caution is a sentence, or what `queries.cautions` makes one of: its code with its numbers.
    """

    estimate: float | None
    low: float | None = None
    high: float | None = None
    standard_error: float | None = None
    p_value: float | None = None
    count: int | None = None
    dropped: int = 0
    caveats: tuple[str | dict[str, object], ...] = ()


@transaction.atomic
def record_finding(
    *,
    by: Actor,
    pilot: Pilot,
    numbers: Numbers,
    through: str = PilotFinding.Through.ENTERED,
    design: str = "",
    outcome: str = "",
    note: str = "",
    input_sha256: str = "",
    analysis_version: str = "",
    source: Source | None = None,
) -> PilotFinding:
    """Keep what the numbers of a pilot say; earlier findings stay beside it.

    Raises:
        RuleError: where the pilot has not started, or the numbers do not fit together.

    """
    row = held(pilot)
    if row.state == Pilot.State.CARD and not row.record.provenance == "reported":
        raise RuleError(_("Start the pilot first; what it came to is recorded afterwards."))
    _check(numbers, design, note)
    must_be_of(row.record.initiative.authority_id, source, "source")
    found = PilotFinding(
        pilot=row,
        number=row.findings.count() + 1,
        through=through,
        design=design,
        outcome=outcome.strip(),
        note=note.strip(),
        input_sha256=input_sha256,
        analysis_version=analysis_version,
        source=source,
        recorded_at=by.at,
        **_columns(numbers),
    )
    found.save(force_insert=True)
    count_revision(row.record)
    changes = {"finding": ("", note.strip() or str(numbers.estimate))}
    note_event(by=by, record=row.record, verb="result_recorded", changes=changes)
    return found


def _columns(numbers: Numbers) -> dict[str, Any]:
    return {
        "estimate": numbers.estimate,
        "low": numbers.low,
        "high": numbers.high,
        "standard_error": numbers.standard_error,
        "p_value": numbers.p_value,
        "count": numbers.count,
        "dropped": numbers.dropped,
        "caveats": list(numbers.caveats),
    }


def _check(numbers: Numbers, design: str, note: str) -> None:
    if numbers.estimate is None and not note.strip():
        raise RuleError(_("Enter the difference, or say in words what came out."), "estimate")
    if design and design not in Design.values:
        raise RuleError(_("Choose how it was compared."), "design")
    low, high = numbers.low, numbers.high
    if low is not None and high is not None and high < low:
        raise RuleError(_("Enter an end of the interval that is not below its start."), "high")
    estimate = numbers.estimate
    below = estimate is not None and low is not None and estimate < low
    above = estimate is not None and high is not None and estimate > high
    if below or above:
        raise RuleError(_("Enter a difference that lies in its own interval."), "estimate")
    if numbers.p_value is not None and not 0 <= numbers.p_value <= 1:
        raise RuleError(_("Enter the chance as a number from 0 to 1, like 0.03."), "p_value")


@transaction.atomic
def withdraw_finding(*, by: Actor, finding: PilotFinding, because: str) -> None:
    """Take a finding back, with the reason; it stays readable in the history.

    Raises:
        RuleError: where no reason is given.

    """
    row = held(finding.pilot)
    if not because.strip():
        raise RuleError(_("Say why, like “two rows were counted twice”."), "because")
    now = PilotFinding.objects.select_for_update().get(pk=finding.pk)
    if now.withdrawn_at is None:
        now.change(withdrawn_at=by.at, withdrawn_because=because.strip())
        count_revision(row.record)
        note_event(
            by=by,
            record=row.record,
            verb="result_withdrawn",
            changes={"finding": (str(now.estimate), "")},
            because=because.strip(),
        )
