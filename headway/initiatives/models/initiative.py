from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from headway.accounts.models import Authority, Stream
from headway.accounts.models.authority import OwnedQuerySet, Visibility
from headway.core.models import CheckedModel
from headway.directory.models import Area, Organisation


class InitiativeQuerySet(OwnedQuerySet["Initiative"]):
    """Initiatives by who may see them."""

    def public(self) -> Self:
        """Initiatives that anybody may read."""
        return self.filter(visibility=Visibility.PUBLIC)


class Initiative(CheckedModel):
    """One public problem that several organisations work on, from problem to measured result.

    It belongs to an organisation, which can reclaim it when people leave.
    """

    class Reader(models.TextChoices):
        PUBLIC = Visibility.PUBLIC.value, _("Anyone may read what is marked public")
        MEMBERS = Visibility.MEMBERS.value, _("Only members may read it")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=250)
    summary = models.TextField(max_length=5_000, blank=True)
    label = models.CharField(max_length=250, blank=True)
    visibility = models.CharField(max_length=20, choices=Reader, default=Reader.MEMBERS)
    language = models.CharField(max_length=12, default="en")
    languages = models.JSONField(default=list)
    zone = models.CharField(max_length=60, default="America/Chicago")
    opened_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "slug"], name="initiative_address_once")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where we stand."""
        return reverse("site:where_we_stand", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether anybody may read what is marked public."""
        return self.visibility == Visibility.PUBLIC

    def today(self, now: datetime) -> date:
        """The date where the initiative is."""
        return now.astimezone(ZoneInfo(self.zone)).date()
