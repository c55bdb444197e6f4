from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from headway.arenas.models.arena import Arena
from headway.core.dates import working_day_before
from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation, Person, Post
from headway.initiatives.models import Member, StageModel, StageQuerySet
from headway.solutions.models import Barrier, Solution


class AskQuerySet(StageQuerySet["Ask"]):
    """Requests by their state."""

    def still_open(self) -> Self:
        """Requests that are neither decided nor taken back."""
        return self.filter(state__in=[Ask.State.DRAFT, Ask.State.SUBMITTED, Ask.State.ON_AGENDA])


class Ask(StageModel):
    """A request to a decision body, made out of a recommendation's version or a barrier."""

    RECORD_KIND = "ask"
    TEXTS = ("text",)
    # Made out of their words, it loses them when those are expunged or blackened.
    QUOTES: ClassVar[dict[str, tuple[str, ...]]] = {"solution": ("text",), "barrier": ("text",)}

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        SUBMITTED = "submitted", _("submitted")
        ON_AGENDA = "on_agenda", _("on the agenda")
        DECIDED = "decided", _("decided")
        TAKEN_BACK = "taken_back", _("taken back")

    arena = models.ForeignKey(Arena, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what we ask for"), max_length=5_000)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    solution = models.ForeignKey(Solution, null=True, on_delete=models.PROTECT, related_name="+")
    wording_number = models.PositiveIntegerField(null=True, blank=True)
    barrier = models.ForeignKey(Barrier, null=True, on_delete=models.PROTECT, related_name="+")
    vote_on = models.DateField(_("vote expected on"), null=True, blank=True)

    objects = AskQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="request_asks_something")]

    @property
    def is_over(self) -> bool:
        """Whether it was decided or taken back, so that nothing of its path is due any more."""
        return self.state in {self.State.DECIDED, self.State.TAKEN_BACK}


