"""Tables that somebody brings along: kept until they are confirmed, used once, then forgotten."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, Protocol, TypeVar, cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, append_event
from headway.accounts.jobs import Reporter, begin_job, end_job, fail_job, start_job
from headway.accounts.models import Job
from headway.commitments.formats.action_plan import Sheet
from headway.commitments.models.brought import (
    WAITING,
    BroughtFile,
    BroughtFileQuerySet,
    BroughtState,
    FileT,
    LargeFile,
)
from headway.commitments.queries.brought import forgotten_words, kept_sheet
from headway.core.errors import RuleError

SHOWN_PROBLEMS: Final = 500
LONGEST_WAIT: Final = timedelta(days=2)
RowT = TypeVar("RowT")


class LookedOver(Protocol):
    """What every kind of table says after it was looked over."""

    @property
    def sheet(self) -> Sheet:
        """Its rows."""

    @property
    def refused(self) -> bool:
        """Whether nothing of it can be used."""

    @property
    def mapping(self) -> Sequence[str]:
        """What each column means."""

    def counts(self) -> dict[str, int]:
        """The first finding."""

    def problem_list(self, most: int) -> list[list[object]]:
        """The problems, at most so many."""


def kept_values(by: Actor, found: LookedOver, *, file_name: str, content: bytes) -> dict[str, Any]:
    """What a table is kept with; of a refused one, perhaps because it tells of clients, no row."""
    values: dict[str, Any] = {
        "user": by.user,
        "file_name": file_name[-250:],
        "sha256": sha256(content).hexdigest(),
        "uploaded_at": by.at,
        "problems": found.problem_list(SHOWN_PROBLEMS),
        "counts": found.counts(),
    }
    if found.refused:
        return values | {"state": BroughtState.REFUSED}
    return values | {"sheet": kept_sheet(found.sheet), "mapping": list(found.mapping)}


def found_values(found: LookedOver, mapping: Sequence[str]) -> dict[str, Any]:
    """What changes of a kept table when its columns are read another way."""
    return {
        "mapping": list(mapping),
        "problems": found.problem_list(SHOWN_PROBLEMS),
        "counts": found.counts(),
    }


def brought_file(kind: type[FileT], file_id: UUID) -> FileT:
    """A table with its initiative, its job and who brought it."""
    return _rows(kind).select_related(*_related(kind)).get(pk=file_id)


def held_file(file: FileT) -> FileT:
    """The table as it stands now, locked, with its initiative, its job and who brought it."""
    rows = _rows(type(file)).select_for_update(of=("self",))
    if isinstance(file, LargeFile):
        rows = rows.defer("raw")
    return rows.select_related(*_related(type(file))).get(pk=file.pk)


def waiting_file(file: FileT) -> FileT:
    """The same, where it still waits for an answer.

    Raises:
        RuleError: where it was confirmed already or cannot be read.

    """
    current = held_file(file)
    if current.state == WAITING:
        raise RuleError(_("This file is still being looked over. Wait until its page shows it."))
    if current.state != BroughtState.READ:
        raise RuleError(_("This file was confirmed already, or it cannot be read."))
    return current


def confirm_held(by: Actor, current: BroughtFile, total: int, **changes: object) -> None:
    """Note that a waiting table shall be used as its preview shows; its work goes on a job."""
    job = start_job(
        by=by, authority=current.belongs_to.authority, title=current.file_name, total=total
    )
    current.change(state=BroughtState.CONFIRMED.value, confirmed_at=by.at, job=job, **changes)


def use_once(
    kind: type[FileT],
    file_id: UUID,
    now: datetime,
    *,
    use: Callable[[FileT, Actor], None],
    otherwise: str,
) -> FileT:
    """Use a confirmed table; again, it does nothing twice.

    One that fails waits for another confirmation, with its rows kept until it is forgotten.

    Args:
        kind: which kind of table.
        file_id: which one.
        now: the instant.
        use: what to do with it, in the name of whoever brought it.
        otherwise: what its job says where that fails.

    """
    file = brought_file(kind, file_id)
    if file.state != BroughtState.CONFIRMED:
        return file
    try:
        use(file, Actor(kind="import", at=now, user=file.user))
    except Exception:
        wait_again(file, now, otherwise)
        raise
    file.refresh_from_db()
    return file


@transaction.atomic
def wait_again(file: BroughtFile, now: datetime, words: str, **changes: object) -> None:
    """Let a table that could not be used wait for another confirmation."""
    current = held_file(file)
    if current.state != BroughtState.CONFIRMED:
        return
    current.change(state=BroughtState.READ.value, **changes)
    if current.job is not None:
        fail_job(current.job, now=now, finding=words)


def take_in_blocks(
    file: BroughtFile, rows: Sequence[RowT], size: int, take: Callable[[Sequence[RowT]], None]
) -> bool:
    """Take rows in blocks, each in its own transaction; False where another worker was faster."""
    if file.job is not None:
        begin_job(file.job, total=len(rows))
    report = Reporter(file.job) if file.job is not None else None
    for start in range(0, len(rows), size):
        block = rows[start : start + size]
        with transaction.atomic():
            if not still_ours(file):
                return False
            take(block)
        if report is not None:
            report(start + len(block))
    return True


def still_ours(file: BroughtFile) -> bool:
    """Hold a table until the transaction ends; False once another worker has used it."""
    rows = _rows(type(file)).select_for_update(of=("self",)).filter(pk=file.pk)
    return rows.values_list("state", flat=True).get() == BroughtState.CONFIRMED


def finish_file(
    by: Actor,
    file: BroughtFile,
    words: str,
    *,
    made: Mapping[str, int] | None = None,
    problems: Sequence[str] = (),
    **changes: object,
) -> None:
    """Note in words what a table that is still ours came to, and let its rows go."""
    counts = {**file.counts, **(made or {})}
    file.change(state=BroughtState.DONE.value, counts=counts, **file.EMPTY, **changes)
    if file.job is not None:
        end_job(file.job, now=by.at, finding=words, problems=problems)


def forget_left(kind: type[BroughtFile], now: datetime) -> int:
    """Empty what waits for two days, or got stuck so long, and end its work; answers how many."""
    with transaction.atomic():
        left = _rows(kind).left_since(now - LONGEST_WAIT).select_for_update(of=("self",))
        jobs = dict(left.values_list("pk", "job"))
        # No problem stands beside it: one quotes the cell that it is about.
        gone = {"state": BroughtState.REFUSED, "counts": {}, "problems": [], **kind.EMPTY}
        _rows(kind).filter(pk__in=jobs).update(**gone)
        for job in Job.objects.filter(pk__in=jobs.values(), ended_at=None):
            fail_job(job, now=now, finding=forgotten_words())
    return len(jobs)


def note_file(by: Actor, file: BroughtFile, *, verb: str) -> None:
    """Append an event about a table, with what it counts."""
    append_event(
        stream=file.belongs_to.stream,
        by=by,
        verb=verb,
        subject=Subject(file.kind, file.pk, file.file_name),
        changes={name: ("", number) for name, number in file.counts.items()},
    )


def _rows(kind: type[FileT]) -> "BroughtFileQuerySet[FileT]":
    return cast("BroughtFileQuerySet[FileT]", kind._default_manager.all())


def _related(kind: type[BroughtFile]) -> tuple[str, ...]:
    return f"{kind.home}__authority", f"{kind.home}__stream", "user", "job"
