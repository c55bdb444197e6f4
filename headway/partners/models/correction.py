from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.directory.models import Organisation
from headway.initiatives.models import Record, StageModel, StageQuerySet


class CorrectionQuerySet(StageQuerySet["Correction"]):
    """Requests for correction by whose they are and whether they wait."""

    def waiting(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(state=Correction.State.ASKED)

    def of(self, organisation: Organisation) -> Self:
        """Those of an organisation and of all that count as it."""
        return self.filter(organisation__in=Organisation.objects.counted_as(organisation))


class Correction(StageModel):
    """An organisation says that something recorded about it is wrong, and what is right."""

    RECORD_KIND = "correction"
    # What it repeats of the record it is about goes when that is expunged or blackened.
    QUOTES: ClassVar[dict[str, tuple[str, ...]]] = {"about": ("says_now", "should_say")}

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    class Part(models.TextChoices):
        ROLE = "role_as_said", _("what the organization does here")
        WHAT = "what", _("what is offered or needed")
        TEXT = "text", _("what happened or was said")
        DATE = "when", _("a date")
        NAME = "name", _("the organization's name")
        SECTOR = "sector", _("the organization's sector")
        PEOPLE = "people", _("who belongs to it or speaks for it")
        OTHER = "other", _("something else")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    part = models.CharField(max_length=20, choices=Part)
    says_now = models.TextField(max_length=5_000, blank=True)
    should_say = models.TextField(max_length=5_000)
    state = models.CharField(max_length=20, choices=State, default=State.ASKED)
    answer = models.TextField(max_length=5_000, blank=True)
    carried_out = models.BooleanField(default=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""),
                name="declined_correction_says_why",
            ),
            models.CheckConstraint(
                condition=Q(carried_out=False) | Q(state="accepted"),
                name="correction_is_carried_out_only_when_accepted",
            ),
        ]
