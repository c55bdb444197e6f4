from django.db import models

from headway.core.models import CheckedModel, CheckedQuerySet


class ScheduledTask(CheckedModel):
    """When a task that runs again and again was last handed to the workers.

    It outlives restarts and is shared by all workers, so that each task runs once a period, and
    what was missed while none ran is made up for once.
    """

    path = models.CharField(max_length=250)
    enqueued_at = models.DateTimeField(null=True, blank=True)
    task_id = models.CharField(max_length=64, blank=True)

    objects = CheckedQuerySet["ScheduledTask"].as_manager()

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["path"], name="task_scheduled_once")]

    def __str__(self) -> str:
        return self.path
