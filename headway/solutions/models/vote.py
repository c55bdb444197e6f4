from django.db import models

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.initiatives.models import Member
from headway.solutions.models.ballot import Ballot, Elector


class NamedVote(CheckedModel):
    """What a voice said in a vote that is not secret; shown after the close.

    While the vote is open a reason stands inside the content, where no search looks; at the close
    the reason of an objection moves to the objection, and any other into its own column.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+")
    elector = models.OneToOneField(Elector, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    because = models.TextField("reason", max_length=5_000, blank=True)
    cast_at = models.DateTimeField()

    objects = CheckedQuerySet["NamedVote"].as_manager()

    class Meta:
        verbose_name = "vote"

    def __str__(self) -> str:
        return f"vote of {self.elector_id}"


class SealedVote(CheckedModel):
    """One secret vote while the ballot is open: a padded ciphertext that names no voter."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField(max_length=100_000)

    objects = CheckedQuerySet["SealedVote"].as_manager()

    def __str__(self) -> str:
        return "a sealed vote"


class OpenedVote(CheckedModel):
    """One secret vote after the close, in an order that says nothing."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    because = models.TextField("reason", max_length=5_000, blank=True)

    objects = CheckedQuerySet["OpenedVote"].as_manager()

    class Meta:
        verbose_name = "vote"

    def __str__(self) -> str:
        return "an opened vote"
