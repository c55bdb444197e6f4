from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from headway.directory.models import Organisation
from headway.initiatives.models import Link, StageModel, StageQuerySet
from headway.partners.models.partner import Partner

ResourceT = TypeVar("ResourceT", bound=models.Model)


class ResourceKind(models.TextChoices):
    """What sort of thing is offered or needed."""

    MONEY = "money", _("money")
    PEOPLE = "people", _("people and their time")
    SPACE = "space", _("space and things")
    DATA = "data", _("data and knowledge")
    STANDING = "standing", _("standing and access")
    OTHER = "other", _("something else")


class ResourceQuerySet(StageQuerySet[ResourceT]):
    """Offers and needs by whose they are and whether they run."""

    def of(self, organisation: Organisation) -> Self:
        """Those of an organisation and of all that count as it."""
        return self.filter(partner__organisation__in=Organisation.objects.counted_as(organisation))

    def standing(self) -> Self:
        """Those that were not withdrawn, nor was their partner."""
        whose = Q(partner__isnull=True) | Q(partner__record__withdrawn_at__isnull=True)
        return self.live().filter(whose)

    def running(self, today: date) -> Self:
        """Those whose last day is not past."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=today))


class Resource(StageModel):
    """What an offer and a need have in common."""

    what = models.TextField(max_length=5_000)
    kind = models.CharField(max_length=20, choices=ResourceKind)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="%(class)s_amount_is_more_than_nothing",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | ~Q(unit=""),
                name="%(class)s_with_an_amount_says_of_what",
            ),
        ]

    def runs(self, today: date) -> bool:
        """Whether it still stands on a day."""
        return self.until is None or self.until >= today


class Offer(Resource):
    """Something that a partner offers to the common work."""

    RECORD_KIND = "offer"
    TEXTS = ("what",)

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    tied_to = models.CharField(max_length=250, blank=True)

    objects = ResourceQuerySet["Offer"].as_manager()


class NeedQuerySet(ResourceQuerySet["Need"]):
    """Needs by whether somebody answers them."""

    def with_answers(self) -> Self:
        """Each need with how many standing offers answer it."""
        answers = Link.objects.filter(
            target=OuterRef("pk"),
            kind=Link.Kind.ANSWERS,
            withdrawn_at__isnull=True,
            origin__kind=Offer.RECORD_KIND,
            origin__withdrawn_at__isnull=True,
        )
        counted = answers.order_by().values("target").annotate(number=Count("pk"))
        number = Subquery(counted.values("number"), output_field=models.IntegerField())
        return self.annotate(answers=Coalesce(number, 0))


class Need(Resource):
    """Something that the common work, or one partner in it, still lacks."""

    RECORD_KIND = "need"
    TEXTS = ("what",)

    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = NeedQuerySet.as_manager()
