from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from headway.directory.models.area import Area
from headway.directory.models.base import (
    LIVE,
    UNMERGED,
    DirectoryQuerySet,
    DirectoryRow,
    MergedQuerySet,
    Named,
    not_backwards,
    stretch_of,
)
from headway_analysis.partial_date import PartialDate


class Sector(models.TextChoices):
    """Which part of society an organisation belongs to."""

    GOVERNMENT = "government", _("Government")
    BUSINESS = "business", _("Business")
    NONPROFIT = "nonprofit", _("Nonprofit")
    PHILANTHROPY = "philanthropy", _("Philanthropy")
    FAITH = "faith", _("Faith")
    EDUCATION_RESEARCH = "education_research", _("Education and research")
    HEALTH = "health", _("Health")
    RESIDENTS = "residents", _("Residents and lived experience")
    CROSS_SECTOR = "cross_sector", _("Cross-sector")


class Organisation(DirectoryRow, Named):
    """A group of people with a common aim that lasts beyond who belongs to it."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("organization")
        DEPARTMENT = "department", _("department or office")
        ARENA = "arena", _("decision body")
        BODY = "body", _("commission or working body")
        NETWORK = "network", _("network or coalition")

    Sector = Sector

    class OrganisationQuerySet(MergedQuerySet["Organisation"]):
        """Organisations by what people ask of them."""

        def in_sector(self, sector: str) -> Self:
            """Only organisations of this sector; empty asks for those where nobody said."""
            return self.filter(sector=sector)

        def counted_as(self, canonical: "Organisation") -> Self:
            """One organisation and all that were merged into it."""
            return self.filter(Q(pk=canonical.canonical_pk) | Q(merged_into=canonical.canonical_pk))

    classification = models.CharField(max_length=30, choices=Kind, default=Kind.ORGANISATION)
    sector = models.CharField(max_length=30, choices=Sector, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    founded_from = models.DateField(null=True, blank=True)
    founded_to = models.DateField(null=True, blank=True)
    founded_as_said = models.CharField(max_length=60, blank=True)
    dissolved_from = models.DateField(null=True, blank=True)
    dissolved_to = models.DateField(null=True, blank=True)
    dissolved_as_said = models.CharField(max_length=60, blank=True)
    website = models.CharField(max_length=500, blank=True)
    description = models.TextField(max_length=5_000, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name_key", "classification"],
                condition=LIVE & UNMERGED,
                name="organisation_of_a_name_and_kind_once",
            ),
            models.CheckConstraint(
                condition=UNMERGED | ~Q(merged_into=F("id")),
                name="organisation_is_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="organisation_is_not_part_of_itself",
            ),
            models.CheckConstraint(
                condition=not_backwards("founded", "dissolved"),
                name="organisation_not_dissolved_before_it_was_founded",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "name_key"], name="organisations_by_name"),
            models.Index(fields=["authority", "sector"], name="organisations_by_sector"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def canonical(self) -> "Organisation":
        """The organisation that this one counts as: itself, or what it was merged into."""
        return self.merged_into or self

    @property
    def canonical_pk(self) -> UUID:
        """The id of the organisation that this one counts as, without asking the database."""
        return self.merged_into_id or self.pk

    @property
    def founded(self) -> PartialDate | None:
        """When it began, as exactly as known."""
        return stretch_of(self, "founded")

    @property
    def dissolved(self) -> PartialDate | None:
        """When it ended, as exactly as known."""
        return stretch_of(self, "dissolved")


class Identifier(DirectoryRow):
    """A number or code that somebody else's register gives an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=60)
    identifier = models.CharField(max_length=120)

    class IdentifierQuerySet(DirectoryQuerySet["Identifier"]):
        """Identifiers by whether they still stand."""

    objects = IdentifierQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "identifier"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "scheme", "identifier"],
                condition=LIVE,
                name="identifier_of_a_scheme_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.identifier}"
