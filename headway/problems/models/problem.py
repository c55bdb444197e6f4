from typing import Self

from django.db import models

from headway.directory.models import Area
from headway.initiatives.models import StageModel, StageQuerySet


class ProblemQuerySet(StageQuerySet["Problem"]):
    """Statements of the problem."""


class AffectedGroupQuerySet(StageQuerySet["AffectedGroup"]):
    """Groups of people affected."""

    def oldest_first(self) -> Self:
        """In the order in which they were added."""
        return self.order_by("record__recorded_at", "record__title")


class BaselineQuerySet(StageQuerySet["Baseline"]):
    """Starting points of measures."""

    def oldest_first(self) -> Self:
        """In the order in which they were added."""
        return self.order_by("record__recorded_at", "record__title")


class Problem(StageModel):
    """What the initiative is about, in one statement; its record's owner looks after it."""

    RECORD_KIND = "problem"
    TEXTS = ("statement", "evidence")

    statement = models.TextField(max_length=5_000)
    place = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place_as_said = models.CharField(max_length=250, blank=True)
    evidence = models.TextField(max_length=5_000, blank=True)

    objects = ProblemQuerySet.as_manager()

    @property
    def where(self) -> str:
        """The place in words, or nothing."""
        return self.place_as_said or (self.place.name if self.place else "")


class AffectedGroup(StageModel):
    """People who live with the problem; the record's title is their name."""

    RECORD_KIND = "affected_group"
    TEXTS = ("description",)

    how_many = models.PositiveIntegerField(null=True, blank=True)
    how_many_as_said = models.CharField(max_length=250, blank=True)
    description = models.TextField(max_length=5_000, blank=True)

    objects = AffectedGroupQuerySet.as_manager()

    @property
    def name(self) -> str:
        """Who they are."""
        return self.record.title


class Baseline(StageModel):
    """The starting point of one measure; the record's title names it, its date is the day."""

    RECORD_KIND = "baseline"
    TEXTS = ("note",)

    value = models.DecimalField(max_digits=20, decimal_places=4)
    unit = models.CharField(max_length=60)
    note = models.TextField(max_length=5_000, blank=True)

    objects = BaselineQuerySet.as_manager()

    @property
    def measure_name(self) -> str:
        """What is measured."""
        return self.record.title
