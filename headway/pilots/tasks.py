from uuid import UUID

from django.utils import timezone
from django_tasks import task

from headway.pilots import actions
from headway.pilots.actions import destroy_notes, store_told


@task()
def store_what_was_told() -> int:
    """Store what was told in reviews, wherever its day is over."""
    return store_told(now=timezone.now())


@task()
def destroy_raw_notes() -> int:
    """Destroy the raw notes of reviews whose time under the schedule is over."""
    return destroy_notes(now=timezone.now())


@task()
def open_reviews() -> int:
    """Open a review about each promise that was missed; safe to run twice."""
    return actions.open_missed_reviews(now=timezone.now())


@task()
def look_over(file_id: str) -> None:
    """Read a table of results for its counts."""
    actions.look_over_results(file_id=UUID(file_id), now=timezone.now())


@task()
def work_out(file_id: str) -> None:
    """Estimate what a table of results says."""
    actions.work_out(file_id=UUID(file_id), now=timezone.now())


@task()
def forget_results() -> int:
    """Empty the rows of tables that nobody had worked out."""
    return actions.forget_results(now=timezone.now())