class PathStep(CheckedModel):
    """One step of a request on its way to the agenda, counted back from the vote."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    days_before = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    owner_post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    submitted = models.TextField(max_length=5_000, blank=True)

    objects = CheckedQuerySet["PathStep"].as_manager()

    class Meta:
        ordering = ["-days_before", "number"]
        constraints = [
            models.UniqueConstraint(fields=["ask", "number"], name="path_step_numbered_once")
        ]

    def __str__(self) -> str:
        return self.title

    def due_on(self, vote_on: date | None) -> date | None:
        """The working day by which it must be done, or None while no vote is dated."""
        return None if vote_on is None else working_day_before(vote_on, self.days_before)

    def moved_to_work(self, vote_on: date | None) -> bool:
        """Whether it is due earlier than counted, because that day is on a weekend."""
        counted = vote_on and vote_on - timedelta(days=self.days_before)
        return counted != self.due_on(vote_on)


class OnRecordQuerySet(StageQuerySet["OnRecord"]):
    """What was said on the record, asked through the record."""


class OnRecord(StageModel):
    """What somebody with a seat said in public on a request, with its source and date.

    A later word stands beside the earlier one and replaces nothing.
    """

    RECORD_KIND = "on_record"
    TEXTS = ("text",)

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("public statement")
        QUESTION = "question", _("question")
        CONDITION = "condition", _("condition")
        VOTE = "vote", _("vote on an earlier item")

    class Stance(models.TextChoices):
        STRONGLY_FOR = "strongly_for", _("strongly for it")
        FOR = "for", _("for it")
        NEUTRAL = "neutral", _("neither")
        AGAINST = "against", _("against it")
        STRONGLY_AGAINST = "strongly_against", _("strongly against it")
        UNKNOWN = "unknown", _("not said")

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    stance = models.CharField(max_length=20, choices=Stance, default=Stance.UNKNOWN)
    text = models.TextField(_("what was said"), max_length=5_000)
    link = models.CharField(_("address of the source"), max_length=1_000)

    objects = OnRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False) | Q(person__isnull=False),
                name="said_on_the_record_by_somebody",
            )
        ]


class AdvocacyLimitQuerySet(CheckedQuerySet["AdvocacyLimit"]):
    """What organisations said they may do, one word after another."""

    def latest_word(self) -> Self:
        """In the order in which they count: the last one holds, of two at once the stricter."""
        strictness = Case(
            When(limit=AdvocacyLimit.Limit.MAY_ASK, then=0),
            When(limit=AdvocacyLimit.Limit.MAY_INFORM, then=1),
            default=2,
            output_field=models.IntegerField(),
        )
        return self.order_by("recorded_at", strictness, "pk")


class AdvocacyLimit(CheckedModel):
    """What a partner may do for a request, by its own word; a later row replaces an earlier."""

    class Limit(models.TextChoices):
        MAY_ASK = "may_ask", _("may ask for it")
        MAY_INFORM = "may_inform", _("may inform only")
        MAY_NOT = "may_not", _("may not speak on it")

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    limit = models.CharField(max_length=20, choices=Limit)
    because = models.TextField(max_length=1_000, blank=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = AdvocacyLimitQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["ask", "organisation", "recorded_at"], name="limits_of_a_request")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.limit}"


class ApproachQuerySet(StageQuerySet["Approach"]):
    """Who asks whom, asked through the record."""


class Approach(StageModel):
    """Who asks or informs which seat about a request, by when, and what they answered."""

    RECORD_KIND = "approach"
    TEXTS = ("answer",)
    # Its title names the request.
    QUOTES: ClassVar[dict[str, tuple[str, ...]]] = {"ask": ()}

    class Kind(models.TextChoices):
        ASK = "ask", _("asks for it")
        INFORM = "inform", _("informs about it")

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    answer = models.TextField(_("what they answered"), max_length=5_000, blank=True)

    objects = ApproachQuerySet.as_manager()


class BodyDecisionQuerySet(StageQuerySet["BodyDecision"]):
    """Decisions of bodies, asked through the record."""


class BodyDecision(StageModel):
    """What a body decided; the vote stands beside it where it is known. The record dates it."""

    RECORD_KIND = "decision"
    TEXTS = ("text",)
    # Its title names the request that it answers.
    QUOTES: ClassVar[dict[str, tuple[str, ...]]] = {"ask": ()}

    class Result(models.TextChoices):
        ADOPTED = "adopted", _("adopted")
        CHANGED = "changed", _("adopted with changes")
        REFUSED = "refused", _("not adopted")
        POSTPONED = "postponed", _("postponed")

    arena = models.ForeignKey(Arena, on_delete=models.PROTECT, related_name="+")
    ask = models.ForeignKey(Ask, null=True, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(_("result"), max_length=20, choices=Result)
    text = models.TextField(_("what was decided"), max_length=5_000, blank=True)
    yes = models.PositiveSmallIntegerField(_("yes"), null=True, blank=True)
    no = models.PositiveSmallIntegerField(_("no"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    absent = models.PositiveSmallIntegerField(_("absent"), null=True, blank=True)
    link = models.CharField(_("address of the source"), max_length=1_000, blank=True)

    objects = BodyDecisionQuerySet.as_manager()

    @property
    def vote_known(self) -> bool:
        """Whether anybody recorded how many voted for and against."""
        return self.yes is not None and self.no is not None


class SeatVote(CheckedModel):
    """How one seat voted in a body's decision, as the public record says."""

    class Vote(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        ABSTAIN = "abstain", _("abstained")
        ABSENT = "absent", _("absent")

    decision = models.ForeignKey(BodyDecision, on_delete=models.PROTECT, related_name="votes")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    vote = models.CharField(max_length=20, choices=Vote)

    objects = CheckedQuerySet["SeatVote"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "post"], name="seat_voted_once"),
            models.CheckConstraint(
                condition=Q(post__isnull=False) | Q(person__isnull=False),
                name="vote_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.vote
