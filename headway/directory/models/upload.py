from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.accounts.models import Authority, Job
from headway.accounts.models.authority import OwnedQuerySet
from headway.core.models import CheckedModel


class Upload(CheckedModel):
    """A file that somebody wants to bring into the directory: looked over, then confirmed."""

    class Kind(models.TextChoices):
        ORGANISATIONS_CSV = "organisations_csv", _("organizations as CSV")
        PEOPLE_CSV = "people_csv", _("people and their roles as CSV")
        POPOLO_JSON = "popolo_json", _("Popolo JSON")

    class State(models.TextChoices):
        WAITING = "waiting", _("being read")
        READ = "read", _("waiting for your answer")
        CONFIRMED = "confirmed", _("being brought in")
        DONE = "done", _("brought in")
        REFUSED = "refused", _("cannot be read")
        ABANDONED = "abandoned", _("never confirmed")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=30, choices=Kind)
    file_name = models.CharField(max_length=250)
    # Empty once the bytes are deleted; the fingerprint tells which file it was.
    stored_as = models.CharField(max_length=250, blank=True)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    preview = models.JSONField(default=dict)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class UploadQuerySet(OwnedQuerySet["Upload"]):
        """Files by what is left of them."""

        def over(self) -> Self:
            """Those whose bytes nobody needs any more, though they are still there."""
            ended = [Upload.State.DONE, Upload.State.REFUSED, Upload.State.ABANDONED]
            return self.filter(state__in=ended).exclude(stored_as="")

        def abandoned(self, since: datetime) -> Self:
            """Those that nobody confirmed, or that stopped half way, since some time."""
            never = Q(state__in=[Upload.State.WAITING, Upload.State.READ], uploaded_at__lt=since)
            stopped = Q(state=Upload.State.CONFIRMED, confirmed_at__lt=since)
            return self.filter(never | (stopped & Q(job__state=Job.State.FAILED)))

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["confirmed", "done"])
                | models.Q(confirmed_at__isnull=False),
                name="upload_is_brought_in_only_after_confirmation",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
