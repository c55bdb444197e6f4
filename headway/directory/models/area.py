from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from headway.directory.models.base import LIVE, DirectoryRow, Named, NamedQuerySet


class Area(DirectoryRow, Named):
    """A stretch of land that something is about: a county, a city, a district."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("country")
        STATE = "state", _("state or province")
        REGION = "region", _("region")
        COUNTY = "county", _("county")
        CITY = "city", _("city or town")
        TRIBAL = "tribal", _("tribal nation or reservation")
        DISTRICT = "district", _("district or ward")
        NEIGHBORHOOD = "neighborhood", _("neighborhood")

    classification = models.CharField(max_length=30, choices=Kind)
    identifier = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class AreaQuerySet(NamedQuerySet["Area"]):
        """Areas by name."""

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "classification", "name_key"],
                condition=LIVE & Q(parent__isnull=True),
                name="area_of_a_name_once",
            ),
            models.UniqueConstraint(
                fields=["authority", "parent", "classification", "name_key"],
                condition=LIVE & Q(parent__isnull=False),
                name="area_of_a_name_once_in_its_parent",
            ),
            models.UniqueConstraint(
                fields=["authority", "identifier"],
                condition=LIVE & ~Q(identifier=""),
                name="area_identifier_once",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="area_is_not_part_of_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name
