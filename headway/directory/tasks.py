from uuid import UUID

from django.utils import timezone
from django_tasks import task

from headway.directory.actions.imports.uploads import (
    bring_in_upload,
    forget_uploads,
    look_over_upload,
)


@task()
def look_over(upload_id: str) -> None:
    """Read a kept file for its preview."""
    look_over_upload(upload_id=UUID(upload_id), now=timezone.now())


@task()
def bring_in(upload_id: str) -> None:
    """Write a confirmed file into the directory."""
    bring_in_upload(upload_id=UUID(upload_id), now=timezone.now())


@task()
def forget_files() -> int:
    """Delete uploaded files that are over or that nobody confirmed within a day."""
    return forget_uploads(now=timezone.now())
