from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from headway.accounts.models.authority import Authority, OwnedQuerySet
from headway.core.models import CheckedModel

LONGEST_TERM = timedelta(days=366)


class TokenQuerySet(OwnedQuerySet["ApiToken"]):
    """API tokens by whether they still open anything."""

    def usable(self, now: datetime) -> Self:
        """Tokens neither revoked nor expired."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)


class ApiToken(CheckedModel):
    """Lets a program act for a person within named scopes; only a digest of it is kept."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="api_token_once"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="api_token_expires"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class LinkQuerySet(OwnedQuerySet["LinkToken"]):
    """Links by what their holder shows."""

    def of(self, digest: str, purpose: str) -> Self:
        """The link of a secret, if it was made for this purpose."""
        return self.filter(digest=digest, purpose=purpose)


class LinkToken(CheckedModel):
    """A link in a mail or on a screen that lets its holder do one thing, once, for a while."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="link_token_once"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="link_token_expires"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} until {self.expires_at}"
