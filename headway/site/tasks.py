from django.utils import timezone
from django_tasks import task

from headway.accounts.actor import Actor
from headway.accounts.jobs import end_job, fail_job
from headway.accounts.models import Authority
from headway.site import demonstration


@task()
def load_demonstration() -> None:
    """Load the demonstration in the worker."""
    by = Actor(kind="worker", at=timezone.now())
    authority = Authority.objects.for_host("")
    if authority is None:
        return
    job = demonstration.demonstration_job(by=by, authority=authority)
    if job is None:
        return
    try:
        initiative = demonstration.load_demonstration(by=by, authority=authority, job=job)
    except Exception:
        fail_job(job, now=timezone.now(), finding="Start again with: headway demo")
        raise
    end_job(job, now=timezone.now(), result_url=initiative.get_absolute_url())
