from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.directory.models import Organisation
from headway.initiatives.models import StageModel, StageQuerySet


class VisionLineQuerySet(StageQuerySet["VisionLine"]):
    """Lines of the vision in their order."""

    def in_order(self) -> Self:
        """By rank; of two with one rank the older first."""
        return self.order_by("rank", "record__recorded_at", "pk")


class VisionLine(StageModel):
    """One line of what success looks like, or of what the initiative leaves to others."""

    RECORD_KIND = "vision_line"
    TEXTS = ("text",)

    class Scope(models.TextChoices):
        IN = "in", _("what we work toward")
        OUT = "out", _("what we leave to others")

    text = models.TextField(max_length=1_000)
    rank = models.PositiveIntegerField()
    scope = models.CharField(max_length=20, choices=Scope, default=Scope.IN)

    objects = VisionLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scope__in=["in", "out"]), name="vision_line_is_in_or_out_of_scope"
            )
        ]


class EffortState(models.TextChoices):
    """Whether what others do goes on."""

    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")


class EffortQuerySet(StageQuerySet["Effort"]):
    """Efforts by whether they go on."""

    def running(self) -> Self:
        """Efforts that go on."""
        return self.filter(state=EffortState.RUNNING)


class Effort(StageModel):
    """What somebody already does about the problem; its date is since when."""

    RECORD_KIND = "effort"
    TEXTS = ("what",)

    State = EffortState

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    what = models.TextField(max_length=5_000, blank=True)
    website = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=20, choices=EffortState, default=EffortState.RUNNING)

    objects = EffortQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=EffortState.values), name="effort_is_running_or_ended"
            )
        ]
