from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.initiatives.models import Record, StageModel, StageQuerySet
from headway_analysis.diagnosis.evidence import CONDITIONS
from headway_analysis.diagnosis.levers import LEVERS
from headway_analysis.diagnosis.thresholds import NAMES

LEVER_KEYS = tuple(lever.key for lever in LEVERS)


class MoveQuerySet(StageQuerySet["Move"]):
    """Answers to next moves."""

    def newest_first(self) -> Self:
        """The last answer comes first."""
        return self.order_by("-record__recorded_at", "pk")


class Move(StageModel):
    """That somebody took a next move, or declined it, and why; the record says when and for whom.

    What followed is what came after it from the record that it was about.
    """

    RECORD_KIND = "move"
    TEXTS = ("because",)

    class Answer(models.TextChoices):
        TAKEN = "taken", _("taken")
        DECLINED = "declined", _("declined")

    lever = models.CharField(_("next move"), max_length=20)
    answer = models.CharField(_("answer"), max_length=20, choices=Answer)
    told = models.CharField(_("why it was proposed"), max_length=1_000, blank=True)
    because = models.TextField(_("reason"), max_length=5_000, blank=True)
    about = models.ForeignKey(
        Record,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("what it is about"),
    )

    objects = MoveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lever__in=LEVER_KEYS), name="move_is_one_of_the_levers"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["taken", "declined"]), name="move_is_taken_or_declined"
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(because=""), name="declined_move_says_why"
            ),
        ]


class ThresholdQuerySet(StageQuerySet["Threshold"]):
    """Thresholds that an initiative set for itself."""

    def newest_first(self) -> Self:
        """The one that counts comes first."""
        return self.order_by("-record__recorded_at", "pk")


class Threshold(StageModel):
    """What an initiative set one threshold to, and its argument; a later one replaces it."""

    RECORD_KIND = "threshold"
    TEXTS = ("argument",)

    name = models.CharField(_("threshold"), max_length=60)
    value = models.PositiveSmallIntegerField(_("value"))
    argument = models.TextField(_("argument"), max_length=5_000)

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(name__in=NAMES), name="threshold_has_a_known_name"),
            models.CheckConstraint(condition=~Q(argument=""), name="threshold_has_an_argument"),
        ]


class ConditionStatementQuerySet(StageQuerySet["ConditionStatement"]):
    """What was stated of conditions."""

    def newest_first(self) -> Self:
        """The one that counts comes first."""
        return self.order_by("-record__recorded_at", "pk")


class ConditionStatement(StageModel):
    """That a condition was met outside, or is not needed, in one line with its date and source."""

    RECORD_KIND = "condition"
    TEXTS = ("line",)

    class Verdict(models.TextChoices):
        MET = "met", _("met outside")
        NOT_NEEDED = "not_needed", _("not needed")

    condition = models.CharField(_("condition"), max_length=20)
    verdict = models.CharField(_("what is so"), max_length=20, choices=Verdict)
    line = models.CharField(_("in one line"), max_length=250)
    told_by = models.CharField(_("where it can be read"), max_length=250)

    objects = ConditionStatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(condition__in=CONDITIONS), name="statement_is_about_a_condition"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["met", "not_needed"]),
                name="condition_is_met_or_not_needed",
            ),
            models.CheckConstraint(
                condition=~Q(line="") & ~Q(told_by=""), name="stated_condition_names_its_source"
            ),
        ]
