from django.db import models

from headway.core.models import CheckedModel, CheckedQuerySet


class SentForm(CheckedModel):
    """That a form was carried out, and where its sender was led; knows neither who nor what."""

    mark = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=1_000, blank=True)
    sent_at = models.DateTimeField(db_index=True)

    objects = CheckedQuerySet["SentForm"].as_manager()

    def __str__(self) -> str:
        return self.address
