from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation
from headway.forums.models import Forum
from headway.initiatives.models import Initiative, Member, StageModel, StageQuerySet
from headway.solutions.models.solution import Solution

# Not null, so that a vote that is expunged still says which key must be destroyed.
NO_KEY = UUID(int=0)


class VoteSettings(CheckedModel):
    """Which ways to vote an initiative offers beside consent and ranking."""

    initiative = models.OneToOneField(Initiative, on_delete=models.PROTECT, related_name="+")
    more_ways = models.BooleanField(_("more ways to vote"), default=False)

    objects = CheckedQuerySet["VoteSettings"].as_manager()

    def __str__(self) -> str:
        return f"ways to vote in {self.initiative}"


class BallotQuerySet(StageQuerySet["Ballot"]):
    """Votes by their state."""

    def over(self, now: datetime) -> Self:
        """Votes that stand open although their time is up, or they were withdrawn."""
        gone = Q(closes_at__lte=now) | Q(record__withdrawn_at__isnull=False)
        return self.filter(gone, state=Ballot.State.OPEN)

    def with_a_key_left(self) -> Self:
        """Votes that are over and whose key was not destroyed yet."""
        done = Q(state=Ballot.State.CLOSED) | Q(record__expunged_at__isnull=False)
        return self.exclude(key_id=NO_KEY).filter(done)


class Ballot(StageModel):
    """A vote; its rule is fixed when it opens and its result hidden until it closes."""

    RECORD_KIND = "ballot"
    TEXTS = ("text",)
    EXPUNGED: ClassVar[dict[str, object]] = {"budget": Decimal(1)}

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

    forum = models.ForeignKey(
        Forum, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("group")
    )
    text = models.TextField(_("what is decided"), max_length=5_000, blank=True)
    rule = models.CharField(_("how we decide"), max_length=20, choices=Rule)
    method = models.CharField(_("how it is counted"), max_length=20, choices=Method, blank=True)
    voices = models.CharField(_("whose voice counts"), max_length=20, choices=Voices)
    secret = models.BooleanField(_("secret"), default=False)
    quorum_percent = models.PositiveSmallIntegerField(_("how many must vote, percent"), default=50)
    needed_percent = models.PositiveSmallIntegerField(_("how many must agree, percent"), default=50)
    budget = models.DecimalField(
        _("budget"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    closes_early = models.BooleanField(
        _("may be closed early once enough have voted"), default=False
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    key_id = models.UUIDField(_("key"))
    result = models.JSONField(_("result"), null=True, blank=True)

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
        indexes = [models.Index(fields=["state", "closes_at"], name="ballots_by_their_end")]

    def takes_votes(self, now: datetime) -> bool:
        """Whether one may vote at an instant."""
        if self.state != self.State.OPEN or self.opens_at is None or self.closes_at is None:
            return False
        return self.opens_at <= now < self.closes_at

    def hides_its_result(self) -> bool:
        """Whether nobody may learn how it stands."""
        return self.state != self.State.CLOSED


class BallotOption(CheckedModel):
    """One thing that can be chosen in a vote; for consent it is the one proposal.

    A recommendation is named by itself, at the number of the wording that is voted on.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="options")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250, blank=True)
    solution = models.ForeignKey(Solution, null=True, on_delete=models.PROTECT, related_name="+")
    wording_number = models.PositiveIntegerField(null=True, blank=True)
    cost = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)

    objects = CheckedQuerySet["BallotOption"].as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "number"], name="ballot_option_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=Decimal(0)),
                name="ballot_option_costs_nothing_or_more",
            ),
        ]

    def __str__(self) -> str:
        return self.title or (self.solution.record.title if self.solution else "")


def whose(prefix: str = "") -> Coalesce:
    """The voice of a row of electors, by which organisations that were merged count once."""
    columns = ("organisation__merged_into", "organisation", "member")
    return Coalesce(*(f"{prefix}{name}" for name in columns), output_field=models.UUIDField())


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

    @property
    def voice(self) -> UUID:
        """Whose voice it is: a person's, or an organisation's as it counts today."""
        own = self.organisation.canonical_pk if self.organisation else self.member_id
        if own is None:
            raise ValueError(f"a voice is an organisation's or a person's, got {self.pk}")
        return own
