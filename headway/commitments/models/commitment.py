from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation, Person, Post
from headway.initiatives.models import Link, Member, Record, StageModel, StageQuerySet
from headway_analysis.followthrough import is_late
from headway_analysis.partial_date import PartialDate


class CommitmentQuerySet(StageQuerySet["Commitment"]):
    """Promises by whose they are and how they stand."""

    def of(self, organisation: Organisation) -> Self:
        """Those of an organisation and of all that count as it."""
        return self.filter(organisation__in=Organisation.objects.counted_as(organisation))

    def at_hand(self) -> Self:
        """Promises that nobody has put into the archive."""
        return self.filter(archived_at__isnull=True)

    def archived(self) -> Self:
        """Promises in the archive."""
        return self.filter(archived_at__isnull=False)

    def still_open(self) -> Self:
        """Promises neither kept nor given up."""
        return self.filter(OPEN)

    def unconfirmed(self) -> Self:
        """Promises that the organisation has not said itself."""
        return self.filter(state=Commitment.State.INTENT)

    def overdue(self, today: date) -> Self:
        """Open promises that are late: see `is_late`."""
        return self.filter(late_by(today))

    def came_from(self, records: "models.QuerySet[Record]") -> Self:
        """Promises that came from any of these records."""
        made = Link.objects.filter(
            origin=OuterRef("pk"),
            target__in=records,
            kind=Link.Kind.CAME_FROM,
            withdrawn_at__isnull=True,
        )
        return self.filter(Exists(made))

    def earliest_first(self) -> Self:
        """What is due first comes first; what has no date comes last."""
        return self.order_by(F("due_to").asc(nulls_last=True), "record__recorded_at", "pk")


class Commitment(StageModel):
    """What an organisation promised to do, by when, and whether it happened.

    It is an intent until the organisation confirms it and says under whose authority. A post
    answers for it; who holds the post may be unknown. The record's title is the promise.
    """

    RECORD_KIND = "promise"
    TEXTS = ("text",)

    class State(models.TextChoices):
        INTENT = "intent", _("not confirmed yet")
        CONFIRMED = "confirmed", _("confirmed")
        KEPT = "kept", _("kept")
        DROPPED = "dropped", _("not going ahead")
        SPLIT = "split", _("split into several")

    class Authority(models.TextChoices):
        OWN = "own", _("within our authority")
        BOARD = "board", _("needs our board")
        INTENT = "intent", _("intent only")

    class Through(models.TextChoices):
        PAGE = "page", _("on its page")
        LINK = "link", _("by a link in a mail")
        MAIL = "mail", _("by answering a mail")

    text = models.TextField(_("what is promised"), max_length=5_000)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.INTENT)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    organisation_as_said = models.CharField(_("who, as said"), max_length=250, blank=True)
    post = models.ForeignKey(
        Post,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("seat that answers for it"),
    )
    person = models.ForeignKey(
        Person,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("person who answers for it"),
    )
    due_from = models.DateField(_("due not before"), null=True, blank=True)
    due_to = models.DateField(_("due"), null=True, blank=True)
    due_as_said = models.CharField(_("due, as said"), max_length=250, blank=True)
    first_due_to = models.DateField(_("first due"), null=True, blank=True)
    authority_stated = models.CharField(
        _("under whose authority"), max_length=20, choices=Authority, blank=True
    )
    board_by = models.DateField(_("their board decides by"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Member,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_name = models.CharField(_("confirmed by"), max_length=250, blank=True)
    confirmed_through = models.CharField(_("confirmed"), max_length=20, choices=Through, blank=True)
    asked_by = models.ForeignKey(
        Member, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    percent = models.PositiveSmallIntegerField(_("percent done"), default=0)
    ended_on = models.DateField(_("kept or given up on"), null=True, blank=True)
    evidence = models.CharField(_("what shows it"), max_length=1_000, blank=True)
    because = models.TextField(_("why"), max_length=5_000, blank=True)
    archived_at = models.DateTimeField(_("put into the archive"), null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="promise_says_what"),
            models.CheckConstraint(
                condition=Q(due_from__isnull=True) | Q(due_to__gte=F("due_from")),
                name="promise_is_not_due_before_it_may_be_kept",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | ~Q(authority_stated=""),
                name="confirmed_promise_states_its_authority",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
                name="confirmed_promise_was_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100), name="promise_is_done_to_at_most_all_of_it"
            ),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True) | ~Q(state__in=["intent", "confirmed"]),
                name="archived_promise_has_ended",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_to"], name="promises_due")]

    @property
    def due(self) -> PartialDate | None:
        """By when, or None where nobody said."""
        if self.due_from is None or self.due_to is None:
            return None
        return PartialDate(self.due_from, self.due_to, self.due_as_said)

    @property
    def who(self) -> str:
        """Whose promise it is; empty where nobody was named."""
        if self.organisation is not None:
            return self.organisation.canonical.name
        return self.organisation_as_said

    @property
    def is_open(self) -> bool:
        """Whether it is neither kept nor given up."""
        return self.state in {self.State.INTENT, self.State.CONFIRMED}

    @property
    def was_moved(self) -> bool:
        """Whether it has another date than at first."""
        return self.first_due_to is not None and self.first_due_to != self.due_to

    @property
    def progress(self) -> int:
        """How much of it is done, in percent: by its milestones where it has any."""
        if self.state == self.State.KEPT:
            return 100
        steps = [step for step in self.milestones.all() if step.withdrawn_at is None]
        if not steps:
            return self.percent
        return round(100 * sum(step.done_on is not None for step in steps) / len(steps))

    def is_late(self, today: date) -> bool:
        """Whether its last day is past and nothing ended it, by the one rule of follow-through."""
        return self.is_open and is_late(
            self.due_to,
            today,
            confirmed=self.confirmed_at is not None,
            reported=self.record.provenance == Record.Provenance.REPORTED,
        )


OPEN = Q(state__in=[Commitment.State.INTENT, Commitment.State.CONFIRMED])
# Only a report tells of it, and nobody knows whether it was kept.
UNKNOWN = Q(record__provenance=Record.Provenance.REPORTED, confirmed_at__isnull=True)


def late_by(today: date) -> Q:
    """The condition that a promise is late, the same rule as `Commitment.is_late`."""
    return OPEN & Q(due_to__lt=today) & ~UNKNOWN


class Milestone(CheckedModel):
    """One step of a promise, to show how far it is."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CheckedQuerySet["Milestone"].as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="milestone_numbered_once")
        ]

    def __str__(self) -> str:
        return self.title


class Reminder(CheckedModel):
    """That a mail about a promise was written, so that nobody is reminded twice of one thing."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("asked to confirm")
        MEETING = "meeting", _("told after a meeting")
        BEFORE = "before", _("due soon")
        OVERDUE = "overdue", _("overdue")
        QUESTION = "question", _("asked back")
        WEEKLY = "weekly", _("weekly report")

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    about = models.DateField()
    recipient = models.EmailField(max_length=250)
    written_at = models.DateTimeField()

    objects = CheckedQuerySet["Reminder"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "kind", "about", "recipient"], name="reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.commitment_id}"


class CalendarFeed(CheckedModel):
    """The secret address of a member's calendar of promises; only a digest is kept."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CheckedQuerySet["CalendarFeed"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="calendar_feed_once"),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(revoked_at__isnull=True),
                name="calendar_feed_of_a_member_once",
            ),
        ]

    def __str__(self) -> str:
        return f"calendar of {self.member_id}"
