from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation
from headway.initiatives.models import Member, StageModel, StageQuerySet


class ActivityQuerySet(StageQuerySet["Activity"]):
    """Practices as they were carried out."""

    def newest_first(self) -> Self:
        """The one begun last comes first."""
        return self.order_by("-record__recorded_at", "pk")


class Activity(StageModel):
    """A practice that partners carry out together: begun, done step by step, finished."""

    RECORD_KIND = "activity"
    TEXTS = ("came_of",)

    class State(models.TextChoices):
        UNDER_WAY = "under_way", _("under way")
        FINISHED = "finished", _("finished")

    practice = models.CharField(_("practice"), max_length=40)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.UNDER_WAY)
    came_of = models.TextField(_("what came of it"), max_length=5_000, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(practice=""), name="activity_names_its_practice"),
            models.CheckConstraint(
                condition=Q(state="under_way", finished_on__isnull=True)
                | Q(state="finished", finished_on__isnull=False),
                name="finished_activity_has_its_day",
            ),
        ]


class ActivityOrganisation(CheckedModel):
    """That an organisation took part in a practice."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="organisations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    objects = CheckedQuerySet["ActivityOrganisation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "organisation"], name="organisation_takes_part_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class ActivityStep(CheckedModel):
    """That somebody did a step of a practice, and what they noted; later ones follow."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=40)
    note = models.TextField(max_length=5_000, blank=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = CheckedQuerySet["ActivityStep"].as_manager()

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(step=""), name="done_step_is_a_step"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.step}"
