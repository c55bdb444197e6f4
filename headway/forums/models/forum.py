from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from headway.accounts.models.term import Term, TermQuerySet
from headway.core.models import CheckedModel, CheckedQuerySet
from headway.initiatives.models import Member, Record, StageModel, StageQuerySet


class ForumQuerySet(StageQuerySet["Forum"]):
    """Groups that meet and talk."""

    def by_name(self) -> Self:
        """In the order of their names."""
        return self.order_by("record__title", "pk")


class Forum(StageModel):
    """A group that meets and talks: all partners, a committee, a working group.

    The record's title is its name, its organisation the one that leads it.
    """

    RECORD_KIND = "forum"
    TEXTS = ("purpose", "policy")

    class PublicBody(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        ASK = "ask_counsel", _("ask counsel (treated as yes)")

    purpose = models.TextField(_("what it is for"), max_length=5_000, blank=True)
    public_body = models.CharField(
        _("is this a public body?"), max_length=20, choices=PublicBody, default=PublicBody.ASK
    )
    policy = models.TextField(_("rules of what is said here"), max_length=5_000, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("days between notice and meeting"), default=3)
    counsel = models.TextField(
        _("what counsel said about open meetings"), max_length=1_000, blank=True
    )

    counsel_name = models.CharField(_("who of counsel said so"), max_length=250, blank=True)
    counsel_on = models.DateField(_("when counsel said so"), null=True, blank=True)
    counsel_source = models.CharField(_("where counsel said so"), max_length=500, blank=True)

    objects = ForumQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(counsel_name="", counsel_on__isnull=True, counsel_source="")
                | (~Q(counsel_name="") & Q(counsel_on__isnull=False) & ~Q(counsel_source="")),
                name="word_of_counsel_says_who_when_and_where",
            )
        ]

    @property
    def name(self) -> str:
        """What the group is called."""
        return self.record.title

    @property
    def meets_in_the_open(self) -> bool:
        """Whether open-meeting law counts; "ask counsel" counts as yes."""
        return self.public_body != self.PublicBody.NO


class ForumModeratorQuerySet(TermQuerySet["ForumModerator"]):
    """Moderators of forums, asked through their terms."""


class ForumModerator(Term):
    """That a member moderates one forum, from a day until a day; it gives no other rights."""

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="moderators")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    objects = ForumModeratorQuerySet.as_manager()

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["forum", "member"],
                condition=Q(ends_on__isnull=True, ended_at__isnull=True),
                name="moderator_of_a_forum_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.forum}"


class PhaseQuerySet(StageQuerySet["Phase"]):
    """Phases by when they are open."""

    def in_order(self) -> Self:
        """By the day on which they open."""
        return self.order_by("opens_at", "pk")


class Phase(StageModel):
    """A time in which some rights of a forum are open; the record's title is its name."""

    RECORD_KIND = "phase"

    class Right(models.TextChoices):
        DISCUSS = "discuss", _("discuss")
        STATE = "state", _("add statements")
        CHOOSE = "choose", _("vote on statements")
        PROPOSE = "propose", _("bring ideas")
        SUGGEST = "suggest", _("suggest changes")
        DECIDE = "decide", _("vote on decisions")

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="phases")
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    rights = models.JSONField(_("what is open"), default=list)
    product = models.CharField(_("what it brings forth"), max_length=250, blank=True)
    product_due = models.DateField(_("draft due on"), null=True, blank=True)

    objects = PhaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="phase_closes_after_it_opens",
            )
        ]

    def is_open(self, now: datetime) -> bool:
        """Whether its rights are open at an instant."""
        return self.opens_at <= now and (self.closes_at is None or now < self.closes_at)


class MeetingQuerySet(StageQuerySet["Meeting"]):
    """Meetings by time."""

    def running(self, now: datetime) -> Self:
        """Meetings that sit at an instant; one without an end is not known to sit."""
        open_now = self.filter(starts_at__lte=now, ends_at__gt=now)
        return open_now.exclude(state=Meeting.State.CANCELLED)

    def coming(self, now: datetime) -> Self:
        """Meetings planned that did not end yet, the next one first."""
        return self.filter(state=Meeting.State.PLANNED, starts_at__gte=now).order_by("starts_at")

    def newest_first(self) -> Self:
        """The last one first."""
        return self.order_by("-starts_at", "pk")


class Meeting(StageModel):
    """One meeting of a forum: its agenda, who was there, what was said and what follows."""

    RECORD_KIND = "meeting"
    TEXTS = ("notes",)

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=250, blank=True)
    link = models.CharField(_("address of the call"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PLANNED)
    day_only = models.BooleanField(_("only the day is known"), default=False)
    emergency = models.TextField(_("why it could not wait"), max_length=1_000, blank=True)
    notes = models.TextField(_("notes"), max_length=50_000, blank=True)
    notice_posted_at = models.DateTimeField(_("notice posted"), null=True, blank=True)
    minutes_sent_at = models.DateTimeField(_("minutes sent"), null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_begins",
            )
        ]
        indexes = [models.Index(fields=["starts_at"], name="meetings_by_time")]

    def day(self) -> date:
        """The day on which it begins, where the initiative is."""
        return self.record.initiative.today(self.starts_at)

    @property
    def is_planned(self) -> bool:
        """Whether it still lies ahead, as far as anybody said."""
        return self.state == self.State.PLANNED

    def lies_ahead(self, at: datetime) -> bool:
        """Whether it has not begun at an instant."""
        return self.is_planned and self.starts_at > at


class AgendaItem(CheckedModel):
    """One line of a meeting's agenda, often about a record, whose title then stands for it."""

    class Reason(models.TextChoices):
        OVERDUE = "overdue", _("overdue")
        DUE = "due", _("due before the next meeting")
        WAITING = "waiting", _("waiting for an answer")
        DECISION = "decision", _("for decision")
        NEXT_MOVE = "next_move", _("next move")
        HEADLINE = "headline", _("headline number")
        OTHER = "other", _("added by hand")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("what it is about"), max_length=250, blank=True)
    text = models.TextField(_("details"), max_length=5_000, blank=True)
    reason = models.CharField(_("why"), max_length=20, choices=Reason, default=Reason.OTHER)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    record = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CheckedQuerySet["AgendaItem"].as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_numbered_once"),
            models.CheckConstraint(
                condition=~Q(title="") | Q(record__isnull=False),
                name="agenda_item_is_about_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.about}"

    @property
    def about(self) -> str:
        """What it is about, in words; a record's title is not kept twice."""
        return self.title or (self.record.title if self.record else "")
