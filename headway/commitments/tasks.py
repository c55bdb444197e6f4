from django.utils import timezone
from django_tasks import task

from headway.commitments.actions.reminders import write_reminders


@task()
def remind() -> int:
    """Write the reminders that are due; safe to run twice and beside other workers."""
    return write_reminders(now=timezone.now())
