from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet, Dated
from headway.directory.models import Organisation, Post
from headway.initiatives.models import Member, Record, StageModel, StageQuerySet


class ReviewQuerySet(StageQuerySet["Review"]):
    """Learning reviews by how far they are."""

    def still_open(self) -> Self:
        """Those that nobody closed."""
        return self.filter(state=Review.State.OPEN)


class Review(StageModel):
    """What we learned of something that ended, stopped or was missed: four questions, no blame.

    What people tell stands in `Telling` and the answers they put together in `ReviewDraft`, for
    those who take part only. The answers below are what they agreed to tell the partners, without
    names; they are empty until the review is closed.
    """

    RECORD_KIND = "learning_review"
    TEXTS = ("expected", "happened", "difference", "learned")
    # Its title repeats the title of what it is about.
    QUOTES: ClassVar[dict[str, tuple[str, ...]]] = {"about": ()}

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Occasion(models.TextChoices):
        ENDED = "ended", _("it ended")
        STOPPED = "stopped", _("it was stopped")
        MISSED = "missed", _("it was missed")
        ASKED = "asked", _("somebody asked for it")

    about = models.ForeignKey(
        Record, on_delete=models.PROTECT, related_name="+", verbose_name=_("what it is about")
    )
    occasion = models.CharField(_("why it was opened"), max_length=20, choices=Occasion)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    conductor = models.ForeignKey(
        Member,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who leads the conversation"),
    )
    conductor_as_said = models.CharField(
        _("who leads it, from outside"), max_length=250, blank=True
    )
    due_on = models.DateField(_("by when"), null=True, blank=True)
    expected = models.TextField(_("what did we expect?"), max_length=10_000, blank=True)
    happened = models.TextField(_("what happened?"), max_length=10_000, blank=True)
    difference = models.TextField(_("why was there a difference?"), max_length=10_000, blank=True)
    learned = models.TextField(_("what do we learn?"), max_length=10_000, blank=True)
    notes_kept_until = models.DateField(_("raw notes are kept until"), null=True, blank=True)
    notes_destroyed_on = models.DateField(_("raw notes destroyed on"), null=True, blank=True)
    key_id = models.UUIDField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False),
                name="closed_review_says_when",
            )
        ]
        indexes = [models.Index(fields=["about"], name="reviews_about_a_record")]

    def notes_due(self, today: date) -> bool:
        """Whether the raw notes were to be kept until a day that is past."""
        until = self.notes_kept_until
        return self.notes_destroyed_on is None and until is not None and until < today


class ReviewDraft(CheckedModel):
    """The answers as those who take part put them together, before they agree to tell them."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="draft")
    expected = models.TextField(_("what did we expect?"), max_length=10_000, blank=True)
    happened = models.TextField(_("what happened?"), max_length=10_000, blank=True)
    difference = models.TextField(_("why was there a difference?"), max_length=10_000, blank=True)
    learned = models.TextField(_("what do we learn?"), max_length=10_000, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = CheckedQuerySet["ReviewDraft"].as_manager()

    def __str__(self) -> str:
        return f"answers of {self.review_id}"


class ReviewParticipantQuerySet(CheckedQuerySet["ReviewParticipant"]):
    """Who takes part."""

    def standing(self) -> Self:
        """Those who neither left the review nor the initiative."""
        return self.filter(left_on__isnull=True, member__left_at__isnull=True)


class ReviewParticipant(CheckedModel):
    """That a member takes part in a review, and how far the agreed answers may go.

    It says nothing of what they told: nothing joins it to a telling, not even a time. Where
    somebody else noted the agreement, `noted_at` says when, so that this member is told.
    """

    class Reach(models.TextChoices):
        PARTNERS = "partners", _("the partners of this initiative")
        EVERYBODY = "everybody", _("everybody")

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="participants")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField()
    agreed_to = models.CharField(max_length=20, choices=Reach, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    objects = ReviewParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "member"], name="takes_part_in_a_review_once"
            ),
            models.CheckConstraint(
                condition=Q(agreed_to="") | Q(agreed_on__isnull=False),
                name="agreement_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.review_id}"

    @property
    def stands(self) -> bool:
        """Whether this member left neither the review nor the initiative."""
        return self.left_on is None and self.member.left_at is None


class SealedTelling(CheckedModel):
    """Something told that waits to be stored together with what somebody else tells.

    A ciphertext of one length under the review's key, which lies outside the database; the digest
    under the same key tells whether two wait from the same person, and nothing without the key.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    teller = models.CharField(max_length=64)
    sealed = models.BinaryField(max_length=40_000)

    objects = CheckedQuerySet["SealedTelling"].as_manager()

    def __str__(self) -> str:
        return "a sealed telling"


