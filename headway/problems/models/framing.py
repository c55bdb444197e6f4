from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from headway.initiatives.models import StageModel, StageQuerySet


class FramingState(models.TextChoices):
    """Where a way to see the problem stands among the others."""

    PROPOSED = "proposed", _("proposed")
    ADOPTED = "adopted", _("adopted")
    SET_ASIDE = "set_aside", _("set aside")


class FramingQuerySet(StageQuerySet["Framing"]):
    """Ways to see the problem by where they stand."""

    def adopted(self) -> Self:
        """The one that the initiative works with."""
        return self.filter(state=FramingState.ADOPTED)


class Framing(StageModel):
    """One way to see the problem; what the record's states say in order stands here at last."""

    RECORD_KIND = "framing"
    TEXTS = ("text",)

    State = FramingState

    text = models.TextField(max_length=5_000)
    state = models.CharField(max_length=20, choices=FramingState, default=FramingState.PROPOSED)

    objects = FramingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=FramingState.values),
                name="framing_is_proposed_adopted_or_set_aside",
            )
        ]

    @property
    def adopted(self) -> bool:
        """Whether the initiative works with it."""
        return self.state == FramingState.ADOPTED
