from django.utils import timezone
from django_tasks import task

from headway.pilots.actions import destroy_notes, store_told


@task()
def store_what_was_told() -> int:
    """Store what was told in reviews, wherever its day is over."""
    return store_told(now=timezone.now())


@task()
def destroy_raw_notes() -> int:
    """Destroy the raw notes of reviews whose time under the schedule is over."""
    return destroy_notes(now=timezone.now())
