from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation
from headway.initiatives.models import Member, Record


class CommentQuerySet(CheckedQuerySet["Comment"]):
    """Comments by what they are about and whether they stand."""

    def about(self, record: Record) -> Self:
        """What was said about a record, in the order of threads."""
        return self.filter(record=record).order_by("thread_at", "thread_id", "written_at", "pk")

    def standing(self) -> Self:
        """Comments neither hidden nor taken back."""
        return self.filter(hidden_at__isnull=True, withdrawn_at__isnull=True)

    def threads(self) -> Self:
        """The first comment of each thread."""
        return self.filter(answers__isnull=True)


class Comment(CheckedModel):
    """What a member said about a record, or in answer to another comment.

    Answers stand one level deep: `thread_id` names the first comment of a thread, and
    `thread_at` repeats its time, so that a page of a long discussion is one indexed read.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    answers = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    thread_at = models.DateTimeField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("what was said"), max_length=5_000)
    language = models.CharField(max_length=12, default="en")
    written_at = models.DateTimeField()
    wordings = models.PositiveSmallIntegerField(default=1)
    hidden_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]
        indexes = [
            models.Index(
                fields=["record", "thread_at", "thread_id", "written_at"],
                name="comments_in_threads",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class CommentWording(CheckedModel):
    """One wording of a comment, the first one included."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("what was said"), max_length=5_000)
    recorded_at = models.DateTimeField()

    objects = CheckedQuerySet["CommentWording"].as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "number"], name="wording_of_a_comment_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Mention(CheckedModel):
    """That a comment names a member, who is told."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="mentions")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    objects = CheckedQuerySet["Mention"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "member"], name="member_mentioned_once")
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.comment_id}"


class Follow(CheckedModel):
    """That a member wants to hear what happens to a record."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    objects = CheckedQuerySet["Follow"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "member"], name="record_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.member} follows {self.record_id}"
