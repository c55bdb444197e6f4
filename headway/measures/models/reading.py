from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from headway.commitments.models.brought import (
    BroughtFileQuerySet,
    LargeFile,
    LargeState,
    rows_used_are_not_kept,
    used_only_after_confirmation,
)
from headway.core.models import CheckedModel, CheckedQuerySet, Dated
from headway.directory.models import Organisation, Source
from headway.initiatives.models import Initiative, Member, Record, StageModel, StageQuerySet
from headway.measures.models.measure import DIGITS, PLACES, Measure


class SeriesQuerySet(StageQuerySet["Series"]):
    """Series by measure and order."""

    def first_shown_first(self) -> Self:
        """The one that is said to come first, then by name."""
        return self.order_by("-shown_first", "record__title", "pk")


class Series(StageModel):
    """The data points of one measure from one source; conflicting sources stand side by side.

    The record's title names it, its reader is chosen by the organisation that gives the values.
    """

    RECORD_KIND = "series"
    TEXTS = ("note",)

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who gives the values"),
    )
    note = models.TextField(_("how it was counted"), max_length=5_000, blank=True)
    shown_first = models.BooleanField(_("shown first"), default=False)
    first_because = models.CharField(_("why it is shown first"), max_length=500, blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(
                fields=["measure"],
                condition=Q(shown_first=True),
                name="one_series_of_a_measure_is_shown_first",
            )
        ]

    @property
    def name(self) -> str:
        """Where the values come from, in words."""
        return self.record.title


class ReadingQuerySet(CheckedQuerySet["Reading"]):
    """Data points by date and by what was known when."""

    def standing(self) -> Self:
        """Those that were not corrected."""
        return self.filter(superseded_at__isnull=True)

    def known_at(self, instant: datetime) -> Self:
        """What stood at an instant, by what had been recorded then."""
        return self.filter(recorded_at__lte=instant).filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=instant)
        )

    def as_of(self, day: date) -> Self:
        """What tells of a time up to a day."""
        return self.filter(happened_to__lte=day)

    def with_value(self) -> Self:
        """Those that say a number that may be shown."""
        return self.filter(value__isnull=False)

    def counted(self) -> Self:
        """Those that say a number, also one that may not be shown."""
        return self.filter(Q(value__isnull=False) | Q(gap=Reading.Gap.HIDDEN))

    def oldest_first(self) -> Self:
        """By the time they tell of."""
        return self.order_by("happened_to", "happened_from", "recorded_at", "pk")

    def visible_to(self, readers: "frozenset[str]") -> Self:
        """Those whose series and measure somebody with these reader classes may see."""
        return self.filter(
            series__record__visibility__in=readers,
            series__measure__record__visibility__in=readers,
        )


class Reading(CheckedModel, Dated):
    """One data point: what was counted for when, or that it was not counted, and why.

    `value` is what anybody may be shown, None where nothing was counted or the number is small.
    The number as given stands in `kept`, which no page, file or program is told; only the rule
    that hides small numbers reads it. A correction is a new row for the same time, and so is
    taking it back; the old one stays, superseded.
    """

    class Gap(models.TextChoices):
        NONE = "", _("counted")
        NOT_COUNTED = "not_counted", _("not counted")
        HIDDEN = "hidden", _("hidden, too few people")
        WITHDRAWN = "withdrawn", _("taken back")

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="readings")
    value = models.DecimalField(
        _("value"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    kept = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    kept_people = models.PositiveIntegerField(_("of how many people"), null=True, blank=True)
    gap = models.CharField(_("why there is no value"), max_length=20, choices=Gap, blank=True)
    note = models.CharField(_("what makes it hard to compare"), max_length=500, blank=True)
    source = models.ForeignKey(
        Source, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("source")
    )
    provenance = models.CharField(
        max_length=20, choices=Record.Provenance, default=Record.Provenance.HERE
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who gave it"),
    )
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(_("why it was corrected"), max_length=1_000, blank=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["happened_to", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(happened_from__isnull=False, happened_to__gte=F("happened_from")),
                name="reading_tells_of_some_time",
            ),
            models.UniqueConstraint(
                fields=["series", "happened_from", "happened_to"],
                condition=Q(superseded_at__isnull=True),
                name="reading_of_a_series_once_for_its_time",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, gap="") | Q(value__isnull=True) & ~Q(gap=""),
                name="reading_says_a_value_or_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(gap="not_counted") | Q(kept__isnull=True) & ~Q(note=""),
                name="reading_not_counted_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(gap="hidden") | Q(kept__isnull=False),
                name="hidden_reading_was_counted",
            ),
            models.CheckConstraint(
                condition=~Q(gap="withdrawn") | Q(kept__isnull=True) & ~Q(because=""),
                name="reading_taken_back_says_why",
            ),
        ]
        indexes = [models.Index(fields=["series", "happened_to"], name="readings_of_a_series")]

    def __str__(self) -> str:
        return f"{self.date_as_said or self.happened_to}: {self.value}"


class ReadingCell(CheckedModel):
    """One group's part of a data point; small groups and what would betray them are hidden.

    `value` may be shown; `kept` and `kept_people` are for the rule that hides alone.
    """

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="cells")
    dimension = models.CharField(_("split by"), max_length=60)
    group = models.CharField(_("group"), max_length=120)
    number = models.PositiveSmallIntegerField()
    value = models.DecimalField(
        _("value"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    kept = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    kept_people = models.PositiveIntegerField(_("of how many people"), null=True, blank=True)

    objects = CheckedQuerySet["ReadingCell"].as_manager()

    class Meta:
        ordering = ["dimension", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "dimension", "group"], name="group_of_a_reading_once"
            ),
            models.CheckConstraint(
                condition=~Q(group="") & ~Q(dimension=""), name="group_of_a_reading_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.group}"

    @property
    def hidden(self) -> bool:
        """Whether it may not be shown."""
        return self.value is None


class ReadingsFileQuerySet(BroughtFileQuerySet["ReadingsFile"]):
    """Tables of data points by what becomes of them."""


class ReadingsFile(LargeFile):
    """Data points as a table: looked over and mapped, then brought in, its rows then gone."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=500)
    url = models.CharField(max_length=1_000, blank=True)
    visibility = models.CharField(max_length=20)

    State = LargeState
    kind = "readings_file"
    home = "measure__record__initiative"
    objects = ReadingsFileQuerySet.as_manager()

    class Meta(LargeFile.Meta):
        constraints = [
            used_only_after_confirmation("readings_are_brought_in_only_after_confirmation"),
            rows_used_are_not_kept("rows_brought_in_are_not_kept"),
        ]

    @property
    def belongs_to(self) -> Initiative:
        """The initiative that it is brought into."""
        return self.measure.record.initiative
