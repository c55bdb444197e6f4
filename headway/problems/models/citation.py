from typing import Self

from django.db import models
from django.db.models import Q

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Source
from headway.initiatives.models import Member, Record


class CitationQuerySet(CheckedQuerySet["Citation"]):
    """Citations by what they stand for."""

    def live(self) -> Self:
        """Citations that nobody took back."""
        return self.filter(withdrawn_at__isnull=True)

    def on(self, record: Record) -> Self:
        """What is cited for one record, with the sources themselves."""
        return self.live().filter(record=record).select_related("source")


class Citation(CheckedModel):
    """That a source speaks for (or against) a record, and what it says there."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "source__title"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "source"],
                condition=Q(withdrawn_at__isnull=True),
                name="source_cited_once_for_a_record",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} on {self.record}"
