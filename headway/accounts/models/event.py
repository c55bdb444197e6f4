from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.accounts.models.authority import Authority, OwnedQuerySet, Visibility
from headway.core.models import CheckedModel, CheckedQuerySet


class Stream(CheckedModel):
    """A line of events that are numbered 1, 2, 3 … without a gap."""

    class Kind(models.TextChoices):
        INITIATIVE = "initiative", _("initiative")
        DIRECTORY = "directory", _("directory")
        ACCOUNTS = "accounts", _("people and settings")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    last_position = models.BigIntegerField(default=0)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "kind"],
                condition=~Q(kind="initiative"),
                name="stream_of_the_authority_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} up to {self.last_position}"


class EventQuerySet(CheckedQuerySet["Event"]):
    """Events by what one asks of a log."""

    def in_authority(self, authority: Authority) -> Self:
        """Only events of this authority."""
        return self.filter(stream__authority=authority)

    def about(self, subject_id: object) -> Self:
        """The history of one thing, newest first."""
        return self.filter(subject_id=subject_id).order_by("-recorded_at", "-position")

    def newest_first(self) -> Self:
        """By position, newest first."""
        return self.order_by("-position")


class Event(CheckedModel):
    """That something was done: who, when, to what. Never changed, never deleted.

    Subjects, members and organisations are named by value, because the log outlives what is
    expunged; what the values were stands apart in `EventValue`, which can be erased.
    """

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="+")
    position = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    actor_kind = models.CharField(max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    member_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    credential = models.CharField(max_length=60, blank=True)
    field_names = models.JSONField(default=list)
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.MEMBERS)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "position"], name="event_position_once")
        ]
        indexes = [
            models.Index(fields=["subject_id", "recorded_at"], name="event_of_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.verb} {self.subject_kind}"


class EventValue(CheckedModel):
    """What one field held before and after an event; erasable by `erase_values`."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="values")
    field = models.CharField(max_length=60)
    old = models.TextField(max_length=50_000, blank=True)
    new = models.TextField(max_length=50_000, blank=True)
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.MEMBERS)
    erased_by = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CheckedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "field"], name="event_value_once"),
            models.CheckConstraint(
                condition=Q(erased_by__isnull=True) | Q(old="", new=""),
                name="erased_value_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.event_id}"
