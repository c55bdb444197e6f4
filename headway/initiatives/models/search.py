from django.db import models

from headway.core.models import CheckedQuerySet, KeyedByRecord
from headway.initiatives.models.record import Record


class SearchText(KeyedByRecord):
    """What one text of a record says now, for the full-text index; an empty field is its title.

    The database keeps it by itself (`initiatives.search_index`), so that no write is forgotten
    and what is emptied or expunged can no longer be found.
    """

    number = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=60, blank=True)
    text = models.TextField(max_length=50_000, blank=True)

    objects = CheckedQuerySet["SearchText"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "field"], name="searched_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.field or 'title'} of {self.record_id}"
