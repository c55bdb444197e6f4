from django.db import models
from django.db.models import Q

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.initiatives.models.membership import Member
from headway.initiatives.models.record import Record


class File(CheckedModel):
    """A file that belongs to a record and is read under the record's permission."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=250)
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=250)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CheckedQuerySet["File"].as_manager()

    class Meta:
        ordering = ["uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "sha256"],
                condition=Q(withdrawn_at__isnull=True),
                name="file_of_a_record_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
