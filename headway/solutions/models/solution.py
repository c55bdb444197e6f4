from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation, Post
from headway.forums.models import Forum
from headway.initiatives.models import Member, StageModel, StageQuerySet


class SolutionQuerySet(StageQuerySet["Solution"]):
    """Ideas and recommendations by their state."""

    def ideas(self) -> Self:
        """What is an idea and no recommendation yet."""
        return self.filter(state=Solution.State.IDEA)

    def being_worked_on(self) -> Self:
        """What is neither decided nor set aside."""
        return self.filter(state__in=[Solution.State.IDEA, Solution.State.DRAFT])


class Solution(StageModel):
    """What could be done: first an idea, then a recommendation that organisations draft together.

    The record's organisation answers for it; who wrote it stands in `CoAuthor`.
    """

    RECORD_KIND = "recommendation"
    TEXTS = ("text", "expects")

    class State(models.TextChoices):
        IDEA = "idea", _("idea")
        DRAFT = "draft", _("recommendation being drafted")
        ADOPTED = "adopted", _("adopted")
        NOT_ADOPTED = "not_adopted", _("not adopted")
        SET_ASIDE = "set_aside", _("set aside")
        CARRIED_OUT = "carried_out", _("carried out")

    text = models.TextField(_("what is recommended"), max_length=20_000)
    expects = models.TextField(_("what it would change, for whom"), max_length=5_000, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.IDEA)
    forum = models.ForeignKey(
        Forum, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("group")
    )
    owner = models.ForeignKey(
        Organisation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organization that answers for it"),
    )
    owner_post = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("seat")
    )
    cost = models.DecimalField(_("cost"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    cost_note = models.CharField(_("what the cost covers"), max_length=250, blank=True)
    bought = models.BooleanField(_("something will be bought competitively"), default=False)
    suggestions_closed_at = models.DateTimeField(
        _("suggested changes closed"), null=True, blank=True
    )

    objects = SolutionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_says_something"),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=Decimal(0)),
                name="recommendation_costs_nothing_or_more",
            ),
        ]


# Which states may follow each.
STEPS: dict[str, frozenset[str]] = {
    Solution.State.IDEA: frozenset({Solution.State.DRAFT, Solution.State.SET_ASIDE}),
    Solution.State.DRAFT: frozenset(
        {
            Solution.State.IDEA,
            Solution.State.ADOPTED,
            Solution.State.NOT_ADOPTED,
            Solution.State.SET_ASIDE,
        }
    ),
    Solution.State.ADOPTED: frozenset({Solution.State.CARRIED_OUT, Solution.State.SET_ASIDE}),
    Solution.State.NOT_ADOPTED: frozenset({Solution.State.DRAFT}),
    Solution.State.SET_ASIDE: frozenset({Solution.State.IDEA, Solution.State.DRAFT}),
    Solution.State.CARRIED_OUT: frozenset(),
}


class CoAuthor(CheckedModel):
    """That an organisation drafts a recommendation with others; the credit stays."""

    solution = models.ForeignKey(Solution, on_delete=models.PROTECT, related_name="authors")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CheckedQuerySet["CoAuthor"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="author_of_a_recommendation_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} on {self.solution_id}"


class AmendmentQuerySet(StageQuerySet["Amendment"]):
    """Suggested changes by whether somebody answered them."""

    def waiting(self) -> Self:
        """Those that nobody has answered."""
        return self.live().filter(state=Amendment.State.OPEN)


class Amendment(StageModel):
    """A suggested change: the new wording of one text, made on the version its author saw."""

    RECORD_KIND = "suggested_change"
    TEXTS = ("text",)
    # A suggested wording repeats most of the text it is made to.
    QUOTES: ClassVar[dict[str, tuple[str, ...]]] = {"solution": ("text",)}

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        EDITED = "edited", _("accepted in other words")
        REFUSED = "refused", _("not accepted")
        PROMOTED = "promoted", _("made an idea of its own")

    solution = models.ForeignKey(
        Solution, on_delete=models.PROTECT, related_name="+", verbose_name=_("recommendation")
    )
    field = models.CharField(_("which text"), max_length=60, default="text")
    base_number = models.PositiveIntegerField(_("made to version"))
    text = models.TextField(_("suggested wording"), max_length=20_000)
    reason = models.TextField(_("why"), max_length=5_000, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    answer = models.TextField(_("answer"), max_length=5_000, blank=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="suggested_change_says_something"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer=""),
                name="change_that_is_not_accepted_says_why",
            ),
        ]


