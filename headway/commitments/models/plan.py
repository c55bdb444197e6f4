from django.db import models

from headway.commitments.models.brought import (
    BroughtFile,
    BroughtFileQuerySet,
    BroughtState,
    used_only_after_confirmation,
)
from headway.initiatives.models import Initiative


class PlanFileQuerySet(BroughtFileQuerySet["PlanFile"]):
    """Action plans by what becomes of them."""


class PlanFile(BroughtFile):
    """An action plan as a table: looked over and mapped, then brought in, its bytes then gone."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=500)
    url = models.CharField(max_length=1_000, blank=True)

    State = BroughtState
    kind = "action_plan"
    home = "initiative"
    objects = PlanFileQuerySet.as_manager()

    class Meta(BroughtFile.Meta):
        constraints = [used_only_after_confirmation("plan_is_brought_in_only_after_confirmation")]

    @property
    def belongs_to(self) -> Initiative:
        """The initiative that it is brought into."""
        return self.initiative
