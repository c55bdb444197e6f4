"""Heavy work in the worker shows how far it is, on a page that survives a closed tab.

Work in blocks, each in a transaction of its own, and report between them: progress written inside
one long transaction would be seen only at its end.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from headway.accounts.actor import Actor
from headway.accounts.models import Authority, Job

REPORT_EVERY_SECONDS = 0.5
MOST_PROBLEMS = 1_000


def start_job(*, by: Actor, authority: Authority, title: str, total: int = 0) -> Job:
    """Note that heavy work was asked for; hand `job.pk` to the task that does it."""
    job = Job(
        authority=authority, started_by=by.user, title=title[:250], total=total, asked_at=by.at
    )
    job.save(force_insert=True)
    return job


def begin_job(job: Job, *, total: int | None = None) -> None:
    """Note that the worker has taken the work up; doing it again starts from nothing."""
    job.change(
        state=Job.State.RUNNING, done=0, total=job.total if total is None else total, problems=[]
    )


@dataclass
class Reporter:
    """Writes a job's progress at most twice a second, however often it is told."""

    job: Job
    every: float = REPORT_EVERY_SECONDS
    _written: float = field(default=float("-inf"))

    def __call__(self, done: int, total: int | None = None) -> None:
        """Say how much is done."""
        if time.monotonic() - self._written >= self.every:
            report_progress(self.job, done, total)
            self._written = time.monotonic()


def report_progress(job: Job, done: int, total: int | None = None) -> None:
    """Write how much of a job is done, now; `Reporter` does it often enough and no oftener."""
    job.change(
        state=Job.State.RUNNING, done=done, total=max(done, job.total if total is None else total)
    )


def end_job(
    job: Job,
    *,
    now: datetime,
    finding: str = "",
    problems: Sequence[str] = (),
    result_url: str = "",
) -> None:
    """Note that the work is done, what was found and where the result is."""
    job.change(
        state=Job.State.DONE,
        done=job.total,
        finding=finding,
        problems=list(problems[:MOST_PROBLEMS]),
        result_url=result_url,
        ended_at=now,
    )


def fail_job(job: Job, *, now: datetime, finding: str, problems: Sequence[str] = ()) -> None:
    """Note that the work stopped before its end, and what to do about it."""
    job.change(
        state=Job.State.FAILED,
        finding=finding,
        problems=list(problems[:MOST_PROBLEMS]),
        ended_at=now,
    )
