from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation
from headway.directory.models.organisation import Sector
from headway.forums.models.forum import Forum
from headway.initiatives.models import Member, StageModel, StageQuerySet


class ConversationQuerySet(StageQuerySet["Conversation"]):
    """Conversations by their state."""

    def past_their_end(self, now: datetime) -> Self:
        """Open conversations whose last instant has passed, or that were withdrawn."""
        over = Q(closes_at__lte=now) | Q(record__withdrawn_at__lte=now)
        return self.filter(over, state=Conversation.State.OPEN)

    def with_keys_due(self, closed_before: datetime) -> Self:
        """Closed conversations whose key is to be destroyed."""
        return self.filter(
            state=Conversation.State.CLOSED,
            key_id__isnull=False,
            key_destroyed_at__isnull=True,
            closed_at__lte=closed_before,
        )


class Conversation(StageModel):
    """A question on which many people vote short statements: agree, disagree or pass."""

    RECORD_KIND = "conversation"
    TEXTS = ("introduction",)

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class OpenTo(models.TextChoices):
        MEMBERS = "members", _("members of the initiative")
        CODES = "codes", _("people with an invitation code")
        ANYONE = "anyone", _("anyone with the address")

    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, related_name="+", verbose_name=_("group")
    )
    introduction = models.TextField(_("introduction"), max_length=5_000, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    open_to = models.CharField(_("who may take part"), max_length=20, choices=OpenTo)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    statements_each = models.PositiveSmallIntegerField(_("statements each may add"), default=5)
    checked_first = models.BooleanField(_("statements are read before they appear"), default=True)
    asks_sector = models.BooleanField(_("people are asked for their sector"), default=True)
    key_id = models.UUIDField(null=True, blank=True)
    key_destroyed_at = models.DateTimeField(null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True)
                | Q(opens_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="conversation_closes_after_it_opens",
            ),
        ]

    def takes_votes(self, now: datetime) -> bool:
        """Whether one may vote at an instant."""
        begun = self.opens_at is None or self.opens_at <= now
        over = self.closes_at is not None and self.closes_at <= now
        return self.state == self.State.OPEN and begun and not over


class StatementQuerySet(StageQuerySet["Statement"]):
    """Statements by their state."""

    def published(self) -> Self:
        """Statements on which one may vote, the first one first."""
        return self.filter(state=Statement.State.PUBLISHED).order_by("number")


class Statement(StageModel):
    """One short sentence that people agree with, disagree with or pass; frozen once voted."""

    RECORD_KIND = "statement"
    TEXTS = ("text",)

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        PUBLISHED = "published", _("published")
        REFUSED = "refused", _("not published")
        HIDDEN = "hidden", _("hidden")
        REPLACED = "replaced", _("replaced by a new wording")
        MERGED = "merged", _("merged with another one")

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    text = models.CharField(_("statement"), max_length=280)
    seed = models.BooleanField(_("added at the start"), default=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    replaces = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("new wording of"),
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("merged with"),
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "number"], name="statement_numbered_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="statement_says_something"),
            models.CheckConstraint(
                condition=~Q(merged_into=F("record")), name="statement_is_not_merged_with_itself"
            ),
        ]


class StatementContact(CheckedModel):
    """Where the author of a statement wants to hear what became of it; names no participant."""

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField(max_length=250)

    objects = CheckedQuerySet["StatementContact"].as_manager()

    def __str__(self) -> str:
        return f"contact of {self.statement_id}"


class Participant(CheckedModel):
    """Somebody who takes part, known by a random number only.

    `resume` lets the same account or code go on where it stopped: a keyed digest whose key lies
    outside the database and is destroyed 30 days after the close. There is no time and no name.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("on the web")
        LINK = "link", _("with a code")
        PAPER = "paper", _("on paper")
        ROOM = "room", _("in the room")

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("how"), max_length=20, choices=Channel, default=Channel.WEB)
    sector = models.CharField(_("sector"), max_length=30, choices=Sector, blank=True)
    resume = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001  # no digest is no value
    choices_made = models.PositiveIntegerField(default=0)

    objects = CheckedQuerySet["Participant"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "resume"], name="participant_resumes_as_one"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SealedStatement(CheckedModel):
    """A statement on its way: nobody reads it before it is stored in one batch with others.

    It is a ciphertext of one length under the conversation's key, which lies outside the
    database; nothing here or in the batch leads to a participant.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    sealed = models.BinaryField(max_length=10_000)

    objects = CheckedQuerySet["SealedStatement"].as_manager()

    def __str__(self) -> str:
        return "a sealed statement"


class StatementTurn(CheckedModel):
    """That somebody used one of the times each may add a statement.

    A digest under the conversation's key: without it nobody can tell whose time it was.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    objects = CheckedQuerySet["StatementTurn"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "digest"], name="statement_turn_once")
        ]

    def __str__(self) -> str:
        return f"a turn in {self.conversation_id}"


class Choice(CheckedModel):
    """What one participant chose on one statement, on which day."""

    class Value(models.TextChoices):
        AGREE = "agree", _("Agree")
        DISAGREE = "disagree", _("Disagree")
        PASS = "pass", _("Pass")

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(_("choice"), max_length=10, choices=Value)
    day = models.DateField(_("day"))

    objects = CheckedQuerySet["Choice"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "statement"], name="choice_made_once")
        ]

    def __str__(self) -> str:
        return self.choice


class OrganisationChoice(CheckedModel):
    """What an organisation says to a statement in its own name, under a mandate; public."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(_("choice"), max_length=10, choices=Choice.Value)
    said_at = models.DateTimeField()

    objects = CheckedQuerySet["OrganisationChoice"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "organisation"], name="organisation_choice_made_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.choice}"


class InvitationCode(CheckedModel):
    """A code that lets its holder take part; only a digest is kept, and no sign of its use."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    objects = CheckedQuerySet["InvitationCode"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "digest"], name="invitation_code_once")
        ]

    def __str__(self) -> str:
        return f"code of {self.conversation_id}"
