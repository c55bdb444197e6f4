from typing import Self

from django.db import models
from django.db.models import F, Q, UUIDField
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from headway.directory.models import Organisation
from headway.initiatives.models import Initiative, StageModel, StageQuerySet
from headway.problems.models import AffectedGroup
from headway_analysis.similarity import fold

COUNTED_AS = Coalesce(
    F("organisation__merged_into_id"), F("organisation_id"), output_field=UUIDField()
)
NAME = Coalesce(F("organisation__merged_into__name"), F("organisation__name"))
SECTOR = Coalesce(F("organisation__merged_into__sector"), F("organisation__sector"))


class PartnerQuerySet(StageQuerySet["Partner"]):
    """Partners by what people ask of them."""

    def by_name(self) -> Self:
        """In the order of the names that they count under."""
        return self.order_by(NAME, "pk")

    def in_sector(self, sector: str) -> Self:
        """Partners whose organisation counts to a sector."""
        own = Q(organisation__merged_into__isnull=True, organisation__sector=sector)
        return self.filter(own | Q(organisation__merged_into__sector=sector))

    def of(self, organisation: Organisation) -> Self:
        """Partner rows of an organisation and of all that count as it."""
        return self.filter(organisation__in=Organisation.objects.counted_as(organisation))

    def standing(self) -> Self:
        """Partners that take part, or were asked and have not answered."""
        return self.filter(state__in=[Partner.State.TAKING_PART, Partner.State.INVITED])

    def matching(self, words: str) -> Self:
        """Partners whose organisation's names or role hold every one of the words."""
        found = self
        for word in fold(words).split()[:10]:
            found = found.filter(
                Q(organisation__search_text__contains=word)
                | Q(organisation__merged_into__search_text__contains=word)
                | Q(role_as_said__icontains=word)
            )
        return found


class Partner(StageModel):
    """An organisation that takes part in an initiative, was asked to, or did once.

    The record's own date says since when it takes part.
    """

    RECORD_KIND = "partner"
    TEXTS = ("role_as_said",)

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        TAKING_PART = "taking_part", _("taking part")
        DECLINED = "declined", _("said no for now")
        LEFT = "left", _("left")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role_as_said = models.TextField(max_length=5_000, blank=True)
    represents = models.ForeignKey(
        AffectedGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=20, choices=State)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["invited", "taking_part", "declined", "left"]),
                name="partner_is_invited_takes_part_declined_or_left",
            )
        ]

    def __str__(self) -> str:
        return self.organisation.canonical.name

    @classmethod
    def of_initiative(cls, initiative: Initiative) -> PartnerQuerySet:
        """The partners that stand in an initiative, with their organisations."""
        rows = cls.objects.in_initiative(initiative).live()
        return rows.select_related("record", "organisation__merged_into")
