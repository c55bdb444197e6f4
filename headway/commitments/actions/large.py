"""Tables of many rows: kept as they came, then looked over in the worker, with progress."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.jobs import Reporter, begin_job, end_job, fail_job, start_job
from headway.accounts.models import Job
from headway.commitments.actions.brought import (
    SHOWN_PROBLEMS,
    LookedOver,
    brought_file,
    held_file,
    note_file,
)
from headway.commitments.models.brought import WAITING, BroughtState, LargeFile
from headway.commitments.queries.brought import kept_problems, kept_sheet, telling_columns
from headway.initiatives.models import Initiative

LargeT = TypeVar("LargeT", bound=LargeFile)
Report = Callable[[int, int], None]
# What is this small is looked over while one waits.
AT_ONCE_BYTES: Final = 200_000
SHOWN_ROWS: Final = 200


def received_values(
    by: Actor, initiative: Initiative, *, file_name: str, content: bytes
) -> dict[str, Any]:
    """What a table is kept with until it is looked over; of one that tells of clients, nothing."""
    values: dict[str, Any] = {
        "user": by.user,
        "file_name": file_name[-250:],
        "sha256": sha256(content).hexdigest(),
        "uploaded_at": by.at,
    }
    telling = telling_columns(content)
    if telling:
        problems = kept_problems("", telling, SHOWN_PROBLEMS)
        return {**values, "problems": problems, "state": BroughtState.REFUSED.value}
    return {**values, "raw": content, "job": _job(by, initiative, file_name)}


def _job(by: Actor, initiative: Initiative, file_name: str) -> Job:
    return start_job(by=by, authority=initiative.authority, title=file_name)


def read_anew(by: Actor, current: LargeFile, mapping: Sequence[str], **changes: object) -> None:
    """Let a table be looked over again, with another meaning of its columns."""
    job = _job(by, current.belongs_to, current.file_name)
    current.change(mapping=list(mapping), state=WAITING, job=job, **changes)


def look_over(
    kind: type[LargeT],
    file_id: UUID,
    now: datetime,
    *,
    read: Callable[[LargeT, Report], LookedOver],
    finding: Callable[[Mapping[str, int]], str],
) -> LargeT:
    """Read a table that waits, and keep its first rows and what is wrong with it.

    Again, it changes nothing. Of a table that is refused, perhaps because a cell tells of a
    client, nothing is kept from here on.

    Args:
        kind: which kind of table.
        file_id: which one.
        now: the instant.
        read: reads it, and reports how many rows of how many it has read.
        finding: the counts in words.

    """
    file = brought_file(kind, file_id)
    if file.state != WAITING or file.job is None:
        return file
    begin_job(file.job)
    try:
        found = read(file, Reporter(file.job))
    except Exception:
        words = _("The table could not be looked over. Choose it again.")
        fail_job(file.job, now=now, finding=words)
        raise
    return _keep_finding(file, found, now, finding)


@transaction.atomic
def _keep_finding(
    file: LargeT, found: LookedOver, now: datetime, finding: Callable[[Mapping[str, int]], str]
) -> LargeT:
    """Keep what was found, unless another worker did meanwhile."""
    current = held_file(file)
    if current.state != WAITING:
        return current
    current.change(**_found(current, found))
    note_file(Actor(kind="import", at=now, user=current.user), current, verb="table_looked_over")
    if current.job is not None:
        end_job(current.job, now=now, finding=finding(current.counts))
    return current


def _found(file: LargeFile, found: LookedOver) -> dict[str, Any]:
    told = {"problems": found.problem_list(SHOWN_PROBLEMS), "counts": found.counts()}
    if found.refused:
        return {**told, **file.EMPTY, "state": BroughtState.REFUSED.value, "mapping": []}
    first = replace(found.sheet, rows=found.sheet.rows[:SHOWN_ROWS])
    mapping = list(found.mapping)
    kept = {"sheet": kept_sheet(first), "mapping": mapping, "state": BroughtState.READ.value}
    return {**told, **kept}
