"""Results of a pilot from a file: looked over, worked out in the worker, the rows then gone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, append_event
from headway.accounts.jobs import begin_job, end_job, fail_job, start_job
from headway.commitments.queries.brought import kept_sheet
from headway.core.errors import RuleError
from headway.pilots.actions.findings import Numbers, record_finding
from headway.pilots.actions.turning import held
from headway.pilots.formats.results_table import COLUMNS
from headway.pilots.models import Design, Pilot, PilotFinding, ResultsFile
from headway.pilots.queries.cautions import refusal_words
from headway.pilots.queries.results import looked_again, looked_over
from headway_analysis.experiment.result import NotEstimableError

if TYPE_CHECKING:
    from headway_analysis.experiment.result import Estimate

ANALYSIS_VERSION: Final = "experiment 1"
SHOWN_PROBLEMS: Final = 500
LONGEST_WAIT: Final = timedelta(days=2)
State = ResultsFile.State


@transaction.atomic
def keep_results(*, by: Actor, pilot: Pilot, file_name: str, content: bytes) -> ResultsFile:
    """Look a table over and keep its rows until it is worked out.

    Of a table that would tell who somebody is, no row is kept.

    Raises:
        RuleError: where the pilot has not started.

    """
    row = held(pilot)
    if row.state == Pilot.State.CARD and row.record.provenance != "reported":
        raise RuleError(_("Start the pilot first; what it came to is recorded afterwards."))
    found = looked_over(content, file_name)
    file = ResultsFile(
        pilot=row,
        user=by.user,
        file_name=file_name[-250:],
        sha256=sha256(content).hexdigest(),
        design=row.design or Design.TWO_ARM.value,
        uploaded_at=by.at,
        problems=found.problem_list(SHOWN_PROBLEMS),
        counts=found.counts(),
        state=State.REFUSED if found.refused else State.READ,
        sheet={} if found.refused else kept_sheet(found.sheet),
        mapping=list(found.results.mapping) if found.results and not found.refused else [],
    )
    file.save(force_insert=True)
    _note(by, file, "table_kept")
    return file


@transaction.atomic
def map_results(
    *, by: Actor, file: ResultsFile, mapping: Sequence[str], design: str, by_lot: str = ""
) -> ResultsFile:
    """Say which column means what, and how it is compared.

    Raises:
        RuleError: where one meaning is given twice, outcome or treatment is missing, or it is over.

    """
    current = _waiting(file)
    if len(mapping) != len(current.sheet.get("heading", ())) or not set(mapping) <= {"", *COLUMNS}:
        raise RuleError(_("Choose one meaning for each column of the file."))
    single = [name for name in mapping if name and name != "covariate"]
    if len(single) != len(set(single)):
        raise RuleError(_("Give each meaning to one column; only “known before” may stand twice."))
    if not {"outcome", "treated"} <= set(single):
        raise RuleError(_("Choose which column holds the outcome, and which says who was with it."))
    if design not in Design.values or by_lot not in {"", *ResultsFile.Lot.values}:
        raise RuleError(_("Choose how it was compared."), "design")
    found = looked_again(current.sheet, mapping)
    current.change(
        mapping=list(mapping),
        design=design,
        by_lot=by_lot,
        problems=found.problem_list(SHOWN_PROBLEMS),
        counts=found.counts(),
        trouble={},
    )
    _note(by, current, "table_mapped")
    return current


@transaction.atomic
def ask_to_work_out(*, by: Actor, file: ResultsFile) -> ResultsFile:
    """Say that a table shall be worked out as its preview shows.

    Raises:
        RuleError: where it was confirmed already, or says neither outcome nor treatment.

    """
    current = _waiting(file)
    if not {"outcome", "treated"} <= set(current.mapping):
        raise RuleError(_("Choose which column holds the outcome, and which says who was with it."))
    authority = current.pilot.record.initiative.authority
    job = start_job(by=by, authority=authority, title=current.file_name, total=2)
    current.change(state=State.CONFIRMED.value, confirmed_at=by.at, job=job, trouble={})
    _note(by, current, "table_confirmed")
    return current


def _waiting(file: ResultsFile) -> ResultsFile:
    current = _locked(file.pk)
    if current.state != State.READ:
        raise RuleError(_("This file was confirmed already, or it cannot be read."))
    return current


def _locked(file_id: UUID) -> ResultsFile:
    rows = ResultsFile.objects.select_for_update(of=("self",))
    return rows.select_related(
        "pilot__record__initiative__authority", "pilot__record__initiative__stream", "job", "user"
    ).get(pk=file_id)


def work_out(*, file_id: UUID, now: datetime) -> None:
    """Estimate what a confirmed table says; again, it makes nothing twice."""
    from headway_analysis.experiment.analysis import estimate  # heavy, and only the worker needs it

    file = ResultsFile.objects.select_related("job").get(pk=file_id)
    if file.state != State.CONFIRMED or file.job is None:
        return
    begin_job(file.job, total=2)
    rows = looked_again(file.sheet, file.mapping).observations
    lot = {ResultsFile.Lot.YES.value: True, ResultsFile.Lot.NO.value: False}.get(file.by_lot)
    try:
        found = estimate(rows, file.design, by_lot=lot)  # type: ignore[arg-type]  # one of Design's values
    except NotEstimableError as wrong:
        _wait_again(file_id, now, {"code": wrong.code, "numbers": dict(wrong.numbers)})
    except Exception:
        _wait_again(file_id, now, {})
        raise
    else:
        _finish(file_id, now, found)


@transaction.atomic
def _wait_again(file_id: UUID, now: datetime, trouble: dict[str, object]) -> None:
    file = _locked(file_id)
    if file.state != State.CONFIRMED or file.job is None:
        return
    file.change(state=State.READ.value, trouble=trouble)
    words = refusal_words(trouble) or _("It was not worked out. Try it once more.")
    fail_job(file.job, now=now, finding=words)


@transaction.atomic
def _finish(file_id: UUID, now: datetime, found: "Estimate") -> None:
    file = _locked(file_id)
    if file.state != State.CONFIRMED or file.job is None:
        return
    finding = record_finding(
        by=Actor(kind="import", at=now, user=file.user),
        pilot=file.pilot,
        numbers=numbers_of(found),
        through=PilotFinding.Through.WORKED_OUT,
        design=file.design,
        outcome=file.pilot.measure or _outcome(file),
        input_sha256=file.sha256,
        analysis_version=ANALYSIS_VERSION,
    )
    file.change(state=State.DONE.value, sheet={}, finding=finding)
    end_job(file.job, now=now, finding=_("The result stands on the page of the pilot."))


def _outcome(file: ResultsFile) -> str:
    """What the file calls its outcome."""
    heading = file.sheet["heading"][file.mapping.index("outcome")]
    return str(heading)[:250]


def numbers_of(found: "Estimate") -> Numbers:
    """An estimate as it is kept, its cautions as codes with their numbers."""
    return Numbers(
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        standard_error=found.se,
        p_value=found.p,
        count=found.n,
        dropped=found.dropped.total,
        caveats=tuple({"code": each.code, "numbers": dict(each.numbers)} for each in found.caveats),
    )


def forget_results(*, now: datetime) -> int:
    """Empty the rows of tables that wait for two days, or got stuck so long; answers how many."""
    before = now - LONGEST_WAIT
    waiting = Q(state=State.READ, uploaded_at__lt=before)
    stuck = Q(state=State.CONFIRMED, confirmed_at__lt=before)
    left = ResultsFile.objects.filter(waiting | stuck)
    return int(left.update(state=State.REFUSED, sheet={}, counts={}, problems=[]))


def _note(by: Actor, file: ResultsFile, verb: str) -> None:
    append_event(
        stream=file.pilot.record.initiative.stream,
        by=by,
        verb=verb,
        subject=Subject("results_file", file.pk, file.file_name),
        changes={name: ("", number) for name, number in file.counts.items()},
    )
