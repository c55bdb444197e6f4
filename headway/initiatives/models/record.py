from collections.abc import Collection
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from headway.accounts.models import RetentionClass
from headway.accounts.models.authority import Visibility
from headway.core.models import CheckedModel, CheckedQuerySet, Dated, KeyedByRecord
from headway.directory.models import Organisation, Source
from headway.initiatives.models.initiative import Initiative
from headway.initiatives.models.membership import Member

ModelT = TypeVar("ModelT", bound=models.Model)


class RecordQuerySet(CheckedQuerySet["Record"]):
    """Records by initiative, reader and whether they stand."""

    def in_initiative(self, initiative: Initiative) -> Self:
        """Only records of this initiative."""
        return self.filter(initiative=initiative)

    def live(self) -> Self:
        """Records that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, readers: Collection[str]) -> Self:
        """Records that somebody with these reader classes may see."""
        return self.filter(visibility__in=readers)


class Record(CheckedModel, Dated):
    """One thing the initiative keeps; links, files, history and search all point here."""

    class Provenance(models.TextChoices):
        HERE = "here", _("recorded here")
        REPORTED = "reported", _("reported by a source")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=250)
    language = models.CharField(max_length=12, default="en")
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.MEMBERS)
    owner = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    provenance = models.CharField(max_length=20, choices=Provenance, default=Provenance.HERE)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    retention = models.ForeignKey(
        RetentionClass, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.TextField(max_length=5_000, blank=True)
    expunged_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = RecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(provenance="reported", source__isnull=False)
                | Q(provenance="here", source__isnull=True)
                | Q(expunged_at__isnull=False),
                name="reported_record_names_its_source",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="withdrawn_record_says_why",
            ),
            models.CheckConstraint(
                condition=Q(happened_from__isnull=True, happened_to__isnull=True)
                | Q(happened_to__gte=F("happened_from")),
                name="record_does_not_end_before_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["initiative", "kind", "recorded_at"], name="records_of_a_kind"),
            models.Index(fields=["initiative", "happened_to"], name="records_by_date"),
            models.Index(fields=["-recorded_at", "id"], name="records_newest_first"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def withdrawn(self) -> bool:
        """Whether it no longer stands."""
        return self.withdrawn_at is not None


class StageQuerySet(CheckedQuerySet[ModelT]):
    """Rows of one stage, asked through the record they belong to."""

    def in_initiative(self, initiative: Initiative) -> Self:
        """Only rows of this initiative."""
        return self.filter(record__initiative=initiative)

    def live(self) -> Self:
        """Rows whose record was not withdrawn."""
        return self.filter(record__withdrawn_at__isnull=True)

    def visible_to(self, readers: Collection[str]) -> Self:
        """Rows whose record somebody with these reader classes may see."""
        return self.filter(record__visibility__in=readers)


class StageModel(KeyedByRecord):
    """Base of every table of a stage: its key is its record."""

    RECORD_KIND: ClassVar[str]
    TEXTS: ClassVar[tuple[str, ...]] = ()

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.record)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row, after making sure that its record is of its kind.

        Raises:
            ValueError: where the record belongs to another kind.

        """
        if self.record.kind != self.RECORD_KIND:
            raise ValueError(f"a {self.RECORD_KIND} needs its own record, got {self.record.kind}")
        super().save(*args, **kwargs)


class Link(CheckedModel):
    """That one record came from, answers, tests, moves or blocks another."""

    class Kind(models.TextChoices):
        CAME_FROM = "came_from", _("came from")
        ANSWERS = "answers", _("answers")
        TESTS = "tests", _("tests")
        MOVES = "moves", _("is meant to move")
        BLOCKS = "blocks", _("stands in the way of")
        LEARNED_FROM = "learned_from", _("learned from")

    origin = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=20, choices=Kind)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CheckedQuerySet["Link"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "target", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                name="link_made_once",
            ),
            models.CheckConstraint(
                condition=~Q(origin=F("target")), name="record_is_not_linked_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin} {self.get_kind_display()} {self.target}"


class RecordState(CheckedModel, Dated):
    """That a record was in a state from a date; never changed, a later row follows."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=60)
    because = models.TextField(max_length=5_000, blank=True)
    recorded_at = models.DateTimeField()

    objects = CheckedQuerySet["RecordState"].as_manager()

    class Meta:
        ordering = ["recorded_at"]
        indexes = [models.Index(fields=["record", "happened_to"], name="states_of_a_record")]

    def __str__(self) -> str:
        return f"{self.record}: {self.state}"
