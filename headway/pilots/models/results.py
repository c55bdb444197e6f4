from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.accounts.models import Job
from headway.core.models import CheckedModel, CheckedQuerySet
from headway.pilots.models.pilot import Design, Pilot, PilotFinding


class ResultsFile(CheckedModel):
    """What was observed in a pilot, row by row: looked over, worked out, its rows then gone."""

    class State(models.TextChoices):
        READ = "read", _("waiting for your answer")
        CONFIRMED = "confirmed", _("being worked out")
        DONE = "done", _("worked out")
        REFUSED = "refused", _("not kept")

    class Lot(models.TextChoices):
        YES = "yes", _("yes, a lot decided")
        NO = "no", _("no")

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=250)
    sha256 = models.CharField(max_length=64)
    sheet = models.JSONField(default=dict)
    mapping = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    design = models.CharField(max_length=20, choices=Design)
    by_lot = models.CharField(max_length=20, choices=Lot, blank=True)
    trouble = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=State, default=State.READ)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.ForeignKey(PilotFinding, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = CheckedQuerySet["ResultsFile"].as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "done"]) | Q(confirmed_at__isnull=False),
                name="results_are_worked_out_only_after_confirmation",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(sheet={}), name="rows_worked_out_are_not_kept"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
