from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.accounts.models.authority import Authority
from headway.core.models import CheckedModel, CheckedQuerySet


class OutboxQuerySet(CheckedQuerySet["OutboxMessage"]):
    """Messages by what has still to happen to them."""

    def due(self, now: datetime) -> Self:
        """Messages to be handed over now, oldest first."""
        return self.filter(state=OutboxMessage.State.WAITING, due_at__lte=now).order_by("due_at")

    def over(self) -> Self:
        """Messages with which nothing will happen any more."""
        return self.exclude(state=OutboxMessage.State.WAITING)

    def naming_somebody(self) -> Self:
        """Messages that still say to whom they went."""
        return self.exclude(recipient="")


class OutboxMessage(CheckedModel):
    """One mail to one address, written in the transaction of the change that caused it.

    Its text is emptied once it is sent, and its address some time after; what stays is its
    Message-ID, of which kind it was, when it was written and what became of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("refused by the mail server")

    authority = models.ForeignKey(Authority, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60, blank=True)
    message_id = models.CharField(max_length=250)
    recipient = models.EmailField(max_length=250)
    subject = models.CharField(max_length=250)
    text = models.TextField(max_length=50_000)
    html = models.TextField(max_length=200_000, blank=True)
    reply_to = models.CharField(max_length=250, blank=True)
    unsubscribe = models.CharField(max_length=500, blank=True)
    confidential = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=250, blank=True)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message_id"], name="message_id_once"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="sent_message_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="messages_due")]

    def __str__(self) -> str:
        return self.message_id
