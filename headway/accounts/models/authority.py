from datetime import date, datetime
from typing import Self, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from headway.accounts.models.term import Term, TermQuerySet
from headway.core.models import CheckedModel, CheckedQuerySet
from headway.core.prepared import Prepared

ModelT = TypeVar("ModelT", bound=models.Model)


class Visibility(models.TextChoices):
    """Who may read a record or the values of an event."""

    PUBLIC = "public", _("anyone")
    MEMBERS = "members", _("members of the initiative")
    OFFICE = "office", _("the people who run this installation")


class AuthorityQuerySet(CheckedQuerySet["Authority"]):
    """Authorities by what people know of them."""

    def for_host(self, host: str) -> "Authority | None":
        """The authority that answers to a host name, else the default one."""
        return next(iter(_answering(host)), None)


class Authority(CheckedModel):
    """A county, city or region whose data stand apart from all others (the tenant).

    The one without a host name answers to every host that no other authority claims.
    """

    name = models.CharField(max_length=250)
    host_name = models.CharField(max_length=250, blank=True)
    zone = models.CharField(max_length=60, default="America/Chicago")
    language = models.CharField(max_length=12, default="en")
    retention_schedule = models.CharField(max_length=250, blank=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["host_name"], name="authority_has_a_host_of_its_own")
        ]

    def __str__(self) -> str:
        return self.name

    def lock(self) -> "Authority":
        """The row as it is now, held until the transaction ends, so that checks stay true."""
        return Authority.objects.select_for_update().get(pk=self.pk)

    def today(self, now: datetime) -> date:
        """The date in the authority's time zone."""
        return now.astimezone(ZoneInfo(self.zone)).date()


@Prepared
def _answering(host: str) -> QuerySet[Authority]:
    """Asked for every request: the one with this host name first."""
    found = Authority.objects.filter(Q(host_name=host) | Q(host_name=""))
    return found.order_by("-host_name")


def is_zone(name: str) -> bool:
    """Whether a time zone is known by this IANA name."""
    return name in available_timezones()


class OwnedQuerySet(CheckedQuerySet[ModelT]):
    """Rows that belong to one authority."""

    def in_authority(self, authority: Authority) -> Self:
        """Only the rows of this authority."""
        return self.filter(authority=authority)


class AuthorityRoleQuerySet(TermQuerySet["AuthorityRole"]):
    """Roles by authority and by when they hold."""

    def in_authority(self, authority: Authority) -> Self:
        """Only the roles of this authority."""
        return self.filter(authority=authority)


class AuthorityRole(Term):
    """A role that a person holds for the whole authority, from and until a date."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("administrator")
        REGISTRAR = "registrar", _("registrar of organizations")
        RECORDS_OFFICER = "records_officer", _("records officer")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Role)

    objects = AuthorityRoleQuerySet.as_manager()

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["authority", "user", "role"],
                condition=Q(ends_on__isnull=True, ended_at__isnull=True),
                name="authority_role_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.get_role_display()}"


class RetentionClass(CheckedModel):
    """How long one class of records is kept under the authority's named schedule."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=250)
    keep_years = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Empty means: kept permanently.")
    )
    basis = models.CharField(max_length=250, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "code"], name="retention_class_once")
        ]

    def __str__(self) -> str:
        return self.name
