from datetime import date

from django.db import models
from django.db.models import Q

from headway.directory.models.base import LIVE, DirectoryRow, not_backwards, stretch_of
from headway.directory.models.organisation import Organisation
from headway.directory.models.person import Person
from headway.directory.models.post import Post, StretchQuerySet
from headway.directory.models.source import Source
from headway_analysis.partial_date import PartialDate

OPEN = LIVE & Q(ends_to__isnull=True)


class Membership(DirectoryRow):
    """That a person belongs to an organisation, perhaps in a post, from and until a date."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=250, blank=True)
    label = models.CharField(max_length=250, blank=True)
    starts_from = models.DateField(null=True, blank=True)
    starts_to = models.DateField(null=True, blank=True)
    starts_as_said = models.CharField(max_length=60, blank=True)
    ends_from = models.DateField(null=True, blank=True)
    ends_to = models.DateField(null=True, blank=True)
    ends_as_said = models.CharField(max_length=60, blank=True)
    reported = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class MembershipQuerySet(StretchQuerySet["Membership"]):
        """Memberships by when they hold."""

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_from", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=OPEN & Q(post__isnull=True),
                name="membership_in_one_role_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["person", "post"],
                condition=OPEN & Q(post__isnull=False),
                name="membership_in_one_post_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=not_backwards("starts", "ends"),
                name="membership_does_not_end_before_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.role

    @property
    def starts(self) -> PartialDate | None:
        """From when it holds."""
        return stretch_of(self, "starts")

    @property
    def ends(self) -> PartialDate | None:
        """Until when it holds."""
        return stretch_of(self, "ends")

    def ended(self, today: date) -> bool:
        """Whether its last possible day is past."""
        return self.ends_to is not None and self.ends_to < today
