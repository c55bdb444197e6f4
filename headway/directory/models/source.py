import hashlib
from collections.abc import Iterable
from typing import Self
from uuid import UUID

from django.db import models

from headway.directory.models.base import LIVE, DirectoryQuerySet, DirectoryRow, stretch_of
from headway_analysis.partial_date import PartialDate


def source_key(title: str, url: str) -> str:
    """A short fixed-length key of a source; PostgreSQL cannot index very long texts."""
    return hashlib.sha256(f"{title.strip()}\n{url.strip()}".encode()).hexdigest()


class Source(DirectoryRow):
    """Where somebody can read what we say: a report, a minute, a page, a letter."""

    title = models.CharField(max_length=500)
    url = models.CharField(max_length=1_000, blank=True)
    publisher = models.CharField(max_length=250, blank=True)
    published_from = models.DateField(null=True, blank=True)
    published_to = models.DateField(null=True, blank=True)
    published_as_said = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=64, editable=False)

    class SourceQuerySet(DirectoryQuerySet["Source"]):
        """Sources by what they say of themselves."""

        def called(self, title: str, url: str) -> Self:
            """The source of this title and address."""
            return self.filter(key=source_key(title, url))

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "key"],
                condition=LIVE,
                name="source_of_a_title_and_address_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def published(self) -> PartialDate | None:
        """When it appeared, as exactly as known."""
        return stretch_of(self, "published")


class SourceOn(DirectoryRow):
    """That a source speaks about a row of the directory, and what it says there."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    note = models.CharField(max_length=500, blank=True)

    class SourceOnQuerySet(DirectoryQuerySet["SourceOn"]):
        """Which sources speak about what."""

        def about(self, subjects: Iterable[UUID]) -> Self:
            """What is said about any of these rows, with the sources themselves."""
            return self.filter(subject_id__in=list(subjects)).select_related("source")

    objects = SourceOnQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "subject_kind", "subject_id"],
                condition=LIVE,
                name="source_on_one_thing_once",
            ),
        ]
        indexes = [models.Index(fields=["subject_id"], name="sources_on_a_thing")]

    def __str__(self) -> str:
        return f"{self.source} on {self.subject_kind}"
