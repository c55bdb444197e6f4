from uuid import UUID

from django.utils import timezone
from django_tasks import task

from headway.commitments.actions.plans import bring_in_plan, forget_plans
from headway.commitments.actions.reminders import write_reminders


@task()
def remind() -> int:
    """Write the reminders that are due; safe to run twice and beside other workers."""
    return write_reminders(now=timezone.now())


@task()
def bring_in(plan_id: str) -> None:
    """Bring in an action plan that was confirmed."""
    bring_in_plan(plan_id=UUID(plan_id), now=timezone.now())


@task()
def forget() -> int:
    """Empty the rows of action plans that nobody confirmed."""
    return forget_plans(now=timezone.now())
