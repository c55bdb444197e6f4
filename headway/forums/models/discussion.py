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
    text = models.TextField(max_length=5_000, blank=True)
    language = models.CharField(max_length=12, default="en")
    written_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["record", "thread_at", "thread_id", "written_at"],
                name="comments_in_threads",
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


class Report(CheckedModel):
    """That somebody asked a moderator to look at a comment or a statement."""

    comment = models.ForeignKey(Comment, null=True, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(
        "forums.Statement", null=True, on_delete=models.PROTECT, related_name="+"
    )
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(max_length=1_000)
    reported_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = CheckedQuerySet["Report"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=False, statement__isnull=True)
                | Q(comment__isnull=True, statement__isnull=False),
                name="report_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.because[:60]


class Moderation(CheckedModel):
    """What a moderator decided about a comment or statement, under which published rule."""

    class Decision(models.TextChoices):
        PUBLISHED = "published", _("published")
        REFUSED = "refused", _("not published")
        HIDDEN = "hidden", _("hidden")
        RESTORED = "restored", _("shown again")
        LEFT = "left", _("left as it is")

    class Rule(models.TextChoices):
        OFF_TOPIC = "off_topic", _("not about the question")
        DUPLICATE = "duplicate", _("says what another one says")
        PERSONAL = "personal", _("names or attacks a person")
        PRIVATE = "private", _("gives away somebody's private data")
        SEVERAL = "several", _("says several things at once")
        UNLAWFUL = "unlawful", _("unlawful")
        OTHER = "other", _("another reason")

    forum = models.ForeignKey("forums.Forum", on_delete=models.PROTECT, related_name="+")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(
        "forums.Statement", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(max_length=20, choices=Decision)
    rule = models.CharField(max_length=20, choices=Rule, blank=True)
    because = models.TextField(max_length=1_000, blank=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = CheckedQuerySet["Moderation"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=False, statement__isnull=True)
                | Q(comment__isnull=True, statement__isnull=False),
                name="moderation_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["refused", "hidden"]) | ~Q(rule=""),
                name="moderation_that_takes_away_names_its_rule",
            ),
        ]
        indexes = [models.Index(fields=["forum", "decided_at"], name="moderation_log")]

    def __str__(self) -> str:
        return f"{self.decision} under {self.rule}"
