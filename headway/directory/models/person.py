from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from headway.directory.models.base import (
    LIVE,
    UNMERGED,
    DirectoryRow,
    MergedQuerySet,
    Named,
)


class Person(DirectoryRow, Named):
    """Somebody who holds roles in organisations; need not be able to sign in."""

    email = models.EmailField(max_length=250, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class PersonQuerySet(MergedQuerySet["Person"]):
        """People by name and by whether their rows stand for themselves."""

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "authority",
                Lower("email"),
                condition=LIVE & UNMERGED & ~Q(email=""),
                name="person_has_an_email_of_their_own",
            ),
            models.CheckConstraint(
                condition=UNMERGED | ~Q(merged_into=F("id")),
                name="person_is_not_merged_into_themselves",
            ),
        ]
        indexes = [models.Index(fields=["authority", "name_key"], name="people_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def canonical(self) -> "Person":
        """The person that this row counts as: itself, or what it was merged into."""
        return self.merged_into or self

    @property
    def canonical_pk(self) -> UUID:
        """The id of the person that this row counts as, without asking the database."""
        return self.merged_into_id or self.pk
