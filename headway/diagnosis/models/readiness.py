from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.initiatives.models import Record, StageModel, StageQuerySet
from headway_analysis.diagnosis.items import NEEDS


class Answer(models.TextChoices):
    """Whether one thing that carrying something out needs is there."""

    IN_PLACE = "in_place", _("in place")
    MISSING = "missing", _("still missing")
    UNKNOWN = "unknown", _("nobody knows yet")


class ReadinessQuerySet(StageQuerySet["Readiness"]):
    """Checks of what carrying something out needs."""

    def newest_first(self) -> Self:
        """The one that counts comes first."""
        return self.order_by("-record__recorded_at", "pk")


def _answer(label: Any) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=20, choices=Answer, default=Answer.UNKNOWN)


class Readiness(StageModel):
    """What carrying out a recommendation, a test or a pilot needs, as somebody found it.

    Seven conditions after Mazmanian and Sabatier, in Crosby and Bryson (2005). The last check of a
    record counts; earlier ones stay readable.
    """

    RECORD_KIND = "readiness"
    TEXTS = ("note",)
    NEEDS = NEEDS

    about = models.ForeignKey(
        Record, on_delete=models.PROTECT, related_name="+", verbose_name=_("what it is about")
    )
    aims = _answer(_("Clear aims"))
    theory = _answer(_("A sound idea of why it works"))
    authority = _answer(_("The authority to do it"))
    rules = _answer(_("Rules that support it"))
    implementers = _answer(_("Skilled and committed people who do it"))
    coalition = _answer(_("Backing that lasts"))
    rivals = _answer(_("No rival priority in the way"))
    note = models.TextField(_("what would help"), max_length=5_000, blank=True)

    objects = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "readiness checks"
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{need}__in": Answer.values}), name=f"readiness_answers_on_{need}"
            )
            for need in NEEDS
        ]

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still missing, in the order of the seven."""
        return tuple(need for need in NEEDS if getattr(self, need) == Answer.MISSING)

    @property
    def unknown(self) -> tuple[str, ...]:
        """What nobody knows yet, in the order of the seven."""
        return tuple(need for need in NEEDS if getattr(self, need) == Answer.UNKNOWN)

    @property
    def found(self) -> str:
        """The answer that decides: something missing, else something unknown, else all there."""
        if self.missing:
            return Answer.MISSING
        return Answer.UNKNOWN if self.unknown else Answer.IN_PLACE
