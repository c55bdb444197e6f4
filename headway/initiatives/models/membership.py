from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.accounts.models.term import Term, TermQuerySet
from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation, Person
from headway.initiatives.models.initiative import Initiative


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
