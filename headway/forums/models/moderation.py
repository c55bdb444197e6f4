from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.forums.models.conversation import Statement
from headway.forums.models.discussion import Comment
from headway.forums.models.forum import Forum
from headway.initiatives.models import Initiative, Member


class ReportQuerySet(CheckedQuerySet["Report"]):
    """Reports by whether a moderator has answered them."""

    def waiting(self) -> Self:
        """Those that nobody has settled."""
        return self.filter(settled_at__isnull=True)


class Report(CheckedModel):
    """That somebody asked a moderator to look at a comment or a statement."""

    comment = models.ForeignKey(Comment, null=True, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, null=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(_("what is wrong"), max_length=1_000)
    reported_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

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
        MERGED = "merged", _("merged with another one")

    class Rule(models.TextChoices):
        OFF_TOPIC = "off_topic", _("not about the question")
        DUPLICATE = "duplicate", _("says what another one says")
        PERSONAL = "personal", _("names or attacks a person")
        PRIVATE = "private", _("gives away somebody's private data")
        SEVERAL = "several", _("says several things at once")
        UNLAWFUL = "unlawful", _("unlawful")
        OTHER = "other", _("another reason")

    forum = models.ForeignKey(Forum, null=True, on_delete=models.PROTECT, related_name="+")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    rule = models.CharField(_("rule"), max_length=20, choices=Rule, blank=True)
    because = models.TextField(_("explanation"), max_length=1_000, blank=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = CheckedQuerySet["Moderation"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                # About nothing any more where the comment was expunged with its record.
                condition=Q(comment__isnull=True) | Q(statement__isnull=True),
                name="moderation_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["refused", "hidden", "merged"]) | ~Q(rule=""),
                name="moderation_that_takes_away_names_its_rule",
            ),
        ]
        indexes = [models.Index(fields=["initiative", "decided_at"], name="moderation_log")]

    def __str__(self) -> str:
        return f"{self.decision} under {self.rule}"
