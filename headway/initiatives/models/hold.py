from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from headway.accounts.models import Authority
from headway.accounts.models.authority import OwnedQuerySet
from headway.core.models import CheckedModel, CheckedQuerySet
from headway.initiatives.models.initiative import Initiative
from headway.initiatives.models.record import Record


class HoldQuerySet(OwnedQuerySet["Hold"]):
    """Holds by what they keep."""

    def active(self) -> Self:
        """Holds that were not released."""
        return self.filter(released_at__isnull=True)

    def on_record(self, record: Record) -> Self:
        """Active holds that keep a record, named singly or with its whole initiative."""
        named = RecordHold.objects.filter(record=record).values("hold")
        return self.active().filter(Q(initiative=record.initiative_id) | Q(pk__in=named))


class Hold(CheckedModel):
    """A litigation or records request that stops every deletion of what it covers."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    reason = models.TextField(max_length=5_000)
    initiative = models.ForeignKey(
        Initiative, null=True, on_delete=models.PROTECT, related_name="+"
    )
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_because = models.TextField(max_length=5_000, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name"],
                condition=Q(released_at__isnull=True),
                name="hold_has_a_name_of_its_own",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | ~Q(released_because=""),
                name="released_hold_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RecordHold(CheckedModel):
    """That a hold covers one record."""

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="records")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")

    objects = CheckedQuerySet["RecordHold"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hold", "record"], name="record_held_once_by_a_hold")
        ]

    def __str__(self) -> str:
        return f"{self.hold}: {self.record}"
