from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation, Post, Source
from headway.initiatives.models import StageQuerySet
from headway.pilots.models.decided import Tried
from headway.solutions.models import Solution


class Design(models.TextChoices):
    """How what happens with the pilot is compared with what happens without it."""

    TWO_ARM = "two-arm", _("two groups side by side")
    BEFORE_AFTER = "before-after", _("before and after, beside a comparison group")
    SERIES = "series", _("one series, before and after the start")
    STAGGERED = "staggered", _("groups that start at different times")


class PilotQuerySet(StageQuerySet["Pilot"]):
    """Pilots by what one asks of every stage."""


class Pilot(Tried):
    """A trial with a full card: what is expected, for whom, against what, until when, who decides.

    The card has to be complete before it starts, and stands as it is from then on.
    """

    RECORD_KIND = "pilot"
    TEXTS = ("hypothesis", "affected", "consent", "comparison", "saw")

    class State(models.TextChoices):
        CARD = "card", _("being prepared")
        RUNNING = "running", _("under way")
        ENDED = "ended", _("ended, to be decided")
        STOPPED = "stopped", _("stopped early, to be decided")
        DECIDED = "decided", _("decided")

    class Sort(models.TextChoices):
        PILOT = "pilot", _("pilot: whether it is adopted is open")
        DEMONSTRATION = "demonstration", _("demonstration: it works, and doubters can see it")
        ROLL_OUT = "roll_out", _("staged roll-out: it is decided and comes step by step")

    class Better(models.TextChoices):
        HIGHER = "higher", _("more is better")
        LOWER = "lower", _("less is better")

    sort = models.CharField(_("what it is"), max_length=20, choices=Sort, default=Sort.PILOT)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.CARD)
    solution = models.ForeignKey(
        Solution,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recommendation it tests"),
    )
    hypothesis = models.TextField(_("what we think happens, and why"), max_length=5_000, blank=True)
    affected = models.TextField(_("who is affected"), max_length=5_000, blank=True)
    consent = models.TextField(_("how they consent"), max_length=5_000, blank=True)
    measure = models.CharField(_("what is measured"), max_length=250, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    better = models.CharField(_("which way is better"), max_length=20, choices=Better, blank=True)
    baseline = models.CharField(_("starting point"), max_length=250, blank=True)
    design = models.CharField(_("how it is compared"), max_length=20, choices=Design, blank=True)
    comparison = models.TextField(_("with whom it is compared"), max_length=5_000, blank=True)
    minimum_effect = models.DecimalField(
        _("smallest difference that is worth it"),
        max_digits=20,
        decimal_places=6,
        null=True,
        blank=True,
    )
    stop_for_harm = models.TextField(_("we stop for harm when"), max_length=2_000, blank=True)
    stop_for_cost = models.TextField(_("we stop for cost when"), max_length=2_000, blank=True)
    stop_for_futility = models.TextField(
        _("we stop because it leads nowhere when"), max_length=2_000, blank=True
    )
    owner = models.ForeignKey(
        Organisation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who carries it out"),
    )
    decider = models.ForeignKey(
        Organisation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organization that decides at the end"),
    )
    decider_post = models.ForeignKey(
        Post,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("seat that decides at the end"),
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    stopped_because = models.TextField(_("why it was stopped"), max_length=5_000, blank=True)

    objects = PilotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="pilot_does_not_end_before_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(stopped_because=""),
                name="stopped_pilot_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | ~Q(decision=""),
                name="decided_pilot_names_the_decision",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | ~Q(result=""), name="pilot_is_decided_on_a_result"
            ),
            models.CheckConstraint(
                condition=Q(minimum_effect__isnull=True) | Q(minimum_effect__gt=0),
                name="smallest_difference_is_more_than_none",
            ),
        ]
        indexes = [models.Index(fields=["state", "ends_on"], name="pilots_ending")]


class Prediction(CheckedModel):
    """What a team expects of a pilot: a range and how sure; locked when the pilot starts.

    It belongs to a team, so that nobody's guesses are counted.
    """

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="predictions")
    team = models.CharField(_("team"), max_length=120)
    low = models.DecimalField(_("at least"), max_digits=20, decimal_places=6)
    high = models.DecimalField(_("at most"), max_digits=20, decimal_places=6)
    percent = models.PositiveSmallIntegerField(_("how sure, in percent"))
    reasons = models.TextField(_("why"), max_length=2_000, blank=True)
    said_at = models.DateTimeField(_("said"))
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CheckedQuerySet["Prediction"].as_manager()

    class Meta:
        ordering = ["said_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "team"],
                condition=Q(withdrawn_at__isnull=True),
                name="prediction_of_a_team_once",
            ),
            models.CheckConstraint(
                condition=Q(high__gte=F("low")), name="prediction_ends_above_its_start"
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=99),
                name="prediction_is_neither_sure_nor_impossible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} on {self.pilot_id}"


class PilotFinding(CheckedModel):
    """What the numbers of a pilot say: an estimate with its interval, entered or worked out.

    The rows it was worked out from are not kept: the digest tells whether others are the same.
    """

    class Through(models.TextChoices):
        ENTERED = "entered", _("entered from a report")
        WORKED_OUT = "worked_out", _("worked out from a file")

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    through = models.CharField(_("how it was found"), max_length=20, choices=Through)
    design = models.CharField(_("how it was compared"), max_length=20, choices=Design, blank=True)
    outcome = models.CharField(_("what was compared"), max_length=250, blank=True)
    estimate = models.FloatField(_("difference"), null=True, blank=True)
    standard_error = models.FloatField(_("standard error"), null=True, blank=True)
    low = models.FloatField(_("at least"), null=True, blank=True)
    high = models.FloatField(_("at most"), null=True, blank=True)
    p_value = models.FloatField(_("chance of such a difference if there is none"), null=True)
    count = models.PositiveIntegerField(_("how many were compared"), null=True, blank=True)
    dropped = models.PositiveIntegerField(_("rows left out"), default=0)
    caveats = models.JSONField(_("cautions"), default=list)
    note = models.TextField(_("in words"), max_length=5_000, blank=True)
    input_sha256 = models.CharField(_("digest of the file"), max_length=64, blank=True)
    analysis_version = models.CharField(_("version of the analysis"), max_length=20, blank=True)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(max_length=2_000, blank=True)

    objects = CheckedQuerySet["PilotFinding"].as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "number"], name="finding_numbered_once"),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=F("low")),
                name="finding_ends_above_its_start",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="withdrawn_finding_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"finding {self.number} of {self.pilot_id}"
