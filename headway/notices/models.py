from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from headway.accounts.models import Authority, Event, OutboxMessage, Stream
from headway.core.models import CheckedModel, CheckedQuerySet
from headway.initiatives.models import Initiative, Member


class Rhythm(models.TextChoices):
    """How often somebody is told by mail."""

    IMMEDIATE = "immediate", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never by mail, only here")


class Why(models.TextChoices):
    """Why somebody is told."""

    MENTIONED = "mentioned", _("you were mentioned")
    FOLLOWS = "follows", _("you follow this")
    AUTHOR = "author", _("you wrote this")
    OWNER = "owner", _("you look after this")
    ORGANISATION = "organisation", _("it concerns your organization")
    ROLE = "role", _("your role looks after this")
    VOICE = "voice", _("your voice counts")
    TAKES_PART = "takes_part", _("you take part in this")
    NOTED = "noted", _("it was noted in your name")
    GREW = "grew", _("it grew out of what you said")


class Reading(CheckedModel):
    """How far the log of one initiative was read for notices; never moves back."""

    stream = models.OneToOneField(Stream, on_delete=models.PROTECT, related_name="+")
    position = models.BigIntegerField(default=0)

    objects = CheckedQuerySet["Reading"].as_manager()

    def __str__(self) -> str:
        return f"read up to {self.position}"


class NoticeQuerySet(CheckedQuerySet["Notice"]):
    """Notices by whom they are for and what has still to happen to them."""

    def for_members_of(self, user: object) -> Self:
        """Everything that one person was told, in all initiatives."""
        return self.filter(member__user=user)

    def unread(self) -> Self:
        """Notices that nobody has opened."""
        return self.filter(read_at__isnull=True)

    def waiting_for_mail(self) -> Self:
        """Notices that somebody wants by mail and has not got yet."""
        return self.filter(mailed_in__isnull=True, mail_due_at__isnull=False)

    def to_mail(self, now: datetime) -> Self:
        """Notices whose mail is due."""
        return self.waiting_for_mail().filter(mail_due_at__lte=now)

    def in_authority(self, authority: Authority) -> Self:
        """Notices of one authority's initiatives."""
        return self.filter(initiative__authority=authority)

    def unread_first(self) -> Self:
        """What nobody opened stands above, the newest first."""
        return self.order_by(F("read_at").asc(nulls_first=True), "-noted_at", "-event__position")


class Notice(CheckedModel):
    """That one member is told of one event, and why."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, choices=Why)
    noted_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail_due_at = models.DateTimeField(null=True, blank=True)
    mailed_in = models.ForeignKey(
        OutboxMessage, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "event"], name="told_once_of_an_event")
        ]
        indexes = [
            models.Index(fields=["member", "-noted_at"], name="notices_of_a_member"),
            models.Index(
                fields=["member"], condition=Q(read_at__isnull=True), name="notices_unread"
            ),
            models.Index(
                fields=["member", "mail_due_at"],
                condition=Q(mailed_in__isnull=True, mail_due_at__isnull=False),
                name="notices_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} told of {self.event_id}"


class Preference(CheckedModel):
    """How often a person wants mail about an initiative; without a row it is once a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=20, choices=Rhythm, default=Rhythm.DAILY)

    objects = CheckedQuerySet["Preference"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "initiative"], name="preference_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.rhythm}"


class IncomingMail(CheckedModel):
    """That a mail came in and what became of it; known by its Message-ID, so never done twice."""

    class Fate(models.TextChoices):
        DONE = "done", _("done as asked")
        ASKED_BACK = "asked_back", _("answered with a question")
        AUTOMATIC = "automatic", _("automatic reply, left alone")
        UNKNOWN = "unknown", _("not for a promise we know")
        REFUSED = "refused", _("not from whom it says")

    message_id = models.CharField(max_length=250)
    received_at = models.DateTimeField()
    sender_digest = models.CharField(max_length=64, blank=True)
    fate = models.CharField(max_length=20, choices=Fate)
    record_id = models.UUIDField(null=True)
    finding = models.CharField(max_length=250, blank=True)

    objects = CheckedQuerySet["IncomingMail"].as_manager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(fields=["message_id"], name="incoming_mail_taken_once")
        ]
        indexes = [
            models.Index(fields=["sender_digest", "received_at"], name="incoming_mail_of_a_sender")
        ]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.fate}"
