from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation, Person, Post
from headway.forums.models.forum import Meeting
from headway.initiatives.models import Member, StageModel, StageQuerySet
from headway_analysis.partial_date import PartialDate


class Attendance(CheckedModel):
    """That somebody was at a meeting, for whom, or that they excused themselves."""

    class Was(models.TextChoices):
        PRESENT = "present", _("present")
        EXCUSED = "excused", _("excused")
        ABSENT = "absent", _("absent")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=250)
    was = models.CharField(_("was"), max_length=20, choices=Was, default=Was.PRESENT)

    objects = CheckedQuerySet["Attendance"].as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "name", "organisation"], name="attendance_noted_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "name"],
                condition=Q(organisation__isnull=True),
                name="attendance_without_organisation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.was}"


class MinuteLineQuerySet(StageQuerySet["MinuteLine"]):
    """Lines of minutes in their order."""

    def of(self, meeting: Meeting) -> Self:
        """The lines of one meeting, in the order of the notes."""
        return self.filter(meeting=meeting).order_by("number")


class MinuteLine(StageModel):
    """One line of the notes that says what somebody will do, decided, thought of, or found.

    What became of it is a link from the new record to this one.
    """

    RECORD_KIND = "minute_line"
    TEXTS = ("text",)
    # What it repeats of the notes goes when those are expunged or blackened.
    QUOTES: ClassVar[dict[str, tuple[str, ...]]] = {
        "meeting": ("text", "what", "as_typed", "owner_as_said", "due_as_said")
    }

    class Kind(models.TextChoices):
        WILL_DO = "will_do", _("Will do")
        DECIDED = "decided", _("Decided")
        IDEA = "idea", _("Idea")
        IN_THE_WAY = "in_the_way", _("In the way")
        FACT = "fact", _("Fact")
        NOTE = "note", _("Note")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField(_("place in the notes"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    text = models.TextField(_("text"), max_length=5_000)
    what = models.CharField(_("what"), max_length=1_000)
    as_typed = models.TextField(_("as typed"), max_length=5_000)
    owner = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    owner_person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    owner_post = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("seat")
    )
    owner_as_said = models.CharField(_("who, as said"), max_length=250, blank=True)
    due_from = models.DateField(null=True, blank=True)
    due_to = models.DateField(_("by when"), null=True, blank=True)
    due_as_said = models.CharField(_("by when, as said"), max_length=250, blank=True)
    unsure = models.JSONField(_("to look at"), default=list)
    corrected_at = models.DateTimeField(_("looked at"), null=True, blank=True)

    objects = MinuteLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="minute_line_says_something"),
            models.CheckConstraint(
                condition=Q(due_from__isnull=True, due_to__isnull=True)
                | Q(due_to__gte=F("due_from")),
                name="minute_line_is_not_due_before_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "number"], name="minute_lines_in_order")]

    @property
    def due(self) -> PartialDate | None:
        """By when, or None where nobody said."""
        if self.due_from is None or self.due_to is None:
            return None
        return PartialDate(self.due_from, self.due_to, self.due_as_said)
