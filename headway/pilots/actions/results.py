"""Results of a pilot from a file: looked over, worked out in the worker, the rows then gone."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.jobs import begin_job
from headway.commitments.actions.brought import (
    confirm_held,
    finish_file,
    forget_left,
    note_file,
    still_ours,
    use_once,
    wait_again,
    waiting_file,
)
from headway.commitments.actions.large import look_over, read_anew, received_values
from headway.core.errors import RuleError
from headway.pilots.actions.findings import Numbers, record_finding
from headway.pilots.actions.turning import held
from headway.pilots.formats.results_table import COLUMNS
from headway.pilots.models import Design, Pilot, PilotFinding, ResultsFile
from headway.pilots.queries.cautions import refusal_words
from headway.pilots.queries.results import finding_words, read_all
from headway_analysis.experiment.result import NotEstimableError

if TYPE_CHECKING:
    from headway_analysis.experiment.result import Design as DesignName
    from headway_analysis.experiment.result import Estimate

ANALYSIS_VERSION: Final = "experiment 1"


@transaction.atomic
def keep_results(*, by: Actor, pilot: Pilot, file_name: str, content: bytes) -> ResultsFile:
    """Keep a table until it is looked over and worked out.

    Raises:
        RuleError: where the pilot has not started.

    """
    row = held(pilot)
    if row.state == Pilot.State.CARD and row.record.provenance != "reported":
        raise RuleError(_("Start the pilot first; what it came to is recorded afterwards."))
    file = ResultsFile(
        pilot=row,
        design=row.design or Design.TWO_ARM.value,
        **received_values(by, row.record.initiative, file_name=file_name, content=content),
    )
    file.save(force_insert=True)
    note_file(by, file, verb="table_kept")
    return file


def look_over_results(*, file_id: UUID, now: datetime) -> ResultsFile:
    """Read a kept table, count its rows and list what is wrong with it."""
    return look_over(ResultsFile, file_id, now, read=read_all, finding=finding_words)


@transaction.atomic
def map_results(
    *, by: Actor, file: ResultsFile, mapping: Sequence[str], design: str, by_lot: str = ""
) -> ResultsFile:
    """Say which column means what, and how it is compared; the table is then looked over anew.

    Raises:
        RuleError: where one meaning is given twice, outcome or treatment is missing, or it is over.

    """
    current = waiting_file(file)
    if len(mapping) != len(current.sheet.get("heading", ())) or not set(mapping) <= {"", *COLUMNS}:
        raise RuleError(_("Choose one meaning for each column of the file."))
    single = [name for name in mapping if name and name != "covariate"]
    if len(single) != len(set(single)):
        raise RuleError(_("Give each meaning to one column; only “known before” may stand twice."))
    if not {"outcome", "treated"} <= set(single):
        raise RuleError(_("Choose which column holds the outcome, and which says who was with it."))
    if design not in Design.values or by_lot not in {"", *ResultsFile.Lot.values}:
        raise RuleError(_("Choose how it was compared."), "design")
    read_anew(by, current, mapping, design=design, by_lot=by_lot, trouble={})
    note_file(by, current, verb="table_mapped")
    return current


@transaction.atomic
def ask_to_work_out(*, by: Actor, file: ResultsFile) -> ResultsFile:
    """Say that a table shall be worked out as its preview shows.

    Raises:
        RuleError: where it was confirmed already, or says neither outcome nor treatment.

    """
    current = waiting_file(file)
    if not {"outcome", "treated"} <= set(current.mapping):
        raise RuleError(_("Choose which column holds the outcome, and which says who was with it."))
    confirm_held(by, current, 2, trouble={})
    note_file(by, current, verb="table_confirmed")
    return current


def work_out(*, file_id: UUID, now: datetime) -> None:
    """Estimate what a confirmed table says; again, it makes nothing twice."""
    words = _("It was not worked out. Try it once more.")
    use_once(ResultsFile, file_id, now, use=_work_out, otherwise=words)


def _work_out(file: ResultsFile, by: Actor) -> None:
    from headway_analysis.experiment.analysis import estimate  # heavy, and only the worker needs it

    if file.job is not None:
        begin_job(file.job, total=2)
    rows = read_all(file).observations
    lot = {ResultsFile.Lot.YES.value: True, ResultsFile.Lot.NO.value: False}.get(file.by_lot)
    try:
        found = estimate(rows, cast("DesignName", file.design), by_lot=lot)
    except NotEstimableError as wrong:
        trouble = {"code": wrong.code, "numbers": dict(wrong.numbers)}
        wait_again(file, by.at, refusal_words(trouble), trouble=trouble)
    else:
        _finish(file, by, found)


@transaction.atomic
def _finish(file: ResultsFile, by: Actor, found: "Estimate") -> None:
    if not still_ours(file):
        return
    finding = record_finding(
        by=by,
        pilot=file.pilot,
        numbers=numbers_of(found),
        through=PilotFinding.Through.WORKED_OUT,
        design=file.design,
        outcome=file.pilot.measure or _outcome(file),
        input_sha256=file.sha256,
        analysis_version=ANALYSIS_VERSION,
    )
    words = _("The result stands on the page of the pilot.")
    finish_file(by, file, words, finding=finding)


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
    return forget_left(ResultsFile, now)
