from datetime import date
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation, Person
from headway.initiatives.models.initiative import Initiative

ModelT = TypeVar("ModelT", bound=models.Model)


class TermQuerySet(CheckedQuerySet[ModelT]):
    """Rows that hold from a day until a day."""

    def holding(self, today: date) -> Self:
        """Rows that hold on a day and were not ended by anybody."""
        return self.standing(today).filter(starts_on__lte=today)

    def standing(self, today: date) -> Self:
        """Rows that hold on a day or will begin to hold later."""
        return self.filter(ended_at__isnull=True).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        )


class Term(CheckedModel):
    """From a day until a day, both included; no end means until further notice.

    Ending one by hand takes its rights at once, although its last day is still today.
    """

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(class)s_does_not_end_before_it_starts",
            )
        ]

    def holds(self, today: date) -> bool:
        """Whether it holds on a day."""
        in_time = self.starts_on <= today and (self.ends_on is None or today <= self.ends_on)
        return in_time and self.ended_at is None


class MemberQuerySet(CheckedQuerySet["Member"]):
    """Members by initiative and person."""

    def in_initiative(self, initiative: Initiative) -> Self:
        """Only members of this initiative."""
        return self.filter(initiative=initiative)


class Member(CheckedModel):
    """A person who takes part in an initiative, usually for an organisation."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=250)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "user"],
                condition=Q(left_at__isnull=True),
                name="member_of_an_initiative_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RoleGrant(Term):
    """A role that a member holds; it gives rights."""

    class Role(models.TextChoices):
        CONVENER = "convener", _("convener")
        FACILITATOR = "facilitator", _("facilitator")
        LIAISON = "liaison", _("liaison to decision bodies")
        PARTNER = "partner", _("partner")
        EVALUATOR = "evaluator", _("evaluator")
        OBSERVER = "observer", _("observer")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)

    objects = TermQuerySet["RoleGrant"].as_manager()

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["member", "role"],
                condition=Q(ends_on__isnull=True),
                name="role_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} as {self.get_role_display()}"


class MandateQuerySet(TermQuerySet["Mandate"]):
    """Mandates by what they cover."""

    def covering(self, scope: str) -> Self:
        """Mandates for a matter, or for everything."""
        return self.filter(scope__in={scope, Mandate.Scope.EVERYTHING})


class Mandate(Term):
    """That a member may speak for an organisation, in what, and who said so."""

    class Scope(models.TextChoices):
        EVERYTHING = "everything", _("everything in this initiative")
        FACTS = "facts", _("facts and how the problem is seen")
        PROMISES = "promises", _("promises")
        DECISIONS = "decisions", _("votes and decisions")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=20, choices=Scope, default=Scope.EVERYTHING)
    given_by = models.CharField(max_length=250)

    objects = MandateQuerySet.as_manager()

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["member", "organisation", "scope"],
                condition=Q(ends_on__isnull=True),
                name="mandate_given_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} for {self.organisation}"