class Telling(CheckedModel, Dated):
    """One thing that somebody who takes part told, with no sign of who.

    What has a date stands in the timeline; the rest answers one of the four questions.
    """

    class Part(models.TextChoices):
        EVENT = "event", _("something that happened")
        EXPECTED = "expected", _("what did we expect?")
        HAPPENED = "happened", _("what happened?")
        DIFFERENCE = "difference", _("why was there a difference?")
        LEARNED = "learned", _("what do we learn?")

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="tellings")
    part = models.CharField(max_length=20, choices=Part, default=Part.EVENT)
    text = models.TextField(max_length=5_000)

    objects = CheckedQuerySet["Telling"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["review", "happened_from"], name="tellings_by_date")]

    def __str__(self) -> str:
        return f"{self.part} in {self.review_id}"


class FollowUpQuerySet(StageQuerySet["FollowUp"]):
    """What is to be done after a review."""

    def still_open(self) -> Self:
        """Neither done nor given up."""
        return self.filter(state=FollowUp.State.OPEN)

    def ownerless(self) -> Self:
        """Open, and nobody looks after it; a member who left looks after nothing."""
        nobody = Q(owner_member__isnull=True) | Q(owner_member__left_at__isnull=False)
        return self.still_open().filter(nobody, owner__isnull=True, owner_post__isnull=True)


class FollowUp(StageModel):
    """What a review asks for: done, or *not doing, because*, by an organisation."""

    RECORD_KIND = "follow_up"
    TEXTS = ("text",)

    class State(models.TextChoices):
        OPEN = "open", _("to do")
        DONE = "done", _("done")
        NOT_DOING = "not_doing", _("not doing, because")

    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="+", verbose_name=_("review")
    )
    text = models.TextField(_("what is to be done"), max_length=5_000)
    owner = models.ForeignKey(
        Organisation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who does it"),
    )
    owner_post = models.ForeignKey(
        Post,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("seat that answers for it"),
    )
    owner_member = models.ForeignKey(
        Member,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("member who looks after it"),
    )
    due_on = models.DateField(_("by when"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    because = models.TextField(_("why"), max_length=5_000, blank=True)
    ended_on = models.DateField(_("done or given up on"), null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="follow_up_says_what"),
            models.CheckConstraint(
                condition=~Q(state="not_doing") | ~Q(because=""),
                name="follow_up_not_done_says_why",
            ),
        ]


class LessonQuerySet(StageQuerySet["Lesson"]):
    """Lessons by what they came from."""

    def of_review(self, review: Review) -> Self:
        """Those that one review led to."""
        return self.filter(review=review)


class Lesson(StageModel):
    """What partners can learn from, without names; shown as widely as its record says."""

    RECORD_KIND = "lesson"
    TEXTS = ("text", "applies_to")

    text = models.TextField(_("what we learned"), max_length=5_000)
    applies_to = models.TextField(_("where it helps, and where not"), max_length=5_000, blank=True)
    review = models.ForeignKey(
        Review,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("review it came from"),
    )

    objects = LessonQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="lesson_says_something")]


class LessonCase(CheckedModel):
    """A case that speaks for a lesson or against it; it may stand in another initiative."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    supports = models.BooleanField(_("speaks for it"))
    note = models.TextField(_("how"), max_length=2_000, blank=True)
    noted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CheckedQuerySet["LessonCase"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "case"],
                condition=Q(withdrawn_at__isnull=True),
                name="case_of_a_lesson_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} for {self.lesson_id}"
