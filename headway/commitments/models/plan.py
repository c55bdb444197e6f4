from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.accounts.models import Job
from headway.core.models import CheckedModel, CheckedQuerySet
from headway.initiatives.models import Initiative


class PlanFileQuerySet(CheckedQuerySet["PlanFile"]):
    """Action plans that somebody brings along."""


class PlanFile(CheckedModel):
    """An action plan as a table: looked over and mapped, then brought in, its bytes then gone."""

    class State(models.TextChoices):
        READ = "read", _("waiting for your answer")
        CONFIRMED = "confirmed", _("being brought in")
        DONE = "done", _("brought in")
        REFUSED = "refused", _("cannot be read")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=250)
    title = models.CharField(max_length=500)
    url = models.CharField(max_length=1_000, blank=True)
    sha256 = models.CharField(max_length=64)
    sheet = models.JSONField(default=dict)
    mapping = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=State, default=State.READ)
    counts = models.JSONField(default=dict)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = PlanFileQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "done"]) | Q(confirmed_at__isnull=False),
                name="plan_is_brought_in_only_after_confirmation",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
