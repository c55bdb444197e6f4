from typing import Self

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation
from headway.initiatives.models.record import StageModel, StageQuerySet


class HappeningQuerySet(StageQuerySet["Happening"]):
    """Happenings by what they were."""

    def of(self, *categories: str) -> Self:
        """Only happenings of these categories."""
        return self.filter(category__in=categories)

    def oldest_first(self) -> Self:
        """By date; what stands without a date comes last."""
        dated = F("record__happened_from").asc(nulls_last=True)
        return self.order_by(dated, "record__recorded_at")


class Happening(StageModel):
    """Something that happened in the initiative's life: its dated history."""

    RECORD_KIND = "happening"
    TEXTS = ("text",)

    class Category(models.TextChoices):
        MEETING = "meeting", _("meeting")
        CONSULTATION = "consultation", _("public comment")
        PROPOSAL = "proposal", _("proposal")
        REQUEST = "request", _("request to a decision body")
        DECISION = "decision", _("decision by a body")
        RULE = "rule", _("decision rule")
        ACTION = "action", _("action")
        TEST = "test", _("pilot or test")
        MEASUREMENT = "measurement", _("count or measurement")
        REVIEW = "review", _("review or evaluation")
        MILESTONE = "milestone", _("milestone")
        CHANGE = "change", _("change of people or powers")

    category = models.CharField(max_length=20, choices=Category)
    text = models.TextField(max_length=5_000)
    kind_as_said = models.CharField(max_length=60, blank=True)

    objects = HappeningQuerySet.as_manager()


class HappeningOrganisation(CheckedModel):
    """That an organisation took part in something that happened."""

    happening = models.ForeignKey(Happening, on_delete=models.PROTECT, related_name="organisations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    objects = CheckedQuerySet["HappeningOrganisation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["happening", "organisation"], name="organisation_took_part_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.happening}"
