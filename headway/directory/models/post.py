from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from headway.directory.models.base import (
    LIVE,
    DirectoryQuerySet,
    DirectoryRow,
    RowT,
    not_backwards,
    stretch_of,
)
from headway.directory.models.organisation import Organisation
from headway_analysis.partial_date import PartialDate


class StretchQuerySet(DirectoryQuerySet[RowT]):
    """Posts and memberships by whether they hold, as far as their dates are known.

    Rights run from day to day instead: see `initiatives.models.membership.TermQuerySet`.
    """

    def ended(self, today: date) -> Self:
        """Those whose last possible day is past."""
        return self.filter(ends_to__lt=today)

    def current(self, today: date) -> Self:
        """Those that may hold on a day: begun or not said, and not surely over."""
        begun = Q(starts_from__isnull=True) | Q(starts_from__lte=today)
        return self.filter(begun).filter(Q(ends_to__isnull=True) | Q(ends_to__gte=today))


class Post(DirectoryRow):
    """A seat or office in an organisation; it stands whether or not somebody holds it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=250)
    role = models.CharField(max_length=250, blank=True)
    deputy_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_from = models.DateField(null=True, blank=True)
    starts_to = models.DateField(null=True, blank=True)
    starts_as_said = models.CharField(max_length=60, blank=True)
    ends_from = models.DateField(null=True, blank=True)
    ends_to = models.DateField(null=True, blank=True)
    ends_as_said = models.CharField(max_length=60, blank=True)

    class PostQuerySet(StretchQuerySet["Post"]):
        """Posts by when they stand."""

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "label"], condition=LIVE, name="post_of_a_label_once"
            ),
            models.CheckConstraint(
                condition=not_backwards("starts", "ends"), name="post_does_not_end_before_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(deputy_to__isnull=True) | ~Q(deputy_to=F("id")),
                name="post_is_not_its_own_deputy",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def starts(self) -> PartialDate | None:
        """From when the post stands."""
        return stretch_of(self, "starts")

    @property
    def ends(self) -> PartialDate | None:
        """Until when the post stands."""
        return stretch_of(self, "ends")
