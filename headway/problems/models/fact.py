from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet, Dated
from headway.directory.models import Organisation, Source
from headway.initiatives.models import Member, StageModel, StageQuerySet


class FactState(models.TextChoices):
    """What those who spoke make of a fact together."""

    OPEN = "open", _("open")
    AGREED = "agreed", _("agreed")
    DISPUTED = "disputed", _("disputed")


class Stance(models.TextChoices):
    """What somebody says to a fact; the last word counts."""

    AGREE = "agree", _("agrees")
    DISPUTE = "dispute", _("disputes")
    NO_VIEW = "no_view", _("takes no side")


class FactQuerySet(StageQuerySet["Fact"]):
    """Facts by what was made of them."""

    def standing_as(self, state: str) -> Self:
        """Only facts in this state."""
        return self.filter(state=state)


class Fact(StageModel):
    """A claim about the problem that partners agree on or dispute."""

    RECORD_KIND = "fact"
    TEXTS = ("claim",)

    claim = models.TextField(max_length=5_000)
    state = models.CharField(max_length=20, choices=FactState, default=FactState.OPEN)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=FactState.values),
                name="fact_is_open_agreed_or_disputed",
            )
        ]


class FactStanceQuerySet(CheckedQuerySet["FactStance"]):
    """What was said to facts, in order."""

    def in_order(self) -> Self:
        """From the first word to the last."""
        return self.order_by("fact", "number")


class FactStance(CheckedModel, Dated):
    """What somebody said to a fact; never changed, a later word follows."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="stances")
    number = models.PositiveIntegerField()
    wording_number = models.PositiveIntegerField(default=1)
    stance = models.CharField(max_length=20, choices=Stance)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=5_000, blank=True)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = FactStanceQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["fact", "number"], name="stance_numbered_once"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(member__isnull=False),
                name="stance_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~Q(stance=Stance.DISPUTE) | ~Q(reason=""),
                name="disputing_stance_says_why",
            ),
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="stance_agrees_disputes_or_stays_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} {self.get_stance_display()}: {self.fact}"

    @property
    def speaker(self) -> str:
        """Who says it: the organisation, else the person."""
        return str(self.organisation.canonical if self.organisation else self.member)

    @property
    def speaker_key(self) -> tuple[str, object]:
        """Whose word it replaces; organisations that were merged speak with one voice."""
        if self.organisation is not None:
            return "organisation", self.organisation.canonical_pk
        return "member", self.member_id


def last_words(stances: Iterable[FactStance]) -> list[FactStance]:
    """Of each who spoke, what they said last; the stances are given in order."""
    return list({stance.speaker_key: stance for stance in stances}.values())


def state_from(stances: Iterable[FactStance]) -> FactState:
    """What a fact is after all these words, given in order.

    Disputed as soon as one disputes; agreed where at least one agrees and nobody disputes.
    """
    said = {stance.stance for stance in last_words(stances)}
    if Stance.DISPUTE in said:
        return FactState.DISPUTED
    return FactState.AGREED if Stance.AGREE in said else FactState.OPEN
