from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from headway.accounts.models import ScheduledTask

# A time that lies further ahead comes from a clock that was wrong, and stops nothing.
WRONG_CLOCK: Final = timedelta(minutes=5)


@transaction.atomic
def enqueue_if_due(*, path: str, every: timedelta, now: datetime) -> bool:
    """Hand a task to the workers if its period has passed; of several that ask, one does it."""
    ScheduledTask.objects.get_or_create(path=path)
    due = (
        Q(enqueued_at__isnull=True)
        | Q(enqueued_at__lte=now - every)
        | Q(enqueued_at__gt=now + WRONG_CLOCK)
    )
    # One statement: whoever comes second finds the time moved, and changes no row.
    if not ScheduledTask.objects.filter(due, path=path).update(enqueued_at=now):
        return False
    result = import_string(path).enqueue()
    ScheduledTask.objects.filter(path=path).update(task_id=str(result.id))
    return True
