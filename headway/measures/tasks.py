from uuid import UUID

from django.utils import timezone
from django_tasks import task

from headway.measures.actions.imports import bring_in_readings, forget_files, look_over_file
from headway.measures.actions.missed import open_missed_reviews


@task()
def open_reviews() -> int:
    """Open a review about each measure that missed its target; safe to run twice."""
    return open_missed_reviews(now=timezone.now())


@task()
def look_over(file_id: str) -> None:
    """Read a table of data points for its preview."""
    look_over_file(file_id=UUID(file_id), now=timezone.now())


@task()
def bring_in(file_id: str) -> None:
    """Bring in a table of data points that was confirmed."""
    bring_in_readings(file_id=UUID(file_id), now=timezone.now())


@task()
def forget() -> int:
    """Empty the rows of tables that nobody confirmed."""
    return forget_files(now=timezone.now())
