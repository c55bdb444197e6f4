from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.directory.models import Organisation
from headway.forums.models import Meeting
from headway.initiatives.models import StageModel, StageQuerySet
from headway.solutions.models.ballot import Ballot
from headway.solutions.models.solution import Solution


class ObjectionQuerySet(StageQuerySet["Objection"]):
    """Objections by whether they still stop what was proposed."""

    def unresolved(self) -> Self:
        """Those that were neither met nor taken back."""
        return self.filter(state__in=Objection.UNRESOLVED)


class Objection(StageModel):
    """A reasoned objection in a consent vote, and how it was met; made at the close."""

    RECORD_KIND = "objection"
    TEXTS = ("text", "answer")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        MET = "met", _("met by a change")
        TAKEN_BACK = "taken_back", _("taken back")
        STANDS = "stands", _("stands")

    UNRESOLVED = frozenset({State.OPEN, State.STANDS})

    ballot = models.ForeignKey(
        Ballot, on_delete=models.PROTECT, related_name="+", verbose_name=_("vote")
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who objects"),
    )
    text = models.TextField(_("objection"), max_length=5_000)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    answer = models.TextField(_("answer"), max_length=5_000, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="objection_says_why")]

    @property
    def is_unresolved(self) -> bool:
        """Whether it was neither met nor taken back."""
        return self.state in self.UNRESOLVED


class OutcomeQuerySet(StageQuerySet["Outcome"]):
    """Decisions that partners took, by when they are looked at again."""

    def review_due(self, today: date) -> Self:
        """Decisions that were to be looked at again by a day and were not."""
        return self.live().filter(review_on__lte=today, reviewed_at__isnull=True)


class Outcome(StageModel):
    """A decision we took: what, by whom, from which vote or meeting, and when we look again.

    The record's organisation is the one that answers for it, its author who wrote it down.
    """

    RECORD_KIND = "outcome"
    TEXTS = ("text", "review")

    class Decision(models.TextChoices):
        ADOPTED = "adopted", _("it is adopted")
        NOT_ADOPTED = "not_adopted", _("it is not adopted")
        SET_ASIDE = "set_aside", _("it is set aside for now")

    text = models.TextField(_("what we decided"), max_length=5_000)
    ballot = models.ForeignKey(
        Ballot, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("vote")
    )
    meeting = models.ForeignKey(
        Meeting, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("meeting")
    )
    solution = models.ForeignKey(
        Solution,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recommendation"),
    )
    decision = models.CharField(
        _("what becomes of the recommendation"), max_length=20, choices=Decision, blank=True
    )
    review_on = models.DateField(_("we look at it again on"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminder sent"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("looked at again"), null=True, blank=True)
    review = models.TextField(_("what we found"), max_length=5_000, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="outcome_says_something"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True) | ~Q(review=""),
                name="reviewed_outcome_says_what_was_found",
            ),
        ]
        indexes = [models.Index(fields=["review_on"], name="outcomes_by_review")]
