from datetime import datetime
from typing import ClassVar, Final, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.accounts.models import Job
from headway.core.models import CheckedModel, CheckedQuerySet
from headway.initiatives.models import Initiative

FileT = TypeVar("FileT", bound="BroughtFile")
# The state of a large table that the worker has still to look over.
WAITING: Final = "waiting"


class BroughtState(models.TextChoices):
    """How far a table is."""

    READ = "read", _("waiting for your answer")
    CONFIRMED = "confirmed", _("being brought in")
    DONE = "done", _("brought in")
    REFUSED = "refused", _("not kept")


class BroughtFileQuerySet(CheckedQuerySet[FileT]):
    """Tables by what becomes of them."""

    def left_since(self, before: datetime) -> Self:
        """Those that have waited for an answer since before an instant, or got stuck so long."""
        waiting = Q(state__in=[WAITING, BroughtState.READ], uploaded_at__lt=before)
        stuck = Q(state=BroughtState.CONFIRMED, confirmed_at__lt=before)
        return self.filter(waiting | stuck)


class BroughtFile(CheckedModel):
    """A table that somebody brings along: looked over, mapped and confirmed, its rows then gone.

    Attributes:
        kind: what the events about it call it.
        home: how rows lead to their initiative.
        EMPTY: what holds its rows, and what stands there once they are gone.

    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=250)
    sha256 = models.CharField(max_length=64)
    sheet = models.JSONField(default=dict)
    mapping = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=BroughtState, default=BroughtState.READ)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    kind: ClassVar[str]
    home: ClassVar[str]
    EMPTY: ClassVar[dict[str, object]] = {"sheet": {}}

    class Meta:
        abstract = True
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def belongs_to(self) -> Initiative:
        """The initiative that it is brought into."""
        raise NotImplementedError


class LargeState(models.TextChoices):
    """How far a table of many rows is."""

    WAITING = WAITING, _("being looked over")
    READ = "read", _("waiting for your answer")
    CONFIRMED = "confirmed", _("being brought in")
    DONE = "done", _("brought in")
    REFUSED = "refused", _("not kept")


class LargeFile(BroughtFile):
    """A table of many rows: kept as it came, looked over by the worker, its first rows shown."""

    raw = models.BinaryField(default=b"")
    state = models.CharField(max_length=20, choices=LargeState, default=WAITING)

    EMPTY: ClassVar[dict[str, object]] = {"raw": b"", "sheet": {}}

    class Meta(BroughtFile.Meta):
        abstract = True


def used_only_after_confirmation(name: str) -> models.CheckConstraint:
    """What every kind of such a table is held to."""
    return models.CheckConstraint(
        condition=~Q(state__in=["confirmed", "done"]) | Q(confirmed_at__isnull=False), name=name
    )


def rows_used_are_not_kept(name: str) -> models.CheckConstraint:
    """What every kind of large table is held to: once it was used nothing of it stands anywhere."""
    return models.CheckConstraint(condition=~Q(state="done") | Q(sheet={}, raw=b""), name=name)
