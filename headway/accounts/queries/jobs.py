from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts.models import Job
from headway.core.progress import Progress


@dataclass(frozen=True, slots=True)
class JobPage:
    """How far a piece of heavy work is, what it found and what could not be done."""

    title: str
    progress: Progress
    finding: str
    problems: tuple[str, ...]
    ended: bool


def job_progress(job: Job, *, alone: bool = True) -> Progress:
    """How far a job is; `alone`, outside its page, it leads there when all is done."""
    result = job.result_url or (reverse("accounts:job", args=[job.pk]) if alone else "")
    return Progress(
        title=job.title,
        words=job.get_state_display(),
        href=reverse("accounts:job_progress", args=[job.pk]),
        done=job.done,
        total=job.total,
        finished=job.state == Job.State.DONE,
        failed=job.state == Job.State.FAILED,
        result_href=result if job.ended else "",
        result_label=_("See the result"),
    )


def job_page(job: Job) -> JobPage:
    """The page of one job."""
    return JobPage(
        title=job.title,
        progress=job_progress(job, alone=False),
        finding=job.finding,
        problems=tuple(str(problem) for problem in job.problems),
        ended=job.ended,
    )
