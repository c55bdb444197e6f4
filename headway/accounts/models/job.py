from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from headway.accounts.models.authority import Authority, OwnedQuerySet
from headway.core.models import CheckedModel


class Job(CheckedModel):
    """Heavy work done by the worker, with progress that survives a closed tab."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to start")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        FAILED = "failed", _("stopped before the end")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=250)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    finding = models.TextField(max_length=5_000, blank=True)
    problems = models.JSONField(default=list)
    result_url = models.CharField(max_length=250, blank=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def share(self) -> int:
        """How much is done, in percent."""
        if self.state == self.State.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0
