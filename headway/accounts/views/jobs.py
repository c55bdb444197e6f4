from uuid import UUID

from django.http import Http404, HttpResponse

from headway.accounts.access import ADMINISTRATOR, AuthorityRequest, requires
from headway.accounts.models import Job
from headway.accounts.queries.jobs import job_page, job_progress
from headway.core.pages import render_page
from headway.core.progress import progress_partial


def _job(request: AuthorityRequest, job_id: UUID) -> Job:
    """A job of whoever asks; an administrator may see every one."""
    found = Job.objects.in_authority(request.authority).filter(pk=job_id).first()
    if found is None:
        raise Http404
    if found.started_by_id != request.user.pk and ADMINISTRATOR not in request.cells:
        raise Http404
    return found


@requires("accounts.view_job")
def job(request: AuthorityRequest, job_id: UUID) -> HttpResponse:
    """How far heavy work is, and what came of it."""
    return render_page(request, "accounts/job.html", job_page(_job(request, job_id)))


@requires("accounts.view_job")
def job_progress_part(request: AuthorityRequest, job_id: UUID) -> HttpResponse:
    """The part of the page that renews itself."""
    return progress_partial(request, job_progress(_job(request, job_id)))
