from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from headway.accounts.actor import Actor
from headway.accounts.jobs import Reporter, begin_job, end_job, fail_job
from headway.accounts.models import Job
from headway.exchange.actions import destroy_due
from headway.exchange.queries.retention import due_for_destruction


@task()
def destroy_what_is_due(job_id: str) -> None:
    """Destroy what the schedule says; safe to run twice: what is gone is no longer due."""
    job = Job.objects.select_related("authority", "started_by").get(pk=UUID(job_id))
    now = timezone.now()
    by = Actor(kind="worker", at=now, user=job.started_by)
    today = job.authority.today(now)
    begin_job(job, total=due_for_destruction(job.authority, today).count())
    try:
        done = destroy_due(by=by, authority=job.authority, today=today, report=Reporter(job))
    except Exception:
        told = _("It stopped before the end. What was destroyed stays destroyed; start it again.")
        fail_job(job, now=timezone.now(), finding=told)
        raise
    words = ngettext("%s record was destroyed.", "%s records were destroyed.", done.count)
    end_job(job, now=timezone.now(), finding=words % f"{done.count:,}")
