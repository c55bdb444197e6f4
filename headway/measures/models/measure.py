from datetime import date
from decimal import Decimal
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet, Dated
from headway.directory.models import Organisation
from headway.initiatives.models import Initiative, Member, StageModel, StageQuerySet
from headway.problems.models import Baseline
from headway_analysis.partial_date import PartialDate

USUAL_FLOOR: Final = 11
DIGITS: Final = 20
PLACES: Final = 4


class MeasureQuerySet(StageQuerySet["Measure"]):
    """Measures by what they tell of."""

    def results(self) -> Self:
        """Measures that tell how the population fares."""
        return self.filter(kind=Measure.Kind.RESULT)

    def performance(self) -> Self:
        """Measures that tell how the work itself goes."""
        return self.filter(kind=Measure.Kind.PERFORMANCE)

    def by_name(self) -> Self:
        """Results before performance, each by name."""
        return self.order_by("-kind", "record__title", "pk")


class Measure(StageModel):
    """What is counted to see whether anything gets better; the record's title names it.

    A result tells how the whole population fares, a performance only how the work itself goes:
    the two are never mixed. Its data points stand in series, one for each source.
    """

    RECORD_KIND = "measure"
    TEXTS = ("counts", "story", "gains", "costs")
    EXPUNGED: ClassVar[dict[str, object]] = {"floor": USUAL_FLOOR}

    class Kind(models.TextChoices):
        RESULT = "result", _("result for the population")
        PERFORMANCE = "performance", _("our own performance")

    class Direction(models.TextChoices):
        HIGHER = "higher", _("more is better")
        LOWER = "lower", _("less is better")
        NEITHER = "neither", _("neither is better")

    class Subject(models.TextChoices):
        PEOPLE = "people", _("a number of people or households")
        SHARE = "share", _("a share, an average or a median of people")
        OTHER = "other", _("things, money or time: nobody can be recognized")

    counts = models.TextField(_("what it counts"), max_length=5_000, blank=True)
    unit = models.CharField(_("unit"), max_length=60)
    kind = models.CharField(_("result or performance"), max_length=20, choices=Kind)
    direction = models.CharField(_("which way is better"), max_length=20, choices=Direction)
    subject = models.CharField(
        _("what the numbers are of"), max_length=20, choices=Subject, default=Subject.PEOPLE
    )
    every_months = models.PositiveSmallIntegerField(
        _("months from one value to the next"), null=True, blank=True
    )
    floor = models.PositiveSmallIntegerField(
        _("smallest number that may be shown"), default=USUAL_FLOOR
    )
    agreement = models.CharField(_("data agreement"), max_length=250, blank=True)
    baseline = models.ForeignKey(
        Baseline,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("starting point"),
    )
    story = models.TextField(_("story behind the numbers"), max_length=20_000, blank=True)
    gains = models.TextField(_("who gains"), max_length=5_000, blank=True)
    costs = models.TextField(_("who bears the cost"), max_length=5_000, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(unit=""), name="measure_has_a_unit"),
            models.CheckConstraint(
                condition=Q(every_months__isnull=True)
                | Q(every_months__gte=1, every_months__lte=240),
                name="measure_is_due_every_so_many_months",
            ),
            models.CheckConstraint(
                condition=Q(floor__gte=1, floor__lte=1_000),
                name="measure_has_a_floor_from_1_to_1000",
            ),
            models.CheckConstraint(
                condition=Q(floor__gte=USUAL_FLOOR) | ~Q(agreement=""),
                name="lower_floor_of_a_measure_names_its_agreement",
            ),
        ]

    @property
    def name(self) -> str:
        """What is measured, in words."""
        return self.record.title

    @property
    def hides_small(self) -> bool:
        """Whether a small number of it could let somebody be recognised."""
        return self.subject != self.Subject.OTHER

    def compares_with(self, baseline: Baseline) -> bool:
        """Whether a starting point is told in the same unit."""
        return bool(baseline.unit.strip().casefold() == self.unit.strip().casefold())

    def better(self, before: Decimal, after: Decimal) -> bool | None:
        """Whether a change is for the better; None where it is neither."""
        if before == after or self.direction == self.Direction.NEITHER:
            return None
        return (after > before) == (self.direction == self.Direction.HIGHER)


class MeasureOwner(CheckedModel):
    """That an organisation looks after a measure."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="owners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    objects = CheckedQuerySet["MeasureOwner"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "organisation"], name="organisation_owns_a_measure_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class TargetQuerySet(CheckedQuerySet["Target"]):
    """Targets by when they were set."""

    def set_by(self, day: date) -> Self:
        """Those set on or before a day; what has no date counts as set before."""
        return self.filter(Q(happened_to__lte=day) | Q(happened_to__isnull=True))

    def latest_first(self) -> Self:
        """The one set last comes first."""
        return self.order_by(F("happened_to").desc(nulls_last=True), "-recorded_at", "-pk")


class Target(CheckedModel, Dated):
    """What a measure shall reach by when; a later row stands, one without a value gives it up.

    Its date is the day on which it was set.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="targets")
    value = models.DecimalField(
        _("target"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    due_from = models.DateField(_("by when, not before"), null=True, blank=True)
    due_to = models.DateField(_("by when"), null=True, blank=True)
    due_as_said = models.CharField(_("by when, as said"), max_length=60, blank=True)
    because = models.TextField(_("why"), max_length=1_000, blank=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(because=""),
                name="target_given_up_says_why",
            ),
            models.CheckConstraint(
                condition=Q(due_from__isnull=True) | Q(due_to__gte=F("due_from")),
                name="target_is_not_due_before_it_may_be_reached",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} for {self.measure_id}"

    @property
    def due(self) -> PartialDate | None:
        """By when, or None where nobody said."""
        if self.due_from is None or self.due_to is None:
            return None
        return PartialDate(self.due_from, self.due_to, self.due_as_said)


class Headline(CheckedModel):
    """Which measure an initiative puts first, since when, and why; a later row follows."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=500, blank=True)
    chosen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CheckedQuerySet["Headline"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(ended_at__isnull=True),
                name="headline_of_an_initiative_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} for {self.initiative_id}"
