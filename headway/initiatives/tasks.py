from django.utils import timezone
from django_tasks import task

from headway.initiatives.actions import forget_sent_forms


@task()
def forget_forms() -> int:
    """Forget forms that were carried out more than a week ago."""
    return forget_sent_forms(now=timezone.now())
