from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation
from headway.initiatives.models.membership import Member
from headway.initiatives.models.record import Record


def fingerprint(text: str) -> str:
    """What a translation was made from, to notice when the original moved on."""
    return sha256(text.encode()).hexdigest()


class Wording(CheckedModel):
    """One version of one text of a record; the highest number is the one that stands."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="wordings")
    field = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=50_000, blank=True)
    language = models.CharField(max_length=12)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = CheckedQuerySet["Wording"].as_manager()

    class Meta:
        ordering = ["field", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "field", "number"], name="wording_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record}, {self.field}, version {self.number}"


class Translation(CheckedModel):
    """A text of a record in another language; the original is always one click away."""

    class Origin(models.TextChoices):
        HUMAN = "human", _("translated by a person")
        MACHINE = "machine", _("translated by a machine")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="translations")
    field = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    text = models.TextField(max_length=50_000)
    origin = models.CharField(max_length=20, choices=Origin)
    source_hash = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    objects = CheckedQuerySet["Translation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "field", "language"], name="translation_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record}, {self.field} in {self.language}"

    def made_from(self, original: str) -> bool:
        """Whether the original still says what was translated."""
        return self.source_hash == fingerprint(original)
