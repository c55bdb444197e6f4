from django.db import models
from django.utils.translation import gettext_lazy as _

from headway.commitments.models.brought import (
    WAITING,
    BroughtFileQuerySet,
    LargeFile,
    rows_used_are_not_kept,
    used_only_after_confirmation,
)
from headway.initiatives.models import Initiative
from headway.pilots.models.pilot import Design, Pilot, PilotFinding


class ResultsFileQuerySet(BroughtFileQuerySet["ResultsFile"]):
    """Tables of results by what becomes of them."""


class ResultsFile(LargeFile):
    """What was observed in a pilot, row by row: looked over, worked out, its rows then gone."""

    class State(models.TextChoices):
        WAITING = WAITING, _("being looked over")
        READ = "read", _("waiting for your answer")
        CONFIRMED = "confirmed", _("being worked out")
        DONE = "done", _("worked out")
        REFUSED = "refused", _("not kept")

    class Lot(models.TextChoices):
        YES = "yes", _("yes, a lot decided")
        NO = "no", _("no")

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="+")
    design = models.CharField(max_length=20, choices=Design)
    by_lot = models.CharField(max_length=20, choices=Lot, blank=True)
    trouble = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=State, default=WAITING)
    finding = models.ForeignKey(PilotFinding, null=True, on_delete=models.PROTECT, related_name="+")

    kind = "results_file"
    home = "pilot__record__initiative"
    objects = ResultsFileQuerySet.as_manager()

    class Meta(LargeFile.Meta):
        constraints = [
            used_only_after_confirmation("results_are_worked_out_only_after_confirmation"),
            rows_used_are_not_kept("rows_worked_out_are_not_kept"),
        ]

    @property
    def belongs_to(self) -> Initiative:
        """The initiative that it is brought into."""
        return self.pilot.record.initiative
