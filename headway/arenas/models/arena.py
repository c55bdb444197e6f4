from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from headway.accounts.models import Authority
from headway.accounts.models.authority import OwnedQuerySet
from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation, Post
from headway.initiatives.models import StageModel, StageQuerySet


class ArenaQuerySet(StageQuerySet["Arena"]):
    """Decision bodies of an initiative."""

    def by_name(self) -> Self:
        """In the order of their names."""
        return self.order_by("record__title", "pk")


class Arena(StageModel):
    """A decision body of the directory as this initiative deals with it.

    Its seats are the posts of the organisation; who holds them stands in memberships with terms.
    """

    RECORD_KIND = "arena"
    TEXTS = ("about",)

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("decision body")
    )
    about = models.TextField(_("what it decides here"), max_length=5_000, blank=True)
    agenda_page = models.CharField(_("where its agenda is posted"), max_length=500, blank=True)

    objects = ArenaQuerySet.as_manager()


class Seat(CheckedModel):
    """A post of a body that has a voice in it: who fills it, and whether it votes."""

    arena = models.ForeignKey(Arena, on_delete=models.PROTECT, related_name="seats")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    votes = models.BooleanField(_("has a vote"), default=True)
    presides = models.BooleanField(_("presides"), default=False)
    appointed_by = models.ForeignKey(
        Organisation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("appointed by"),
    )
    appointed_as_said = models.CharField(_("how it is filled"), max_length=250, blank=True)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CheckedQuerySet["Seat"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arena", "post"],
                condition=Q(ended_at__isnull=True),
                name="seat_of_a_body_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.post)


class DecisionRuleQuerySet(StageQuerySet["DecisionRule"]):
    """Decision rules, asked through the record."""


class DecisionRule(StageModel):
    """How a body decides, as data; its sentence is computed. The record's date says since when."""

    RECORD_KIND = "decision_rule"
    TEXTS = ("note",)

    class Basis(models.TextChoices):
        MEMBERS = "members", _("all seats")
        PRESENT = "present", _("those present")
        VOTING = "voting", _("those present and voting")

    class Tie(models.TextChoices):
        FAILS = "fails", _("the request fails")
        CHAIR = "chair", _("the chair decides")

    arena = models.ForeignKey(Arena, on_delete=models.PROTECT, related_name="rules")
    basis = models.CharField(_("counted on"), max_length=20, choices=Basis)
    numerator = models.PositiveSmallIntegerField(_("share needed: of"), default=1)
    denominator = models.PositiveSmallIntegerField(_("share needed: in"), default=2)
    more_than = models.BooleanField(_("more than that share (not: at least)"), default=True)
    quorum = models.PositiveSmallIntegerField(
        _("seats that must be present"), null=True, blank=True
    )
    tie = models.CharField(_("at a tie"), max_length=20, choices=Tie, default=Tie.FAILS)
    veto = models.ForeignKey(
        Post,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who may veto it"),
    )
    override_numerator = models.PositiveSmallIntegerField(null=True, blank=True)
    override_denominator = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(_("note"), max_length=5_000, blank=True)

    objects = DecisionRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(denominator__gte=1, numerator__gte=1, numerator__lte=F("denominator")),
                name="decision_rule_asks_for_a_share",
            )
        ]


class PathTemplateStep(CheckedModel):
    """One step on the way to a body's agenda, so many days before the vote."""

    arena = models.ForeignKey(Arena, on_delete=models.PROTECT, related_name="template_steps")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    days_before = models.PositiveSmallIntegerField()

    objects = CheckedQuerySet["PathTemplateStep"].as_manager()

    class Meta:
        ordering = ["-days_before", "number"]
        constraints = [
            models.UniqueConstraint(fields=["arena", "number"], name="template_step_numbered_once")
        ]

    def __str__(self) -> str:
        return self.title


class ElectionWindowQuerySet(OwnedQuerySet["ElectionWindow"]):
    """Election windows by date."""

    def on(self, day: date) -> Self:
        """Windows that a day falls into."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class ElectionWindow(CheckedModel):
    """A time before an election in which public employees make no requests."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    starts_on = models.DateField()
    ends_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ElectionWindowQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="election_window_does_not_end_before_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.name
