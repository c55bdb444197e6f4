from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation
from headway.initiatives.models import Member, StageModel, StageQuerySet


class FacetQuerySet(StageQuerySet["Facet"]):
    """Parts of the problem."""

    def oldest_first(self) -> Self:
        """In the order in which they were added."""
        return self.order_by("record__recorded_at", "record__title")


class Facet(StageModel):
    """A part of the problem; the record's title is its name."""

    RECORD_KIND = "facet"
    TEXTS = ("description",)

    description = models.TextField(max_length=5_000, blank=True)

    objects = FacetQuerySet.as_manager()

    @property
    def name(self) -> str:
        """What part it is."""
        return self.record.title


class FacetHolderQuerySet(CheckedQuerySet["FacetHolder"]):
    """What organisations bring to parts of the problem."""

    def live(self) -> Self:
        """What nobody took back."""
        return self.filter(withdrawn_at__isnull=True)


class FacetHolder(CheckedModel):
    """That an organisation has knowledge, authority, resources or lived experience of a part."""

    class Kind(models.TextChoices):
        KNOWLEDGE = "knowledge", _("knowledge")
        AUTHORITY = "authority", _("authority")
        RESOURCES = "resources", _("resources")
        LIVED_EXPERIENCE = "lived_experience", _("lived experience")

    facet = models.ForeignKey(Facet, on_delete=models.PROTECT, related_name="holders")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    note = models.CharField(max_length=250, blank=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = FacetHolderQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["facet", "organisation", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                name="organisation_holds_a_facet_once_in_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["knowledge", "authority", "resources", "lived_experience"]),
                name="facet_is_held_in_a_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display()} of {self.facet}"
