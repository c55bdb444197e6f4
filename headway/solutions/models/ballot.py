from datetime import datetime
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation
from headway.forums.models import Forum, Meeting
from headway.initiatives.models import Member, StageModel, StageQuerySet
from headway.solutions.models.solution import Solution


class BallotQuerySet(StageQuerySet["Ballot"]):
    """Votes by their state."""

    def open_at(self, now: datetime) -> Self:
        """Votes in which one may vote at an instant."""
        return self.filter(state=Ballot.State.OPEN, opens_at__lte=now, closes_at__gt=now)

    def over(self, now: datetime) -> Self:
        """Votes whose time is up and that nobody has counted."""
        return self.filter(state=Ballot.State.OPEN, closes_at__lte=now)


class Ballot(StageModel):
    """A vote; its rule is fixed when it opens and its result hidden until it closes."""

    RECORD_KIND = "ballot"
    TEXTS = ("text",)

    class Rule(models.TextChoices):
        CONSENT = "consent", _("consent: nobody objects with a reason")
        RANKING = "ranking", _("ranking")
        APPROVAL = "approval", _("approval: choose all that you can support")
        SCORE = "score", _("score from 0 to 5")
        BUDGET = "budget", _("split a budget")

    class Voices(models.TextChoices):
        ORGANISATIONS = "organisations", _("one voice per organization")
        PERSONS = "persons", _("one voice per person")

    class Method(models.TextChoices):
        SCHULZE = "schulze", _("Schulze: compare every pair")
        IRV = "irv", _("instant runoff: the last one drops out")
        MES = "mes", _("equal shares")
        GREEDY = "greedy", _("most votes first")

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    forum = models.ForeignKey(Forum, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what is decided"), max_length=5_000, blank=True)
    rule = models.CharField(_("how we decide"), max_length=20, choices=Rule)
    method = models.CharField(_("how it is counted"), max_length=20, choices=Method, blank=True)
    voices = models.CharField(_("whose voice counts"), max_length=20, choices=Voices)
    secret = models.BooleanField(_("secret"), default=False)
    quorum_percent = models.PositiveSmallIntegerField(_("how many must vote, percent"), default=50)
    needed_percent = models.PositiveSmallIntegerField(_("how many must agree, percent"), default=50)
    budget = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    key_id = models.UUIDField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True)
                | Q(opens_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="ballot_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent__lte=100, needed_percent__lte=100),
                name="ballot_shares_are_at_most_all",
            ),
            models.CheckConstraint(
                condition=~Q(rule="budget") | Q(budget__gt=Decimal(0)),
                name="budget_ballot_has_a_budget",
            ),
            models.CheckConstraint(
                condition=Q(result__isnull=True) | Q(state="closed"),
                name="ballot_has_no_result_before_its_close",
            ),
        ]


class BallotOption(CheckedModel):
    """One thing that can be chosen in a vote; for consent it is the one proposal."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="options")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    solution = models.ForeignKey(Solution, null=True, on_delete=models.PROTECT, related_name="+")
    wording_number = models.PositiveIntegerField(null=True, blank=True)
    cost = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)

    objects = CheckedQuerySet["BallotOption"].as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="ballot_option_numbered_once")
        ]

    def __str__(self) -> str:
        return self.title


class Elector(CheckedModel):
    """Whose voice counts in a vote, and that it was given; never what was voted."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="electors")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    stand_in = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    recused = models.BooleanField(default=False)
    has_voted = models.BooleanField(default=False)

    objects = CheckedQuerySet["Elector"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "organisation"],
                condition=Q(organisation__isnull=False),
                name="organisation_has_one_voice",
            ),
            models.UniqueConstraint(
                fields=["ballot", "member"],
                condition=Q(member__isnull=False),
                name="person_has_one_voice",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, member__isnull=True)
                | Q(organisation__isnull=True, member__isnull=False),
                name="voice_is_an_organisation_or_a_person",
            ),
            models.CheckConstraint(
                condition=Q(recused=False) | Q(has_voted=False), name="recused_voice_does_not_vote"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.member)


class NamedVote(CheckedModel):
    """What a voice said in a vote that is not secret; shown after the close."""

    elector = models.OneToOneField(Elector, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    because = models.TextField(max_length=5_000, blank=True)
    cast_at = models.DateTimeField()

    objects = CheckedQuerySet["NamedVote"].as_manager()

    def __str__(self) -> str:
        return f"vote of {self.elector_id}"


class SealedVote(CheckedModel):
    """One secret vote while the ballot is open: a padded ciphertext that names no voter."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField(max_length=100_000)

    objects = CheckedQuerySet["SealedVote"].as_manager()

    def __str__(self) -> str:
        return "a sealed vote"


class OpenedVote(CheckedModel):
    """One secret vote after the close, in an order that says nothing."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    because = models.TextField(max_length=5_000, blank=True)

    objects = CheckedQuerySet["OpenedVote"].as_manager()

    def __str__(self) -> str:
        return "an opened vote"


class ObjectionQuerySet(StageQuerySet["Objection"]):
    """Objections, asked through the record."""


class Objection(StageModel):
    """A reasoned objection in a consent vote, and how it was met; made at the close."""

    RECORD_KIND = "objection"
    TEXTS = ("text", "answer")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        MET = "met", _("met by a change")
        TAKEN_BACK = "taken_back", _("taken back")
        STANDS = "stands", _("stands")

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("objection"), max_length=5_000)
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    answer = models.TextField(_("how it was met"), max_length=5_000, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="objection_says_why")]


class OutcomeQuerySet(StageQuerySet["Outcome"]):
    """Decisions that partners took, by when they are looked at again."""


class Outcome(StageModel):
    """A decision we took: what, by whom, from which vote or meeting, and when we look again."""

    RECORD_KIND = "outcome"
    TEXTS = ("text",)

    text = models.TextField(_("what we decided"), max_length=5_000)
    ballot = models.ForeignKey(Ballot, null=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="+")
    solution = models.ForeignKey(Solution, null=True, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(_("we look at it again on"), null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
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