class FundingQuerySet(StageQuerySet["Funding"]):
    """Sources of money, asked through the record."""


class Funding(StageModel):
    """One source of money for a recommendation; what no source covers is the gap."""

    RECORD_KIND = "funding"
    TEXTS = ("note",)
    EXPUNGED: ClassVar[dict[str, object]] = {"amount": Decimal(1)}

    class Status(models.TextChoices):
        COMMITTED = "committed", _("committed")
        ASKED = "asked", _("asked for")

    solution = models.ForeignKey(
        Solution, on_delete=models.PROTECT, related_name="+", verbose_name=_("recommendation")
    )
    giver = models.ForeignKey(
        Organisation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("source"),
    )
    giver_as_said = models.CharField(_("source, as said"), max_length=250, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    status = models.CharField(_("status"), max_length=20, choices=Status)
    fiscal_year = models.CharField(_("fiscal year"), max_length=60, blank=True)
    restriction = models.CharField(_("tied to"), max_length=250, blank=True)
    deadline = models.DateField(_("deadline of the grant"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=5_000, blank=True)

    objects = FundingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=Decimal(0)), name="funding_is_above_zero")
        ]


class InterestQuerySet(StageQuerySet["Interest"]):
    """Declared interests, asked through the record."""


class Interest(StageModel):
    """That somebody with a voice has an interest of their own in what is decided."""

    RECORD_KIND = "interest"
    TEXTS = ("text",)

    solution = models.ForeignKey(
        Solution, on_delete=models.PROTECT, related_name="+", verbose_name=_("recommendation")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("whose interest"),
    )
    text = models.TextField(_("interest"), max_length=5_000)
    recused = models.BooleanField(_("does not take part in the vote"), default=True)

    objects = InterestQuerySet.as_manager()


class CriterionQuerySet(StageQuerySet["Criterion"]):
    """Criteria, asked through the record."""


class Criterion(StageModel):
    """One thing by which recommendations are judged, from 1 to 5; the title names it."""

    RECORD_KIND = "criterion"
    TEXTS = ("text",)
    EXPUNGED: ClassVar[dict[str, object]] = {"weight": 1}

    text = models.TextField(_("what 1 and 5 mean"), max_length=5_000, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=10), name="criterion_weighs_one_to_ten"
            )
        ]


class CriterionScore(CheckedModel):
    """How a named evaluator judges a recommendation by one criterion, with the reason."""

    solution = models.ForeignKey(Solution, on_delete=models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    because = models.TextField(max_length=1_000, blank=True)
    scored_at = models.DateTimeField()

    objects = CheckedQuerySet["CriterionScore"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["solution", "criterion", "member"], name="criterion_scored_once"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5), name="criterion_score_is_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score} for {self.solution_id}"


class BarrierQuerySet(StageQuerySet["Barrier"]):
    """What is in the way, by whether it still is."""

    def standing(self) -> Self:
        """Barriers that nobody has waived or changed."""
        gone = [Barrier.State.WAIVED, Barrier.State.CHANGED]
        return self.exclude(state__in=gone)


class Barrier(StageModel):
    """A rule, procedure or habit that is in the way; a link says what it blocks."""

    RECORD_KIND = "barrier"
    TEXTS = ("text", "answer")

    class Kind(models.TextChoices):
        RULE = "rule", _("law or rule")
        PROCEDURE = "procedure", _("procedure")
        HABIT = "habit", _("habit of solving it in-house")
        MONEY = "money", _("money")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        OPEN = "open", _("nobody was asked")
        ASKED = "asked", _("asked, no answer yet")
        WAIVED = "waived", _("waived")
        CHANGED = "changed", _("changed")
        REFUSED = "refused", _("stays, they say")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    text = models.TextField(_("what is in the way"), max_length=5_000)
    waiver = models.ForeignKey(
        Organisation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who can waive or change it"),
    )
    waiver_as_said = models.CharField(_("who, as said"), max_length=250, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    answer = models.TextField(_("their answer"), max_length=5_000, blank=True)

    objects = BarrierQuerySet.as_manager()
