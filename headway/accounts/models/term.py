from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from headway.core.models import CheckedModel, CheckedQuerySet

ModelT = TypeVar("ModelT", bound=models.Model)


class TermQuerySet(CheckedQuerySet[ModelT]):
    """Rows that hold from a day until a day."""

    def holding(self, today: date) -> Self:
        """Rows that hold on a day and were not ended by anybody."""
        return self.standing(today).filter(starts_on__lte=today)

    def standing(self, today: date) -> Self:
        """Rows that hold on a day or will begin to hold later."""
        return self.not_taken_away().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))

    def not_taken_away(self) -> Self:
        """Rows that nobody ended before their last day, past ones among them."""
        return self.filter(ended_at__isnull=True)


class Term(CheckedModel):
    """From a day until a day, both included; no end means until further notice.

    Ending one by hand takes its rights at once, although its last day is still today.
    """

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(class)s_does_not_end_before_it_starts",
            )
        ]

    def holds(self, today: date) -> bool:
        """Whether it holds on a day."""
        in_time = self.starts_on <= today and (self.ends_on is None or today <= self.ends_on)
        return in_time and self.ended_at is None
